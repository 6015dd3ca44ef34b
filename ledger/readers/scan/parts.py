"""Where the parts of a form begin: its boxes, its tables, further owners, and what stands below.

Each is known by what the form prints over it. Where such a heading is lost, what stands beneath
tells: the words over the columns of a table, or the boxes of further owners above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ledger.readers.scan.boxes import GROUP, JOINT, OWNER, SINGLE
from ledger.readers.scan.footer import begins_notes, is_explanation, is_signature_label
from ledger.readers.scan.headings import is_wording_line, table_of
from ledger.readers.scan.labels import contains
from ledger.readers.scan.lines import Line
from ledger.types import Table


class Parts(NamedTuple):
    """The lines of each part; `owners` are the boxes of further owners, wherever they stand."""

    header: Sequence[Line]
    tables: Sequence[Line]
    owners: Sequence[Sequence[Line]]
    notes: Sequence[Line]


def parts_of(lines: Sequence[Line]) -> Parts:
    """The form's four parts: boxes, tables, further owners, and what stands below."""
    below = next((i for i, line in enumerate(lines) if is_explanation(line)), None)
    if below is None:
        label = next((i for i, line in enumerate(lines) if is_signature_label(line)), len(lines))
        start = _tables_start(lines[:label])
        below = next((i for i in range(start, label) if begins_notes(lines[i])), label)
    start = _tables_start(lines[:below])
    closed = max(_closing_boxes(lines[:start]), default=start) + 1
    named = [i for i in range(min(closed, start), len(lines)) if contains(lines[i].text, OWNER)]
    start = _below_owners(lines[:below], start, named)
    above = [i for i in named if i < start]
    top = min([*above, start])
    inside = [i for i in named if start <= i < below]
    tables_end = min([*inside, below])
    owners = [lines[a:b] for a, b in zip(above, [*above[1:], start], strict=False)]
    owners += [lines[a:b] for a, b in zip(inside, [*inside[1:], below], strict=False)]
    after = [i for i in named if i >= below]
    owners += [lines[a:b] for a, b in zip(after, [*after[1:], len(lines)], strict=False)]
    end = min([*after, len(lines)])
    further = _further_tables(lines[below:end])
    tables = [line for span in further for line in lines[below:end][span]]
    notes = [
        line
        for at, line in enumerate(lines[below:end])
        if not any(span.start <= at < span.stop for span in further)
    ]
    return Parts(lines[:top], [*lines[start:tables_end], *tables], owners, notes)


def _further_tables(lines: Sequence[Line]) -> list[slice]:
    """Where tables go on below the notes or the signature: on the back, or on a further sheet."""
    found: list[slice] = []
    at = 0
    while at < len(lines):
        headed = table_of(lines[at]) and any(map(is_wording_line, lines[at + 1 : at + 6]))
        stop = at + 1
        while headed and stop < len(lines) and not _ends_table(lines[stop]):
            stop += 1
        if headed:
            found.append(slice(at, stop))
        at = stop
    return found


def _ends_table(line: Line) -> bool:
    return is_explanation(line) or is_signature_label(line) or begins_notes(line)


def _below_owners(lines: Sequence[Line], top: int, named: Sequence[int]) -> int:
    """Where the tables begin below the boxes of further owners, whose end a lost heading leaves open.

    There stand words of the tables below all of the boxes then, and none above them.
    """

    def begun(start: int, stop: int) -> int | None:
        shown = (i for i in range(start, stop) if table_of(lines[i]) or is_wording_line(lines[i]))
        return next(shown, None)

    boxes = [i for i in named if top <= i < len(lines)]
    if not boxes or begun(top, boxes[0]) is not None:
        return top
    return begun(boxes[-1] + 1, len(lines)) or top


def _tables_start(lines: Sequence[Line]) -> int:
    """The first line of the tables: Table I's heading, else whatever shows that they began."""
    headings: dict[Table, int] = {}
    for index, line in enumerate(lines):
        table = table_of(line)
        if table is not None:
            headings.setdefault(table, index)
    if "I" in headings and headings["I"] < headings.get("II", len(lines)):
        return headings["I"]
    end = headings.get("II", len(lines))
    shown = [i for i in range(end) if contains(lines[i].text, "Title of Security")]
    closed = [i + 1 for i in _closing_boxes(lines[:end])]
    return min([*shown[:1], *closed[-1:], end])


def _closing_boxes(lines: Sequence[Line]) -> list[int]:
    """The lines that print the last of the boxes above the tables, how the form is filed."""
    labels = (GROUP, SINGLE, JOINT)
    return [i for i, line in enumerate(lines) if any(contains(line.text, one) for one in labels)]
