"""A story as the reference prints it: the filings, the marked row, and the finding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ledger import Filing
from ledger.codes import CODES
from ledger.filing import Row
from ledger.types import grouped, signed
from tests.projections.kinds.stories import Told, told

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "findings.md"
PACKAGED = PAGE.parents[2] / "projections" / "findings" / "reference.md"
"""The page as it comes with the program, for `ledger explain KIND`."""

_MOST_ROWS = 4
"""More rows than these, and only those of the finding's own security and holder are shown."""


def example(kind: str) -> str:
    """The example of a kind, as it must stand in the reference."""
    story = told(kind)
    return "\n".join((*_filings(story), *_verdict(story))) + "\n"


def examples(page: str) -> dict[str, str]:
    """The example under each kind's heading of the reference."""
    parts = re.split(r"^### (.+)$", page, flags=re.MULTILINE)
    blocks = [text.partition("```text\n")[2].partition("```")[0] for text in parts[2::2]]
    return dict(zip(parts[1::2], blocks, strict=True))


def _filings(story: Told) -> Iterator[str]:
    for filing in story.filings:
        yield _headed(filing, story)
        shown = [row for row in filing.rows if _concerns(row, filing, story)]
        for row in shown:
            yield _line(row, marked=_is_marked(row, filing, story))
        if len(shown) < len(filing.rows):
            yield f"  and {len(filing.rows) - len(shown)} more"
        if filing.id == story.finding.filing:
            yield from _notes(filing, story)


def _headed(filing: Filing, story: Told) -> str:
    names = " and ".join(owner.name or "?" for owner in filing.owners)
    words = f"Form {filing.form} filed {filing.filed_on} by {names}"
    if filing.original_on:
        words += f", amending what was filed {filing.original_on}"
    if filing.not_subject_to_section16:
        words += ", no longer subject"
    if story.finding.kind == "OWNER_IDENTITY_CONFLICT":
        words += f", signed “{filing.signatures[0].name}”"
    if story.finding.kind == "ISSUER_IDENTITY_CONFLICT":
        words += f", about {filing.issuer.name} [{filing.issuer.symbol}]"
    return words


def _concerns(row: Row, filing: Filing, story: Told) -> bool:
    if len(filing.rows) <= _MOST_ROWS or _is_marked(row, filing, story):
        return True
    if f"{filing.id}#{row.ref}" in story.finding.evidence:
        return True
    finding = story.finding
    return (row.ownership, row.nature, row.table) == (
        finding.ownership,
        finding.nature,
        (finding.row or "").split(".")[0],
    )


def _is_marked(row: Row, filing: Filing, story: Told) -> bool:
    return (filing.id, row.ref) == (story.finding.filing, story.finding.row)


def _line(row: Row, *, marked: bool) -> str:
    held = row.nature or ("direct" if row.ownership == "direct" else "indirect")
    words = f"{'>' if marked else ' '} {row.ref:<5} {row.security}, {held}"
    if row.expires_on:
        words += f", until {row.expires_on}"
    if row.holding:
        words += ": held"
    else:
        sign = "-" if row.direction == "disposed" else "+"
        name = CODES[row.code or ""].topic.replace("-", " ")
        words += f": {sign}{grouped(row.shares or 0)} by {name} on {row.effective_on}"  # type: ignore[arg-type]
        if row.code in ("P", "S"):
            words += " without a price" if row.price is None else f" at ${row.price:,.2f}"
    if row.shares_after is not None:
        return f"{words}; {grouped(row.shares_after)} owned"
    if row.value_after is not None:
        return f"{words}; ${row.value_after:,f} owned"
    if row.underlying_shares is not None:
        return f"{words}; over {grouped(row.underlying_shares)} shares"
    return words


def _notes(filing: Filing, story: Told) -> Iterator[str]:
    """The notes the finding rests on, and those of its row that state something of shares."""
    row = next((r for r in filing.rows if r.ref == story.finding.row), None)
    texts = {note.id: note.text for note in filing.footnotes}
    for said in filing.statements:
        proves = f"{filing.id}#{said.ref}" in story.finding.evidence or said.kind == "split"
        cited = row is not None and said.note in row.footnotes and said.kind not in _ASIDE
        if (proves or cited) and said.note in texts:
            yield f"        {said.ref.rsplit('.', 1)[0] if said.of > 1 else said.ref}: “{texts.pop(said.note)}”"


_ASIDE = frozenset({"plan-adoption", "vesting-schedule", "disclaimer"})
"""What a note may state that makes nothing of a total."""


def _verdict(story: Told) -> Iterator[str]:
    finding = story.finding
    yield f"{finding.severity}: {finding.message}"
    if finding.expected is None or finding.difference is None or "expected" in finding.message:
        return
    assert finding.reported is not None
    yield (
        f"expected {grouped(finding.expected)}, reported {grouped(finding.reported)}, "
        f"difference {signed(finding.difference)}"
    )
