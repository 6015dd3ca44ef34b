"""Numbers that an amendment took back, where a total goes on from them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from projections.filings.records import ZERO
from projections.positions.entries import Posting, reference
from projections.reconciliation import costs
from projections.reconciliation.candidates.slip_terms import slip
from projections.reconciliation.case import Candidate, Case


def uncorrected(case: Case) -> Iterator[Candidate]:
    """Totals that go on from what an earlier filing said before it was amended.

    Forms that went on from an error before it was corrected need not be amended. One filed
    since then knew better: its total leaves the correction out. Where one filed since goes on from
    such a form's total, that one or the amendment is wrong, and nothing tells which.
    """
    restated, entries = case.restated, case.position.entries
    earlier = entries[: case.position.place(case.entry)] if restated else ()
    for entry in [e for e in earlier if id(e.line) in restated]:
        was = restated[id(entry.line)]
        old, new = was.shares_after, entry.line.shares_after
        gaps = {
            old - new if old is not None and new is not None else ZERO,
            was.movement - entry.line.movement,
        }
        since = _filed_since(case, entry)
        for gap in sorted(gaps - {ZERO}):
            if case.entry.dossier.known.at > entry.dossier.known.at:
                words = f"the total leaves out what {reference(entry)} had corrected before"
                source = reference(entry)
                yield slip(case, "PRIOR_ROW_OMITTED", gap, words, costs.UNCORRECTED, source=source)
                continue
            words = f"goes on from what {reference(entry)} said before it was amended"
            if since is not None:
                words += f", as one does that was filed after the amendment ({reference(since)}): one of the two is wrong"
            yield Candidate(
                shares=gap,
                cost=costs.UNCORRECTED,
                kind="prior-report",
                code="EXPL_PRIOR_CORRECTION",
                source=reference(entry),
                text=words,
                group="uncorrected",
                doubted=since is not None,
            )


def _filed_since(case: Case, amended: Posting) -> Posting | None:
    """The first total filed after an amendment that goes on from the number it took back."""
    entry, known = case.entry, amended.dossier.known.at
    later = case.position.entries[case.position.place(entry) + 1 :]
    following = takewhile(lambda e: e.follows and not e.aside, later)
    return next((e for e in following if e.dossier.known.at > known), None)
