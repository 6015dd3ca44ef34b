"""`ledger backup`: a copy of the ledger that was verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from cli.formats.output import answers
from cli.reports.blocks import Block, Paragraph
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Place, Session, everywhere
from ledger.store.backups import Backup

_FIELDS = fields("file bytes:count events:count seal")


@click.command("backup")
@everywhere
@answers
@click.argument("path", metavar="FILE", type=Place(path_type=Path))
@click.pass_obj
def command(session: Session, path: Path) -> Report:
    """Copy the ledger to a file of its own, and verify the copy."""
    made = session.ledger(read_only=True).backup(path)
    record = {
        "file": str(made.path),
        "bytes": made.bytes,
        "events": made.events,
        "seal": made.seal,
    }
    document = {"schema": "ledger.backup/1", **record}
    return Report(document, [record], _FIELDS, lambda: _blocks(made))


def _blocks(made: Backup) -> Iterator[Block]:
    size = f"{count(made.events, 'event')}, {count(made.bytes, 'byte')}"
    yield Paragraph(f"{made.path}: {size}: whole, readable and unaltered.")
    yield Paragraph(f"seal {made.seal}")
