"""A field of a row told anew: what was printed there, what became of it, and why."""

from __future__ import annotations

from ledger.filing import Repair, Row


def altered(row: Row, name: str, printed: str, effect: str, why: str, **said: object) -> Row:
    """A row with one more repair, and what it changes."""
    repair = Repair(field=name, printed=printed, effect=effect, why=why)  # type: ignore[arg-type]
    kept = row.printed if effect != "field unknown" else row.printed | {name: printed}
    update = said | {"repairs": (*row.repairs, repair), "printed": kept}
    return row.model_copy(update=update)
