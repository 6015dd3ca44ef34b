"""What notes, boxes and scans leave open: loose references, missing days, exits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.statements import SENSES
from ledger.types import grouped
from projections.checks.check import Check
from projections.filings.records import ZERO, Dossier, Stated
from projections.findings.finding import Finding, about
from projections.issuer import Folded


def loose_notes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A note that is cited and does not stand there."""
    citing = [line for line in folded.lines_of(dossier) if line.cited]
    there = {footnote.id for footnote in dossier.head.footnotes} if citing else ()
    for line in citing:
        for note in line.notes:
            if note not in there:
                yield about(
                    dossier,
                    line,
                    "FOOTNOTE_UNRESOLVED_REF",
                    f"note {note} is cited and has no text",
                )


def ended_coverage(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Transactions reported after the owner said it was no longer subject to Section 16."""
    exit_on = folded.exit_before(dossier)
    days = [ln.effective_on for ln in dossier.lines if ln.effective_on and not ln.holding]
    if exit_on and days and max(days) > exit_on and not dossier.amends:
        yield about(
            dossier,
            None,
            "COVERAGE_ENDED_ACTIVITY",
            f"a transaction of {max(days).isoformat()}, after the exit reported for {exit_on.isoformat()}",
        )


_OF_THE_ROW = ("code", "shares", "price", "direction", "security")


def undated_notes(dossier: Dossier, _: Folded) -> Iterator[Finding]:
    """A movement that a note states to the month, or without any day.

    A note on a row's own movement, of the same amount, has the row's day. One on its total
    may speak of the row or of something else.
    """
    for said in dossier.statements:
        if not SENSES[said.kind].has_day or said.shares is None or said.precision == "day":
            continue
        alike = [ln for ln in dossier.lines if not ln.holding and ln.shares == said.shares]
        if any(said.note in line.notes_of(*_OF_THE_ROW) for line in alike):
            continue
        words = f"{grouped(said.shares)} shares, {_how_dated(dossier, said)}"
        line = next((ln for ln in alike if said.note in ln.notes and ln.effective_on), None)
        if line is not None:
            words += f"; {line.ref} moves as many on {line.effective_on}"
        evidence = (f"{dossier.id}#{said.ref}",)
        yield about(dossier, None, "FOOTNOTE_UNDATED", words, evidence=evidence)


_AS_OF = re.compile(r"\bas (?:of|at)\b", re.IGNORECASE)


def _how_dated(dossier: Dossier, said: Stated) -> str:
    if said.precision == "month":
        return "to the month only"
    return "only as of a day" if _AS_OF.search(dossier.quote(said)) else "no day given"


def values(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A total in dollars."""
    for line in folded.lines_of(dossier):
        if line.value_after is not None:
            yield about(
                dossier,
                line,
                "VALUE_BASED_POSITION",
                f"${grouped(line.value_after)} owned, not a number of shares",
            )


def scans(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Scanned fields that were repaired or cannot be read."""
    if dossier.head.format != "scanned":
        return
    for line in folded.lines_of(dossier):
        for repair in line.repairs:
            if repair.effect in ("repaired", "field unknown"):
                yield about(
                    dossier, line, "SCAN_QUALITY", f"{repair.field.replace('_', ' ')}: {repair.why}"
                )


def year_end_columns(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A Form 5 whose year-end column holds the running totals of several rows."""
    if dossier.base_form != "5":
        return
    for position in folded.totalled_by.get(dossier.stream, ()):
        entries = [
            e
            for e in position.entries
            if e.dossier is dossier and not e.line.holding and e.claim is not None
        ]
        if any(folded.rulings.on(e).verdict == "unexplained" for e in entries):
            continue  # what its totals are is another finding
        if len({e.claim for e in entries}) > 1:
            line = entries[0].line
            yield about(
                dossier,
                line,
                "FY_COLUMN_MISUSE",
                f"the year-end column shows {grouped(line.shares_after or ZERO)} on this line and "
                f"{grouped(entries[-1].claim or ZERO)} on the last: running totals",
            )


CHECKS: tuple[Check, ...] = (
    loose_notes,
    ended_coverage,
    undated_notes,
    values,
    scans,
    year_end_columns,
)
