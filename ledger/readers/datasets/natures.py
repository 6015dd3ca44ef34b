"""Natures of ownership that a data set gives to other lines than theirs.

The sets number the natures of a filing's table apart from its lines: the first nature stands
on the first line, the second on the second, whether or not those lines are the indirect ones.
Where a direct line comes before an indirect one, a nature then stands on a line that cannot
have one, and an indirect line goes without. EDGAR takes neither from a filer, so natures that
fill the first lines, as many as there are indirect ones, belong to these in their order.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.filing import Repair
from ledger.readers.datasets.sheets import Entry

_HELD, _NATURE = "DIRECT_INDIRECT_OWNERSHIP", "NATURE_OF_OWNERSHIP"
_NOTES = f"{_NATURE}_FN"
_WHY = "the set gives the natures of a table to its first lines; a direct line has none"


def put_right(entries: Sequence[Entry]) -> list[tuple[Entry, tuple[Repair, ...]]]:
    """A filing's lines of one table in their order, each with the nature that is its own.

    Args:
        entries: The lines in the order of their keys.

    Returns:
        Every line, and what was repaired of it: nothing, unless direct and indirect lines
        are mixed and the natures are packed into the first ones.
    """
    indirect = [entry for entry in entries if entry.cells.get(_HELD) == "I"]
    packed = [entry for entry in entries if _nature(entry) != ("", "")]
    if packed == indirect or packed != list(entries[: len(indirect)]):
        return [(entry, ()) for entry in entries]
    own = dict(zip((entry.line for entry in indirect), map(_nature, packed), strict=True))
    return [_with(entry, *own.get(entry.line, ("", ""))) for entry in entries]


def _nature(entry: Entry) -> tuple[str, str]:
    return entry.cells.get(_NATURE, "").strip(), entry.cells.get(_NOTES, "").strip()


def _with(entry: Entry, nature: str, notes: str) -> tuple[Entry, tuple[Repair, ...]]:
    if (nature, notes) == _nature(entry):
        return entry, ()
    told = Repair(field="nature", printed=_nature(entry)[0], effect="repaired", why=_WHY)
    return entry._replace(cells=entry.cells | {_NATURE: nature, _NOTES: notes}), (told,)
