"""No cue without its stem: a phrase that the cheap first question leaves out is never read."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

import pytest

from ledger import footnotes
from ledger.footnotes import corrections, movements, retractions, splits, successions, ties
from ledger.footnotes.families import Phrases, any_of, any_phrase
from ledger.footnotes.phrases import (
    COMPOSITION,
    EXCLUSION,
    HAPPENED,
    PRICES,
    REGARDED,
    UNSTATED_PART,
)
from ledger.footnotes.prefilter import Stems
from ledger.footnotes.topics import INCLUDES, PRICED, touched
from tests.ledger.footnotes.notes import kinds
from tests.ledger.footnotes.wordings import alternatives, needs_one_of

Asked = Callable[[str], bool]


def touching(stems: Stems) -> Asked:
    return lambda text: stems in touched(text)


def stated_as_a_split(text: str) -> bool:
    return splits.split_ratio(text, 0, len(text)) is None or splits.STEMS in touched(text)


def of_a_succession(text: str) -> bool:
    return any(stem in text.lower() for stem in successions.STEMS)


FAMILIES = (*HAPPENED, *REGARDED, EXCLUSION, COMPOSITION)
CUES: list[tuple[str, re.Pattern[str], Asked]] = [
    *((family.kind, family.cue, touching(family.stems)) for family in FAMILIES),
    ("a part without a number", UNSTATED_PART, touching(INCLUDES)),
    ("a price", PRICES, touching(PRICED)),
    ("a transfer", movements.MOVED, touching(movements.STEMS)),
    *(("a correction", cue, touching(corrections.STEMS)) for cue in corrections.CUES),
    *(("the end of a tie", tie.cue, touching(tie.stems)) for tie in ties.TIES),
    *(("a split", cue, stated_as_a_split) for cue in splits.CUES),
    *(("a withdrawal", cue, retractions.may_retract) for cue in retractions.CUES),
    ("a succession", successions.SUCCEEDED, of_a_succession),
]
each_cue = pytest.mark.parametrize(("name", "cue", "asked"), CUES, ids=[c[0] for c in CUES])


@each_cue
def test_every_phrase_of_a_cue_passes_the_first_question(name, cue, asked):
    unread = [text for texts in alternatives(cue) for text in texts if not asked(text)]

    assert unread == [], name


@each_cue
def test_every_alternative_of_a_cue_can_be_met(name, cue, asked):
    """One that no text can match only looks as if something were read."""
    assert all(alternatives(cue)), name


def phrases() -> list[tuple[str, Phrases]]:
    """Every pattern that is searched for only where it can stand, whatever it is for."""
    modules = [
        import_module(f"{footnotes.__name__}.{m.name}") for m in iter_modules(footnotes.__path__)
    ]
    named = {
        id(cue): (name, cue)
        for m in modules
        for name, cue in vars(m).items()
        if isinstance(cue, Phrases)
    }
    cues = [(f.kind, f.cue) for f in FAMILIES if isinstance(f.cue, Phrases)]
    return [*cues, *named.values()]


each_of_phrases = pytest.mark.parametrize(
    "cue", [pytest.param(cue, id=f"{name}-{n}") for n, (name, cue) in enumerate(phrases())]
)


@each_of_phrases
def test_no_phrase_can_stand_without_what_it_is_said_to_need(cue):
    assert all(
        needs_one_of(words, choice)
        for words, needs in zip(cue.patterns, cue.needs, strict=True)
        for choice in needs
    )


@each_of_phrases
def test_phrases_are_found_where_one_pattern_of_them_all_finds_them(cue):
    whole, texts = re.compile(cue.pattern, re.IGNORECASE), alternatives(cue)
    beside = [" ".join(pair) for one in texts for pair in zip(one[:9], texts[0][-9:], strict=False)]

    for text in (*(text for one in texts for text in one), *beside):
        assert [m and m.span() for m in (cue.search(text), cue.search(text, 4, 90))] == [
            m and m.span() for m in (whole.search(text), whole.search(text, 4, 90))
        ]  # fmt: skip
        assert [m.span() for m in cue.finditer(text)] == [m.span() for m in whole.finditer(text)]


def test_a_phrase_that_can_stand_without_its_fragment_is_told():
    assert needs_one_of(r"\b(?:sold|bought)\s+by\s+(?:an?\s+)?lenders?\b", ["lender"])
    assert needs_one_of(r"\b(?:sold|bought)\s", ["bought", "sold"])
    assert not needs_one_of(r"\b(?:sold|bought)\s", ["sold"])
    assert not needs_one_of(r"\bsold(?:\s+by\s+lenders?)?\b", ["lender"])
    assert not needs_one_of(r"\bsold\b(?!\s+by\s+lenders?)", ["lender"])
    assert not needs_one_of(r"(?<=lender )sold\b", ["lender"])
    assert needs_one_of(r"\bsold\s+(?=by\s+lenders?)", ["lender"])


def test_of_phrases_that_begin_alike_the_first_is_found():
    cue = any_phrase("sold", r"sold(?: twice)?", "twice & sold", r"sold", "bank", r"a bank")

    assert [found and found[0] for found in map(cue.search, ("She Sold twice", "a bank sold", "-"))] == [
        "sold twice", "a bank", None
    ]  # fmt: skip
    assert cue.pattern == any_of(r"sold(?: twice)?", r"sold", r"a bank").pattern


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Reflects the Issuer's redemption of 400 shares on March 3, 2021.", "forfeiture"),
        ("300 PSUs were never earned.", "forfeiture"),
        ("The 300 shares were sold to the Issuer in satisfaction of the tax.", "withheld-note"),
        ("Retention by the Company of 75 shares covered the tax.", "withheld-note"),
        ("310 shares were received by a stock distribution in May 2020.", "stock-dividend"),
        ("Acquired 120 shares under the U.S. share savings plan.", "espp-purchase"),
        ("Transferred 900 shares to his ex wife.", "court-transfer"),
        ("The prior total was 120 shares too great.", "report-correction"),
        ("The number held was updated to agree with brokerage statements.", "report-correction"),
        ("Each share was re-designated as three shares.", "split"),
        ("She received two fully paid ordinary shares for each share held.", "split"),
    ],
)
def test_phrases_without_a_stem_of_their_own_are_read(note, told):
    assert kinds(note) == [told]
