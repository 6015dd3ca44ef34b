"""The JSON Schema of every answer: made of the very shapes that are answered.

Source: JSON Schema, draft 2020-12. Every field is always there; more may be added, so that none
is forbidden (docs/reference/json.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from inspect import cleandoc
from typing import Any, get_args

import msgspec

from ledger.errors import UnknownReference
from ledger.filing import Filing
from ledger.types import Effect, KnownBasis
from projections import answers, desk, registers
from projections.columns import (
    CHANGES,
    ENTRIES,
    EVENTS,
    FILED,
    FINDINGS,
    HOLDINGS,
    ISSUERS,
    PEOPLE,
    STAKES,
)
from projections.findings.finding import Finding

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Schema = dict[str, Any]

_SHAPES = (
    *(answers.Events, answers.Replay, answers.Holdings, answers.History, answers.Reconciliation),
    *(answers.Stakes, answers.Diff, answers.Story, desk.Check, registers.Stats),
    *(
        registers.People,
        registers.Issuers,
        registers.FiledOnes,
        desk.Retraction,
        desk.Review,
        desk.Due,
    ),
)
_SAYS = {
    "Holding": HOLDINGS,
    "HistoryEntry": ENTRIES,
    "PositionHistory": ENTRIES,
    "Finding": FINDINGS,
    "Change": CHANGES,
    "Event": EVENTS,
    "Insider": PEOPLE,
    "Company": ISSUERS,
    "Filed": FILED,
    "Stake": STAKES,
    "StakeLevel": STAKES,
}
_COMMANDS = {
    "reconcile": "reconciliation",
    "show": "filing",
    "explain": "explanation",
    "retract": "retraction",
}
"""Commands whose answer has another name than they."""
_MORE = {"Finding": Finding}
"""Shapes that show more than their fields."""

_TEXT, _COUNT, _TRUTH = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
_TEXTS = {"type": "array", "items": _TEXT}
_DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}


def names() -> list[str]:
    """The names of every answer: `holdings`, `reconciliation`, `filing`."""
    return sorted(_made())


def schema_of(name: str) -> Schema:
    """The schema of an answer by its name, or its command's: `holdings`, `ledger.holdings/1`.

    Raises:
        UnknownReference: No answer has this name.
    """
    made = _made()
    plain, _, number = name.strip().removeprefix("ledger.").partition("/")
    plain = _COMMANDS.get(plain, plain)
    if plain not in made or (number and made[plain]["$id"] != f"ledger.{plain}/{number}"):
        raise UnknownReference(
            f"no answer is called {name!r}", remedy=f"one of {', '.join(sorted(made))}"
        )
    return made[plain]


def _made() -> dict[str, Schema]:
    shaped = {_named(shape.schema): _of_shape(shape) for shape in _SHAPES}
    return shaped | {
        _named(told["$id"]): told
        for told in (
            _ingest(),
            _fetch(),
            _verify(),
            _seal(),
            _backup(),
            _filing(),
            _sql(),
            _rows(),
            _report(),
        )
    }


def _named(schema: str) -> str:
    return schema.removeprefix("ledger.").partition("/")[0]


def _of_shape(shape: Any) -> Schema:
    """The schema of an answer that `projections.answers` has a shape for."""
    _, parts = msgspec.json.schema_components([shape], ref_template="#/$defs/{name}")
    for name, part in parts.items():
        says = {column.path: column.says for column in _SAYS.get(name, ())}
        part["description"] = _unindented(part.get("description", ""))
        if "properties" in part:
            shown = getattr(_MORE.get(name), "SHOWN", ())
            part["properties"] |= {field: _or_null(_TEXT) for field in shown}
        part["required"] = list(part.get("properties", {}))
        for field, value in part.get("properties", {}).items():
            value.pop("default", None)
            if field in says:
                value["description"] = says[field]
    own = parts.pop(shape.__name__)
    return _whole(shape.schema, own["description"], own["properties"], _exact(parts))


def _unindented(docstring: str) -> str:
    """A shape's description without the indentation of its source, and without its columns."""
    return cleandoc(docstring.partition("\n\nColumns")[0])


def _whole(
    schema: str, says: str, fields: Mapping[str, Any], parts: Schema | None = None
) -> Schema:
    """An answer's schema: one object that names it first, every field of which is there."""
    properties = {"schema": {"const": schema}, **_exact(fields)}
    return {
        "$schema": DRAFT,
        "$id": schema,
        "description": says,
        "type": "object",
        "properties": properties,
        "required": list(properties),
    } | ({"$defs": parts} if parts else {})


def _exact(part: Any) -> Any:
    """A part of a schema, in which decimals have their pattern and days their format."""
    if isinstance(part, Mapping):
        if part.get("format") == "decimal":
            return {k: v for k, v in part.items() if k not in {"format", "type"}} | _DECIMAL
        return {key: _exact(value) for key, value in part.items()}
    return [_exact(value) for value in part] if isinstance(part, list) else part


def _record(**fields: Any) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields)}


def _list(of: Schema) -> Schema:
    return {"type": "array", "items": of}


def _or_null(kind: Schema) -> Schema:
    return {"anyOf": [kind, {"type": "null"}]}


def _documents(**more: Schema) -> Schema:
    """What became of documents: how many of each outcome, and every problem met."""
    counts = "recorded already_recorded conflicting reread set_aside events".split()
    more = {name: {"type": "integer"} for name in ("rows", "statements")} | more
    effects = list(get_args(Effect))
    problem = _record(source=_TEXT, place=_TEXT, problem=_TEXT, effect={"enum": effects})
    return {**dict.fromkeys(counts, _COUNT), **more, "problems": _list(problem)}


def _ingest() -> Schema:
    table = _record(source=_TEXT, table=_TEXT, rows=_COUNT, recorded=_COUNT, set_aside=_COUNT)
    fields = _documents(dry_run=_TRUTH, seconds=_DECIMAL, tables=_list(table))
    return _whole("ledger.ingest/1", "What became of the documents that were given.", fields)


def _fetch() -> Schema:
    asked = dict.fromkeys(("listed", "skipped", "requests"), _COUNT)
    fields = _documents(**asked, folder=_TEXT, ended=_or_null(_TEXT))
    return _whole("ledger.fetch/1", "What EDGAR listed, and what became of what came.", fields)


def _verify() -> Schema:
    fields = {"events": _COUNT, "ok": _TRUTH, "problems": _TEXTS, "seal": _TEXT}
    fields |= {"covered": _TEXTS, "uncovered": _TEXTS}
    return _whole("ledger.verify/1", "Whether the log is whole, readable and unaltered.", fields)


def _backup() -> Schema:
    fields = {"file": _TEXT, "bytes": _COUNT, "events": _COUNT, "seal": _TEXT}
    return _whole("ledger.backup/1", "A copy that was made and verified.", fields)


def _seal() -> Schema:
    fields = {"origin": _TEXT, "size": _COUNT, "root": _TEXT, "at": _or_null(_TEXT)}
    return _whole("ledger.seal/1", "A seal of the log, to keep elsewhere.", fields)


def _sql() -> Schema:
    view = _record(view=_TEXT, rows=_COUNT, says=_TEXT)
    fields = {"issuers_written": _COUNT, "views": _list(view)}
    return _whole("ledger.sql/1", "The views of the database that SQL reads.", fields)


def _rows() -> Schema:
    fields = {"more": _TRUTH, "rows": _list({"type": "object"})}
    says = "What a SELECT over the views came to, and whether there is more; a row has its columns."
    return _whole("ledger.rows/1", says, fields)


def _report() -> Schema:
    """Of the answers that a report is made of, and the log that they are about."""
    held, told = _of_shape(answers.Holdings), _of_shape(answers.Reconciliation)
    stakes, filed = _of_shape(answers.Stakes), _of_shape(registers.FiledOnes)
    fields = {key: held["properties"][key] for key in ("as_of", "known_at", "holdings")}
    fields |= {key: told["properties"][key] for key in ("totals", "findings")}
    fields |= {"stakes": stakes["properties"]["stakes"], "filed": filed["properties"]["filed"]}
    fields |= {"seal": _record(size=_COUNT, root=_TEXT), "version": _TEXT}
    says = "A person or a company in one document, to be read, printed and signed."
    shapes = held["$defs"] | told["$defs"] | stakes["$defs"] | filed["$defs"]
    return _whole("ledger.report/1", says, fields, shapes)


def _filing() -> Schema:
    """A filing as recorded: what the shape of every filing has, and what `show` adds to it."""
    shape = Filing.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    parts = shape["$defs"]
    for part in (shape, *parts.values()):
        part["required"] = list(part["properties"])
        for value in part["properties"].values():
            value.pop("default", None)
    note = _record(id=_TEXT, text=_or_null(_TEXT))
    for name, more in (("Row", {"footnotes": _list(note)}), ("Statement", {"text": _TEXT})):
        added = {"ref": _TEXT, **more}
        parts[name]["properties"] |= added
        parts[name]["required"] += list(added)
    fields = {
        "filing": _TEXT,
        "known_at": _TEXT,
        "known_basis": {"enum": list(get_args(KnownBasis))},
        "address": _or_null(_TEXT),
        **shape["properties"],
        "later": _list(_record(how=_TEXT, rows=_TEXTS, filing=_TEXT)),
        "retracted": _list(_record(at=_TEXT, why=_TEXT, event=_COUNT, until=_or_null(_TEXT))),
        "findings": _list(
            _record(id=_TEXT, severity=_TEXT, kind=_TEXT, row=_or_null(_TEXT), message=_TEXT)
        ),
        "at": _or_null(_TEXT),
    }
    return _whole("ledger.filing/1", "A filing as the ledger has it.", fields, parts)
