"""`ledger seal`: the seal of the whole log, to be kept elsewhere."""

from __future__ import annotations

import click

from cli.formats.output import answers
from cli.reports.blocks import Verbatim
from cli.reports.report import Report, fields
from cli.session import Session, everywhere
from ledger.types import instant

_FIELDS = fields("origin size:count root at")


@click.command("seal")
@everywhere
@answers
@click.pass_obj
def command(session: Session) -> Report:
    """Print a seal of the log, to keep elsewhere for `verify --against`."""
    seal = session.ledger(read_only=True).seal()
    at = instant(seal.at) if seal.at else None
    record = {"origin": seal.origin, "size": seal.size, "root": seal.root, "at": at}
    document = {"schema": "ledger.seal/1", **record}
    return Report(document, [record], _FIELDS, lambda: iter([Verbatim(seal.text)]))
