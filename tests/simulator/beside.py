"""What other lines and notes tell of a holding: paired shares that went, one line for several, an end or a charge in words."""

from __future__ import annotations

from tests.simulator.added_forms import (
    calm_spots,
    changed,
    form_of,
    held,
    is_direct,
    listed,
    mistotalled,
    new_position,
    successive,
    traded,
)
from tests.simulator.calendars import business_days_after
from tests.simulator.reports import Draft, Line
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_CLASS_A, _CLASS_B = "Class A Common Stock", "Class B Common Stock"
_PAIRED = (
    "Received on exchange of LLC Units. An equal number of shares of Class B common stock held by the reporting person was cancelled.",
    "Upon the exchange of the units the reporting person surrendered a corresponding number of shares of Class B Common Stock to the issuer for no consideration.",
    "The units were redeemed for shares on a one-for-one basis, and an equivalent number of shares of Class B common stock were retired.",
)
_APART = (("By Ash Hill LLC", "By Beech Hill LLC"), ("By Trust for Ada", "By Trust for Basil"))
_TOGETHER = ("By limited liability companies", "By trusts for children")
_ENDED = (
    "In {month} the company that held these shares was wound up, and nothing is held through it any more.",
    "The trust was terminated in {month} and its shares were handed over to the remainder beneficiaries, none of whom lives with the reporting person.",
    "All of these shares were taken over by the other members in {month}, when the reporting person left the company.",
)
_WHOSE = (
    "The reporting person is one of three managers of the company.",
    "The shares are those of a trust of which the reporting person is a trustee.",
)
_CHARGED = (
    "Since the last report the trust has delivered {number} shares to its trustee in payment of fees.",
    "During the year {number} shares were turned over to the bank as its charge for the administration of the trust.",
    "The trust used {number} shares to satisfy expenses of its administration.",
)


def paired(scene: Scene) -> Spoilt:
    """Units are exchanged, and as many paired shares go, of which only the row's note tells."""
    draft, line = _paired(scene)
    return scene.spoilt(draft, line)


def paired_off(scene: Scene) -> Spoilt:
    """The same, and the next total of the paired shares is another number."""
    draft, line = _paired(scene)
    return mistotalled(scene, draft, line)


def regrouped(scene: Scene) -> Spoilt:
    """Two vehicles stand in one line, which sells, and are told apart again."""
    draft, line = _regrouped(scene)
    return scene.spoilt(draft, line)


def regrouped_off(scene: Scene) -> Spoilt:
    """The same, and what one of the two has then is another number."""
    draft, line = _regrouped(scene)
    return mistotalled(scene, draft, line)


def ended(scene: Scene) -> Spoilt:
    """A vehicle is listed with nothing, and a note says in words how it ended."""
    draft, line = _emptied(scene, _ENDED)
    return scene.spoilt(draft, line)


def emptied(scene: Scene) -> Spoilt:
    """A vehicle that holds what it held is listed with nothing; its note only says whose it is."""
    draft, line = _emptied(scene, _WHOSE)
    line.causes.clear()
    return scene.spoilt(draft, line)


def charged(scene: Scene) -> Spoilt:
    """A trust pays what it owes in shares, of which only the note on its total tells."""
    draft, line = _charged(scene)
    return scene.spoilt(draft, line)


def charged_off(scene: Scene) -> Spoilt:
    """The same, and the total is another number than its note leaves."""
    draft, line = _charged(scene)
    return mistotalled(scene, draft, line)


def _paired(scene: Scene) -> tuple[Draft, Line]:
    spot = scene.pick(
        calm_spots(scene, 12, lambda one: is_direct(one) and one.draft.company.title == _CLASS_A)
    )
    like, following = spot.draft, scene.following(spot.draft)
    if following is None or following.form != "4":
        raise Unsuitable(scene.kind)
    many = scene.rng.randrange(20, 400) * 50
    part = scene.rng.randrange(1, many // 50) * 50
    on = business_days_after(like.filed_on, 2)
    votes = new_position(like, "I/votes", title=_CLASS_B)
    units = new_position(like, "II/units", table="II", title="LLC Units")
    for position in (votes, units):
        position.move(like.period, many)
        position.move(on, -part)
        listed(like, held(like, position, many))
    came = traded(like, spot.line.position, "C", part, spot.line.true + part, on=on)
    came.notes.append(("shares", scene.rng.choice(_PAIRED)))
    went = traded(like, units, "C", -part, many - part, on=on)
    scene.rewrite(spot.line.position, like, part)
    scene.insert(form_of(like, on, [came, went], scene.kind))
    line = changed(following, votes, many - part, change=-part, cause="paired")
    return following, line


def _regrouped(scene: Scene) -> tuple[Draft, Line]:
    first, middle, last = successive(scene, 3)
    at = scene.rng.randrange(len(_APART))
    one, other = (
        new_position(first, "I/apart", ownership="indirect", nature=nature) for nature in _APART[at]
    )
    both = new_position(first, "I/both", ownership="indirect", nature=_TOGETHER[at])
    had = [scene.rng.randrange(20, 900) * 10 + 7 * n for n in (1, 2)]
    sold = scene.rng.randrange(1, had[1] // 10) * 5
    day = middle.period
    for position, number in ((one, had[0]), (other, had[1])):
        position.move(first.period, number)
        position.move(day, -number)
        listed(first, held(first, position, number))
    both.move(day, sum(had))
    row = traded(middle, both, "S", -sold, sum(had) - sold, on=day)
    row.difference, row.causes = sum(had), ["regrouped"]
    listed(middle, row)
    both.move(day, -sold)
    both.move(last.period, sold - sum(had))
    one.move(last.period, had[0])
    other.move(last.period, had[1] - sold)
    listed(last, held(last, one, had[0]))
    return last, changed(last, other, had[1] - sold, change=-sold, cause="regrouped")


def _emptied(scene: Scene, notes: tuple[str, ...]) -> tuple[Draft, Line]:
    first, second, last = successive(scene, 3)
    nature = scene.rng.choice(("By Cedar Hill LLC", "By Trust for Clara"))
    vehicle = new_position(first, "I/ended", ownership="indirect", nature=nature)
    number = scene.rng.randrange(20, 900) * 10 + 7
    vehicle.move(first.period, number)
    if notes is _ENDED:
        vehicle.move(last.period, -number)
    for form in (first, second):
        listed(form, held(form, vehicle, number))
    line = changed(last, vehicle, 0, change=-number, cause="ended")
    line.true = vehicle.balance
    month = f"{last.period.replace(day=1):%B %Y}"
    line.notes.append(("shares_after", scene.rng.choice(notes).format(month=month)))
    return last, line


def _charged(scene: Scene) -> tuple[Draft, Line]:
    first, middle, last = successive(scene, 3)
    trust = new_position(first, "I/charged", ownership="indirect", nature="By Trust for Clara")
    number = scene.rng.randrange(20, 900) * 100 + 7
    fee = scene.rng.randrange(1, number // 20) * 2
    trust.move(first.period, number)
    trust.move(middle.period, -fee)
    listed(first, held(first, trust, number))
    line = changed(middle, trust, number - fee, change=-fee, cause="charged")
    line.notes.append(("shares_after", scene.rng.choice(_CHARGED).format(number=f"{fee:,}")))
    listed(last, held(last, trust, number - fee))
    return middle, line


_HABITS = {"convention": "running", "holdings": "moved"}
_OFF = ("BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED", "ISOLATED_TOTAL_ERROR", "GAP_SUSPECTED")
_MISTYPED = (*_OFF, "TRANSPOSED_DIGITS", "MAGNITUDE_ERROR", "OPENING_MISMATCH")
BESIDE = (
    ErrorKind("paired-shares-off", _MISTYPED, paired_off, habits=_HABITS),
    ErrorKind("regrouped-off", _MISTYPED, regrouped_off, habits=_HABITS),
    ErrorKind("emptied-by-mistake", _OFF, emptied, habits=_HABITS),
    ErrorKind("charge-off", _MISTYPED, charged_off, habits=_HABITS),
)
BESIDE_NEIGHBOURS = (
    ErrorKind("paired-shares", (), paired, habits=_HABITS),
    ErrorKind("regrouped-and-back", (), regrouped, habits=_HABITS),
    ErrorKind("ended-in-words", (), ended, habits=_HABITS),
    ErrorKind("charged-in-shares", (), charged, habits=_HABITS),
)
