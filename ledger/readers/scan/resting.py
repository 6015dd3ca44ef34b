"""What rests on something that is not sure is no surer than that.

A code gives a direction and the place of an amount another, a bracket tells a company whose label
is lost, and the only day of the boxes is the period. Where what they rest on was itself read
doubtfully, or on a page whose own print was read ill, they stand and are doubtful.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ledger.codes import CODES, expected_direction
from ledger.filing import Issuer, Owner, Repair, Row
from ledger.readers.scan.chart import Legible
from ledger.readers.scan.footer import Notes
from ledger.readers.scan.header import Header
from ledger.readers.scan.labels import letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.telling import altered
from ledger.types import plain

_LAW = re.compile(r"\bcode [A-Z]\b|has one direction")
"""How it is said that a code gives a direction."""

_PLACE = re.compile("its number stands")
"""How it is said that the column of the amount does, as other rows show it."""

_HABIT = re.compile("every other line that goes its way")
"""How it is said that the codes of other rows are its own."""

_LEFT_OUT = re.compile("left out")
_CODE_LIKE = re.compile(r"[A-Za-z][A-Za-z]{0,2}[).]?")
"""What a code and its mark are read as, or a speck."""

_THOUSAND = 1_000

_SHORT = 3
"""Letters of the words of a name that stand anywhere."""


def resting(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with the letters doubtful that rest on doubtful ones, of their own or of other rows."""
    found = [_fraction(_bare(_at_odds(_by_law(_rivalled(row))))) for row in rows]
    for at, row in enumerate(found):
        others = [other for other in found if other is not row and other.table == row.table]
        way, code = _told(row, "direction"), _told(row, "code")
        if _inferred(way, _PLACE) and not any(_sure(other, "direction") for other in others):
            found[at] = _lowered(row, "direction", "the other rows' directions are doubtful")
        elif _inferred(code, _HABIT):
            alike = [other for other in others if other.code == row.code]
            if not any(_sure(other, "code") for other in alike):
                found[at] = _lowered(row, "code", "the codes of the other rows are doubtful")
    yield from found


def _rivalled(row: Row) -> Row:
    """A row whose code may be a speck, for a piece was left out that may be its code instead."""
    if row.code is None or any(repair.field == "code" for repair in row.repairs):
        return row
    left = [
        one for repair in row.repairs if repair.field == "row" for one in repair.printed.split()
    ]
    rivals = {one[0].upper() for one in left if _CODE_LIKE.fullmatch(one)} & CODES.keys()
    if not any(_LEFT_OUT.match(repair.why) for repair in row.repairs) or not rivals - {row.code}:
        return row
    why = f"what stands behind it may be a code too: {', '.join(sorted(rivals))}"
    return altered(row, "code", row.printed.get("code", row.code), "doubtful", why)


def _by_law(row: Row) -> Row:
    """A row whose direction its code alone gives, and whose code is doubtful or may be another.

    What a J and its mark are read as most is an A.
    """
    if not _inferred(_told(row, "direction"), _LAW) or _sure(row, "code"):
        return row
    return _lowered(row, "direction", "the code may be misread")


def _at_odds(row: Row) -> Row:
    """A row of Table II whose number stands in the column of the other way than its code says.

    A letter left of a mark may move a number to the next column; so may the filer's own slip.
    """
    law = expected_direction(row.code, row.table) if row.code and row.table == "II" else None
    told = {repair.field for repair in row.repairs}
    if law is None or row.direction in {None, law} or "direction" in told:
        return row
    why = f"by code {row.code} derivatives are {law}, and its number may stand in the other column"
    return altered(row, "direction", str(row.direction), "doubtful", why)


def _bare(row: Row) -> Row:
    """A line of which only a figure without a comma is left, no title, letter or day: it may be a mark's."""
    held = row.shares_after
    named = row.security or row.ownership or row.nature or row.effective_on or row.code
    if held is None or named or held >= _THOUSAND or _told(row, "shares_after"):
        return row
    why = "nothing else of its row is legible, and it may be what is left of marks"
    return altered(row, "shares_after", plain(held), "doubtful", why)


def _fraction(row: Row) -> Row:
    """A fraction of shares beside a whole total: its point may be a comma, its last digits a mark's."""
    moved, held = row.shares, row.shares_after
    if moved is None or held is None or not moved % 1 or held % 1 or _told(row, "shares"):
        return row
    why = "the total beside it has no fraction; its point may be a comma"
    return altered(row, "shares", plain(moved), "doubtful", why)


def _sure(row: Row, name: str) -> bool:
    """Whether a letter of a row is legible, and not told as what it may be."""
    told = _told(row, name)
    if getattr(row, name) is None:
        return False
    if told is None:
        return True
    taken = told.effect == "repaired" and not (name == "code" and row.code == "A")
    return taken or (told.effect == "inferred" and not _PLACE.search(told.why))


def _told(row: Row, name: str) -> Repair | None:
    return next((repair for repair in row.repairs if repair.field == name), None)


def _inferred(told: Repair | None, how: re.Pattern[str]) -> bool:
    return told is not None and told.effect == "inferred" and bool(how.search(told.why))


def _lowered(row: Row, name: str, but: str) -> Row:
    repairs = (_doubtful(one, but) if one.field == name else one for one in row.repairs)
    return row.model_copy(update={"repairs": tuple(repairs)})


def _doubtful(told: Repair, but: str) -> Repair:
    return told.model_copy(update={"effect": "doubtful", "why": f"{told.why}; {but}"})


def unlabelled(
    told: Sequence[Repair],
    header: Header,
    rows: Sequence[Row],
    lines: Sequence[Line],
    page: Legible,
) -> Iterator[Repair]:
    """What is said of the boxes, names and a period without their labels doubtful on ill-read pages.

    A company's name that stands there again is confirmed by it, a period by a row of that day.
    """
    sure = {"period"} if header.period in {row.effective_on for row in rows} else set()
    sure |= set() if unconfirmed(header.issuer, lines) else {"issuer"}
    for one in told:
        named = one.field in {"issuer", "owner", "period"} - sure and one.effect == "inferred"
        yield _doubtful(one, "other words are misread") if named and not page.fair else one


def unconfirmed(
    issuer: Issuer, lines: Sequence[Line], owners: Sequence[Owner] = ()
) -> tuple[Repair, ...]:
    """Names as doubtful of which a word stands nowhere else among some lines: the company's, the owners'."""
    said = Counter(letters(word) for line in lines for word in line.text.split())
    names = [("issuer", issuer.name), *(("owner", owner.name) for owner in owners)]
    why = "other words of the page are misread, and it stands nowhere else on it"
    return tuple(
        Repair(field=field, printed=name or "", effect="doubtful", why=why)
        for field, name in names
        if any(
            said[bare] < 2 for word in (name or "").split() if len(bare := letters(word)) > _SHORT
        )
    )


def stamped(header: Header, notes: Notes, repairs: list[Repair]) -> list[Repair] | None:
    """What is said instead of a period that stood without a label, behind the day of signing: a stamp."""
    signed = [one.signed_on for one in notes.signatures if one.signed_on]
    told = [repair for repair in repairs if (repair.field, repair.effect) == ("period", "inferred")]
    if not (told and signed and header.period and header.period > max(signed)):
        return None
    why = "the only day in the boxes lies behind the day of signing; it may be that of a stamp"
    unknown = Repair(field="period", printed=told[0].printed, effect="field unknown", why=why)
    return [unknown if repair is told[0] else repair for repair in repairs]
