"""Codes and dates that cannot be right, whatever the balances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from ledger.codes import CODES, PAIRED, expected_direction
from ledger.types import grouped
from projections.checks.check import Check, asked_of
from projections.checks.counterparts import lines_beside, named_beside, sold_by_right
from projections.checks.noted_acts import act_told
from projections.filings.dates import doubt_of_day, known_on
from projections.filings.records import ZERO, Dossier, Line
from projections.findings.finding import Finding, about
from projections.identity.securities import class_tokens, designators
from projections.issuer import Folded
from projections.positions.entries import begins_that_day, begins_with


@asked_of("contradicted codes")
def contradicted_codes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A row whose letter A or D is not the one its code can have.

    Major where something shows that the letter is wrong. Where the code is, no balance is
    uncertain; where nothing tells which, at most the total is off, by twice the amount.
    """
    lines = lines_beside(dossier, folded)
    for line in folded.lines_of(dossier):
        if line.direction is None or line.shares == ZERO:
            continue
        expected = expected_direction(line.code, _table(line))
        if line.direction and expected and line.direction != expected:
            inferred = any(r.field == "direction" and r.effect == "inferred" for r in line.repairs)
            if inferred or _received_within(line, lines, folded) or sold_by_right(line, lines):
                continue
            meaning = CODES[line.code or ""].meaning
            words = f"code {line.code} ({meaning}) is marked {line.direction}"
            shown = _which_half(line, dossier, folded)
            words += (
                shown.words or f"; such rows are {expected}, and nothing here shows which is wrong"
            )
            severity = "" if shown.words and not shown.letter_stands else "minor"
            yield about(dossier, line, "AD_CODE_CONTRADICTION", words, severity=severity)


class _Shown(NamedTuple):
    """What totals, terms and other rows show of a code and a letter that contradict each other.

    No words where they show nothing. Where the letter stands the code is wrong, and no balance
    with it.
    """

    words: str = ""
    letter_stands: bool = False


def _which_half(line: Line, dossier: Dossier, folded: Folded) -> _Shown:
    """Which of a row's code and letter is wrong, by whatever in its form or after it shows that.

    Rows of a title under the same code and letter have one cause: what a total shows of one
    holds for all.
    """
    lines = lines_beside(dossier, folded)
    other, act = _exercise_of(line, lines), act_told(dossier, line)
    received = None if other is None else (other, named_beside(other, dossier, folded))
    if act is not None:
        words = f"; its note says {act.words}: such rows are code {act.code}"
        return _Shown(words, letter_stands=expected_direction(act.code, "I") in _either(line))
    if line.direction == "disposed":
        return _left_after_all(line, received, lines, dossier) or _against(
            line, folded.lines_of(dossier), folded
        )
    if _gave_up(line):
        return _Shown(f", but {_less_than_amount(line)}")
    if (gave := _converted_for(line, lines)) is not None:
        words = f", rightly: {named_beside(gave, dossier, folded)} gave up as many for a conversion; the code should be {gave.code}"
        return _Shown(words, letter_stands=True)
    if received is not None:
        return _Shown(f", but {received[1]} received the shares: they were given up for these")
    if _new(line, lines):
        words = (
            ", rightly, as it seems: the terms begin with the row, so the code may be what is wrong"
        )
        return _Shown(words, letter_stands=True)
    if _runs(line):
        words = ", but a series that runs already does not grow: it was given up"
        rising = "; the totals that rise with it may be wrong as well"
        return _Shown(words + (rising if _borne_out(line, folded) else ""))
    return _against(line, folded.lines_of(dossier), folded)


def _either(line: Line) -> tuple[str | None, ...]:
    """What is expected of rows of a code that a row's letter may have: that letter, or either."""
    return (None, line.direction)


def _left_after_all(
    line: Line, received: tuple[Line, str] | None, lines: list[Line], dossier: Dossier
) -> _Shown | None:
    """What shows of a row marked disposed, under a code of coming, that it left or that it came."""
    code_is_wrong = "the code is what is wrong"
    if received is not None:
        code = CODES[received[0].code or ""]
        words = f", rightly: {received[1]} received the shares under code {code.letter}; the code should be {code.letter} ({code.meaning})"
        return _Shown(words, letter_stands=True)
    if _gave_up(line):
        return _Shown(f", rightly: {_less_than_amount(line)}; {code_is_wrong}", letter_stands=True)
    if any(_gave_up(o) for o in lines if o is not line and _fellows(o, line)):
        words = "so is another row of this kind, whose total shows that they left"
        return _Shown(f", rightly: {words}; {code_is_wrong}", letter_stands=True)
    total, amount = line.total or ZERO, line.moved or ZERO
    if line.code in _NAMES and total == amount:
        words = f"the total of {grouped(total)} is all of the {_NAMES[line.code]}"
        return _Shown(f", but {words}: it was acquired")
    if begins_with(line) and not (total > amount and _told_late(line, dossier)):
        return _Shown(", but the terms begin with the row: it was acquired")
    return None


def _told_late(line: Line, dossier: Dossier) -> bool:
    """Whether a row is told weeks after its day: it may take a part of a grant back that was told in time."""
    on, known = line.effective_on, known_on(dossier)
    return on is not None and known - on > _IN_TIME


_IN_TIME = timedelta(days=7)
"""Within how long of a grant its report comes, two business days and what holidays add."""


_NAMES = {"A": "grant", "P": "purchase"}
"""What brings shares that were not there, in a word."""


def _against(line: Line, lines: list[Line], folded: Folded) -> _Shown:
    """What the totals of a form's rows of one kind show, from day to day, or those around a row."""
    for other in lines:
        if other is line or not _fellows(other, line) or None in (line.total, other.total):
            continue
        earlier, later = sorted((line, other), key=lambda one: one.effective_on or date.min)
        if earlier.effective_on is None or earlier.effective_on == later.effective_on:
            continue
        if (earlier.exercise_price, earlier.expires_on) != (later.exercise_price, later.expires_on):
            continue
        if (later.total or ZERO) - (earlier.total or ZERO) == -later.movement:
            way = "falls" if line.direction == "acquired" else "rises"
            came = "they were given up" if way == "falls" else "they were acquired"
            words = f"the total {way} by {grouped(later.moved or ZERO)} from {earlier.ref} to {later.ref}, a later day's row of its kind"
            return _Shown(f", but {words}: {came}")
    return _in_line(line, folded)


def _in_line(line: Line, folded: Folded) -> _Shown:
    """What the totals before and after a row show of it, if they follow its letter."""
    if not _borne_out(line, folded):
        return _Shown()
    usual = expected_direction(line.code, _table(line))
    words = f", as the totals before and after it have it: such rows are {usual}, so the code may be what is wrong"
    return _Shown(words, letter_stands=True)


def _less_than_amount(line: Line) -> str:
    """Words for a total that shows which way the shares of its row went."""
    total, amount = line.total or ZERO, line.moved or ZERO
    return f"a total of {grouped(total)} after {grouped(amount)} shows that they left"


def _borne_out(line: Line, folded: Folded) -> bool:
    """Whether the total of a row and the next one, or the one before it in its form, go the way of its letter."""
    entry, position = folded.entry_of.get(id(line)), folded.position_of.get(id(line))
    if entry is None or position is None or not entry.follows:
        return False
    at = position.entries.index(entry)
    if at > 0 and position.entries[at - 1].dossier is entry.dossier:
        return True
    later = position.entries[at + 1 :]
    checked = (e for e in later if e.claim is not None and e.expected is not None)
    following = next(checked, None)
    return following is not None and following.follows


def _fellows(one: Line, other: Line) -> bool:
    """Whether two rows are of one title, code and letter."""
    mine, theirs = (
        (o.table, o.security, o.code, o.direction, o.ownership, o.nature) for o in (one, other)
    )
    return mine == theirs


def _gave_up(line: Line) -> bool:
    """Whether a row's total is less than its amount: what moved cannot have been acquired."""
    return line.total is not None and line.total < (line.moved or ZERO)


def _new(line: Line, lines: list[Line]) -> bool:
    """Whether derivatives were granted in a row, whatever its code says.

    They can be exercised only later; or they are all that there is, for a term from that day,
    and a grant of the title in the same form runs no longer.
    """
    exercisable, on = line.exercisable_on, line.effective_on
    later = exercisable is not None and on is not None and exercisable > on
    if later or line.total != line.moved or not begins_that_day(line):
        return later
    grants = (o for o in lines if o.code == "A" and o.security == line.security)
    return not any(_term(o) > _term(line) + _SEASON for o in grants)


_SEASON = timedelta(days=180)
"""How far two terms of one plan may lie apart: less is a matter of which day they count from."""


def _runs(line: Line) -> bool:
    """Whether a series of options was granted before its row."""
    priced = line.table == "II" and bool(line.exercise_price)
    return priced and line.expires_on is not None and not begins_that_day(line)


def _term(line: Line) -> timedelta:
    """How long a derivative still runs from its row's day; nothing where that is not told."""
    if line.effective_on is None or line.expires_on is None:
        return timedelta()
    return line.expires_on - line.effective_on


def _table(line: Line) -> Literal["I", "II"]:
    return "II" if line.table == "II" else "I"


def _received_within(line: Line, lines: list[Line], folded: Folded) -> bool:
    """Whether the other side of a two-step exercise or conversion stands in the same table.

    Sides of one size are told by it. Others convert at a ratio that no column gives: two
    titles, and a total that follows its letter. Where that of the other does not, its amount may
    be wrong, or its letter, as the total says by itself.
    """
    if line.code not in PAIRED:
        return False
    same = [
        other
        for other in lines
        if (other.table, other.code, other.effective_on)
        == (line.table, line.code, line.effective_on)
    ]
    across = [other for other in same if other.direction not in (None, line.direction)]
    if any(line.shares in (other.shares, other.underlying_shares) for other in across):
        return True
    if across and not sum((other.movement for other in same), ZERO):
        return True
    titles = {other.security for other in across}
    return bool(titles) and line.security not in titles and any(_follows(o, folded) for o in same)


def _follows(line: Line, folded: Folded) -> bool:
    """Whether a line's total goes the way of its letter, as far as anything says."""
    entry = folded.entry_of.get(id(line))
    return entry is not None and not entry.residual


def _exercise_of(line: Line, lines: list[Line]) -> Line | None:
    """The row of Table I that received the stock of a row of derivatives, whatever that row says."""
    if line.table != "II":
        return None
    gone = line.underlying_shares if line.underlying_shares is not None else line.shares
    there = [
        o
        for o in lines
        if o.table == "I" and o.effective_on == line.effective_on and o.direction == "acquired"
        if o.code in PAIRED and o.shares is not None
    ]
    alone = next((o for o in there if o.shares in (gone, line.shares)), None)
    if alone is not None or not there:
        return alone
    units = [o for o in lines if o.table == "II" and o.effective_on == line.effective_on]
    gave = [o for o in units if o.movement < 0 or (o.against_code and o.code in PAIRED)]
    left = sum((o.underlying_shares or o.shares or ZERO for o in gave), ZERO)
    return there[0] if left == sum((o.movement for o in there), ZERO) else None


def _converted_for(line: Line, lines: list[Line]) -> Line | None:
    """The row of another lettered class that gave up as many on a row's day, which no other row received."""
    mine = designators(class_tokens(line.security or ""))
    same = [o for o in lines if o is not line and o.effective_on == line.effective_on]
    rows = [o for o in same if o.code in PAIRED and line.shares in (o.shares, o.underlying_shares)]
    if not mine or line.table != "I" or any(o.movement > 0 for o in rows):
        return None
    gave = (o for o in rows if o.movement < 0 or o.table == "II")
    return next((o for o in gave if designators(class_tokens(o.security or "")) - mine), None)


def suspect_dates(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A transaction after the day it became public, or just a year off."""
    for line in folded.lines_of(dossier):
        doubt = doubt_of_day(dossier, line)
        if doubt is not None:
            yield about(dossier, line, "DATE_SUSPECT", doubt)


@asked_of("form 5")
def late_form3_holdings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A Form 5 holding that belonged on the initial statement."""
    for line in folded.lines_of(dossier):
        if line.holding and line.form_type == "3" and dossier.base_form == "5":
            yield about(
                dossier,
                line,
                "LATE_FORM3_HOLDING",
                "a holding that the initial statement should have shown",
            )


@asked_of("dollars")
def values(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A total in dollars."""
    for line in folded.lines_of(dossier):
        if line.value_after is not None:
            yield about(
                dossier,
                line,
                "VALUE_BASED_POSITION",
                f"${grouped(line.value_after)} owned, not a number of shares",
            )


@asked_of("scanned")
def scans(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Scanned fields that were repaired or cannot be read."""
    if dossier.head.format != "scanned":
        return
    for line in folded.lines_of(dossier):
        for repair in line.repairs:
            if repair.effect in ("repaired", "field unknown"):
                yield about(
                    dossier, line, "SCAN_QUALITY", f"{repair.field.replace('_', ' ')}: {repair.why}"
                )


CHECKS: tuple[Check, ...] = (
    contradicted_codes,
    suspect_dates,
    late_form3_holdings,
    values,
    scans,
)
