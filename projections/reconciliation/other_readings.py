"""What else may have happened where a total does not follow: readings by which nobody slipped.

A major finding accuses. Before one is told, what the filings say nearby and no rule could make
use of is weighed: a movement of just this size elsewhere, lines that were put together or taken
apart, figures of notes and remarks that come to the difference, words that tell of a change, and
what needs no row at all. Such a reading explains no total; but where one stands open the total
need not be wrong, and the finding is minor and says which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import chain, combinations, product

import msgspec

from ledger.figures import figures_in
from ledger.footnotes.compared import by_another, cause, compared, grows, of_a_pool, parts_in
from ledger.footnotes.untold_amounts import done_besides, untold
from ledger.statements import SENSES
from ledger.types import grouped
from projections.filings.records import ZERO, Line
from projections.findings.finding import Finding
from projections.findings.kinds import KINDS
from projections.identity.plans import plan_key
from projections.issuer import Folded
from projections.positions.digits import lengthened
from projections.positions.entries import Posting, reference
from projections.positions.position import Position
from projections.reconciliation.candidates.told_movements import same_movement
from projections.reconciliation.candidates.unquantified_notes import stands_always
from projections.reconciliation.case import TELLING
from projections.reconciliation.rhythm import of_gathered_units

_ASKED = frozenset(
    "BALANCE_BREAK LEVEL_SHIFT_UNEXPLAINED GAP_SUSPECTED OPENING_MISMATCH "
    "NEGATIVE_BALANCE DERIV_OVER_EXERCISED SPLIT_UNMODELLED MAGNITUDE_ERROR".split()
)
"""What nothing shows but a total that does not follow, with the digits that a slip of the pen leaves."""


def weighed(findings: Iterable[Finding], folded: Folded) -> Iterator[Finding]:
    """The findings; those of which another reading stands open are minor, and have its words."""
    for finding in findings:
        open_ = _open(finding, folded)
        lone = finding.kind == "MAGNITUDE_ERROR" and open_ is not None and not _round(open_.entry)
        asked = _EXACT if lone else READINGS
        words = next((told for read in asked if (told := read(open_))), "") if open_ else ""
        if words:
            message = f"{finding.message}; {words}"
            yield msgspec.structs.replace(finding, message=message, severity="minor")
        else:
            yield finding


def _round(entry: Posting) -> bool:
    """Whether it is a row's amount that lacks a digit, so round that one more makes many a number of it."""
    claim, expected = entry.claim or ZERO, entry.expected or ZERO
    of_total = lengthened(claim, expected) or lengthened(expected, claim)
    return not of_total and len(str(int(entry.line.shares or ZERO)).rstrip("0")) == 1


class _Open(msgspec.Struct, frozen=True, dict=True):
    """A total that does not follow, where it stands, and what is told around it."""

    entry: Posting
    position: Position
    folded: Folded

    @property
    def size(self) -> Decimal:
        """By how many shares it is off."""
        return abs(self.entry.residual)

    @cached_property
    def before(self) -> Posting | None:
        """The line before it."""
        place = self.position.place(self.entry)
        return self.position.entries[place - 1] if place else None

    @cached_property
    def beside(self) -> list[tuple[Line, Position]]:
        """The other lines of its form, and what each is about."""
        known = self.folded.position_of
        lines = self.folded.lines_of(self.entry.dossier)
        return [(x, known[id(x)]) for x in lines if x is not self.entry.line and id(x) in known]

    @cached_property
    def others(self) -> list[Position]:
        """What its owners hold besides, and what the form lists of anybody else."""
        own = self.folded.positions_of(self.position.owners)
        found = {p.number: p for p in (*own, *(p for _, p in self.beside))}
        return [p for p in found.values() if p is not self.position]

    @cached_property
    def texts(self) -> list[str]:
        """The notes of its line, and the remarks of its form."""
        dossier = self.entry.dossier
        notes = [dossier.text_of(note) for note in self.entry.line.notes]
        return [*notes, dossier.head.remarks or ""]

    @cached_property
    def figures(self) -> list[Decimal]:
        """The figures of those, but for the line's own, dollars, and what may be of a day."""
        own = {self.entry.line.shares, self.entry.claim}
        return sorted({x for text in self.texts for x in _shares_in(text)} - own)

    @cached_property
    def parts(self) -> list[Fraction]:
        """The whole, the parts that those name or notes of the form before, and what each leaves."""
        earlier = self.before.dossier.notes if self.before else ()
        texts = (*self.texts, *(note.text for note in earlier))
        named = {y for text in texts for x in parts_in(text) for y in (x, 1 - x) if y > 0}
        return sorted({Fraction(1), *named})

    @cached_property
    def earlier_figures(self) -> set[Decimal]:
        """The figures of notes on the lines of its position before it."""
        earlier = self.position.entries[: self.position.place(self.entry)][-_LINES:]
        return {x for e in earlier for n in e.line.notes for x in _shares_in(e.dossier.text_of(n))}


_LINES = 6
"""Lines whose notes may still tell what a later total goes back on."""

_MONTH = 31
_YEARS = (1980, 2050)


def _open(finding: Finding, folded: Folded) -> _Open | None:
    """The total that a major finding is about; None where no other reading can make it milder."""
    grave = finding.severity or KINDS[finding.kind].severity
    dossier = folded.by_id.get(finding.filing)
    if grave != "major" or finding.kind not in _ASKED or dossier is None:
        return None
    line = next((one for one in folded.lines_of(dossier) if one.ref == finding.row), None)
    entry = folded.entry_of.get(id(line)) if line else None
    if line is None or entry is None or not entry.residual or entry.returned is not None:
        return None
    return _Open(entry, folded.position_of[id(line)], folded)


# --- what needs no row ------------------------------------------------------------------


def _in_a_plan(open_: _Open) -> str:
    """A plan's account, which gains without rows (Rule 16b-3(c)); what leaves it may need one."""
    entry, position = open_.entry, open_.position
    earlier = position.entries[: position.place(entry)]
    most = max((e.claim or ZERO for e in earlier), default=ZERO)
    grown = entry.residual > 0 and (entry.claim or ZERO) <= _GROWTH * most
    return "an account in a plan gains without rows" if grown and plan_key(position.vehicle) else ""


def _rolled_over(open_: _Open) -> str:
    """A plan's account that is empty where its form first lists another account, with nearly as many.

    Who leaves an employer rolls such an account over; what dividends brought or fees took meanwhile no report tells.
    """
    entry = open_.entry
    plan = plan_key(open_.position.vehicle)
    if entry.claim != 0 or entry.residual >= 0 or not plan:
        return ""
    for line, position in open_.beside:
        first = position.entries[0]
        began = first.claim or ZERO
        account = "ira" in position.vehicle.split() or plan_key(position.vehicle) not in ("", plan)
        opens = account and first.line is line and line.holding
        if opens and abs(began - open_.size) * _NEARLY <= open_.size:
            return f"{reference(first)} begins with nearly as many, as an account does that another was rolled over into"
    return ""


_NEARLY = 5
"""What part of an account may have come or gone besides, from one report to the next."""


def _by_its_terms(open_: _Open) -> str:
    """A security whose dividends or interest are paid in more of it, by its title or a note before."""
    entry, position = open_.entry, open_.position
    lines = position.entries[: position.place(entry) + 1]
    notes = (e.dossier.text_of(n) for e in lines[-_LINES:] for n in e.line.notes)
    more = ZERO < entry.residual <= (entry.prior or ZERO)
    grown = more and any(map(grows, (position.security or "", *notes)))
    return "what it yields is paid in more of it, without a row" if grown else ""


def _of_a_pool(open_: _Open) -> str:
    """A part of what many hold, on a holding line: others come and go, and no row tells of it."""
    entry = open_.entry
    pooled = (
        entry.line.holding
        and open_.position.form == "indirect"
        and any(of_a_pool(text) and not _gives_another_number(entry, text) for text in open_.texts)
    )
    return "by its note it is a part of what many hold, which others change too" if pooled else ""


_GROWTH = 4
"""How many times what an account ever had it is not taken to have grown to between two reports."""


def _of_gathered_units(open_: _Open) -> str:
    """Units that an account gathers, of which few come or go without rows."""
    return of_gathered_units(open_.entry, open_.before, open_.position.security or "")


# --- what is told -----------------------------------------------------------------------


def _in_words(open_: _Open) -> str:
    """A note of the line, or a remark, that compares this report with earlier ones, or tells of a change."""
    entry, position = open_.entry, open_.position
    own = "remarks" in entry.line.notes  # of a form that has no other line
    remarks = "" if own else entry.dossier.head.remarks or ""
    for told in untold(remarks):
        return f"the remarks tell of a change without a number: “{told.words}”"
    for note in entry.line.notes:
        text = entry.dossier.text_of(note)
        if stands_always(position, entry, entry.dossier, note):
            continue
        planned = _of_a_plan(open_, note)
        if not planned and (done := done_besides(text, entry.line.code, entry.residual)):
            return f"its note tells of a change without a number: “{done.words}”"
        words = compared(text)
        if words and not _gives_another_number(entry, words):
            return f"its note compares this report with others: “{words}”"
        words = cause(text) if entry.line.holding and not planned else ""
        if words and not _gives_another_number(entry, words):
            return f"its note gives a cause without a number: “{words}”"
        if not planned and (words := by_another(text)):
            return f"its note says whose account the number is: “{words}”"
    return f"the remarks compare it with others: “{words}”" if (words := compared(remarks)) else ""


def _of_a_plan(open_: _Open, note: str) -> bool:
    """Whether a line or its note is of what plans bring: how much that may be was weighed before."""
    told = (SENSES[s.kind].from_plan for s in open_.entry.dossier.statements if s.note == note)
    return bool(plan_key(open_.position.vehicle)) or any(told)


def _gives_another_number(entry: Posting, words: str) -> bool:
    """Whether words that tell of a change give its size too: the difference has another, and refutes them."""
    known = {entry.prior, entry.expected, entry.claim, entry.line.shares}
    return bool(parts_in(words)) or bool(_shares_in(words) - known)


def _shares_in(text: str) -> set[Decimal]:
    """The figures of a text that may be of shares: no dollars, and none that may be of a day."""
    told = figures_in(text, dollars=False)
    years = {x for x in told if _YEARS[0] <= x <= _YEARS[1] and str(x) in text}
    return {x for x in told - years if x > _MONTH}


def _on_another_line(open_: _Open) -> str:
    """A note of another line that names these shares, and tells of a movement or a change."""
    entry, name = open_.entry, _name_of(open_)
    own = set(entry.line.notes)
    for line, _ in open_.beside if name else ():
        for note in line.notes:
            text = entry.dossier.text_of(note)
            if note in own or name not in text.casefold():
                continue
            moves = any(
                SENSES[said.kind].moves for said in entry.dossier.statements if said.note == note
            )
            if moves or untold(text) or compared(text):
                return f"a note of {line.ref} speaks of these shares"
    return ""


def _name_of(open_: _Open) -> str:
    """By what a note names a holding: its holder, else a class where there are several; "" for none."""
    position = open_.position
    if position.form == "indirect":
        return position.nature.casefold().removeprefix("by ").removeprefix("the ")
    several = any(p.tokens != position.tokens for p in open_.others)
    return (position.security or "").casefold() if several else ""


def _in_figures(open_: _Open) -> str:
    """Figures of the line's notes, or of the remarks, that come to the difference.

    Or one of them and one of the notes on the lines before it.
    """
    size, told = open_.size, open_.figures
    if size in told and not _told_before(open_):
        return f"a note or remark names {grouped(size)}"
    row = open_.entry.line.shares
    if row and any(row == low + high for low, high in combinations(told, 2)):
        return f"a note reckons the row's {grouped(row)}"
    across = product(told, open_.earlier_figures if size >= TELLING else ())
    for low, high in map(sorted, chain(combinations(told, 2), across)):
        if size >= _FEW and low >= TELLING and size in (high - low, high + low):
            sign = "less" if high - low == size else "and"
            return f"notes or remarks name {grouped(high)} {sign} {grouped(low)}: {grouped(size)}"
    return ""


def _told_before(open_: _Open) -> bool:
    """Whether a note names the difference as a movement that earlier notes of the holding told: it is used."""
    entry, size = open_.entry, open_.size
    earlier = open_.position.entries[: open_.position.place(entry)]
    told = [x for e in earlier for x in e.dossier.statements if x.note in e.line.notes]
    own = (x for x in entry.dossier.statements if x.note in entry.line.notes and x.shares == size)
    return any(same_movement(one, said) for said in own for one in told)


_FEW = 10
"""Below this two figures often are so far apart."""


def _in_ratios(open_: _Open) -> str:
    """A decimal, or a part, by which notes lead from what was to be held to the total."""
    entry = open_.entry
    claim, prior = entry.claim or ZERO, entry.prior or ZERO
    both = ((prior + entry.delta, claim), (prior, claim - entry.delta))
    pairs = [pair for pair in both if min(pair) >= TELLING]
    told = {x for text in open_.texts for x in figures_in(text, dollars=False)}
    for ratio, (base, claim) in product(sorted(x for x in told if x % 1), pairs):
        if abs(base * ratio - claim) <= 1 or abs(claim * ratio - base) <= ratio:
            return f"a note names {ratio}, by which {grouped(base)} come to {grouped(claim)}"
    for one, other, (base, claim) in product(open_.parts, open_.parts, pairs):
        if one != other and abs(Fraction(base) * one - Fraction(claim) * other) <= other:
            was = grouped(base) if other == 1 else f"{other} of a number"
            return f"by a note {was} may have become {one} of it"
    earlier = open_.position.entries[: open_.position.place(entry)][-_LINES:]
    wholes = {abs(x) for e in earlier for x in (e.balance, e.delta) if x}
    for held, part in product(sorted(wholes), open_.parts):
        if abs(Fraction(held) * abs(1 - part) - Fraction(open_.size)) <= 1 and part != 1:
            return f"by a note {grouped(held)} may have become {part} of it"
    for held, ratio in product(open_.figures, sorted(x for x in told if x % 1)):
        if open_.size >= TELLING and abs(held * ratio - open_.size) <= 1:
            return f"a note names {grouped(held)} and {ratio}, which come to {grouped(open_.size)}"
    return ""


# --- what else moved --------------------------------------------------------------------


def _as_moved(open_: _Open) -> str:
    """A movement of just this size that another line of theirs has, since the line before."""
    size, entry = open_.size, open_.entry
    since = (open_.before.day if open_.before else None) or date.max
    for position in open_.others if size >= TELLING else ():
        for other in position.entries:
            day = other.day or date.min
            if other.dossier is not entry.dossier and not since < day <= (entry.day or date.min):
                continue
            began = other.claim if other.opening and not other.delta else ZERO
            if size in (abs(other.delta), abs(other.residual), began):
                return f"{reference(other)} is of as many"
    return ""


def _as_moved_beside(open_: _Open) -> str:
    """Another line of the form and its table that is off by just as many the other way."""
    entry = open_.entry
    for line, position in open_.beside:
        other = next((e for e in position.entries if e.line is line), None)
        if line.table == entry.line.table and other and other.residual == -entry.residual:
            return f"{reference(other)} is off by as many the other way"
    return ""


def _put_together(open_: _Open) -> str:
    """A total that counts what other holdings had that the form lists no more, or leaves it out.

    Of one of them it may be a part, or a multiple, that notes name; of several of the class the sum.
    """
    entry = open_.entry
    own = (entry.claim or ZERO) - entry.delta
    told = (Fraction(x) for text in open_.texts for x in figures_in(text, dollars=False) if x % 1)
    for (whole, ref, _), part in product(_unlisted(open_), {*open_.parts, *told}):
        if abs(part * Fraction(whole) - Fraction(entry.residual)) <= (part != 1):
            return f"it is {_of(part)} what {ref} had, which the form lists no more"
    held = [(x, ref) for x, ref, p in _unlisted(open_) if p.tokens == open_.position.tokens]
    for count in range(1, len(held[:_MOST]) + 1):
        for some, signs in product(
            combinations(held[:_MOST], count), product((1, -1), repeat=count)
        ):
            added = sum((s * x for s, (x, _) in zip(signs, some, strict=True)), ZERO)
            if added == entry.residual or (added == own and count > 1):
                return f"{' and '.join(ref for _, ref in some)} had as much, which the form lists no more"
    return ""


def _of(part: Fraction) -> str:
    return "all of" if part == 1 else f"{part} of"


def _unlisted(open_: _Open) -> list[tuple[Decimal, str, Position]]:
    """What other holdings of the table had last that the form lists no more, each with its line."""
    known, listed = open_.entry.dossier.known.at, {p.number for _, p in open_.beside}
    found = []
    for position in open_.others:
        past = [e for e in position.entries if e.dossier.known.at < known]
        if position.table == open_.entry.line.table and position.number not in listed and past:
            found.append((past[-1].balance or ZERO, reference(past[-1]), position))
    return [one for one in found if one[0]]


_MOST = 5
"""Holdings of which sums are tried."""


def _twice_listed(open_: _Open) -> str:
    """Another line of the form under the same name, which only notes tell from this one."""
    line = open_.entry.line
    for other, _ in open_.beside:
        alike = (other.security, other.ownership, other.nature, other.table, other.exercise_price)
        if alike != (line.security, line.ownership, line.nature, line.table, line.exercise_price):
            continue
        cited = [x.notes_of("security", "nature", "ownership") for x in (line, other)]
        if cited[0] != cited[1] and other.total != line.total:
            return f"{other.ref} is under the same name, and only notes tell which is which"
    return ""


READINGS: tuple[Callable[[_Open], str], ...] = (
    _in_a_plan,
    _of_gathered_units,
    _rolled_over,
    _by_its_terms,
    _of_a_pool,
    _in_figures,
    _in_ratios,
    _in_words,
    _on_another_line,
    _put_together,
    _as_moved,
    _twice_listed,
)
"""Every reading that is weighed: each gives its words, "" where it does not stand open."""

_EXACT = (_in_figures, _in_ratios, _put_together, _as_moved_beside)
"""Those that come to the number itself: against a digit too many or too few no words stand."""
