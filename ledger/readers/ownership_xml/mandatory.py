"""What a form must say and a document does not: the mark of a document that was damaged.

EDGAR accepts no ownership document without these parts, though a footnote may stand in the
place of a value. Where one is missing without a word, something was lost on the way here; of
554 filings as EDGAR has them two lacked one. Nothing is recorded differently for it.
Source: EDGAR Ownership XML Technical Specification, "Ownership document" schemas.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from ledger.filing import Filing, Owner, Row
from ledger.problems import ON_EDGAR, Problem
from ledger.types import Effect, Table

_ALWAYS = (("security",), ("ownership",))
_CLAIM = (("shares_after", "value_after"),)
_MOVEMENT = (
    *(("effective_on",), ("form_type",), ("code",), ("equity_swap",)),
    *(("shares", "value"), ("price",), ("direction",)),
)
_DERIVATIVE = (
    ("exercise_price",),
    ("exercisable_on",),
    ("expires_on",),
    ("underlying",),
    ("underlying_shares", "underlying_value"),
)
_NATURE = (("nature",),)
_OF_DERIVATIVES = frozenset(chain.from_iterable(_DERIVATIVE))
_LOOKED_AT = (*chain.from_iterable((*_ALWAYS, *_CLAIM, *_MOVEMENT, *_DERIVATIVE, *_NATURE)),)


def lacking(filing: Filing, source: str) -> Iterator[Problem]:
    """Every mandatory part that is missing, one problem each."""
    for number, owner in enumerate(filing.owners, start=1):
        for what in _of_owner(owner):
            yield _problem(source, f"owner {number}", what)
    ciks = [owner.cik for owner in filing.owners if owner.cik]
    if len(set(ciks)) < len(ciks):
        yield _problem(source, "owners", "one of them stands there twice", effect="row kept")
    if not filing.signatures or any(not s.name or not s.signed_on for s in filing.signatures):
        yield _problem(source, "signature", "its name or its date is missing")
    for row in filing.rows:
        indirect = row.ownership == "indirect"
        for names in _unsaid(row.table, row.holding, indirect, absent=_absent(row)):
            words = " or ".join(name.replace("_", " ") for name in names)
            said = f"nothing stands for {words}, and no footnote in its place"
            yield _problem(source, f"{row.ref} {names[0]}", said)


@lru_cache(maxsize=4_096)  # the rows of most forms lack the same few fields
def _unsaid(
    table: Table, holding: bool, indirect: bool, *, absent: frozenset[str]
) -> tuple[tuple[str, ...], ...]:
    """The fields of which a row of this kind must say one, and says none."""
    derivative = len(_OF_DERIVATIVES - absent) > 1
    return tuple(filter(absent.issuperset, _wanted(table, holding, indirect, derivative)))


@cache
def _wanted(table: Table, holding: bool, indirect: bool, derivative: bool) -> list[tuple[str, ...]]:
    """The fields of which a row of this kind must say one."""
    wanted: list[tuple[str, ...]] = [*_ALWAYS]
    if table == "I" or not holding:
        wanted += _CLAIM
    if indirect:
        wanted += _NATURE
    if not holding:
        wanted += _MOVEMENT
    if derivative:
        wanted += _DERIVATIVE
    return wanted


def _absent(row: Row) -> frozenset[str]:
    """The fields for which nothing at all stands: no value, no figure unread, no footnote."""
    said = vars(row)
    blank = frozenset([name for name in _LOOKED_AT if not said[name] and said[name] in (None, "")])
    return blank.difference(row.cited, row.printed)


def _of_owner(owner: Owner) -> Iterator[str]:
    if owner.name is None:
        yield "the name is missing"
    if not (owner.director or owner.officer or owner.ten_percent_owner or owner.other):
        yield "no relationship to the issuer is marked"
    if owner.officer and not owner.officer_title:
        yield "the title of an officer is missing"
    if owner.officer_title and not owner.officer:
        yield "a title stands there, and the box of an officer is not marked"


def _problem(source: str, place: str, what: str, effect: Effect = "field unknown") -> Problem:
    return Problem(
        source=source,
        place=place,
        problem=f"{what}: {ON_EDGAR}",
        effect=effect,
    )
