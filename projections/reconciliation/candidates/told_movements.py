"""Movements that a note tells and a total counts already: one movement is used once.

Filers carry a note on to the next form, and tell what a row told before. The second total
that is off by as much has a cause of its own, and the note is not it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from ledger.footnotes.dates import dates
from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.dates import known_on
from projections.filings.records import ZERO, Stated
from projections.identity.vehicles import holder_key
from projections.positions.entries import Posting, reference
from projections.positions.line_words import INITIAL_REPORT
from projections.reconciliation.case import Candidate, Case

_NOT_OF_A_PLAN = frozenset({"M", "C", "X", "O"})
"""Codes under which no plan's purchase and no dividend comes: exercises and conversions."""

_TRADES = _NOT_OF_A_PLAN | {"P", "S"}
"""Codes under which no shares are given, transferred, withheld or forfeited."""

_A_MONTH = timedelta(days=31)
"""The longest time that a note gives for a movement whose day a row may tell."""


def on_own_line(case: Case, said: Stated, shares: Decimal) -> bool:
    """Whether what a note says is out of the report stood on a line of its own, and so never in this total.

    One holding of another form had just as many when it was last listed, by a form before this one.
    """
    if said.kind != "reporting-withdrawal" or shares >= 0 or not said.shares:
        return False
    known = case.entry.dossier.known.at
    return any(
        p.form != case.position.form
        and p.balance == said.shares
        and all(e.dossier.known.at < known for e in p.entries)
        for p in case.siblings
    )


def told_before(case: Case, said: Stated, shares: Decimal) -> Posting | None:
    """The entry of the position that tells the movement of a note already, if any does.

    A row of its day that moved as many shares the same way, or that has what it left; a total that
    the same movement explained; or the position's first total, of a later day, which is said to hold it.
    """
    sense, place = SENSES[said.kind], case.position.place(case.entry)
    if said.kind == "previously-reported":
        rows = case.position.entries[:place]
        return next((e for e in rows if e.delta == shares and e.repeats is None), None)
    if sense.corrects:
        return _corrected_before(case, said, shares)
    if not (sense.moves or sense.from_plan):
        return None
    if said.kind == "withheld-note" and _has_what_is_left(case.entry, -shares):
        return case.entry
    entries = case.position.entries
    earlier = entries[:place]
    form = [e for e in entries[place:] if e.dossier is case.entry.dossier]
    own = said in case.entry.dossier.statements
    again = own and bool(_REPORTED.search(case.entry.dossier.quote(said)))
    row = next((e for e in (*earlier, *form) if _tells(e, said, shares, again=again)), None)
    return row or next((e for e in earlier if _counts(case, e, said, shares)), None)


def _corrected_before(case: Case, said: Stated, shares: Decimal) -> Posting | None:
    """The earlier total that the correction of a note put right already, if any did.

    One report is put right by a number once: of a person's one initial statement, or in a note
    that is carried on word for word, the same number is the same correction.
    """
    if said not in case.entry.dossier.statements:
        return None
    told = case.entry.dossier.text_of(said.note)
    for earlier in case.position.entries[: case.position.place(case.entry)]:
        ruling, dossier = case.rulings.on(earlier), earlier.dossier
        if ruling.verdict != "explained" or dossier is case.entry.dossier:
            continue
        terms = ruling.explanation.terms if ruling.explanation else ()
        used = {term.source for term in terms if term.shares == shares}
        alike = (o for o in dossier.statements if o.kind == said.kind)
        counted = (o for o in alike if f"{dossier.id}#{o.ref}" in used)
        if any(_of_one_report(dossier.text_of(one.note), told) for one in counted):
            return earlier
    return None


def _of_one_report(one: str, other: str) -> bool:
    """Whether two notes put the same report right: the initial one, or that of one and the same sentence."""
    initial = bool(INITIAL_REPORT.search(one)) and bool(INITIAL_REPORT.search(other))
    return initial or one.split() == other.split()


def _has_what_is_left(row: Posting, withheld: Decimal) -> bool:
    """Whether a row has what was left after so many were withheld: its other side has these as well."""
    whole = (row.line.shares or ZERO) + withheld
    lines = row.dossier.lines if row.delta > 0 < withheld else ()
    return any(
        line.shares == whole and line.table != row.line.table and not line.holding for line in lines
    )


def off_before(case: Case, term: Candidate) -> bool:
    """Whether an earlier total is off by the very movement that a term tells: that one counts it."""
    told = case.entry.dossier
    said = next((one for one in told.statements if f"{told.id}#{one.ref}" == term.source), None)
    earlier = case.position.entries[: case.position.place(case.entry)]
    return said is not None and any(
        one.note in entry.line.notes and same_movement(one, said)
        for entry in earlier
        if entry.residual == term.shares
        for one in entry.dossier.statements
    )


def told_again(case: Case, gap: Decimal) -> tuple[Stated, Posting] | None:
    """What a note on the line tells of so many shares, and the entry that counts them already."""
    for said in case.entry.dossier.statements:
        if said.shares == abs(gap) and said.note in case.entry.line.notes:
            earlier = told_before(case, said, gap)
            if earlier is not None:
                return said, earlier
    return None


def told_twice(case: Case) -> str:
    """Words for a total that is off by a movement which an earlier entry counts already."""
    told = told_again(case, case.entry.residual)
    if told is None:
        return ""
    kind, size = told[0].kind.replace("-", " "), grouped(told[0].shares or ZERO)
    return f": {reference(told[1])} counts the {size} of its note already ({kind})"


def told_as(row: Posting, said: Stated) -> bool:
    """Whether a row's code is one by which filers tell what a note does, but for what plans bring."""
    sense, code = SENSES[said.kind], row.line.code
    if not sense.moves or sense.from_plan:
        return False
    given = sense.keeps_interest and code in _GIVEN
    return code == "J" or given or (code is not None and code in sense.codes)


_GIVEN = frozenset({"G", "W"})
"""Codes of gifts and inheritances, by which what stays in the family is told too."""


def as_its_row(told: Candidate, entry: Posting) -> Decimal:
    """What a note's amount would move besides the row that tells it: what the row does."""
    rows = (line.movement for line in entry.dossier.lines if not line.holding)
    return next((moved for moved in rows if abs(moved) == abs(told.shares)), told.shares)


_REPORTED = re.compile(
    r"(?<!not )(?<!never )\b(?:previously|already|earlier|before)\s+(?:been\s+)?(?:reported|disclosed)\b"
    r"|(?<!not )(?<!never )(?<!not been )(?<!never been )(?<!should have been )\b(?:reported|disclosed)\s+(?:previously|already|earlier|before|(?:on|in|by)\s+(?:\w+\s+){0,4}(?:forms?\s+[345]|reports?|filings?))\b",
    re.IGNORECASE,
)
"""Words by which what a note tells was reported before, by a row then."""


def _tells(row: Posting, said: Stated, shares: Decimal, *, again: bool) -> bool:
    """Whether a row is the very movement of which a note gives the day.

    Or none: then a row of the note's own form is, but for what a plan brings again and again, or
    an earlier one where the note says that it was reported (`again`).
    """
    first, last, day = said.effective_from, said.effective_to, row.line.effective_on
    if row.delta != shares or row.repeats is not None or day is None:
        return False
    other = _NOT_OF_A_PLAN if SENSES[said.kind].only_adds else _TRADES
    if row.line.code in other:
        return False
    if first is None and last is None:
        return (again or said in row.dossier.statements) and told_as(row, said)
    return first is not None and last is not None and first <= day <= last <= first + _A_MONTH


def _counts(case: Case, earlier: Posting, said: Stated, shares: Decimal) -> bool:
    """Whether an earlier total counts what a note tells: it was explained by it, or opened with it."""
    if earlier.aside or earlier.repeats is not None:
        return False
    alike = [
        o for o in earlier.dossier.statements if o.kind == said.kind and same_movement(o, said)
    ]
    if not alike:
        return False
    ruling, sources = case.rulings.on(earlier), set[str]()
    if ruling.verdict == "explained" and ruling.explanation is not None:
        sources = {term.source for term in ruling.explanation.terms if term.shares == shares}
    held = ruling.verdict == "opening" and _was_before(said, earlier)
    return any(
        f"{earlier.dossier.id}#{one.ref}" in sources or (held and one.note in earlier.line.notes)
        for one in alike
    )


def _was_before(said: Stated, opening: Posting) -> bool:
    """Whether what a note adds to a total happened by the day of the position's first one."""
    day, last = opening.day, said.effective_to
    return SENSES[said.kind].only_adds and day is not None and last is not None and last <= day


def same_movement(one: Stated, other: Stated) -> bool:
    """Whether two statements are of one movement: of one kind, day, amount and holder."""
    if one is other:
        return True
    told = (one.kind, one.shares, one.effective_from, one.effective_to)
    if told != (other.kind, other.shares, other.effective_from, other.effective_to):
        return False
    holders = {holder_key(name) for name in (one.counterpart, other.counterpart) if name}
    return None not in told and len(holders) <= 1


_CAME_ON = re.compile(
    r"\b(?:issuance|issue|grant|award|purchase|acquisition|receipt|delivery|distribution|release|allocation|credit)\s+of\s+[\d,.]+\s+(?:[\w-]+\s+){0,4}?(?:on|in)\s+$|"
    r"\b(?:purchased|bought|acquired|allocated|credited|issued|delivered|received|paid|distributed|returned|granted|awarded|made|effected|certified|earned)\s+(?:[\w'()./-]+,?\s+){0,9}?(?:(?:effective\s+)?(?:on|as\s+of)|in)\s+$"
    r"|\b(?:purchased|bought|acquired|credited|issued|delivered|received|returned|granted|awarded|made|effected)\s+(?:(?:during|over|throughout|between|from)\s+)?$",
    re.IGNORECASE,
)
"""What leads to the day on which shares came."""


def came_on(case: Case, said: Stated) -> tuple[date, date] | None:
    """The days after the total before on which a note says that what a total has in it came.

    "Includes 75 shares issued on April 1 in lieu of a retainer": no total could count them sooner.
    """
    dossier = case.entry.dossier
    words, since = dossier.quote(said), None if case.before is None else case.before.day
    if said.kind != "composition" or since is None:
        return None
    told = [w for w in dates(words, 0, len(words)) if _CAME_ON.search(words, 0, w.start)]
    spans = [(w.effective_from, w.effective_to or known_on(dossier)) for w in told]
    when = [
        (max(day, since), last)
        for day, last in spans
        if day and day <= known_on(dossier)
        if since < day or (day.replace(day=1) >= since.replace(day=1) and since < last)
    ]
    return (min(day for day, _ in when), max(last for _, last in when)) if when else None
