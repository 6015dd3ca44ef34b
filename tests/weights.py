"""Whether every weight of the search for explanations is held by a test.

    python -m tests.weights
    python -m tests.weights --write

Each constant of `projections.reconciliation.costs` is altered by a step, up and down, and
the border stories are judged again: the first one that comes out otherwise is printed. A
weight that can be altered unseen is one that nobody would miss.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from projections.reconciliation import costs
from tests.projections.reconciliation.borders import STORIES, Outcome, outcome, stands_against

Weight = int | Decimal | timedelta

STEPS: dict[str, Weight] = {
    "UNNAMED": 2,
    "STEP_APART": timedelta(days=100),
    "FARTHEST": timedelta(days=5),
    "YIELD": Decimal("0.01"),
    "PLAN_LIMIT": Decimal(1_000),
    "ACCRUED": Decimal("0.01"),
    "FUND_CASH": Decimal("0.01"),
    "PLAN_LAG": 10,
}
"""By how much a weight is altered, where that is not one tenth or one piece."""

PAGE = Path(__file__).resolve().parents[1] / "docs/reference/weights.md"
BEGIN, END = "<!-- weights -->\n", "<!-- end of weights -->\n"


class Altered(NamedTuple):
    """One weight, altered by a step, and the story that comes out otherwise."""

    name: str
    value: Weight
    step: Weight
    noticed: str | None


def weights() -> dict[str, Weight]:
    """Every weight, in the order of the file."""
    return {name: value for name, value in vars(costs).items() if name.isupper()}


@cache
def as_it_is(story: str, about: int | None = None) -> tuple[int | None, Outcome]:
    """What a story is good against, perhaps so much, and how it comes out."""
    filings = STORIES[story]()
    alone = outcome(filings)
    return stands_against(filings, alone, about), alone


def otherwise(story: str, was: tuple[int | None, Outcome]) -> bool:
    """Whether a story comes out otherwise by now, or is good against another cost."""
    filings, (cost, alone) = STORIES[story](), was
    if outcome(filings) != alone:
        return True
    return stands_against(filings, alone, cost, search=False) != cost


def altered(names: list[str] | None = None) -> Iterator[Altered]:
    """Every weight altered by its step, up and down."""
    helpful: list[str] = list(STORIES)
    for name, value in weights().items():
        if names and name not in names:
            continue
        for sign in (1, -1):
            step = STEPS.get(name, 1) * sign
            told = [(story, as_it_is(story)) for story in helpful]
            with mock.patch.object(costs, name, value + step):  # type: ignore[operator]
                noticed = next((s for s, was in told if otherwise(s, was)), None)
            yield Altered(name, value, step, noticed)
            if noticed is not None:
                helpful.remove(noticed)
                helpful.insert(0, noticed)


def table(rows: list[Altered]) -> str:
    """The list as Markdown."""
    lines = ["| Weight | Value | Step | Comes out otherwise |", "|---|---:|---:|---|"]
    for row in rows:
        noticed = row.noticed or "**nothing**"
        lines.append(f"| `{row.name}` | {shown(row.value)} | {signed(row.step)} | {noticed} |")
    return "\n".join(lines) + "\n"


def listed(page: str) -> dict[tuple[str, Weight], str]:
    """By weight and step, the story that a page says comes out otherwise."""
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", page, re.MULTILINE)
    steps = {
        (name, signed(step * sign)): step * sign
        for name in weights()
        for step in (STEPS.get(name, 1),)
        for sign in (1, -1)
    }
    return {(name, steps[name, step]): story for name, step, story in rows}


def shown(weight: Weight) -> str:
    """A weight as the list shows it."""
    return f"{weight.days} days" if isinstance(weight, timedelta) else f"{weight:,}"


def signed(step: Weight) -> str:
    """A step as the list shows it, with its sign."""
    return shown(step) if shown(step).startswith("-") else f"+{shown(step)}"


def main() -> None:
    """Print the list, and fail where a weight can be altered unseen."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the list on its page")
    parser.add_argument("--only", action="append", help="alter only this weight")
    asked = parser.parse_args()
    rows = list(altered(asked.only))
    print(table(rows), end="")
    if asked.write:
        before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        PAGE.write_text(before + BEGIN + table(rows) + END + after, "utf-8")
    unseen = [f"{row.name} {row.step}" for row in rows if row.noticed is None]
    if unseen:
        sys.exit(f"altered unseen: {', '.join(unseen)}")


if __name__ == "__main__":
    main()
