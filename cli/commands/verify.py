"""`ledger verify`: whether the stored log is whole, readable and unaltered."""

from __future__ import annotations

from collections.abc import Iterator

import click

from cli.formats.output import answers
from cli.reports.blocks import Block, Paragraph
from cli.reports.report import Report, fields
from cli.reports.wording import count
from cli.session import Session, everywhere
from ledger import Verification
from ledger.errors import IntegrityFailure

_FIELDS = fields("problem")


@click.command("verify")
@everywhere
@answers
@click.pass_obj
def command(session: Session) -> Report:
    """Check that the log is whole, readable and unaltered."""
    found = session.ledger(read_only=True).verify()
    document = {"schema": "ledger.verify/1", **found._asdict()}
    records = [{"problem": problem} for problem in found.problems]
    exit_code = 0 if found.ok else IntegrityFailure.exit_code
    return Report(document, records, _FIELDS, lambda: _blocks(found), exit_code)


def _blocks(found: Verification) -> Iterator[Block]:
    events = count(found.events, "event")
    if found.ok:
        yield Paragraph(f"{events}: the log is whole, readable and unaltered.")
    else:
        yield Paragraph(f"{events}: the log is damaged or was altered.")
        for problem in found.problems:
            yield Paragraph(problem, indent=1)
    yield Paragraph(f"seal {found.seal}")
