"""What becomes of vehicles: they appear, take another name, merge, and come to an end.

No row reports any of it (Rule 16a-13, or no change in what one person owns); a note may.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from tests.simulator.movements import Life
from tests.simulator.people import Position, add_vehicle

_NEW = (
    ("By Spouse", "Shares owned by the reporting person's spouse, whom he married on {day}."),
    ("By Children's Trust", "The reporting person became a trustee of this trust on {day}."),
    ("By Estate", "The reporting person was appointed executor of the estate on {day}."),
    ("By Foundation Trust", "Held by a trust of which the reporting person's spouse is a trustee."),
)
_RENAMED = {
    "By Trust": ("By Revocable Trust", "By Living Trust", "By {last} Trust"),
    "By Family Trust": ("By {last} Family Trust", "By the {last} Family Trust dated May 3, 2001"),
    "By 401(k) Plan": ("By 401(k) Savings Plan", "By Retirement Savings Plan (401(k))"),
    "By IRA": ("By Rollover IRA", "By Individual Retirement Account"),
    "By GRAT": ("By {last} GRAT", "By Grantor Retained Annuity Trust No. 1"),
    "By Spouse": ("By Wife", "By {first} {last}'s spouse"),
    "By Wexcombe Family Partnership": ("By Wexcombe Family Partnership, L.P.", "By Wexcombe LLC"),
    "By Family Limited Partnership": ("By {last} Family Limited Partnership", "By Family L.P."),
}
_FORMERLY = (
    "Formerly reported as held by {was}; the holder's name was changed on {day}.",
    "Previously reported as held by {was}.",
)
_MERGED_OUT = (
    "On {day} all {shares} shares were transferred to {other}.",
    "Reflects the merger of this holding into {other} on {day}.",
)
_MERGED_INTO = (
    "Includes {shares} shares previously reported as held by {other}, transferred on {day}.",
    "Includes {shares} shares received from {other}.",
    "The holdings of {other} were combined with this one on {day}.",
)
_ENDED_OUT = (
    "The trust ended by its terms on {day} and its {shares} shares were distributed.",
    "On {day} the trust was dissolved and distributed all of its {shares} shares.",
)
_ENDED_INTO = (
    "Includes {shares} shares received on {day} from a trust that ended, previously reported as indirectly owned.",
    "Includes {shares} shares distributed to the reporting person on the dissolution of a trust on {day}.",
)
_TO_OTHERS = (
    "The trust ended on {day}; its {shares} shares passed to its beneficiaries, in which the reporting person has no pecuniary interest.",
    "On {day} the remaining {shares} shares were distributed to the beneficiaries of the trust, adult children who share no household with the reporting person.",
)


def appear(life: Life, own: Random) -> None:
    """A holding that was somebody else's before comes to be reported."""
    nature, told = own.choice(_NEW)
    if any(one.nature == nature for one in life.insider.vehicles):
        return
    vehicle = add_vehicle(life.insider, life.company.title, nature)
    note = told.format(day=_day(life.day)) if own.random() < 0.6 else None
    vehicle.silently(life.day, own.randrange(2, 400) * 50, "scope", note)


def rename(life: Life, own: Random) -> None:
    """A vehicle is called otherwise from now on; what it holds goes on."""
    last, first, *_ = (life.insider.owners[0].name or "").title().split()
    renamed = [one for one in life.insider.vehicles if one.nature in _RENAMED and one.balance]
    if not renamed:
        return
    vehicle = own.choice(renamed)
    was, now = vehicle.nature, own.choice(_RENAMED[vehicle.nature]).format(last=last, first=first)
    vehicle.nature = now
    told = own.choice(_FORMERLY).format(was=_bare(was), day=_day(life.day))
    unlike = not set(was.split()[1:]) & set(now.split()[1:])
    vehicle.silently(life.day, 0, "renamed", told if unlike or own.random() < 0.3 else None)


def merge(life: Life, own: Random) -> None:
    """All that one vehicle holds goes into another one."""
    full = [one for one in life.insider.vehicles if one.balance and "401" not in one.nature]
    if len(full) < 2:
        return
    source, target = own.sample(full, 2)
    amount, source.ended = source.balance, True
    out = _told(own, _MERGED_OUT, life.day, amount, target)
    into = _told(own, _MERGED_INTO, life.day, amount, source)
    source.silently(life.day, -amount, "form-change", out)
    target.silently(life.day, amount, "form-change", into)


def end(life: Life, own: Random) -> None:
    """A trust ends: what it holds goes to its grantor, or to beneficiaries who are others."""
    trusts = [one for one in life.insider.vehicles if _is_trust(one) and one.balance]
    if not trusts:
        return
    trust = own.choice(trusts)
    amount, trust.ended = trust.balance, True
    if own.random() < 0.35:
        out = own.choice(_TO_OTHERS).format(day=_day(life.day), shares=f"{amount:,}")
        trust.silently(life.day, -amount, "distribution", out)
        return
    out = _told(own, _ENDED_OUT, life.day, amount, trust)
    into = _told(own, _ENDED_INTO, life.day, amount, trust)
    trust.silently(life.day, -amount, "distribution", out)
    life.insider.direct.silently(life.day, amount, "distribution", into)


def _is_trust(vehicle: Position) -> bool:
    return "Trust" in vehicle.nature or "GRAT" in vehicle.nature


def _told(
    own: Random, wordings: tuple[str, ...], on: date, amount: object, other: Position
) -> str | None:
    if own.random() < 0.25:
        return None
    text = own.choice(wordings)
    return text.format(day=_day(on), shares=f"{amount:,}", other=_bare(other.nature))


def _bare(nature: str) -> str:
    name = nature.removeprefix("By ").removeprefix("the ")
    return "the reporting person's spouse" if name == "Spouse" else f"the {name}"


def _day(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"


TURNS: dict[str, Callable[[Life, Random], None]] = {
    "vehicle-appears": appear,
    "vehicle-renamed": rename,
    "vehicles-merged": merge,
    "trust-ends": end,
}
"""What may once happen to a filer's vehicles, by name."""

NEEDED: dict[str, tuple[str, ...]] = {
    "vehicle-renamed": ("By Trust", "By Family Trust", "By IRA", "By 401(k) Plan"),
    "vehicles-merged": ("By Family Trust", "By Trust"),
    "trust-ends": ("By Trust", "By Family Trust"),
}
"""Vehicles of which the filer has one at least, and two where they merge."""
