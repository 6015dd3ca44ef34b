"""Holding lines of an amendment in the place of rows, and rows in that of holding lines."""

from __future__ import annotations

from collections.abc import Sequence

from projections.filings.records import ZERO, Line, Told
from projections.identity.securities import class_tokens
from projections.identity.vehicles import vehicle_key


def told_by_a_row(left_out: Sequence[Told], restated: Sequence[tuple[Told, Line]]) -> list[Told]:
    """Holding lines, left out, of what an amendment tells by a row that had stood for another holding."""
    now = [
        _of_what(line)
        for (_, was), line in restated
        if line.movement and _of_what(was) != _of_what(line)
    ]
    return [told for told in left_out if told[1].holding and _of_what(told[1]) in now]


def listed_instead(
    old: Sequence[Told], restated: Sequence[tuple[Told, Line]], added: Sequence[Line]
) -> list[tuple[Told, Line]]:
    """Grants of a series that an amendment has as held, with another total: one grant, put right."""
    mine = {id(line) for (_, line), _ in restated}
    anew = {id(line) for _, line in restated}
    pairs = [
        (told, line)
        for told in old
        for line in added
        if line.holding and id(line) not in anew and id(told[1]) not in mine
        if _grants(told[1]) and _of_what(told[1]) == _of_what(line)
        if line.shares_after is not None and told[1].shares_after != line.shares_after
    ]
    return pairs if len(pairs) == 1 else []


def _grants(line: Line) -> bool:
    """Whether a row brings units of one strike and expiry."""
    return (line.movement or ZERO) > ZERO and None not in (line.exercise_price, line.expires_on)


def _of_what(line: Line) -> tuple[object, ...]:
    """What the words of a line say of its holding."""
    held = (line.ownership, vehicle_key(line.nature) if line.nature else "")
    return (
        line.table,
        class_tokens(line.security or ""),
        *held,
        line.exercise_price,
        line.expires_on,
    )
