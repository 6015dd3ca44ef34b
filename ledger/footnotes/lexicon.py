"""The words by which notes say that shares moved: one row a verb, with its forms and its nouns.

A row says what its verb does with the shares, whoever says it of whom: `frames` reads the
clause around it. Only forms that tell the past are here; a note that speaks in the present
or of what may be tells a rule, and no movement.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, NamedTuple

from ledger.footnotes.prefilter import Stems

Act = Literal[
    "pass",
    "give",
    "distribute",
    "get",
    "inherit",
    "go",
    "lose",
    "cut",
    "lapse",
    "keep",
    "fund",
    "buy",
    "sell",
]
"""What becomes of shares. `pass`: somebody lets them pass to another. `give`: for nothing.
`distribute`: a fund, an estate or a trust, to those who have a part in it. `get`: the same
from the other end. `inherit`: by a death. `go`: they pass of themselves. `lose`: their holder
is rid of them, or the issuer takes them. `cut`: an award is made smaller by so many. `lapse`: they end of themselves. `keep`: whoever owes
them holds them back, or takes them for what is owed. `fund`: something is filled "with" them.
`buy`, `sell`: for a price, which counts here between the owner and his own."""

Form = Literal["past", "finite", "participle", "gerund", "noun"]
"""`past` is both the finite verb and its participle, where these are spelt alike."""


class Lemma(NamedTuple):
    """A verb and how it is written.

    past: its past tense, which is its participle too unless `participle` has another.
    after: the words of which one must stand right behind it, or behind its object: "gave up".
    """

    act: Act
    past: str
    participle: str = ""
    gerund: str = ""
    nouns: str = ""
    after: tuple[str, ...] = ()


_LEMMAS = (
    Lemma("pass", "transferred", gerund="transferring", nouns="transfer transfers transferral"),
    Lemma("pass", "conveyed", gerund="conveying", nouns="conveyance conveyances"),
    Lemma("pass", "assigned", gerund="assigning", nouns="assignment assignments"),
    Lemma("pass", "deeded"),
    Lemma("pass", "moved", gerund="moving", nouns="movement"),
    Lemma("pass", "shifted", gerund="shifting", nouns="shift"),
    Lemma("pass", "placed", gerund="placing", nouns="placement"),
    Lemma("pass", "put", after=("in", "into")),
    Lemma("pass", "changed", after=("from", "to")),
    Lemma("pass", "journaled", gerund="journaling", nouns="journal"),
    Lemma("pass", "journalled"),
    Lemma("pass", "sent"),
    Lemma("pass", "forwarded"),
    Lemma("pass", "added", after=("to",)),
    Lemma("pass", "settled", gerund="settling", after=("on", "upon", "into")),
    Lemma("pass", "deposited", gerund="depositing", nouns="deposit"),
    Lemma("pass", "contributed", gerund="contributing", nouns="contribution contributions"),
    Lemma("pass", "delivered", gerund="delivering", nouns="delivery"),
    Lemma("pass", "turned", gerund="turning", after=("over", "in")),
    Lemma("pass", "handed", gerund="handing", after=("over", "down", "back")),
    Lemma("pass", "made", after=("over",)),
    Lemma("pass", "signed", after=("over",)),
    Lemma("pass", "returned", gerund="returning", nouns="return"),
    Lemma("pass", "reconveyed", gerund="reconveying", nouns="reconveyance"),
    Lemma("pass", "reassigned", gerund="reassigning", nouns="reassignment"),
    Lemma("pass", "retitled", gerund="retitling", nouns="retitling"),
    Lemma("pass", "re-titled"),
    Lemma("pass", "reregistered", nouns="reregistration"),
    Lemma("pass", "re-registered", nouns="re-registration"),
    Lemma("pass", "reallocated", gerund="reallocating", nouns="reallocation"),
    Lemma("pass", "rolled", gerund="rolling", nouns="rollover", after=("over", "into")),
    Lemma("pass", "decanted", gerund="decanting", nouns="decanting"),
    Lemma("pass", "paid", gerund="paying"),
    Lemma("pass", "remitted", gerund="remitting"),
    Lemma("pass", "repaid"),
    Lemma("pass", "released", gerund="releasing", nouns="release"),
    Lemma("pass", "ceded", gerund="ceding"),
    Lemma("pass", "transmitted", nouns="transmission"),
    Lemma("fund", "funded", gerund="funding"),
    Lemma("fund", "seeded", gerund="seeding"),
    Lemma("fund", "endowed", gerund="endowing"),
    Lemma("give", "gave", "given", "giving", after=("!up", "!rise", "!notice", "!effect")),
    Lemma("give", "gifted", gerund="gifting", nouns="gift gifts"),
    Lemma("give", "donated", gerund="donating", nouns="donation donations"),
    Lemma("give", "presented", gerund="presenting", after=("to",)),
    Lemma("give", "bestowed", gerund="bestowing", nouns="present"),
    Lemma("distribute", "distributed", gerund="distributing", nouns="distribution distributions"),
    Lemma("distribute", "allocated", gerund="allocating"),
    Lemma("distribute", "apportioned", nouns="apportionment"),
    Lemma(
        "distribute",
        "divided",
        gerund="dividing",
        nouns="division",
        after=("among", "between", "to", "equally", "evenly"),
    ),
    Lemma("distribute", "allotted", nouns="allotment"),
    Lemma("distribute", "disbursed", nouns="disbursement"),
    Lemma("lose", "took", "taken", "taking", after=("back", "out")),
    Lemma("lose", "clawed", after=("back",)),
    Lemma("get", "withdrew", "withdrawn", "withdrawing", nouns="withdrawal"),
    Lemma("get", "received", gerund="receiving", nouns="receipt"),
    Lemma("get", "acquired", gerund="acquiring"),
    Lemma("get", "obtained", gerund="obtaining"),
    Lemma("get", "took", "taken", "taking"),
    Lemma("get", "became", after=("the", "sole", "an")),
    Lemma("get", "got", after=("!rid",)),
    Lemma(
        "get", "assumed", gerund="assuming", after=("title", "ownership", "direct", "sole", "full")
    ),
    Lemma("get", "reacquired", gerund="reacquiring"),
    Lemma("buy", "bought", gerund="buying"),
    Lemma("buy", "purchased", gerund="purchasing"),
    Lemma("buy", "repurchased", gerund="repurchasing"),
    Lemma("sell", "sold", gerund="selling"),
    Lemma("lose", "liquidated", gerund="liquidating"),
    Lemma("lose", "cashed", gerund="cashing", after=("out",)),
    Lemma("lose", "diversified", after=("out",)),
    Lemma("get", "regained"),
    Lemma("inherit", "inherited", nouns="inheritance"),
    Lemma("inherit", "succeeded", after=("to",)),
    Lemma("inherit", "bequeathed", nouns="bequest"),
    Lemma("go", "passed", nouns="passage"),
    Lemma("go", "went", "gone"),
    Lemma("go", "came", "come"),
    Lemma("go", "reverted", nouns="reversion"),
    Lemma(
        "go",
        "became",
        after=("owned", "held", "solely", "directly", "wholly", "registered", "the", "property"),
    ),
    Lemma("go", "devolved", nouns="devolution"),
    Lemma("go", "descended"),
    Lemma("lose", "forfeited", gerund="forfeiting", nouns="forfeiture forfeitures"),
    Lemma("lose", "surrendered", gerund="surrendering", nouns="surrender"),
    Lemma("lose", "relinquished", gerund="relinquishing", nouns="relinquishment"),
    Lemma("lose", "gave", "given", "giving", after=("up",)),
    Lemma("lose", "cancelled", gerund="cancelling", nouns="cancellation"),
    Lemma("lose", "canceled", gerund="canceling", nouns="cancelation"),
    Lemma("lose", "eliminated", gerund="eliminating", nouns="elimination"),
    Lemma("lose", "extinguished", gerund="extinguishing", nouns="extinguishment"),
    Lemma("lose", "voided"),
    Lemma("lose", "rescinded"),
    Lemma("lose", "waived"),
    Lemma("lose", "renounced", nouns="renunciation"),
    Lemma("lose", "lost"),
    Lemma("cut", "reduced", nouns="reduction"),
    Lemma("cut", "decreased", nouns="decrease"),
    Lemma("cut", "lowered"),
    Lemma("cut", "curtailed"),
    Lemma("cut", "shrank"),
    Lemma("lapse", "lapsed"),
    Lemma("lapse", "expired"),
    Lemma("lapse", "terminated"),
    Lemma("lapse", "ceased", after=("to",)),
    Lemma("lapse", "became", after=("void", "null", "worthless")),
    Lemma("lapse", "ended", after=("without", "unexercised", "worthless")),
    Lemma("lapse", "dropped", after=("out", "away")),
    Lemma("keep", "withheld", gerund="withholding", nouns="withholding"),
    Lemma("keep", "retained", gerund="retaining", nouns="retention"),
    Lemma("keep", "accepted", gerund="accepting"),
    Lemma("keep", "kept", gerund="keeping"),
    Lemma("keep", "held", gerund="holding", after=("back",)),
    Lemma("keep", "deducted", gerund="deducting", nouns="deduction"),
    Lemma("keep", "netted", gerund="netting"),
)


class Word(NamedTuple):
    """A form of a verb, and the verb."""

    lemma: Lemma
    form: Form


def _forms() -> dict[str, tuple[Word, ...]]:
    found: defaultdict[str, list[Word]] = defaultdict(list)
    for lemma in _LEMMAS:
        found[lemma.past].append(Word(lemma, "finite" if lemma.participle else "past"))
        if lemma.participle:
            found[lemma.participle].append(Word(lemma, "participle"))
        if lemma.gerund:
            found[lemma.gerund].append(Word(lemma, "gerund"))
        for noun in lemma.nouns.split():
            found[noun].append(Word(lemma, "noun"))
    return {word: tuple(forms) for word, forms in found.items()}


FORMS = _forms()
"""Every form by its spelling in lower case."""
_BESIDE = frozenset("made held became ceased dropped ended succeeded".split())
"""Common verbs that are of the lexicon only with the word right behind them."""


def _stems() -> list[str]:
    """The forms, those of common verbs with the words that they need."""
    found: dict[str, None] = {}
    for spelt, words in FORMS.items():
        behind = [after for word in words for after in word.lemma.after] if spelt in _BESIDE else []
        found.update(dict.fromkeys([f"{spelt} {after}" for after in behind] or [spelt]))
    return list(found)


STEMS = Stems(*_stems())
"""Fragments of which every sentence with a frame contains one."""
