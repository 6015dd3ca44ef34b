"""What a line's own words say of its position, and how far two such readings are apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from datetime import date
from decimal import Decimal

from ledger.loading import pattern
from ledger.statements import SENSES
from projections.filings.pools import notes_on_holder
from projections.filings.records import Dossier, Line, Stated
from projections.identity.awards import (
    Award,
    award_of,
    awards_of,
    of_a_part,
    of_all_awards,
    of_options,
    own_terms,
    same_award,
)
from projections.identity.holders import (
    entity_key,
    in_passing,
    named_holder,
    short_names,
    tells_no_holder,
)
from projections.identity.names import person_key
from projections.identity.plans import plan_key
from projections.identity.securities import (
    class_tokens,
    derivative_kind,
    designators,
    held_in,
    is_awarded,
    is_restricted,
    kind_over,
    mended,
    same_class,
)
from projections.identity.vehicles import (
    alike,
    form_left_out,
    holder_key,
    holder_words,
    joined,
    names_a_sort,
    names_a_vehicle,
    pointed_to,
    vehicle_key,
)
from projections.positions.co_owners import in_full, named_owner, whose_alone
from projections.positions.position import Position, Unit

INITIAL_REPORT = pattern(r"\bform\s*3\b|\binitial\s+(?:statement|report|filing)\b", re.IGNORECASE)
_SINCE = pattern(r"\bforms?\s*[45]\b", re.IGNORECASE)

NEVER = 1 << 20
"""The cost of what words contradict."""
OTHER = 6
"""What it costs that words name another holder or another award: only a balance that joins
outweighs it."""
OTHER_TERMS = 7
"""What it costs that the strike is another one: only terms that a company changed outweigh it."""
_ALIKE = 3
"""What it costs that vehicles' names are only alike: a balance that nearly joins outweighs it."""

OTHER_WORD = 2
"""What it costs that words alone cannot tell whether a title is of the class."""

AWARDS = ("rsu", "option")
"""Derivatives that are granted one award after another: of one class, yet not pooled."""

CONVERTED = ("note", "preferred")
"""Derivatives whose price is that of a conversion, which may change or be told only at the end."""

_HOLDER_FIELDS = ("nature", "ownership")
_AWARD_FIELDS = ("exercisable_on", "expires_on")
_TITLE_FIELDS = ("security",)
_POINTED_FIELDS = ("shares_after", "security", "shares", "code")
_TELLING_FIELDS = (*_HOLDER_FIELDS, *_AWARD_FIELDS, *_POINTED_FIELDS)
"""Columns whose notes may say more of a holding than the line does."""


def told_by_notes(line: Line, *, joint: bool) -> bool:
    """Whether a line cites notes that may say who holds it, or which award it is about.

    Those of `joint` owners may say of any line which of them holds it.
    """
    if line.ownership != "direct" and pointed_to(line.nature):
        return True
    if joint or line.cited.keys().isdisjoint(_TELLING_FIELDS):
        return joint and bool(line.cited)
    title = line.security or ""
    granted = derivative_kind(title) == "rsu" or is_restricted(title)
    of_stock = line.ownership == "direct" and not granted
    return not of_stock or not line.cited.keys().isdisjoint(_HOLDER_FIELDS)


class Words:
    """What a line's own words say of its position.

    `tokens` are the class, `vehicle` and `entity` the holder as words and as footnoted,
    `series` the strike and expiry, `award` what tells units of one title apart, `wording`
    the whole notes that say so. `alone` is whether a note gives the line to one of several owners,
    who then is all of `owners`. `loose` is what no two lines of one position differ in, and
    `exact` all that is canonical. A line may be `titled` by a note that says what its own title does not.
    """

    __slots__ = (
        "alone",
        "award",
        "entity",
        "exact",
        "form",
        "kind",
        "loose",
        "owners",
        "series",
        "table",
        "tokens",
        "unit",
        "units",
        "vehicle",
        "wording",
        "wordings",
    )

    def __init__(
        self,
        dossier: Dossier,
        line: Line,
        scope: str,
        owners: frozenset[str],
        *,
        titled: str | None = None,
    ) -> None:
        self.table, self.form = line.table, line.ownership
        self.alone = False
        if len(owners) > 1 and (owner := whose_alone(dossier, line)):
            key = owner.cik or f"name:{person_key(owner.name or '')}"
            self.alone, owners = key in owners, frozenset({key}) & owners or owners
        self.owners = owners
        issuer = dossier.head.issuer
        title, plan = titled or line.security or "", ""
        self.series: tuple[Decimal | None, date | None] = (None, None)
        self.kind, self.award = "stock", Award()
        sort = kind_over(title, line.underlying or "")
        if line.table == "II":
            self.kind = sort
            self.series = _series(sort, line)
        else:
            title, plan = held_in(title)
        self.tokens = class_tokens(
            title, issuer.name or "", issuer.symbol or "", issuer.foreign_symbol or ""
        )
        self.vehicle = _vehicle(line, plan, issuer.name or "", issuer.symbol or "")
        awarded = sort == "rsu" or is_awarded(title)
        units = awarded or (is_restricted(title) and _of_a_grant(dossier, line))
        units = self.units = units and self.series == (None, None)
        self.wording, self.entity = self._holder(dossier, line, units=units)
        self.wordings = frozenset({self.wording})
        if units:
            notes = _award_notes(dossier, line) if line.cited else ()
            self.award = awards_of((mended(title), *(dossier.text_of(note) for note in notes)))
            if _among_others(line, self.award) or _of_all(dossier, line):
                self.award, self.wording = Award(sort=self.award.sort), ""
                self.wordings = frozenset({""})
        form = "indirect" if plan else line.ownership
        self.unit: Unit = "dollars" if line.in_dollars else "shares"
        self.loose = (scope, line.table, form, self.kind, self.unit)
        self.exact = (
            *self.loose, owners, self.tokens, self.vehicle, self.entity, self.series, self.award,
        )  # fmt: skip

    def pooled(self, other: Words) -> Words:
        """These words for rows under other notes as well, which one total counts together."""
        both = copy(self)
        both.award, both.wordings = self.award.pooled(other.award), self.wordings | other.wordings
        return both

    def _holder(self, dossier: Dossier, line: Line, *, units: bool) -> tuple[str, str]:
        """The notes that say who holds the line, whole, and the holder they name."""
        cited = notes_on_holder(dossier, line)
        if not cited and not line.cited:
            return "", ""
        if not cited and self.form == "direct" and units:
            award = (
                line.notes_of(*_AWARD_FIELDS)
                or line.notes_of(*_TITLE_FIELDS)
                or _award_notes(dossier, line)
            )
            told = [dossier.text_of(n) for n in award if not _only_moves(dossier, n, award_of)]
            told = [text for text in told if not of_a_part(text)]
            return joined(holder_words(own_terms(text)) for text in told), ""
        sort = self.form != "direct" and not names_a_vehicle(self.vehicle)
        if not cited and sort and not plan_key(self.vehicle):
            cited = _of_the_holder(dossier, line, whose=not self.vehicle)
        if not cited:
            owner = named_owner(dossier, line) if self.form == "direct" else None
            return "", vehicle_key(owner.name or "") if owner else ""
        texts = [dossier.text_of(note) for note in cited]
        wording = joined(holder_words(text) for text in texts)
        if names_a_vehicle(self.vehicle):
            return wording, ""
        if self.vehicle:
            texts = [dossier.text_of(n) for n in cited if not _only_moves(dossier, n, named_holder)]
        telling = [text for text in texts if not tells_no_holder(text)]
        texts = telling if self.vehicle else telling or texts
        if self.form == "direct":
            texts = [text for text in texts if named_holder(text) or names_a_sort(text)]
        named = named_holder if plan_key(self.vehicle) else entity_key
        keys = [named(text) for text in texts]
        if any(keys):
            whole = short_names(tuple(note.text for note in dossier.head.footnotes))
            keys = [in_full(whole.get(key, key), dossier) for key in keys]
        return wording, joined(keys)


def _series(sort: str, line: Line) -> tuple[Decimal | None, date | None]:
    """The terms that tell a derivative from others under its title: strike and expiry.

    A class of shares that never expires has no strike: what stands there is what an exercise cost.
    """
    shares = sort == "share" and line.expires_on is None
    return None if shares else line.exercise_price or None, line.expires_on


def _of_a_grant(dossier: Dossier, line: Line) -> bool:
    """Whether a note that tells which award a line is about says on which day it was granted."""
    notes = _award_notes(dossier, line) if line.cited else ()
    return any(award_of(dossier.text_of(note)).granted for note in notes)


def _among_others(line: Line, award: Award) -> bool:
    """Whether a grant's total has more than the grant, of that very day: it counts others with it."""
    day, total = line.effective_on, line.shares_after
    return (
        line.code == "A"
        and any(day and first <= day <= last for first, last in award.granted)
        and bool(line.shares and total and total > line.shares)
    )


def _of_all(dossier: Dossier, line: Line) -> bool:
    """Whether a note on a line says that its total counts the units of all awards."""
    return any(of_all_awards(dossier.text_of(note)) for note in line.notes)


def _award_notes(dossier: Dossier, line: Line) -> list[str]:
    """The notes that tell which award a line of units is about.

    Those on its title and dates are anyhow; others where they say of which, and of nothing that moved.
    """
    telling = {said.note for said in dossier.statements if _happened(said)}
    notes = line.notes_of(*_TITLE_FIELDS, *_AWARD_FIELDS)
    if notes or line.holding:
        return [n for n in notes if n not in telling or award_of(dossier.text_of(n)).granted]
    units = derivative_kind(line.security or "") == "rsu"
    texts = {n: dossier.text_of(n) for n in line.notes_of(*_POINTED_FIELDS)}
    told = {n: award_of("" if units and of_options(t) else t) for n, t in texts.items()}
    return [n for n, said in told.items() if said and (n not in telling or said.granted)]


def _of_the_holder(dossier: Dossier, line: Line, *, whose: bool) -> list[str]:
    """The notes that may say who holds a line whose nature cites none.

    Those on its total and title say it where they name somebody: others then tell what moved,
    and by whom. Of a sort of holder, a trust, only what tells of nothing that happened says
    which it is; `whose` is whether the nature gives not even a sort.
    """
    told = line.notes_of("shares_after", "security")
    near = [n for n in told if _names(dossier.text_of(n))]
    if whose:
        return near or line.notes_of(*_POINTED_FIELDS)
    moved = {said.note for said in dossier.statements if _happened(said)}
    return [n for n in near if n not in moved]


def _names(note: str) -> bool:
    return names_a_vehicle(named_holder(note)) and not in_passing(note)


def _only_moves(dossier: Dossier, note: str, names: Callable[[str], object]) -> bool:
    """Whether a note tells what came or left, and `names` nothing that tells holdings apart."""
    said = [one for one in dossier.statements if one.note == note]
    happened = any(_happened(one) or one.kind == "split" for one in said)
    return happened and not names(dossier.text_of(note))


def _happened(said: Stated) -> bool:
    return SENSES[said.kind].moves or SENSES[said.kind].corrects or said.kind == "exclusion"


def _vehicle(line: Line, plan: str, issuer: str, symbol: str) -> str:
    """The canonical words of whatever holds a line: its nature's, or a plan's that its title names."""
    nature = "" if line.ownership == "direct" else line.nature
    if not plan:
        return holder_key(nature, issuer, symbol) if nature else ""
    said = holder_key(nature, issuer, symbol) if nature else ""
    more = " ".join(w for w in vehicle_key(plan).split() if w not in said.split())
    return holder_key(f"{said} {more}".strip(), issuer, symbol)


def words_cost(words: Words, position: Position, *, one_pool: bool = False) -> int:
    """How far a line's words are from a position's; `NEVER` when they contradict it.

    `one_pool` is whether a line of one of those who ever reported it is known to be of it.
    """
    if words.owners == position.owners:
        cost = 0
    elif words.owners & position.owners:
        cost = 1 if _one_group(words.owners, position.owners) else 2
    elif left_the_group(words, position) and (one_pool or _one_holder(words, position)):
        cost = 2
    else:
        return NEVER
    alike = same_class(words.tokens, position.tokens)
    if words.table == "II":
        cost += 0 if alike else OTHER if _other_units(words.tokens, position.tokens) else 1
        cost += _series_cost(words, position)
    elif alike is False:
        return NEVER
    elif alike is None:
        cost += OTHER_WORD
    if words.award and position.award and same_award(words.award, position.award) is False:
        cost += OTHER
    return cost + _vehicle_cost(words, position)


_DEFERRED, _RESTRICTED = frozenset({"deferred", "dsu", "phantom"}), frozenset({"restricted", "rsu"})
_AWARDED = frozenset({"award", "awards", "incentive", "right", "rights"})
_PAID_ON_THEM, _ONE_OF_EACH = frozenset({"dividend", "dividends"}), [(False, True), (True, False)]


def _other_units(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether of two titles one is of pay put off, and one of units that vest or of dividends, or they have other numbers.

    Or one calls itself an award, and no word of it is the other's.
    """
    one, other = ({*filter(str.isdigit, words)} for words in (mine, theirs))
    sorts = [(bool(words & _DEFERRED), bool(words & _RESTRICTED)) for words in (mine, theirs)]
    apart = bool(mine & _PAID_ON_THEM) != bool(theirs & _PAID_ON_THEM)
    apart = apart or bool(one and other and one.isdisjoint(other)) or _accounts_apart(mine, theirs)
    award = bool(mine & _AWARDED) != bool(theirs & _AWARDED)
    apart = apart or (award and mine.isdisjoint(theirs))
    return apart or sorted(sorts) == _ONE_OF_EACH


def _accounts_apart(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two titles of deferred units each say of which pay: "Deferred Comp", "Incentive Shares"."""
    one, other = ((a - b) - _OF_ACCOUNTS for a, b in ((mine, theirs), (theirs, mine)))
    return is_deferred(mine) and is_deferred(theirs) and bool(one and other)


_OF_ACCOUNTS = _DEFERRED | {"unit", "stock", "share", "common", "restricted", "rsu"}
"""Words of the titles of deferred units that tell no two accounts apart."""


def is_deferred(tokens: frozenset[str]) -> bool:
    """Whether a title tells of deferred or phantom units, which an account gathers."""
    return bool(tokens & _DEFERRED)


def _one_group(owners: frozenset[str], others: frozenset[str]) -> bool:
    """Whether owners are a group that others joined, or left: their holdings are what they were."""
    return min(len(owners), len(others)) > 1 and (owners <= others or others <= owners)


def left_the_group(words: Words, position: Position) -> bool:
    """Whether a line is of owners who once reported a position together with those who do now."""
    return not words.owners & position.owners and bool(words.owners & position.claimants)


def _one_holder(words: Words, position: Position) -> bool:
    """Whether a line and a position name one vehicle, so that it is one whoever reports it."""
    mine = words.vehicle if names_a_vehicle(words.vehicle) else words.entity
    theirs = position.vehicle if names_a_vehicle(position.vehicle) else position.entity
    if words.vehicle and position.vehicle and mine == words.entity and theirs == position.entity:
        return words.vehicle == position.vehicle and bool(mine) and mine == theirs
    return bool(mine) and (mine == theirs or form_left_out(mine, theirs))


def adds_a_letter(words: Words, position: Position) -> bool:
    """Whether a title of stock names a class or series by letter, and the position's none."""
    lettered = designators(words.tokens) and not designators(position.tokens)
    return words.table == "I" and bool(lettered)


def _series_cost(words: Words, position: Position) -> int:
    (strike, expiry), (other_strike, other_expiry) = words.series, position.series
    cost = 0
    if expiry != other_expiry:
        if expiry and other_expiry:
            return NEVER
        cost += 1
    if strike != other_strike:
        if strike and other_strike:
            return cost + OTHER_TERMS
        cost += 1
    return cost


def other_terms(words: Words, position: Position) -> bool:
    """Whether what converts is the position's in all its words but for the price or the expiry."""
    return (
        words.kind in CONVERTED
        and any(a and b and a != b for a, b in zip(words.series, position.series, strict=True))
        and (words.owners, words.tokens) == (position.owners, position.tokens)
        and (words.vehicle, words.entity) == (position.vehicle, position.entity)
    )


def _vehicle_cost(words: Words, position: Position) -> int:
    if words.vehicle == position.vehicle:
        if words.entity == position.entity:
            return 0 if words.wording == position.wording else 1
        return OTHER if words.entity and position.entity else 1
    mine = words.vehicle if names_a_vehicle(words.vehicle) else words.entity
    theirs = position.vehicle if names_a_vehicle(position.vehicle) else position.entity
    if mine and theirs:
        if form_left_out(mine, theirs):
            return 1
        return 0 if mine == theirs else _ALIKE if alike(mine, theirs) else OTHER
    if words.vehicle and position.vehicle:
        return _ALIKE if alike(words.vehicle, position.vehicle) else OTHER
    return 3


def of_the_first_report(words: str) -> bool:
    """Whether words that put a report right name the initial statement, and none since."""
    return INITIAL_REPORT.search(words) is not None and _SINCE.search(words) is None
