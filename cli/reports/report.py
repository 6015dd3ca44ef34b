"""An answer ready to be written in any format: its JSON, its records, and its looks."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from cli.reports.blocks import Block
from ledger.types import normal_accession
from projections.columns import Column, table

Record = Mapping[str, Any]
"""One record of an answer, as plain JSON values."""


def fields(text: str) -> tuple[Column, ...]:
    """Columns by their paths, separated by spaces: `shares:quantity`, `because:code[]`."""
    return tuple(chain.from_iterable(table(word.replace(":", " ")) for word in text.split()))


def each_within(wholes: Iterable[Mapping[str, Any]], parts: str) -> Iterator[Record]:
    """Each of the parts that stand in a list of larger records, with what its whole says."""
    for whole in wholes:
        about = {key: value for key, value in whole.items() if key != parts}
        yield from (about | part for part in whole[parts])


@dataclass(frozen=True)
class Report:
    """What a command answers.

    `document` is the JSON object, schema first; a value may be a stream of records.
    `records` are what NDJSON, CSV, Parquet, Arrow and spreadsheets hold one a line, `fields`
    the columns of all but the first. `blocks` gives what a reader sees. Once this is written, `afterwards`
    tells the rest on stderr, and the command ends with `exit_code`. `picture` draws the answer
    as SVG, where it can be drawn, and `calendar` gives its days as iCalendar. `anchors` are the words that lead to a heading of it,
    `beside` the names of files in the same folder, to which cells lead. `streamed`
    fills with the addresses of filings that are met only while a stream is written.
    """

    document: Mapping[str, Any]
    records: Iterable[Record]
    fields: tuple[Column, ...]
    blocks: Callable[[], Iterable[Block]]
    exit_code: int = 0
    afterwards: Callable[[], None] = lambda: None
    picture: Callable[[], str] | None = None
    calendar: Callable[[], str] | None = None
    anchors: Collection[str] = ()
    beside: Collection[str] = ()
    streamed: dict[str, str] = field(default_factory=dict)

    def addresses(self) -> Mapping[str, str]:
        """Where the filings named in the answer are on sec.gov, by their accession numbers."""
        return ChainMap(dict(_addresses(self.document)), self.streamed)


def _addresses(value: Any) -> Iterator[tuple[str, str]]:
    """Every address that a part of a document gives, under the number that it is of."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            for address in inner if key == "addresses" else [inner] if key == "address" else ():
                if address and (number := normal_accession(address)):
                    yield number, address
            yield from _addresses(inner)
    elif isinstance(value, Collection) and not isinstance(value, str):
        for inner in value:
            yield from _addresses(inner)
