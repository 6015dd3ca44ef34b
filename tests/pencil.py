"""A reader with a pencil, who has no more than what `ledger history` prints, as text or JSON.

Down the table, line by line: the balance before, and what the line says it moved, and what it
is off by where nothing explains that, is the balance after. What is explained stands on lines
of its own above the total it explains. A total that is set aside moves nothing, says so on its
line, and names a finding that says why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import NamedTuple
from unittest.mock import patch

from cli.commands.history import blocks_of
from cli.formats.text import write_text
from projections.answers import History, PositionHistory, json_of

ZERO = Decimal(0)
_TITLES = ("Date", "Event", "Moved", "Balance", "Claimed", "Off by", "Verdict", "Source")
_BEFORE = re.compile(r"(?:^|, )(-?[\d,.]+) before the first report$")
_FIGURE = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")


class Printed(NamedTuple):
    """A line of a history as printed; None where nothing stands."""

    where: str
    moved: Decimal | None
    balance: Decimal | None
    claimed: Decimal | None
    off_by: Decimal | None
    verdict: str
    aside: bool
    findings: tuple[str, ...]


def sums(opening: Decimal | None, lines: Sequence[Printed]) -> Iterator[str]:
    """What does not add up."""
    before = opening
    for line in lines:
        now = line.balance
        if line.aside and not line.findings:
            yield f"{line.where}: set aside, and no finding says why"
        if line.verdict in ("unexplained", "ambiguous") and not line.findings:
            yield f"{line.where}: {line.verdict}, and no finding says so"
        if now is None:
            continue
        counts = line.verdict in ("unexplained", "ambiguous") and not line.aside
        after = (before or ZERO) + (line.moved or ZERO) + ((line.off_by or ZERO) if counts else 0)
        if before is not None and now != after:
            yield f"{line.where}: {before} and {line.moved} ({line.verdict}) shown as {now}"
        before = now


def faults_as_text(position: PositionHistory) -> Iterator[str]:
    """What does not add up in the table that is printed on a screen."""
    with patch.dict("os.environ", {"COLUMNS": "400"}):
        stream = StringIO()
        write_text(blocks_of(History(None, (position,))), stream)
    _, called, titles, *table = _unwrapped(stream.getvalue())
    found = _BEFORE.search(called)
    yield from sums(_number(found[1]) if found else None, list(_lines(titles, table)))


def _unwrapped(text: str) -> list[str]:
    """The lines of one history: its heading, what it is about, the titles and the table."""
    lines = text.splitlines()
    at = next(n for n, line in enumerate(lines) if line.split()[:2] == list(_TITLES[:2]))
    return [lines[0], " ".join(" ".join(lines[1:at]).split()), *lines[at:]]


def _lines(titles: str, table: list[str]) -> Iterator[Printed]:
    """Each line of the table; where its last cells run over to the next, that is left out."""
    cells: list[str] = []
    place = titles.index("Verdict")
    runs_on = [line for line in table if line.strip() and not line[:place].strip()]
    table = [line for line in table if line not in runs_on or line.lstrip()[:4] == "see "]
    for line, after in zip(table, [*table[1:], ""], strict=True):
        if line.startswith(" " * 5) and line.lstrip().startswith("see finding"):
            continue
        cells = _cells(titles, line)
        moved, balance, claimed, off_by = map(_number, cells[2:6])
        verdict = cells[6].removesuffix(", set aside")
        notes = after.strip() if after.lstrip().startswith("see finding") else ""
        named = tuple(re.findall(r"\b[0-9a-f]{8}\b", notes))
        aside = cells[6] != verdict
        yield Printed(
            where=cells[7],
            moved=moved,
            balance=balance,
            claimed=claimed,
            off_by=off_by,
            verdict=verdict.partition(":")[0],
            aside=aside,
            findings=named,
        )


def _cells(titles: str, line: str) -> list[str]:
    """The cells under their titles: words begin where theirs do, figures end where theirs do."""
    places = [titles.index(title) for title in _TITLES]
    ends = [titles.index(title) + len(title) for title in _TITLES]
    figures = [line[ends[n - 1] : ends[n]].rpartition("  ")[2] for n in (3, 4, 5)]
    first = line[places[1] : ends[2]]
    event, _, moved = first.rpartition("  ") if _FIGURE.search(first[-1:]) else (first, "", "")
    words = (line[places[0] : places[1]], event, moved, *figures)
    return [cell.strip() for cell in (*words, line[places[6] : places[7]], line[places[7] :])]


def _number(text: str) -> Decimal | None:
    """A figure; one with both signs says how many, not which way, and moves nothing."""
    return Decimal(text.replace(",", "")) if text and not text.startswith("±") else None


def faults_as_json(position: PositionHistory) -> Iterator[str]:
    """What does not add up in the same history as JSON, computed from its strings alone."""
    document = json.loads(json.dumps(json_of(History(None, (position,)))))
    (told,) = document["positions"]
    signs = {"acquired": 1, "disposed": -1, None: 0}
    lines = [
        Printed(
            where=f"{entry['filing']}#{entry['row']}",
            moved=signs[entry["direction"]] * Decimal(entry["shares"] or 0),
            balance=_number(entry["computed"] or ""),
            claimed=_number(entry["claimed"] or ""),
            off_by=_number(entry["residual"] or ""),
            verdict=entry["verdict"] or "",
            aside=entry["set_aside"],
            findings=tuple(entry["findings"]),
        )
        for entry in told["entries"]
    ]
    yield from sums(_number(told["opening"] or ""), lines)
