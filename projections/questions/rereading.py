"""What a better source of a filing changed: its first reading beside the one that stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from ledger import Ledger
from ledger.filing import Filing, Row
from ledger.types import plain
from projections.answers import Change, Diff, Name
from projections.questions.subject import named

_Pair = tuple[Row | None, Row | None]
_ASIDE = frozenset("table line cited printed repairs form_type equity_swap".split())
"""What is no value, is compared elsewhere, or stands on no paper."""

_FIELDS = tuple(name for name in Row.model_fields if name not in _ASIDE)
_WORDS = frozenset({"security", "nature", "underlying"})
_OF_FILING = ("form", "period", "original_on", "accepted_at", "filed_on")
_MOST = 200
"""Rows of a table that are paired by what they say."""

_BOXES = ("director", "officer", "ten_percent_owner", "other", "officer_title")


def reread(ledger: Ledger, filing: str) -> Diff:
    """What differs between the first reading of a filing and the one that stands.

    Each change names a field as its `what`, and its row, or the filing itself, as its `because`. A
    field that the first reading could not tell, or had repaired, says so in `before`. Nothing differs
    where a filing was read once, or where both readings say the same.

    Raises:
        UnknownReference: No filing has this name.
    """
    name = named(filing, "filing", "give its accession number, or sha256: and its digits, as text")
    first, *_, last = (*ledger.readings(name),) * 2
    changes = (*_of_filing(first, last), *_of_rows(first, last))
    return Diff(first.known.text, last.known.text, changes)


def _of_filing(first: Filing, last: Filing) -> Iterator[Change]:
    told = {repair.field: repair for repair in first.repairs}
    for what, one, other in _particulars(first, last):
        if _differ(what, one, other):
            why = told.get(what)
            yield _change(last, None, what, (_shown(one, why.why if why else ""), _shown(other)))


def _particulars(first: Filing, last: Filing) -> Iterator[tuple[str, Any, Any]]:
    for what in _OF_FILING:
        yield what, getattr(first, what), getattr(last, what)
    for what in ("cik", "name", "symbol"):
        yield f"issuer {what}", getattr(first.issuer, what), getattr(last.issuer, what)
    for at in range(max(len(first.owners), len(last.owners))):
        one, other = (f.owners[at] if at < len(f.owners) else None for f in (first, last))
        for what in ("cik", "name", *_BOXES):
            yield f"owner {what}", getattr(one, what, None), getattr(other, what, None)
    notes = [{n.id.lstrip("F"): n.text for n in f.footnotes} for f in (first, last)]
    for number in notes[0] | notes[1]:
        yield f"note {number}", notes[0].get(number), notes[1].get(number)
    signed = [[s.signed_on for s in f.signatures if s.signed_on] for f in (first, last)]
    yield "signed_on", max(signed[0], default=None), max(signed[1], default=None)


def _of_rows(first: Filing, last: Filing) -> Iterator[Change]:
    for table in ("I", "II"):
        before, after = ([r for r in f.rows if r.table == table] for f in (first, last))
        for one, other in _paired(before, after):
            if other is None:
                assert one is not None
                yield _change(last, one, "row", (_whole(one), None))
                continue
            if one is None:
                yield _change(last, other, "row", (None, _whole(other)))
                continue
            told = {repair.field: repair for repair in one.repairs}
            for what in _FIELDS:
                values = getattr(one, what), getattr(other, what)
                if _differ(what, *values):
                    why = told.get(what)
                    said = _shown(values[0], why.why if why else "")
                    yield _change(last, other, what, (said, _shown(values[1])))


def _paired(before: Sequence[Row], after: Sequence[Row]) -> list[_Pair]:
    """Rows in order, each with the one of the other reading that says most of the same.

    The pairs are those of the longest common order, weighed by the fields that agree. Of more rows
    than a page of paper has, each is that in its place.
    """
    if max(len(before), len(after)) > _MOST:
        return list(zip_longest(before, after))
    best: list[list[tuple[int, list[_Pair]]]] = [
        [(0, [(None, row) for row in after[:count]]) for count in range(len(after) + 1)]
    ]
    for at, row in enumerate(before, start=1):
        alone: list[_Pair] = [(one, None) for one in before[:at]]
        line = [(0, alone)]
        for count, other in enumerate(after, start=1):
            agree = sum(not _differ(f, getattr(row, f), getattr(other, f)) for f in _FIELDS)
            ways: list[tuple[tuple[int, list[_Pair]], int, _Pair]] = [
                (best[-1][count - 1], agree, (row, other)),
                (best[-1][count], 0, (row, None)),
                (line[-1], 0, (None, other)),
            ]
            (weight, pairs), more, pair = max(ways, key=lambda way: way[0][0] + way[1])
            line.append((weight + more, [*pairs, pair]))
        best.append(line)
    return best[-1][-1][1]


def _differ(what: str, one: Any, other: Any) -> bool:
    """Whether two values are not the same; words are, whatever their case, blanks and points."""
    if isinstance(one, str) and isinstance(other, str) and (what in _WORDS or " " in what):
        return _bare(one) != _bare(other)
    if not isinstance(one, Decimal | date) and not isinstance(other, Decimal | date):
        return (one or None) != (other or None)
    return bool(one != other)


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _shown(value: Any, why: str = "") -> str | None:
    if value in (None, ""):
        return f"unknown: {why}" if why else None
    said = plain(value) if isinstance(value, Decimal) else str(value)
    return f"{said}: {why}" if why else said


def _whole(row: Row) -> str:
    """A row that one reading alone has, in a few words."""
    parts = (row.security, row.effective_on, row.code, row.shares, row.shares_after)
    return ", ".join(_shown(part) or "" for part in parts if part is not None) or "a row"


def _change(
    filing: Filing, row: Row | None, what: str, said: tuple[str | None, str | None]
) -> Change:
    before, after = said
    owner = filing.owners[0] if filing.owners else None
    person: Name | None = {"cik": owner.cik, "name": owner.name} if owner else None
    issuer = filing.issuer
    return Change(
        what=what,
        change="appeared" if before is None else "withdrawn" if after is None else "changed",
        person=person,
        issuer={"cik": issuer.cik, "name": issuer.name, "symbol": issuer.symbol},
        security=row.security if row else None,
        ownership=row.ownership if row else None,
        nature=row.nature if row else None,
        before=before,
        after=after,
        because=(f"{filing.id}#{row.ref}" if row else filing.id,),
    )
