"""Notes that list all the parts of a total: the same as it in all, or a slip more or less."""

from __future__ import annotations

from tests.simulator.added_forms import is_direct
from tests.simulator.people import Number
from tests.simulator.slips import is_whole, transposed
from tests.simulator.spoiling import PLAIN, ErrorKind, Scene, Spoilt, Spot, Unsuitable

_LISTS = (
    "Consists of {0:,} shares held outright and {1:,} unvested restricted shares.",
    "The total is comprised of (i) {0:,} vested shares and (ii) {1:,} shares of restricted stock.",
    "Represents (i) {0:,} shares of common stock and (ii) {1:,} restricted shares that vest on May 5, 2031.",
    "Consists of {0:,} shares held in a brokerage account, {1:,} restricted shares and {2:,} shares held in a retirement account.",
    "The shares shown are made up of {0:,} shares held outright, {1:,} shares of restricted stock and {2:,} shares bought in the employee plan.",
)
_SOME = (
    "Includes {1:,} unvested restricted shares.",
    "Includes {0:,} shares held outright and {1:,} shares in a brokerage account.",
)


def listed_in_all(scene: Scene) -> Spoilt:
    """The parts are all there, and make the total."""
    spot, parts = _listed(scene)
    _tell(scene, spot, scene.rng.choice(_LISTS), parts)
    return scene.spoilt(spot.draft, spot.line)


def listed_in_part(scene: Scene) -> Spoilt:
    """The note says what the total includes, and does not say that this is all."""
    spot, parts = _listed(scene)
    _tell(scene, spot, scene.rng.choice(_SOME), parts)
    return scene.spoilt(spot.draft, spot.line)


def parts_off(scene: Scene) -> Spoilt:
    """One part is mistyped; the total goes on as ever."""
    spot, parts = _listed(scene)
    place = scene.rng.randrange(2)
    wrong = scene.rng.choice((transposed(scene.rng, parts[place]), parts[place] + 100))
    if wrong is None:
        raise Unsuitable(scene.kind)
    parts[place] = wrong
    text = scene.rng.choice(_LISTS)
    if _of_another(parts, spot):
        raise Unsuitable(scene.kind)
    _tell(scene, spot, text, parts)
    return scene.spoilt(spot.draft, spot.line)


def _listed(scene: Scene) -> tuple[Spot, list[int]]:
    spot = scene.pick(
        scene.spots(),
        lambda one: (
            is_direct(one)
            and is_whole(one.line.true)
            and one.line.true >= 4_000
            and not one.line.notes
            and one.before is not None
        ),
    )
    whole = int(spot.line.true)
    first = scene.rng.randrange(whole // 5, whole // 2)
    return spot, [first, whole - first, 0]


def _tell(scene: Scene, spot: Spot, text: str, parts: list[int]) -> None:
    if "{2" in text:
        third = parts[1] // 3
        parts = [parts[0], parts[1] - third, third]
    if "retirement" not in text and "Includes" in text:
        parts = [one // 2 for one in parts]
    spot.line.notes.append(("shares_after", text.format(*parts)))


def _of_another(parts: list[int], spot: Spot) -> bool:
    """Whether a wrong list is a right one of another number of the row."""
    fields = spot.line.fields
    whole: Number = spot.line.true
    others = (whole, whole - spot.line.signed, fields["shares"])
    return any(abs(sum(parts) - one) <= 1 for one in others)


_HABITS = {"convention": PLAIN[0], "holdings": "moved"}
LISTED_PARTS = (
    ErrorKind("listed-parts-off", ("COLUMN_NOTE_CONFLICT",), parts_off, habits=_HABITS),
)
LISTED_PART_NEIGHBOURS = (
    ErrorKind("listed-parts-in-all", (), listed_in_all, habits=_HABITS),
    ErrorKind("listed-in-part", (), listed_in_part, habits=_HABITS),
)
