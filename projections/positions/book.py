"""Which line belongs to which position.

Words come first: the class, the strike and expiry, the vehicle's own name, the holder a
footnote names. Where words leave a choice, balances decide: a line belongs where its
implied opening joins a known closing. All undecided lines of a filing are placed at once,
as one assignment, so that no line takes another's place by standing first.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal

from projections.filings.owners import People, of_one
from projections.filings.records import ZERO
from projections.identity.assignment import cheapest
from projections.identity.awards import same_award
from projections.identity.plans import plan_key
from projections.identity.proper_names import proper_name
from projections.identity.securities import same_class
from projections.positions.chains import (
    begun_at_nothing,
    chains,
    cut_by_a_slip,
    ends_at,
    pooled,
    repeated,
    several_awards,
    told_apart,
)
from projections.positions.class_totals import ClassTotals, counted, in_a_column
from projections.positions.entries import Astray, Entry
from projections.positions.fitting import MISFIT, NEW_TWIN, Fitting, award_meant
from projections.positions.line_words import (
    AWARDS,
    NEVER,
    Words,
    left_the_group,
    told_by_notes,
    words_cost,
)
from projections.positions.other_awards import in_awards, joining
from projections.positions.parting import held_apart, may_be_one, opening_of, part_of, told_by
from projections.positions.position import Position
from projections.positions.rebasing import adjusted_units, new_terms, other_strike
from projections.positions.renaming import Together, points_away
from projections.positions.rivals import Rival, may_rival, rivals
from projections.positions.series_told import SeriesTold
from projections.positions.term_slips import other_in_one_term
from projections.positions.units_apart import title_of

_NEW = 6
_NEW_AWARD = 3
"""What opening a position costs: more where one of the same words exists already, less
for an award whose total is its own size, since filers may count each award apart."""

Strands = Sequence[tuple[Words, list[Entry]]]
"""A filing's entries, grouped by what their words say."""


class Book:
    """Every position of one issuer, and the door by which lines enter it."""

    def __init__(
        self, astray: Mapping[int, Astray], together: Together, series: SeriesTold, people: People
    ) -> None:
        self.positions: list[Position] = []
        self.astray = astray
        """By the identity of a line, why its total is known to be off."""
        self.together = together
        """The plans that stand side by side in a form, and so are no one plan's names."""
        self._series, self._people = series, people
        self._exact: dict[tuple[object, ...], list[Position]] = {}
        self._loose: dict[tuple[object, ...], list[Position]] = {}
        self._words: dict[tuple[object, ...], Words] = {}
        self._worded: dict[int, Words] = {}
        """By the number of a position, what its latest lines said."""
        self._owned: dict[str, set[int]] = {}
        """By owner, the numbers of the positions that have ever been theirs."""
        self._alone: set[int] = set()
        """The numbers of the positions that a note gave to one of joint owners."""
        self._severally: set[int] = set()
        """The numbers of the positions that several report, each in forms of their own."""
        self._awards: set[str] = set()
        self._class_totals = ClassTotals(series.summed)

    def side_by_side(self, scope: str, one: str, other: str) -> bool:
        """Whether some form lists two plans beside each other."""
        return (scope, frozenset({one, other})) in self.together

    def strands(
        self, entries: Sequence[Entry], scope: str, owners: frozenset[str]
    ) -> list[tuple[Words, list[Entry]]]:
        """A filing's entries grouped by what their words say; two holdings never share."""
        grouped: dict[object, tuple[Words, list[Entry]]] = {}
        holdings: list[tuple[Words, Entry]] = []
        told = [(self._words_of(entry, scope, owners), entry) for entry in entries]
        if self._class_totals.asked_of(told):
            told = self._class_totals.apart(told, self._known, self._near)
        tranches: dict[object, list[Entry]] = {}
        for words, entry in told:
            if entry.line.holding:
                holdings.append((words, entry))
            else:
                said = (words.exact, told_by(words, self._exact.get(words.exact, ())))
                grouped.setdefault(said, (words, []))[1].append(entry)
        strands = self._rejoined(list(grouped.values()))
        for words, entry in holdings:
            same = grouped.get((words.exact, told_by(words, self._exact.get(words.exact, ()))))
            last = same[1][-1] if same is not None else None
            if same and last and entry.claim == last.claim and not last.line.holding:
                same[1].append(entry)
            elif (tranche := tranches.get(words.exact)) and tranche[-1].claim == entry.claim:
                tranche.append(entry)
            else:
                strands.append((words, [entry]))
                if entry.others:
                    tranches[words.exact] = strands[-1][1]
        return strands

    def _known(self, words: Words, entry: Entry) -> Decimal | None:
        """What a line of a series goes on from, None where it may be others' or in other units."""
        found = self._exact.get(words.exact, ())
        if len(found) > 1 or (words.units and entry.line.code == "A"):
            found = [p for p in found if p.wording == words.wording]
        one = found[0] if len(found) == 1 else None
        opens = None if entry.claim is None else entry.claim - entry.delta
        if one is None or one.shared or one.soft:
            return None
        return opens if opens in one.openings() else one.balance

    def _words_of(self, entry: Entry, scope: str, owners: frozenset[str]) -> Words:
        """What a line's words say: once for each line, and for equal words that no note adds to."""
        dossier, line = entry.dossier, entry.line
        said: tuple[object, ...] = (scope, owners, id(line))
        title = title_of(dossier, line, scope, self.together)
        if title is None and not told_by_notes(line, joint=len(owners) > 1):
            issuer = dossier.head.issuer
            said = (
                scope, owners, issuer.name, issuer.symbol, issuer.foreign_symbol, line.table,
                line.security, line.ownership, line.nature, line.exercise_price,
                line.expires_on, line.in_dollars,
            )  # fmt: skip
        words = self._words.get(said)
        if words is None:
            words = self._words[said] = Words(dossier, line, scope, owners, titled=title)
        return words

    def _rejoined(
        self, strands: list[tuple[Words, list[Entry]]]
    ) -> list[tuple[Words, list[Entry]]]:
        """Rows in words not met before that go on where other rows of the filing stopped.

        One row may cite a note, or name the class in full, and the next may not: they
        are one holding all the same. So are units under other notes, where their totals run
        on, or are one total, and no note names another award.
        """
        kept: list[tuple[Words, list[Entry]]] = []
        for words, entries in strands:
            home = next(
                (
                    i
                    for i, (other, rows) in enumerate(kept)
                    if may_be_one(other, words) and self._goes_on(other, rows, words, entries)
                ),
                None,
            )
            if home is None:
                kept.append((words, entries))
                continue
            other, rows = kept[home]
            rows += entries
            if words.units:
                kept[home] = (other.pooled(words), rows)
        return kept

    def _goes_on(self, other: Words, rows: list[Entry], words: Words, entries: list[Entry]) -> bool:
        """Whether rows carry on from other rows of their filing, in words that leave it open."""
        claim = entries[0].claim
        opens = None if claim is None else claim - entries[0].delta
        runs_on = bool(opens) and rows[-1].claim == opens
        if words.series != other.series:
            return runs_on and not told_apart(rows[-1], entries[0])
        if not words.units or other.exact[:-1] != words.exact[:-1]:
            return runs_on and not self._exact.get(words.exact)
        if self._has_home(words, entries) and self._has_home(other, rows):
            return False
        apart = same_award(words.award, other.award) is False
        granted = any(e.line.code == "A" and e.claim == e.delta for e in (*rows, *entries))
        return runs_on or not (apart or granted or not Position.coherent([*rows, *entries]))

    def _has_home(self, words: Words, entries: list[Entry]) -> bool:
        """Whether units carry on the balance of an award that their own note names."""
        return any(
            p.balance and words_cost(words, p) == 0 and p.follows(entries)
            for p in self._loose.get(words.loose, ())
        )

    def breaks_of(self, strands: Strands) -> int:
        """How many strands of a filing would not follow if it came next."""
        return sum(self._breaks(words, entries) for words, entries in strands)

    def waits_of(self, strands: Strands, closes: set[object]) -> int:
        """How many strands do not follow now, but would once these balances were reached."""
        return sum(
            self._breaks(words, entries) and bool({end[0]} & closes)
            for words, entries in strands
            if (end := ends_at(words, entries)) is not None
        )

    def _breaks(self, words: Words, entries: list[Entry]) -> bool:
        found = self._exact.get(words.exact, [])
        return len(found) == 1 and not found[0].follows(entries)

    def post(self, strands: Strands) -> None:
        """Place every strand of one filing and post it."""
        seconds: list[Rival] = []
        if may_rival(strands):
            strands, seconds = rivals(strands, self._held_by(strands))
        taken: dict[int, list[Entry]] = {}
        known = len(self.positions)
        open_strands: list[tuple[Words, list[Entry]]] = []
        for words, entries in strands:
            found = self._exact.get(words.exact, ())
            if len(found) == 1 and found[0].number not in taken and found[0].follows(entries):
                taken[found[0].number] = entries
                self._place(words, found[0], entries)
            else:
                open_strands.append((words, entries))
        self._assign(open_strands, taken)
        for second in seconds:
            home = next(n for n, entries in taken.items() if second.stands[0] in entries)
            if second.contradicts:
                self.positions[home].contradict(second.entry, second.stands[-1])
            else:
                self.positions[home].post([second.entry])
        posted = [(self.positions[number], entries) for number, entries in sorted(taken.items())]
        for position, entries in posted:
            if position.stirred_by(entries):
                self._class_totals.find(position, entries[0].dossier, self._family(position))
        self._class_totals.count(posted)
        if len(self.positions) - known > 1:
            self._part(self.positions[known:], taken)

    def _part(self, opened: list[Position], taken: Container[int]) -> None:
        """Find the whole whose holders a filing names one by one for the first time.

        An initial statement may show several funds' shares on one line, "See footnote";
        the next report has a line for each. Their openings together are then that balance.
        """
        near = {
            (p.scope, p.table, p.form, p.kind, p.unit): None for p in opened if p.form == "indirect"
        }
        for whole in [p for key in near for p in self._loose.get(key, ())]:
            if whole.vehicle or not whole.balance or whole.number in taken:
                continue
            parts = [p for p in opened if part_of(p, whole)]
            if len(parts) > 1 and sum((opening_of(p, whole) for p in parts), ZERO) == whole.balance:
                whole.part(parts)
                self._worded.pop(whole.number, None)
                for homes in (*self._exact.values(), *self._loose.values()):
                    if whole in homes:
                        homes.remove(whole)

    def _held_by(self, strands: Strands) -> list[Position]:
        """The positions in which the owners of a filing's lines hold something."""
        loose = dict.fromkeys(words.loose for words, _ in strands)
        return [p for key in loose for p in self._loose.get(key, ()) if p.balance]

    def move(
        self, entries: Sequence[Entry], stray: Position, home: Position, before: Entry | None
    ) -> None:
        """Post lines anew on the position they belong to, before one of its own or at its end."""
        home.take_in(stray.give_up(entries), before)
        self.positions = [p for p in self.positions if p.entries]

    def _family(self, position: Position) -> list[Position]:
        """The owners' other positions in the class."""
        return [
            p
            for p in self._of_owners(position.owners)
            if p is not position
            and (p.table, p.unit) == (position.table, position.unit)
            and p.owners & position.owners
            and (
                counted(p) == counted(position)
                if in_a_column(p) and in_a_column(position)
                else same_class(p.tokens, position.tokens) is not False
            )
        ]

    def _of_owners(self, owners: frozenset[str]) -> Iterator[Position]:
        """The positions that have ever been some owners', in the order they were opened."""
        near = set().union(*(self._owned.get(o, ()) for o in owners))
        return map(self.positions.__getitem__, sorted(near))

    def _assign(
        self, strands: list[tuple[Words, list[Entry]]], taken: dict[int, list[Entry]]
    ) -> None:
        alike: dict[tuple[object, ...], list[tuple[Words, list[Entry]]]] = {}
        for strand in strands:
            alike.setdefault(strand[0].loose, []).append(strand)
        turns = sorted(alike, key=lambda key: [*map(str, key)]) if len(alike) > 1 else alike
        for same in [alike[key] for key in turns]:
            group = [piece for strand in same for piece in self._pieces(strand, taken)]
            free = [p for p in self._near(group[0][0]) if p.number not in taken]
            costs = self._costs(group, free)
            for (words, entries), row, column in zip(group, costs, cheapest(costs), strict=True):
                known = column < len(free) and row[column] < NEVER
                position = free[column] if known else self._open(words)
                taken[position.number] = entries
                self._place(words, position, entries)

    def _near(self, words: Words) -> list[Position]:
        """The positions that lines of such words may be of.

        One that lists no more than the shares under it may count dollars as well.
        """
        found = [p for p in self._loose.get(words.loose, ()) if p.unit == words.unit]
        if words.table == "II" and words.unit == "dollars":
            found += [p for p in self._loose.get((*words.loose[:-1], "shares"), ()) if p.soft]
        return found

    def _pieces(
        self, strand: tuple[Words, list[Entry]], taken: Container[int]
    ) -> list[tuple[Words, list[Entry]]]:
        """The strand whole, or cut into chains where one position cannot hold it.

        One person's direct stock is one position whatever the sums say, unless its form listed several, and
        so is a plan's account. Else words may stand for several holders or awards: each part joins its own.
        """
        words, entries = strand
        noted = words.units and len({frozenset(e.line.notes) for e in entries}) > 1
        stock = words.form == "direct" and words.table == "I" and not noted
        free = [p for p in self._near(words) if p.number not in taken] if len(entries) > 1 else []
        homes = [p for p in free if words_cost(words, p) < _NEW]
        if len(entries) == 1 or (stock and of_one(words.owners) and len(homes) < 2):
            return [strand]
        again = repeated(entries) and (homes or words.form == "direct")
        if again or any(p.follows(entries) or p.nearly_follows(entries) for p in homes):
            return [strand]
        parts = chains(entries)
        one = len(parts) == 1 or (not homes and Position.coherent(entries))
        if not one and ((words.table == "II" and several_awards(parts)) or held_apart(parts)):
            return self._cut(words, parts)
        one = one or cut_by_a_slip(parts, entries, known=bool(homes))
        if one or (not homes and begun_at_nothing(words, parts, self._of_owners(words.owners))):
            return [strand]
        join = joining(words, parts, homes, self._series, noted=noted)
        units = words.series == (None, None) and words.kind == "rsu" and not pooled(words, homes)
        least = len(parts) - (units or (noted and len(homes) >= len(parts)))  # all, or all but one
        awards = noted or (words.kind in AWARDS and words.table == "II")
        each = awards and len(parts) == len(entries)
        several = units or each or (words.form == "indirect" and not plan_key(words.vehicle))
        whole = sum(join) < least and (homes or not several)
        if units and homes and (told := in_awards(parts, join)):
            return self._cut(words, told)
        return [strand] if whole else self._cut(words, parts)

    def _cut(self, words: Words, parts: list[list[Entry]]) -> list[tuple[Words, list[Entry]]]:
        """Each part of a strand, with what its own first line says."""
        scope, owners = str(words.loose[0]), words.owners
        return [(self._words_of(part[0], scope, owners), part) for part in parts]

    def _costs(self, group: Strands, free: Sequence[Position]) -> list[list[int]]:
        """For each strand, what each position costs it, then what a new one does, its own alone.

        What can cost no less than a strand's new position is never chosen, nor, where a strand
        is alone, what costs no less than a position before it: there the arithmetic is spared.
        """
        costs = []
        for i, (words, entries) in enumerate(group):
            meant = None if words.wording in self._awards else award_meant(words, entries, free)
            new = most = NEW_TWIN if meant else self._new_cost(words, entries)
            fitting = Fitting(words, entries, self.together, self._series, free, meant=meant)
            row = list[int]()
            for position in free:
                row.append(fitting.cost(position, most))
                if len(group) == 1:
                    most = min(most, row[-1] - 1)
            costs.append(row + [new if i == j else NEVER for j in range(len(group))])
        return costs

    def _new_cost(self, words: Words, entries: list[Entry]) -> int:
        first = entries[0]
        if words.table == "II" and first.line.code == "A" and first.claim == first.delta:
            return _NEW_AWARD
        if words.units and words.wording and words.wording not in self._awards:
            return MISFIT
        return NEW_TWIN if self._exact.get(words.exact) else _NEW

    def _open(self, words: Words) -> Position:
        position = Position(len(self.positions), words.table, words.form, words.kind)
        position.scope = words.loose[0]
        position.tokens, position.series, position.unit = words.tokens, words.series, words.unit
        self.positions.append(position)
        self._loose.setdefault(words.loose, []).append(position)
        return position

    def _place(self, words: Words, position: Position, entries: list[Entry]) -> None:
        slip, terms = position.entries and other_in_one_term(words, position), None
        if position.entries and other_strike(words, position):
            terms = new_terms(position, words, entries, self._series)
        elif words.units and not position.follows(entries):
            terms = adjusted_units(position, entries, only=True)
        if terms is not None:
            position.rebase(terms.opens, terms.ratio, entries[0], terms.on)
            if not terms.told:
                position.repriced.append(entries[0])
        if self._worded.get(position.number) is not words and (terms or not slip):
            self._worded[position.number] = words
            self._name(position, words)
        if position.unit != words.unit:
            position.unit = words.unit
            self._loose.setdefault(words.loose, []).append(position)
        line = entries[-1].line
        position.security, position.nature = line.security, line.nature
        position.underlying = line.underlying
        position.post(entries)

    def _name(self, position: Position, words: Words) -> None:
        """Let a position be found under what its latest lines say, and be told by it."""
        if words.alone:
            self._alone.add(position.number)
        joined = frozenset() < position.owners < words.owners
        one_of_them = position.number in self._alone and joined
        if left_the_group(words, position):
            self._severally.add(position.number)
        each = position.owners if position.number in self._severally else frozenset()
        position.claimants |= words.owners | self._sharing(words)
        if position.owners != words.owners and not one_of_them:
            position.owners = words.owners | each
            for owner in words.owners:
                self._owned.setdefault(owner, set()).add(position.number)
        if not points_away(words, position):
            position.vehicle, position.entity = words.vehicle, words.entity
        position.wording, position.award = words.wording, words.award.beside(position.award)
        self._awards |= words.wordings
        position.series = position.series if words.series == (None, None) else words.series
        homes = self._exact.setdefault(words.exact, [])
        if position not in homes:
            homes.append(position)

    def _sharing(self, words: Words) -> frozenset[str]:
        """Those who report the trust or company that a line names, each in forms of his own."""
        if words.form != "indirect" or not self._people.pools:
            return frozenset()
        names = {proper_name(told) for told in (words.vehicle, words.entity) if told}
        return frozenset().union(*(self._people.sharing(name, words.owners) for name in names))
