"""The words of a clause around an amount, one by one, and the little words that tell its grammar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.footnotes.clauses import Segment
from ledger.footnotes.lexicon import FORMS
from ledger.footnotes.number_words import CARDINALS, TENS
from ledger.footnotes.text import Sentence, undated
from ledger.loading import pattern

REACH = 300
"""How many characters on either side of an amount its clause may take."""
_TOKEN = pattern(r"[A-Za-z](?:[\w&'./-]*\w)?|\d(?:[\d,.]*\d)?|[;:,()]")
BE = frozenset("was were been being".split())
HAVE = frozenset("has have had".split())
PRESENT = frozenset("is are".split())
NOT_YET = frozenset(
    "will would shall may might can could must should to not never cannot nor".split()
)
ADVERBS = frozenset(
    "then also thereafter subsequently again back so each hereby thereby therefore thereupon first instead later together".split()
)
BEFORE_NUMBER = frozenset(
    "the a an aggregate total of approximately about all his her its their my additional remaining another some exactly only"
    " such these those said combined further balance entire other certain vested unvested directly outright and"
    " totaling totalling aggregating".split()
)
JOINS = frozenset(
    "when because if unless until while whereas although though since where once but whenever whether".split()
)
RELATIVE = frozenset("that which who whom".split())
STATES = frozenset(
    "is are vest vests vested remain remains remained represent represents constitute constitutes include includes included"
    " reflect reflects consist consists own owns owned had has have hold holds sold bought purchased granted awarded issued"
    " converted exercised reported exchanged".split()
)
OWN = frozenset("him her me person owner undersigned".split())
SHARES = frozenset(
    "shares share shs unit units stock securities rsus psus options warrants rights".split()
)


_COUNTS = ("number", "numbering", "numbered", "totaled", "totalled", "is", "being")
_NUMERALS = frozenset((*CARDINALS, *TENS, "hundred", "thousand", "million", "and"))


class Token(NamedTuple):
    """A word, a number or a mark of a sentence: in lower case, and where it stands."""

    word: str
    start: int
    end: int


class Clause(NamedTuple):
    """The words around an amount, which stands from the place `amount` to before `behind`; `text` is the note without its dates."""

    sentence: Sentence
    part: Segment
    text: str
    tokens: Sequence[Token]
    amount: int
    behind: int

    def word(self, at: int) -> str:
        """The word at a place, or nothing beyond the ends."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else ""


def clause_around(sentence: Sentence, part: Segment) -> Clause | None:
    """The words around an amount, None where no verb of the lexicon is among them."""
    text = undated(sentence.text)
    first = max(sentence.start, part.amount.start - REACH)
    last = min(sentence.end, part.amount.unit_end + REACH)
    tokens = [
        Token(found[0].lower(), found.start(), found.end())
        for found in _TOKEN.finditer(text, first, last)
    ]
    amount = next((i for i, one in enumerate(tokens) if one.end > part.amount.start), None)
    if amount is None or not any(one.word in FORMS for one in tokens):
        return None
    behind = next((i for i, t in enumerate(tokens) if t.start >= part.amount.unit_end), len(tokens))
    return _set_apart(Clause(sentence, part, text, tokens, amount=amount, behind=behind))


def _set_apart(clause: Clause) -> Clause:
    """The clause of an amount in brackets, or told as a number, with the shares that it counts in its place."""
    at, behind = clause.amount, clause.behind
    if clause.word(at - 1) == "(":
        closes = next(
            (i for i in range(at, min(at + 8, len(clause.tokens))) if clause.word(i) == ")"), None
        )
        if closes is not None and clause.word(at - 2) in SHARES:
            return clause._replace(amount=at - 2, behind=closes + 1)
        counted = _counts_before(clause, at - 2) if closes is not None else None
        if counted is not None:  # "shares withheld by the issuer (1,200)"
            return clause._replace(amount=counted, behind=counted + 1)
        if closes is not None and closes < behind:  # "one thousand two hundred (1,200) shares"
            at -= 2
            while clause.word(at - 1) in _NUMERALS or "-" in clause.word(at - 1):
                at -= 1
            return clause._replace(amount=at)
    if clause.word(at - 1) in _COUNTS or (
        clause.word(at - 1) in BE and clause.word(at - 2) not in BE
    ):
        told = [i for i, one in enumerate(clause.tokens[:at]) if one.word in SHARES]
        if told:
            return clause._replace(amount=told[0], behind=told[0] + 1)
    return clause


def _counts_before(clause: Clause, at: int) -> int | None:
    """The place of the shares that a bracket counts some words behind them."""
    for place in range(at, max(at - 7, -1), -1):
        word = clause.word(place)
        if word in SHARES:
            return place
        if not word or word in ";:,()" or word in BE or word in JOINS or word[0].isdigit():
            return None
    return None


def place_before(clause: Clause, at: int) -> int:
    """The place before a verb, its adverbs passed over."""
    at -= 1
    while clause.word(at) and (clause.word(at).endswith("ly") or clause.word(at) in ADVERBS):
        at -= 1
    return at
