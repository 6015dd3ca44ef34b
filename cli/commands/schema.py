"""`ledger schema`: the JSON Schema of an answer."""

from __future__ import annotations

import json

import click

from cli.formats.output import answers
from cli.reports.blocks import Verbatim
from cli.reports.report import Report, fields
from cli.schemas import schema_of
from cli.session import everywhere


@click.command("schema")
@everywhere
@answers
@click.argument("name")
def command(name: str) -> Report:
    """Print the JSON Schema of an answer, by its name: `holdings`."""
    told = schema_of(name)
    parts = [{"name": part, "type": of.get("type")} for part, of in told["properties"].items()]
    text = json.dumps(told, indent=2)
    return Report(told, parts, fields("name type"), lambda: iter([Verbatim(text)]))
