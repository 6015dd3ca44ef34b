"""An answer ready to be written in any format: its JSON, its records, and its looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from cli.reports.blocks import Block

Record = Mapping[str, Any]
"""One record of an answer, as plain JSON values."""


class Field(NamedTuple):
    """A column of CSV and Parquet: where its value stands in a record, and what it is.

    `path` goes down through objects and, for each element, through lists:
    `issuer.cik`, `owners.name`. Several values become one text, joined by `; `.
    """

    path: str
    kind: Literal["text", "quantity", "count", "day", "truth"] = "text"

    @property
    def name(self) -> str:
        """The column's heading: `issuer_cik`."""
        return self.path.replace(".", "_")

    def of(self, record: Record) -> str | int | bool | Decimal | None:
        """The value of this column in a record, None where there is none."""
        found = list(_down(record, self.path.split(".")))
        if not found:
            return None
        if self.kind == "text":
            return "; ".join(map(str, found))
        return Decimal(found[0]) if self.kind == "quantity" else found[0]


def _down(value: Any, path: list[str]) -> Iterator[Any]:
    if value is None:
        return
    if isinstance(value, list | tuple):
        for element in value:
            yield from _down(element, path)
    elif not path:
        yield value
    elif isinstance(value, Mapping):
        yield from _down(value.get(path[0]), path[1:])


def fields(text: str) -> tuple[Field, ...]:
    """Fields by their paths, separated by spaces; `shares:quantity` names a kind."""
    return tuple(Field(*word.split(":")) for word in text.split())  # type: ignore[arg-type]


@dataclass(frozen=True)
class Report:
    """What a command answers.

    `document` is the JSON object, schema first; a value may be a stream of records.
    `records` are what NDJSON, CSV and Parquet hold one a line, `fields` the columns of
    the latter two. `blocks` gives what a reader sees. Once this is written, `afterwards`
    tells the rest on stderr, and the command ends with `exit_code`.
    """

    document: Mapping[str, Any]
    records: Iterable[Record]
    fields: tuple[Field, ...]
    blocks: Callable[[], Iterable[Block]]
    exit_code: int = 0
    afterwards: Callable[[], None] = lambda: None
