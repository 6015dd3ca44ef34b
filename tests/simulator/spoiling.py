"""The tools with which an error is put into drafts: where it may go, and what follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from tests.simulator.calendars import business_days_after
from tests.simulator.people import Number, Position
from tests.simulator.reports import Draft, Line
from tests.simulator.truth import InjectedError

PLAIN = ("running", "final", "date-final")
"""Habits under which a lone row shows what is owned after it."""


class Unsuitable(Exception):
    """This world has no place for that error."""


@dataclass(slots=True)
class Spot:
    """A claim in its position's history: the row, its form, and the claims around it."""

    draft: Draft
    line: Line
    before: tuple[Draft, Line] | None
    after: tuple[Draft, Line] | None
    later: list[tuple[Draft, Line]] = field(default_factory=list)

    @property
    def opening(self) -> Number:
        """What the chain held before the row: the true balance less its movement."""
        return self.line.true - self.line.signed


@dataclass(slots=True)
class Spoilt:
    """An error that was injected, before filings have numbers."""

    kind: str
    right: tuple[str, ...]
    draft: Draft
    line: Line | None
    also: list[Draft] = field(default_factory=list)

    def named(self) -> InjectedError:
        """The same, in terms of accession numbers and rows."""
        row = ""
        if self.line is not None:
            table = self.line.fields["table"]
            own = [line for line in self.draft.lines if line.fields["table"] == table]
            row = f"{table}.{own.index(self.line) + 1}"
        filings = {self.draft.accession, *(draft.accession for draft in self.also)}
        return InjectedError(
            kind=self.kind,
            right=self.right,
            filing=self.draft.accession,
            row=row,
            position=self.line.position.id if self.line else "",
            filings=tuple(sorted(filings)),
        )


@dataclass(slots=True)
class Scene:
    """The drafts of a world in order of acceptance, and a source of chance."""

    kind: str
    right: tuple[str, ...]
    drafts: list[Draft]
    rng: Random

    def claims(self, position: Position) -> list[tuple[Draft, Line]]:
        """Every row of a position that carries a total, in order."""
        return [(draft, line) for draft in self.drafts for line in draft.on(position) if line.claim]

    def spots(self, table: str = "I") -> list[Spot]:
        """Every lone, cleanly told transaction row of a table, with its neighbours.

        Lone: the form has no other row of the position, so that every habit prints the
        same total. Cleanly told: nothing silent stands between it and the claim before.
        """
        found = []
        chains: dict[int, list[tuple[Draft, Line]]] = {}
        for draft in self.drafts:
            for line in draft.lines:
                if line.claim:
                    chains.setdefault(id(line.position), []).append((draft, line))
        for chain in chains.values():
            for at, (draft, line) in enumerate(chain):
                if not line.signed or line.fields["table"] != table or line.causes:
                    continue
                if draft.insider.habits.convention not in PLAIN or draft.form.endswith("/A"):
                    continue
                if len(draft.on(line.position)) != 1:
                    continue
                before = chain[at - 1] if at else None
                later = chain[at + 1 :]
                found.append(Spot(draft, line, before, later[0] if later else None, later))
        return found

    def rows(self, position: Position) -> list[tuple[Draft, Line]]:
        """Every row of a position, with or without a total, in order."""
        return [(draft, line) for draft in self.drafts for line in draft.on(position)]

    def plain_forms(self) -> list[Draft]:
        """Original Forms 4 that report a movement and were never amended."""
        amended = {
            (id(draft.insider), draft.original_on) for draft in self.drafts if draft.original_on
        }
        return [
            draft
            for draft in self.drafts
            if draft.form == "4"
            and any(line.signed for line in draft.lines)
            and (id(draft.insider), draft.filed_on) not in amended
        ]

    def following(self, draft: Draft) -> Draft | None:
        """The same filer's next form."""
        later = (
            one
            for one in self.drafts
            if one.insider is draft.insider and one.accepted_at > draft.accepted_at
        )
        return next(later, None)

    def copied(self, draft: Draft, *, days: int, kind: str) -> Draft:
        """The same form again, accepted some business days later."""
        filed = business_days_after(draft.filed_on, days)
        again = copy(draft)
        again.accepted_at = datetime.combine(filed, draft.accepted_at.time())
        again.kind, again.lines = kind, [line.copied() for line in draft.lines]
        return again

    def insert(self, draft: Draft) -> None:
        """Add a form to the world, where its acceptance puts it."""
        self.drafts.append(draft)
        self.resort()

    def resort(self) -> None:
        """Put the forms back in order of acceptance."""
        self.drafts.sort(key=lambda draft: (draft.accepted_at, draft.insider.key, draft.kind))

    def rewrite(self, position: Position, since: Draft, shift: Number) -> None:
        """Change history itself: from a form on, the position truly held more or less."""
        for draft, line in self.rows(position):
            if draft.accepted_at > since.accepted_at:
                if any(since.filed_on < one.on <= draft.filed_on for one in draft.company.splits):
                    raise Unsuitable(self.kind)
                if shift < 0 and _told_to_hold_more(line, shift):
                    raise Unsuitable(self.kind)
                line.true += shift
                line.fields["shares_after"] += shift
        position.history = [
            (on, held + shift if on > since.period else held) for on, held in position.history
        ]

    def pick(self, spots: list[Any], test: Callable[[Any], bool] = lambda spot: True) -> Any:
        """One of the places that pass a test."""
        fitting = [spot for spot in spots if test(spot)]
        if not fitting:
            raise Unsuitable(self.kind)
        return self.rng.choice(fitting)

    def between(self, table: str = "I") -> list[Spot]:
        """Spots with a claim before and a claim on a later form."""
        return [
            spot
            for spot in self.spots(table)
            if spot.before and spot.after and not {"split"} & set(spot.after[1].causes)
        ]

    def after_opening(self, spot: Spot) -> None:
        """A lasting difference right after the Form 3 may as well be the Form 3's."""
        if spot.before and spot.before[0].form == "3":
            self.right += ("OPENING_MISMATCH",)

    def spoil_total(self, spot: Spot, claimed: Number, *, stays: bool) -> Spoilt:
        """Print another total; it either stays in all later ones or is undone at once."""
        if claimed < 0 or claimed == spot.line.true:
            raise Unsuitable(self.kind)
        shift = claimed - spot.line.true
        spot.line.fields["shares_after"] = claimed
        spot.line.difference += shift
        spot.line.causes.append(f"error:{self.kind}")
        if stays:
            self.carry(spot, shift)
        elif spot.after:
            spot.after[1].difference -= shift
            spot.after[1].causes.append(f"error:{self.kind}:undone")
        also = [spot.after[0]] if spot.after else []
        return Spoilt(self.kind, self.right, spot.draft, spot.line, also)

    def holding_spots(self) -> list[Spot]:
        """Cleanly told holding rows of stock that follow a claim and precede another."""
        found = []
        for draft in self.drafts:
            for line in draft.lines:
                told = not line.move and not line.causes and line.claim
                if told and line.fields["table"] == "I" and draft.form == "4":
                    chain = self.claims(line.position)
                    at = next(number for number, one in enumerate(chain) if one[1] is line)
                    later = chain[at + 1 :]
                    if at and later and not later[0][1].causes:
                        found.append(Spot(draft, line, chain[at - 1], later[0], later))
        return found

    def carry(self, spot: Spot, shift: Number) -> None:
        """Add an error to every later total of the position, through splits."""
        draft = spot.draft
        for later, line in spot.later:
            for one in draft.company.splits:
                if draft.filed_on < one.on <= later.filed_on:
                    shift = int(shift) * one.new // one.old
            draft = later
            line.fields["shares_after"] += shift
            if line.fields["shares_after"] < 0:
                raise Unsuitable(self.kind)

    def spoilt(self, draft: Draft, line: Line | None, *also: Draft) -> Spoilt:
        """The error as it stands, marked as the cause on its row; what is innocent is not."""
        if line is not None and self.right:
            line.causes.append(f"error:{self.kind}")
        return Spoilt(self.kind, self.right, draft, line, list(also))


def _told_to_hold_more(line: Line, shift: Number) -> bool:
    """Whether a note on a total has a number that would be in it no more once it is lower."""
    told = " ".join(text for field_name, text in line.notes if field_name == "shares_after")
    total = line.fields["shares_after"]
    figures = (Decimal(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", told))
    return any(total + shift < figure <= total for figure in figures)


@dataclass(frozen=True, slots=True)
class ErrorKind:
    """A kind of filer error: how to make it, what it needs, and which findings name it.

    `needs` are happenings the sequence must contain, `setup` holdings it must begin
    with (`option`, `vehicle`, `two-vehicles`, `retirement`, `short-option`, `split`, `silence`,
    `ordinary`, `others`), `habits` fixes the erring filer's habits. Innocent neighbours of an error are
    made the same way; no finding names them, so `right` is empty.
    """

    name: str
    right: tuple[str, ...]
    make: Callable[[Scene], Spoilt]
    needs: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    habits: Mapping[str, Any] = field(default_factory=dict)
