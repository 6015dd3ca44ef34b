"""`ledger verify`: whether the stored log is whole, readable and unaltered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from cli.formats.output import answers
from cli.reports.blocks import Block, Paragraph
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Place, Session, everywhere
from ledger import Verification
from ledger.errors import IntegrityFailure, UsageError
from ledger.store.checkpoints import Checkpoint, parsed
from projections import verify

_FIELDS = fields("ok:truth events:count problem seal")
_BESIDE = {
    "read model": (
        "its read model is not",
        "`ledger replay` builds the read model anew from the log.",
    ),
    "views for SQL": (
        "the rows that SQL reads are not",
        "`ledger sql --drop`, then `ledger sql`, writes the rows that SQL reads anew.",
    ),
}
"""By how a problem begins, what is said where nothing else is wrong, and the remedy."""

_LONGEST = 10_000
"""Characters of a file that may hold a seal; no seal is as long."""


@click.command("verify")
@everywhere
@answers
@click.option(
    "--against",
    metavar="FILE|SEAL",
    type=Place(),
    help="A seal that was kept elsewhere: `ledger seal > FILE`.",
)
@click.pass_obj
def command(session: Session, against: str | None) -> Report:
    """Check that the log is whole, readable and unaltered."""
    kept = None if against is None else _kept(against)
    found = verify(session.ledger(read_only=True), kept)
    document = {"schema": "ledger.verify/1", **found._asdict()}
    summed = {"ok": found.ok, "events": found.events, "problem": None, "seal": found.seal}
    records = [summed | {"problem": problem} for problem in found.problems] or [summed]
    exit_code = 0 if found.ok else IntegrityFailure.exit_code
    return Report(document, records, _FIELDS, lambda: _blocks(found), exit_code)


def _kept(against: str) -> Checkpoint:
    """The seal in a file, or the one that stands on the command line."""
    path = Path(against)
    if not path.exists():
        if not re.fullmatch("[0-9a-fA-F]{64}", against.strip()):
            raise UsageError(
                "no such file is here, and it is no seal itself",
                where=against,
                remedy="give a file that `ledger seal` wrote, or the 64 hex digits that `verify` prints",
            )
        return parsed(against, against)
    with path.open(encoding="utf-8", errors="replace") as file:
        return parsed(file.read(_LONGEST), against)


def _blocks(found: Verification) -> Iterator[Block]:
    events = count(found.events, "event")
    if found.ok:
        yield Paragraph(f"{events}: the log is whole, readable and unaltered.")
    else:
        beside = [kind for kind in _BESIDE if any(p.startswith(kind) for p in found.problems)]
        only = all(problem.startswith(tuple(_BESIDE)) for problem in found.problems)
        what = (
            f"the log is unaltered, but {' and '.join(_BESIDE[kind][0] for kind in beside)}"
            if only
            else "the log is damaged or was altered"
        )
        yield Paragraph(f"{events}: {what}.")
        for problem in found.problems:
            yield Paragraph(problem, indent=1)
        for kind in beside if only else ():
            yield Paragraph(_BESIDE[kind][1], indent=1)
    yield Paragraph(f"seal {found.seal}")
    yield Paragraph(f"checked: {'; '.join(found.covered)}")
    yield Paragraph(f"not checked: {'; '.join(found.uncovered)}")
