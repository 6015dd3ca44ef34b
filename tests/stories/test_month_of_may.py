"""A note of the month of May says what one of July says: `may` before a day is no modal verb."""

from __future__ import annotations

import re
from pathlib import Path

from ledger.filing import Footnote
from ledger.footnotes.acts import done, other_act
from ledger.footnotes.new_ties import begun
from ledger.footnotes.plan_exits import left_a_plan
from ledger.footnotes.recognition import statements
from projections.identity.payouts import payout_of
from tests.stories.telling import texts

STORIES = Path(__file__).parent
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
    r"(?=\s+\d)"
)


def notes():
    """The notes and remarks of all told stories that name a month before a number."""
    lines = (line for path in STORIES.glob("*.txt") for _, said in texts(path) for line in said)
    told = (re.match(r"(?:note \d+|remarks) (.+)", line) for line in lines)
    return sorted({one[1] for one in told if one and _MONTH.search(one[1])})


def read(text, month):
    """What a note is read as, with all its days in one month; the days themselves left out."""
    note = _MONTH.sub(month, text)
    said = [
        (s.kind, s.shares, s.direction, s.counterpart, s.precision, s.ratio)
        for s in statements([Footnote(id="F1", text=note)], None)
    ]
    acts = [(one.shares, one.open) for code in "ASPFGM" for one in done(note, code)]
    others = [(act.code if act else None) for act in (other_act((note,), c) for c in "SPF")]
    return said, acts, others, begun(note) is not None, bool(left_a_plan(note)), payout_of(note)


def test_the_notes_of_all_stories_say_in_may_what_they_say_in_july():
    told = notes()
    otherwise = [text for text in told if read(text, "May") != read(text, "July")]

    assert len(told) > 300
    assert otherwise == []
