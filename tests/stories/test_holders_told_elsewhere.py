"""One holder, told by the nature's column in one form and by a note in the next.

Whatever the words and wherever they stand, it is one holding: quiet while its totals follow, and
a wrong total between is a finding on that line.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.stories.asking import Asked
from tests.stories.telling import story_of

_NOTE = "See footnote"
_TOLD = {
    "trust": (
        ("By Marlow Family Trust", ""),
        ("By Trust", "Held by the Marlow Family Trust."),
        (
            _NOTE,
            "Shares held by the Marlow Family Trust, of which the reporting person is trustee.",
        ),
        ("Marlow Family Trust dated June 1, 2004", ""),
    ),
    "fund": (
        ("By Harrow Partners LP", ""),
        ("By Partnership", "Held by Harrow Partners, L.P."),
        (_NOTE, "Owned by Harrow Partners, L.P., whose general partner is Harrow GP LLC."),
        ("Harrow Partners Limited Partnership", ""),
    ),
    "spouse": (
        ("By Spouse", ""),
        ("By Wife", ""),
        (_NOTE, "Held by the reporting person's spouse."),
        ("Spouse", "The reporting person disclaims beneficial ownership of these shares."),
    ),
    "account": (
        ("By IRA", ""),
        ("Individual Retirement Account", ""),
        (_NOTE, "Held in an individual retirement account of the reporting person."),
    ),
    "company": (
        ("By Birch Holdings LLC", ""),
        (
            "By LLC",
            "Owned by Birch Holdings LLC, of which the reporting person is the sole member.",
        ),
        ("By limited liability company", "The shares are held by Birch Holdings, LLC."),
    ),
    "child": (
        ("By Child", ""),
        ("By minor child", ""),
        (_NOTE, "Held by the reporting person's minor child."),
    ),
}
_PAIRS = [pair for told in _TOLD.values() for pair in permutations(told, 2)]


def _form(day: str, told: tuple[str, str], moved: str, total: int) -> list[str]:
    nature, note = told
    mark = "[1]" if note else ""
    row = f"Common Stock, {nature}{mark} | {moved} = {total:,}"
    return [f"4 {day}", row, *([f"note 1 {note}"] if note else [])]


@pytest.mark.parametrize("off", [0, 400])
@pytest.mark.parametrize(("one", "other"), _PAIRS)
def test_a_holder_told_elsewhere_is_the_same(
    one: tuple[str, str], other: tuple[str, str], off: int
) -> None:
    story = story_of(
        f"{one}, then {other}",
        [
            *_form("2019-03-04", one, "P +1,000 @20", 11_000),
            *_form("2019-04-04", other, "P +500 @21", 11_500 + off),
            *_form("2019-05-06", one, "S -1,500 @22", 10_000),
            "? finds b I.1 BALANCE|ISOLATED|TOTAL|DIGIT" if off else "? quiet",
            "? sum 2019-06-01 [A-Z] = 10,000",
        ],
    )

    asked = Asked(story)

    assert not [f"{q}: {said}" for q in story.asked if (said := asked.wrong(q))]
