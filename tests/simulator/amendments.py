"""Filers who notice their mistake: a wrong original, and the amendment that follows."""

from __future__ import annotations

from datetime import timedelta

from tests.simulator import notes
from tests.simulator.calendars import business_days_after
from tests.simulator.movements import Life
from tests.simulator.reports import Draft


def amended(life: Life, original: Draft) -> Draft | None:
    """Spoil one row of a Form 4 and return the 4/A that puts it right, some days later.

    The amendment restates every row or only the wrong one. None where no row suits.
    """
    rng = life.rng
    rows = [line for line in original.lines if line.move and line.fields["table"] == "I"]
    if original.form != "4" or not rows or original.kind in ("twin_buys", "many_sales"):
        return None
    wrong = rng.choice(rows)
    whole = len(original.lines) == 1 or rng.random() < 0.6
    repeated = [line.copied() for line in original.lines if whole or line is wrong]
    right = next(line for line in repeated if line.move is wrong.move)
    field = rng.choice(("shares", "shares_after"))
    slip = rng.randrange(1, 90) * 10 + rng.randrange(1, 9)
    stated, misstated = wrong.fields[field], wrong.fields[field] + slip
    wrong.fields[field] = misstated
    wrong.causes.append("corrected-later")
    right.notes.append((field, notes.correction(rng, misstated, stated)))
    filed = business_days_after(original.filed_on, rng.randrange(1, 6))
    life.day = filed
    return Draft(
        company=original.company,
        insider=original.insider,
        form="4/A",
        period=original.period,
        accepted_at=original.accepted_at
        + timedelta(days=(filed - original.filed_on).days, minutes=7),
        lines=repeated,
        kind="amendment",
        original_on=original.filed_on,
    )
