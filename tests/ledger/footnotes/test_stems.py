"""No cue without its stem: a phrase that the cheap first question leaves out is never read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ledger.footnotes import corrections, movements, retractions, splits, successions, ties
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
from tests.ledger.footnotes.wordings import alternatives

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
