"""Which verb an amount of a clause belongs to: as its object, its subject, or with its noun."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ledger.footnotes.clause_words import (
    ADVERBS,
    BE,
    BEFORE_NUMBER,
    HAVE,
    JOINS,
    NOT_YET,
    OWN,
    PRESENT,
    REACH,
    RELATIVE,
    SHARES,
    STATES,
    Clause,
    place_before,
)
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.lexicon import FORMS, Word
from ledger.footnotes.modality import done, real

Voice = Literal["active", "passive", "noun", "middle", "dative"]
"""`middle`: the shares do it themselves. `dative`: it is done to its subject: "she was paid 500"."""

_NAMES_IT = frozenset("by to from of into in on for between among upon out with".split())
_BEHIND_A_NOUN = _NAMES_IT | BE | frozenset((",", "totaling", "totalling", "aggregating"))
_OPENS = frozenset(
    "to into from back out over in upon on directly outright by individually".split()
)
_ENDS_A_NOUN = BE | HAVE | PRESENT | JOINS | STATES | RELATIVE
_ANEW = frozenset("he she it are is".split())
_TITLES = ("title", "ownership", "possession", "right", "rights", "registration")
_PARTICLES = frozenset(
    (
        "up",
        "over",
        "back",
        "away",
        "down",
        "sole",
        "full",
        "direct",
        "legal",
        "record",
        "owner",
        "annuity",
        "grant",
        "award",
        *_TITLES,
    )
)


class Verb(NamedTuple):
    """A verb, how it tells of an amount, and the place of its word in the clause."""

    word: Word
    voice: Voice
    at: int


def governing(clause: Clause) -> Verb | None:
    """The active verb right before an amount, or before those to whom it let the amount pass."""
    at, gap = clause.amount - 1, False
    for _ in range(16):
        word = clause.word(at)
        if word == "," and not gap:
            at = _past_an_aside(clause, at)
            word = clause.word(at)
        if not word or word in ";:()" or word in JOINS or word in NOT_YET - {"to"}:
            return None
        found = _active(clause, at, gap=gap)
        if found:
            return found
        if word in FORMS or word in _ENDS_A_NOUN:
            return None
        if word == "by" and not gap:
            return _cut(clause, at)
        if word == "with" and not gap:
            return _filled(clause, at)
        titled = word == "to" and clause.word(at - 1) in _TITLES
        gap = gap or not (
            word in BEFORE_NUMBER or word in _PARTICLES or word.endswith("ly") or titled
        )
        at -= 1
    return None


def _past_an_aside(clause: Clause, at: int) -> int:
    """The verb before what stands between two commas: "withheld, at his request, 500 shares"."""
    for place in range(at - 1, max(at - 12, 0), -1):
        if clause.word(place) == ",":
            return place - 1 if clause.word(place - 1) in FORMS else at
        if clause.word(place) in FORMS or clause.word(place)[:1].isdigit():
            break
    return at


_CUT = pattern(
    r"(?:(?P<right>\b(?:awards?|grants?|units?|[RPD]S[UA]s?|PRSUs?|options?|restricted\s+(?:shares|stock))\b[^.;,]{0,60}?)\b(?:(?:was|were|been)\s+(?:\w+ly\s+|then\s+)?|(?=shrank))"
    r"|\b(?P<who>issuer|company|corporation|committee|board)\s+(?:\w+ly\s+|then\s+)?)(?P<verb>reduced|decreased|lowered|cut|curtailed|shrank)\s+"
    r"(?(who)(?:the\s+|his\s+|her\s+|this\s+)?(?:number\s+of\s+|size\s+of\s+)?(?:the\s+)?(?:[\w'-]+\s+){0,3}?(?:awards?|grants?|units|[RPD]S[UA]s?|PRSUs?|options?|restricted\s+(?:shares|stock))\s+)$",
    re.IGNORECASE,
)
"""What stands before "by 500 units" where an award was made smaller."""


def _cut(clause: Clause, at: int) -> Verb | None:
    """The verb by which an award was reduced by an amount."""
    text, until = clause.text, clause.tokens[at].start
    told = _CUT.search(text, max(clause.sentence.start, until - 160), until)
    if told is None:
        return None
    place = next(i for i, one in enumerate(clause.tokens) if one.end > told.start("verb"))
    return Verb(FORMS["reduced"][0], "passive", place)


def _filled(clause: Clause, at: int) -> Verb | None:
    """The verb of what was funded "with" an amount: "funded a trust with", "was funded by her with"."""
    for place in range(at - 1, max(at - 16, -1), -1):
        word = clause.word(place)
        if word in ";:()" or word in JOINS or word in NOT_YET:
            return None
        for one in FORMS.get(word, ()):
            if one.lemma.act == "fund":
                before = clause.word(place_before(clause, place))
                noun = one.form == "gerund" and clause.word(place + 1) == "of"
                voice: Voice = "noun" if noun else "passive" if before in BE else "active"
                return Verb(one, voice, place)
    return None


def _active(clause: Clause, at: int, *, gap: bool) -> Verb | None:
    """The verb at a place, where its object may follow."""
    behind = clause.word(at + 1)
    for word in FORMS.get(clause.word(at), ()):
        if word.form == "noun" or word.lemma.act in ("go", "lapse", "fund"):
            continue
        if not _fits(clause, at, word):
            continue
        if gap and not (behind in _OPENS or behind in OWN or _dative(clause, at, word)):
            continue
        before = place_before(clause, at)
        if word.form == "gerund":
            return Verb(word, "active", at)
        if clause.word(before) in BE:
            told = word.lemma.act in ("give", "distribute") or word.lemma.past == "paid"
            return Verb(word, "dative", at) if told and not gap else None
        if word.form == "participle" and clause.word(before) not in HAVE:
            continue
        if word.form == "past" and clause.word(before) in SHARES:
            continue
        return Verb(word, "active", at)
    return None


def _dative(clause: Clause, at: int, word: Word) -> bool:
    """Whether whoever got the shares stands right behind a verb: "gave the reporting person"."""
    ahead = [clause.word(at + n) for n in (1, 2, 3)]
    between = clause.tokens[at + 1 : clause.amount]
    if word.lemma.act == "give" and len(between) < 6:
        return not any(one.word in _NAMES_IT or one.word == "," for one in between)
    return ahead[:2] == ["the", "reporting"] or ahead[:2] == ["the", "undersigned"]


def _fits(clause: Clause, at: int, word: Word) -> bool:
    """Whether the words that a verb needs behind it stand there, and none that it must not have."""
    needed = word.lemma.after
    if not needed or word.form == "noun":
        return True
    behind = clause.word(at + 1)
    if needed[0].startswith("!"):
        return f"!{behind}" not in needed
    if behind in needed:
        return True
    ahead = [
        clause.word(i) for i in range(clause.behind, min(clause.behind + 2, len(clause.tokens)))
    ]
    ends = at == clause.behind - 1
    return (at < clause.amount and any(one in needed for one in ahead)) or (
        ends and behind in needed
    )


def said_of_it(clause: Clause) -> Verb | None:
    """The verb that an amount is the subject of, or that a participle or a relative clause has of it."""
    beside: Verb | None = None
    belongs = _belongs(clause)
    owns = _before_number(clause)
    if clause.word(owns) in _OWNS and clause.word(owns - 1) != "to":  # not "to have 500 withheld"
        return None  # "her son, who owns 500 shares, moved away"
    clause = _past_what_was_not(clause)
    at, last, opened = clause.behind, min(clause.behind + 40, len(clause.tokens)), 0
    while at < last:
        word = clause.word(at)
        if word == "(":
            opened += 1
        elif word == ")":
            opened = max(0, opened - 1)
        elif opened:
            pass
        elif (
            word in ";:"
            or word in JOINS
            or word in NOT_YET - {"to", "not"}
            or (word == "and" and _begins_anew(clause, at + 1))
        ):
            break
        elif word in BE or word in HAVE:
            return (None if belongs else _passive(clause, at) or _as_a_noun(clause, at)) or beside
        elif word in PRESENT or (word in STATES and clause.word(at - 1) in RELATIVE | SHARES):
            break
        elif word in FORMS:
            found = _bare(clause, at)
            if found and found.voice == "middle":
                return None if belongs else found
            beside = beside or found
        at += 1
    return beside


_WAS_NOT = pattern(
    r"\s*(?:,\s*)?(?:that|which)\s+(?:had|have|has|were|was|are|is)\s+(?:(?:not|never)\s+(?:yet\s+)?(?:been\s+|become\s+)?(?:\w+ly\s+)?\w+ed|(?:then\s+|still\s+)?un\w+ed)\b,?",
    re.IGNORECASE,
)
"""A relative clause that only tells what had not been done with shares: "that had not been exercised"."""


def _past_what_was_not(clause: Clause) -> Clause:
    """The clause with what is told to have not been done with its shares passed over."""
    behind = clause.tokens[clause.behind - 1].end
    told = _WAS_NOT.match(clause.text, behind) if clause.word(clause.behind) in _RELATES else None
    if told is None:
        return clause
    past = next((i for i, one in enumerate(clause.tokens) if one.start >= told.end()), None)
    return clause._replace(behind=past) if past else clause


_RELATES = RELATIVE | {","}


def _begins_anew(clause: Clause, at: int) -> bool:
    """Whether a clause of its own begins behind an "and", with a subject and its verb."""
    if clause.word(at) in _ANEW:
        return True
    subject = clause.word(at) in ("the", "his", "her", "its", "their")
    return subject and any(clause.word(at + n) in BE | HAVE | PRESENT | STATES for n in (2, 3))


def _belongs(clause: Clause) -> bool:
    """Whether an amount only says more of another noun, of which the verb is then: "an order for 500 shares"."""
    at = _before_number(clause)
    if clause.word(at) == "of" and (at <= 1 or clause.word(at - 1) in _TITLES):
        return False
    return clause.word(at) in _OF_ANOTHER


def _before_number(clause: Clause) -> int:
    """The place before an amount, the little words that lead to its number passed over."""
    at = clause.amount - 1
    while clause.word(at) in BEFORE_NUMBER - {"of", "and"} or (
        clause.word(at) == "of"
        and clause.word(at - 1) in ("aggregate", "total", "all", "balance", "remaining")
    ):
        at -= 1
    return at


_OWNS = ("own", "owns", "owned", "hold", "holds", "held", "has", "have", "had", "retains")
_OF_ANOTHER = frozenset("for on of purchase acquire buy with over covering against than".split())


def _passive(clause: Clause, at: int) -> Verb | None:
    """The participle behind auxiliaries, or behind "and" in the same clause."""
    for place in range(at + 1, min(at + 12, len(clause.tokens))):
        word = clause.word(place)
        if word in ";:()" or word in JOINS or word in RELATIVE or word in NOT_YET:
            return None
        for one in FORMS.get(word, ()):
            if one.form not in ("past", "participle") or not _fits(clause, place, one):
                continue
            between = clause.tokens[at + 1 : place]
            straight = all(
                t.word in BE
                or t.word.endswith(("ly", "ed", "en"))
                or t.word in ADVERBS
                or t.word in ("and", ",", "or")
                for t in between
            )
            if one.lemma.act in ("go", "lapse"):
                if straight and clause.word(at) in HAVE:
                    return Verb(one, "middle", place)
                continue
            led = clause.word(place - 1) in ("and", *BE) and clause.word(place - 2) != "to"
            if straight or led:
                return Verb(one, "passive", place)
            return None
    return None


def _as_a_noun(clause: Clause, at: int) -> Verb | None:
    """The noun that the shares are said to have been: "were a gift from her mother"."""
    told = _WAS_ONE.match(clause.sentence.text, clause.tokens[at].end)
    place = next(
        (i for i, t in enumerate(clause.tokens) if told and t.start >= told.start("noun")), None
    )
    if place is None:
        return None
    nouns = [one for one in FORMS.get(clause.word(place), ()) if one.form == "noun"]
    return Verb(nouns[0], "noun", place) if nouns else None


_WAS_ONE = pattern(
    r"\s+(?:the\s+subject\s+of|part\s+of|by\s+way\s+of)?\s*(?:an?|the)?\s*(?:(?:bona\s+fide|charitable|outright|pro[\s-]rata|in-kind|wedding|birthday|graduation|christmas)\s+)*"
    r"(?P<noun>gift|present|donation|transfer|distribution|contribution)\s+(?:made\s+)?(?:to|from|by|in)\b",
    re.IGNORECASE,
)


_WAS_HELD = frozenset("held owned registered titled standing formerly previously in of".split())
"""What begins to tell of shares how they were held, before the verb that they are the subject of."""


def _bare(clause: Clause, at: int) -> Verb | None:
    """A verb without auxiliaries behind an amount: of itself, or as its participle."""
    for word in FORMS[clause.word(at)]:
        if word.form in ("noun", "gerund", "finite") and word.lemma.act not in ("go", "lapse"):
            continue
        owner_of = (
            word.lemma.act == "get" and word.lemma.past == "became"
        )  # has a person as subject
        if word.lemma.act in ("buy", "sell", "fund") or owner_of:
            continue
        if not _fits(clause, at, word):
            continue
        before = clause.word(place_before(clause, at))
        held = clause.word(clause.behind) in _WAS_HELD and at <= clause.behind + 16
        led = (
            at <= clause.behind + 3
            or before in RELATIVE
            or before in (",", "and")
            or (held and word.lemma.act == "go")
        )
        if word.lemma.act in ("go", "lapse"):
            return Verb(word, "middle", at) if led and word.form != "noun" else None
        if before in OWN or before in ("he", "she", "they", "trust"):
            return Verb(word, "active", at)
        return Verb(word, "passive", at) if led or before in ("stock", ")") else None
    return None


def of_a_noun(clause: Clause) -> Verb | None:
    """The noun of a verb that an amount belongs to: "the transfer by her to a trust of 500 shares"."""
    after = clause.word(clause.behind)
    if clause.sentence.text[clause.part.amount.end : clause.part.amount.end + 1] == "-":
        for one in FORMS.get(after, ()):
            if one.form == "noun":
                return Verb(one, "noun", clause.behind)
    if (
        after == ")" or clause.word(clause.amount - 1) == "("
    ):  # "donation (500 shares) to a college"
        for one in FORMS.get(clause.word(clause.amount - 2), ()):
            if one.form == "noun":
                return Verb(one, "noun", clause.amount - 2)
    at, of = clause.amount - 1, False
    for _ in range(24):
        word = clause.word(at)
        made = word in ("made", "effected", "completed") and clause.word(at - 1) in BE
        if of and (made or (word in BE and clause.word(at + 1) == "of")):  # "was made [in May] of"
            at -= 2 if made else 1
            continue
        if not word or word in ";:(" or word in _ENDS_A_NOUN:
            return None
        nouns = [one for one in FORMS.get(word, ()) if one.form == "noun"]
        if nouns and of:
            named = clause.word(at + 1) in _BEHIND_A_NOUN
            return Verb(nouns[0], "noun", at) if named else None
        if word in FORMS:
            return None
        if not of and word not in BEFORE_NUMBER:
            return None
        of = of or word in ("of", "totaling", "totalling", "aggregating")
        at -= 1
    return None


def before_a_colon(clause: Clause) -> Verb | None:
    """The one verb of the words that end in a colon before an amount: "Given to a college: 500 shares"."""
    if clause.word(clause.amount - 1) != ":":
        return None
    told = [i for i in range(clause.amount - 1) if clause.word(i) in FORMS]
    whole = clause.part.amount.start - clause.sentence.start <= REACH
    if len(told) != 1 or told[0] > 2 or not whole:
        return None
    word = FORMS[clause.word(told[0])][0]
    return Verb(word, "noun" if word.form == "noun" else "passive", told[0])


def happened(clause: Clause, verb: Verb) -> bool:
    """Whether a clause tells its verb as done, once, and not as a rule or a wish."""
    token = clause.tokens[verb.at]
    if clause.word(place_before(clause, verb.at)) in PRESENT:
        return False
    told = _ANY.match(clause.sentence.text, token.start)
    return bool(
        told and done(clause.sentence, told) and real(clause.sentence, token.start, token.end)
    )


_ANY = pattern(r"[\w'-]+")
