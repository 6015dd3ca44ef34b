"""One company or trust by name, in forms of each of two people who never file together."""

from __future__ import annotations

from datetime import date

from tests.simulator import names
from tests.simulator.added_forms import form_of, held, new_position, splits_after, traded
from tests.simulator.calendars import business_days_after
from tests.simulator.people import Number, Position
from tests.simulator.reports import Draft, Line
from tests.simulator.slips import arbitrary_shift
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable

_CALLED = ("By {name} Holdings LLC", "By {name} Family Partners, L.P.", "By the {name} 2011 Trust")
_RESPELT = {"LLC": ("L.L.C.",), "L.P.": ("LP", "L. P."), "Trust": ("Tr.",)}
_SHARED = ("By Directors' Stock Trust", "By Directors' Deferred Stock Trust", "By Family Trust")


class _Pool:
    """A holding that two people report, and what it has just now."""

    def __init__(self, scene: Scene, nature: str, opening: int) -> None:
        people = {id(one.insider): one for one in scene.drafts if one.insider.kind == "person"}
        if len(people) < 2 or any(splits_after(one) for one in people.values()):
            raise Unsuitable(scene.kind)
        self.scene, self.balance = scene, opening
        self.likes = scene.rng.sample(list(people.values()), 2)
        self.nature = nature
        self.day = business_days_after(max(one.filed_on for one in scene.drafts), 3)
        self.position = self.of(0)
        self.position.move(self.day, opening)

    def of(self, member: int) -> Position:
        """A holding that one of the two reports under the name."""
        return new_position(
            self.likes[member], "I/shared", ownership="indirect", nature=self.nature
        )

    def report(self, member: int, line: Line, on: date) -> Draft:
        """A form of one of the two, spelt as he spells it, about the holding."""
        line.fields["nature"] = self._spelt(member)
        draft = form_of(self.likes[member], on, [line], self.scene.kind)
        self.scene.insert(draft)
        return draft

    def _spelt(self, member: int) -> str:
        last = self.nature.split()[-1]
        again = _RESPELT.get(last, (last,))
        return self.nature.removesuffix(last) + again[0] if member else self.nature

    def moved(self, code: str, delta: int, *members: int) -> list[tuple[Draft, Line]]:
        """A deal of the holding on the next day, told by these of its members."""
        self.day = business_days_after(self.day, self.scene.rng.randrange(4, 40))
        self.balance += delta
        self.position.move(self.day, delta)
        told = []
        for member in members:
            line = traded(self.likes[member], self.position, code, delta, self.balance, on=self.day)
            told.append((self.report(member, line, self.day), line))
        return told

    def sells(self, *members: int) -> list[tuple[Draft, Line]]:
        """A sale of some of it."""
        return self.moved("S", -self.scene.rng.randrange(11, 90) * 10, *members)

    def shown(self, member: int) -> tuple[Draft, Line]:
        """A form that lists the holding without a deal of it, beside one of the member's own."""
        self.day = business_days_after(self.day, 6)
        like = self.likes[member]
        bought = new_position(like, "I/own", ownership="indirect", nature="By Self-Directed IRA")
        amount = self.scene.rng.randrange(1, 60) * 10
        bought.move(self.day, amount)
        line = held(like, self.position, self.balance)
        draft = self.report(member, line, self.day)
        draft.lines.insert(0, traded(like, bought, "P", amount, amount, on=self.day))
        return draft, line


def _opened(scene: Scene) -> _Pool:
    """A company of two members, each of whom has shown it once."""
    name = scene.rng.choice(_CALLED).format(name=" ".join(names.fund_name(scene.rng).split()[:2]))
    pool = _Pool(scene, name, scene.rng.randrange(90, 9_000) * 100)
    if scene.rng.random() < 0.5:
        pool.sells(0)
        pool.shown(1)
    else:
        pool.sells(0, 1)
    return pool


def company_of_two(scene: Scene) -> Spoilt:
    """Both report all that their company holds, one deal in the forms of both, of one, or in turn."""
    pool = _opened(scene)
    for _ in range(2):
        told = pool.sells(*scene.rng.choice(((0, 1), (1, 0), (0,), (1,))))
    return scene.spoilt(*told[-1])


def parts_of_two(scene: Scene) -> Spoilt:
    """Each member reports only his own part of what the company holds."""
    pool = _opened_in_parts(scene)
    return scene.spoilt(*pool)


def _opened_in_parts(scene: Scene) -> tuple[Draft, Line]:
    nature = scene.rng.choice(_CALLED).format(name=names.fund_name(scene.rng).split()[0])
    pool = _Pool(scene, nature, scene.rng.randrange(90, 9_000) * 100)
    other = pool.of(1)
    share: Number = pool.balance * scene.rng.randrange(11, 88) // 100
    other.move(pool.day, share)
    last = None
    for _ in range(2):
        draft, _line = pool.sells(0)[0]
        part = scene.rng.randrange(3, 90)
        share -= part
        other.move(pool.day, -part)
        line = traded(pool.likes[1], other, "S", -part, share, on=draft.period)
        last = (pool.report(1, line, draft.period), line)
    if last is None or share <= 0:
        raise Unsuitable(scene.kind)
    return last


def equal_awards(scene: Scene) -> Spoilt:
    """Two directors have equal awards in a trust of the directors, or in a family trust each."""
    pool = _Pool(scene, scene.rng.choice(_SHARED), 0)
    other = pool.of(1)
    award, total = scene.rng.randrange(5, 60) * 100, 0
    last = None
    for _ in range(2):
        total += award
        draft, _line = pool.moved("A", award, 0)[0]
        other.move(pool.day, award)
        line = traded(pool.likes[1], other, "A", award, total, on=pool.day)
        last = (pool.report(1, line, draft.period), line)
    assert last is not None
    return scene.spoilt(*last)


def sale_of_the_other(scene: Scene) -> Spoilt:
    """One member's total leaves out a sale that only the other's form told; the next is right."""
    pool = _opened(scene)
    sold = pool.sells(0)[0]
    draft, line = pool.sells(1)[0]
    line.fields["shares_after"] -= sold[1].signed
    after = pool.sells(0)[0]
    return scene.spoilt(draft, line, after[0])


def told_otherwise(scene: Scene) -> Spoilt:
    """Both tell one sale, and the total of the second is another one; the next is right."""
    pool = _opened(scene)
    first, second = pool.sells(0, 1)
    shift = arbitrary_shift(scene.rng, second[1].true, second[1].signed)
    if shift is None:
        raise Unsuitable(scene.kind)
    second[1].fields["shares_after"] += shift
    after = pool.sells(scene.rng.choice((0, 1)))[0]
    return scene.spoilt(*second, first[0], after[0])


_HABITS = {"convention": "running", "holdings": "moved"}
_OFF = (
    *("ISOLATED_TOTAL_ERROR", "PRIOR_ROW_OMITTED", "BALANCE_BREAK", "LEVEL_SHIFT_UNEXPLAINED"),
    *("TRANSPOSED_DIGITS", "MAGNITUDE_ERROR"),
)
MEMBERS = (
    ErrorKind("others-sale-left-out", _OFF, sale_of_the_other, setup=("others",), habits=_HABITS),
    ErrorKind(
        "member-tells-otherwise",
        ("CONFLICTING_TOTALS", *_OFF),
        told_otherwise,
        setup=("others",),
        habits=_HABITS,
    ),
)
MEMBER_NEIGHBOURS = (
    ErrorKind("company-of-two", (), company_of_two, setup=("others",), habits=_HABITS),
    ErrorKind("parts-of-two", (), parts_of_two, setup=("others",), habits=_HABITS),
    ErrorKind("equal-awards", (), equal_awards, setup=("others",), habits=_HABITS),
)
