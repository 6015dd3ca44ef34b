"""Letters and days of rows of which so much is lost that what is left may stand in other columns.

Figures of such a row are doubted by what the page confirms (`doubts`). A code, a letter of
direction and a day are single pieces that nothing repeats: they stand, and are doubtful too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from ledger.filing import Row
from ledger.readers.scan.telling import altered

_LETTERS = ("code", "direction")

_LONG = timedelta(days=10 * 366)
"""How far apart the days of one form never are."""


def ruined(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows with the letters and days of ruined ones told as doubtful, unless something is told of them."""
    days = [row.effective_on for row in rows if row.effective_on]
    ages = bool(days) and max(days) - min(days) > _LONG
    for row in rows:
        found = row
        told = {repair.field for repair in row.repairs}
        astray = any((r.field, r.effect) == ("row", "inferred") for r in row.repairs)
        for name in _LETTERS if astray else ():
            if (letter := getattr(row, name)) and name not in told:
                why = "its row is so damaged that it may stand in another column"
                found = altered(found, name, row.printed.get(name, letter), "doubtful", why)
        day = row.effective_on
        lone = astray and days.count(day) == 1 if day else False
        if day and "effective_on" not in told and (ages or lone):
            why = f"days of the form lie as far apart as {min(days)} and {max(days)}"
            why = why if ages else "its row is damaged, and no other row is of that day"
            text = row.printed.get("effective_on", day.isoformat())
            found = altered(found, "effective_on", text, "doubtful", why)
        yield found
