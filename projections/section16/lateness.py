"""Filings after their deadline, and what has none.

Only what had to be reported is measured, from the day its time began to run. Sources:
Exchange Act Rules 16a-2(a) (what happened before the insider became one), 16a-3(a), (f)
and (g) (Forms 4 and 5, and deemed execution), 16a-9, 16a-11, 16a-12, 16a-13 and 16b-3(c)
(what need not be reported at all); for foreign private issuers the law of 18 December 2025 and
the SEC's orders of 5 March and 20 May 2026, by which what insiders publish at home in English
within two business days is accepted from Canada, Chile, the European Economic Area, Korea,
Switzerland and the United Kingdom, then Australia, India and Singapore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import msgspec

from ledger.footnotes.duties import (
    corrects_a_form_3,
    names_an_exemption,
    was_before_the_duty,
)
from projections.checks.check import Check
from projections.checks.rows import suspect_dates
from projections.filings.dates import public_on
from projections.filings.records import Dossier, Line
from projections.findings.finding import Finding, about
from projections.issuer import Folded
from projections.positions.ratios import comes_to
from projections.section16.deadlines import (
    FOREIGN_INSIDERS,
    SOONEST,
    business_days_after,
    fiscal_year_end,
    form3_due,
    form4_due,
    form5_due,
    may_wait,
)
from projections.section16.small_acquisitions import due_since, may_be_small

_PLAN = re.compile(r"401\s*\(?k\)?|\bplan\b|\besop\b|\bespp\b|\bserp\b", re.IGNORECASE)

AT_HOME = "unless what its home country publishes is accepted instead"
"""What is not known here of a foreign issuer: whether an order of the SEC exempts its insiders."""


def late_filings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A filing after its deadline; the row that was due first says by how much."""
    public = public_on(dossier)
    if public is None or dossier.amends:
        return
    due, line = first_due(dossier, folded, public)
    if public <= due or any(True for _ in suspect_dates(dossier, folded)):
        return
    on_form_4 = " on Form 4" if line is not None and dossier.base_form == "5" else ""
    filed = "would be filed" if dossier.to_be_filed else "filed"
    words = f"due {due.isoformat()}{on_form_4}, {filed} {public.isoformat()}"
    if folded.foreign:
        words += f", {AT_HOME}"
    yield about(dossier, line, "LATE_FILING", words)


def first_due(
    dossier: Dossier, folded: Folded, public: date = date.max
) -> tuple[date, Line | None]:
    """When a filing, or the first of its rows that was due before it is `public`, was due.

    `date.max` where nothing in it has a day by which it must be reported.
    """
    found = _due(dossier, public, folded)
    return min(found, key=lambda d: (d[0], d[1].line if d[1] else 0), default=(date.max, None))


def _due(dossier: Dossier, public: date, folded: Folded) -> Iterator[tuple[date, Line | None]]:
    """When the form was due, and each of its rows that was due before it became public."""
    period = dossier.head.period
    if not must_report(dossier, folded):
        return
    if dossier.base_form == "3":
        if period and not any(corrects_a_form_3(n.text) for n in dossier.notes):
            yield form3_due(period, foreign=folded.foreign), None
        return
    rows = [ln for ln in _reported(dossier, folded) if ln.effective_on and not ln.holding]
    if dossier.base_form == "5" and period and rows:
        yield form5_due(fiscal_year_end(period, year_end(dossier, folded))), None
    for line in rows:
        if line.effective_on and public - line.effective_on <= SOONEST:
            continue
        if may_be_small(line):
            since = due_since(dossier, line, folded)
            if since is not None and form4_due(since) < public:
                yield form4_due(since), line
            continue
        runs = runs_from(line)
        if (
            form4_due(runs) < public
            and not _early(dossier, line)
            and not may_wait(line.code, line.direction, marked_for(dossier, line), runs)
            and not unreported(dossier, line)
            and not _told_before(line, folded)
            and not not_yet_an_insider(dossier, line, folded)
        ):
            yield form4_due(runs), line


def _reported(dossier: Dossier, folded: Folded) -> Iterator[Line]:
    """The rows that a filing was the first to report, on the days that are known of them now.

    Those that an amendment restated since stand there; they were reported here all the same.
    """
    yield from folded.lines_of(dossier)
    for was, now in folded.restated_of.get(dossier.stream, ()):
        yield msgspec.structs.replace(was, effective_on=now.effective_on)


def must_report(dossier: Dossier, folded: Folded) -> bool:
    """Whether the owners of a filing have to report: of a foreign issuer, large holders need not."""
    return not folded.foreign or any(o.director or o.officer for o in dossier.head.owners)


def marked_for(dossier: Dossier, line: Line) -> str:
    """The form that a row is for by its filer's word: the one that its mark names, else its own."""
    return line.form_type or dossier.base_form


def _early(dossier: Dossier, line: Line) -> bool:
    """Whether a Form 4 tells a row before its time by its filer's word; of a sale there is no such time."""
    return dossier.base_form == "4" and line.form_type == "5" and line.code != "S"


def runs_from(line: Line) -> date:
    """The day of the trade, or of its deemed execution, three business days later at most."""
    traded, deemed = line.effective_on or date.max, line.deemed_execution_on
    if deemed is not None and traded < deemed <= business_days_after(traded, 3):
        return deemed
    return traded


def _told_before(line: Line, folded: Folded) -> bool:
    """Whether a row only tells again what an earlier one told."""
    entry = folded.entry_of.get(id(line))
    if entry is None:
        return False
    return entry.repeats is not None or (entry.astray is not None and entry.astray.copy)


def unreported(dossier: Dossier, line: Line) -> bool:
    """Whether a row tells of what no rule asks to report: its notes, or its plan, say so."""
    if line.code in ("A", "J") and _PLAN.search(line.nature):
        return True
    if _of_dividends(dossier, line) or _of_a_split(dossier, line):
        return True
    return any(
        names_an_exemption(dossier.text_of(n), line.direction) for n in line.notes_of(*_OF_THE_ROW)
    )


def _of_dividends(dossier: Dossier, line: Line) -> bool:
    """Whether a row is what dividends, or their equivalents, added to a holding (Rule 16a-11).

    A note says so, and the size bears it out: a grant's own note may speak of those it will bring.
    """
    if line.code not in ("A", "J") or line.direction != "acquired":
        return False
    if not line.shares or line.shares_after is None:
        return False
    if line.shares > _DIVIDEND * (line.shares_after - line.shares):
        return False
    cited = line.notes_of(*_OF_THE_ROW, "shares_after")
    said = [s for s in dossier.statements if s.kind == "dividend-reinvestment" and s.note in cited]
    return any(s.shares in (None, line.shares) for s in said)


def _of_a_split(dossier: Dossier, line: Line) -> bool:
    """Whether a row is what a split by its own note's ratio made of all that was held (Rule 16a-9)."""
    if line.code not in ("A", "J") or line.shares_after is None:
        return False
    cited, held = line.notes_of(*_OF_THE_ROW, "shares_after"), line.shares_after - line.movement
    ratios = (s.multiplier for s in dossier.statements if s.kind == "split" and s.note in cited)
    return any(r and comes_to(held, r, line.shares_after, within=1) for r in ratios)


_DIVIDEND = Decimal("0.05")
"""The largest part of a holding that one dividend is taken to add: a quarter of the `YIELD` of a year."""


_OF_THE_ROW = ("code", "shares", "price", "effective_on", "security", "direction")


def not_yet_an_insider(dossier: Dossier, line: Line, folded: Folded) -> bool:
    """Whether a row happened before its owners, or the issuer, were subject to Section 16."""
    if folded.foreign and line.effective_on and line.effective_on < FOREIGN_INSIDERS:
        return True
    if any(was_before_the_duty(dossier.text_of(note)) for note in line.notes):
        return True
    owners, since = folded.people.keys(dossier), folded.insiders_since
    began = min((since[owner] for owner in owners if owner in since), default=date.min)
    return line.effective_on is not None and line.effective_on < began


def year_end(dossier: Dossier, folded: Folded) -> str | None:
    """The issuer's fiscal year end, MMDD, as this filing's header or another's gives it."""
    own = dossier.head.issuer.fiscal_year_end
    return own or folded.fiscal_year_end


CHECKS: tuple[Check, ...] = (late_filings,)
