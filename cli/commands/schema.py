"""`ledger schema`: the JSON Schema of an answer."""

from __future__ import annotations

import json

import click

from cli.formats.output import answers
from cli.reports.blocks import Verbatim
from cli.reports.report import Report, fields
from cli.schemas import names, schema_of
from cli.session import everywhere
from ledger.errors import UsageError


@click.command("schema")
@everywhere
@answers
@click.argument("name", required=False)
def command(name: str | None) -> Report:
    """Print the JSON Schema of an answer, by its name: `holdings`."""
    if name is None:
        raise UsageError("an answer has to be named", remedy=f"one of {', '.join(names())}")
    told = schema_of(name)
    parts = [{"name": part, "type": of.get("type")} for part, of in told["properties"].items()]
    text = json.dumps(told, indent=2)
    return Report(told, parts, fields("name type"), lambda: iter([Verbatim(text)]))
