"""When a line under another vehicle's name may carry on a position: where a note says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from projections.filings.amendments import Standing
from projections.filings.owners import People
from projections.filings.pools import notes_on_holder
from projections.filings.records import Dossier, Line
from projections.identity.holders import named_holder
from projections.identity.names import (
    company_key,
    is_a_body,
    symbol_key,
    without_owner,
    words_of,
)
from projections.identity.plans import (
    accrues_in,
    may_be_deferred,
    may_be_renamed,
    may_bear_other_names,
    plan_key,
)
from projections.identity.strangers import PEOPLE, kinds_of, strangers
from projections.identity.vehicles import (
    core_of,
    holder_key,
    in_other_words,
    joined,
    may_be_restyled,
    names_a_vehicle,
    own_words,
    says_more,
)
from projections.positions.digits import slipped_digits, telling
from projections.positions.entries import Entry
from projections.positions.line_words import Words
from projections.positions.position import Position

_RENAMED = re.compile(
    r"\bformerly\b|\bf/?k/?a\b|\bnow (?:known|called|named|held)\b|\bre-?(?:named|titled|registered)\b|"
    r"\bchang\w+ (?:\w+ ){0,4}name\b|\bname (?:\w+ ){0,3}chang\w+|\bpreviously (?:known|called|named)\b|"
    r"\bsuccessors?\b|\bsucceeded\b",
    re.IGNORECASE,
)
_PASSED_ON = re.compile(
    r"\bpreviously (?:reported|held)\b|\b(?:distribut|transferr|contribut|assign|convey|convert|merg|decant|dissol|terminat|exchang|restat)\w*",
    re.IGNORECASE,
)
_ITS_NAME_WAS = re.compile(
    r"\b(?:formerly|previously|f/?k/?a)\s+(?:(?:known|called|named|titled)\s+)?(?:as\s+)?(?P<name>[^.;,()]+)",
    re.IGNORECASE,
)
_NAME_WORDS = 8
"""A holder's name has no more words than these; longer words are a note's own."""


def renamed_without_word(words: Words, position: Position, entries: Sequence[Entry]) -> bool:
    """Whether lines name another vehicle than a position's, and no note makes them one."""
    if words.vehicle == position.vehicle:
        mine, theirs = _named(words.entity), _named(position.entity)
    else:
        mine, theirs = _name(words), _name(position)
    return strangers(mine, theirs) and not any(
        _says_so(text, theirs, cited=cited) for text, cited in _texts(entries)
    )


Together = frozenset[tuple[str, frozenset[str]]]
"""Whose forms list which two plans or trusts side by side: those are two."""


IN_TURN = "in turn"
"""What stands beside two such that are told in turn: neither is the other under a later name."""


def plans_side_by_side(standing: Iterable[Standing], people: People) -> Together:
    """The plans, and the owners' own trusts, that ever stand in one form, or in forms by turns, by whose forms they are.

    Of other holders those of one form whose words have the same meaning.
    """
    found: set[tuple[str, frozenset[str]]] = set()
    told: dict[str, dict[str, tuple[int, int]]] = {}
    for number, filing in enumerate(standing):
        plans = {plan for _, line in filing.told if (plan := _own_of(filing.dossier, line))}
        others = {name for _, line in filing.told if (name := _told_of(filing.dossier, line))}
        scope = people.scope(filing.dossier) if others else ""
        found.update((scope, frozenset(pair)) for pair in combinations(plans, 2))
        pairs = combinations(others, 2) if len(others) > 1 else ()
        found.update((scope, frozenset(pair)) for pair in pairs if in_other_words(*pair))
        for plan in plans:
            first, _ = told.setdefault(scope, {}).get(plan, (number, number))
            told[scope][plan] = (first, number)
    for scope, spans in told.items():
        for one, other in combinations(spans, 2):
            (first, last), (begins, ends) = spans[one], spans[other]
            if first < ends and begins < last:
                found.add((scope, frozenset({one, other, IN_TURN})))
    return frozenset(found)


def _own_of(dossier: Dossier, line: Line) -> str:
    """The plan that a line is of, or the trust where none but its owner is named, "" for others."""
    key = _holder_of(dossier, line)
    if not key:
        return ""
    own = not names_a_vehicle(key) or any(without_owner(key, n) for n in _names_of(dossier))
    return plan_key(key) or (key if own and "trust" in key.split() else "")


def _holder_of(dossier: Dossier, line: Line) -> str:
    """The canonical words of the holder that a line of stock names, "" for others."""
    issuer = dossier.head.issuer
    if line.table != "I" or not line.nature:
        return ""
    return holder_key(line.nature, issuer.name or "", issuer.symbol or "")


def _told_of(dossier: Dossier, line: Line) -> str:
    """The words by which a line or its notes call the holder."""
    key = _holder_of(dossier, line)
    if line.table != "I" or line.ownership != "indirect" or names_a_vehicle(key):
        return key
    cited = notes_on_holder(dossier, line)
    return joined(named_holder(dossier.text_of(note)) for note in cited) or key


def _names_of(dossier: Dossier) -> Iterator[str]:
    """The names of a filing's owners who are people."""
    names = (owner.name or "" for owner in dossier.head.owners)
    return (name for name in names if not is_a_body(name))


def named_after_owner(
    words: Words, position: Position, entries: Sequence[Entry], together: Together
) -> bool:
    """Whether a trust is called by its owner's own name besides, or no longer is, and no other tells of two.

    Where nothing but "trust" is left it may be any trust, as may be one of the owner's name told in another
    way, by initials or without the middle one: its level has to be near what was held.
    """
    first, held = entries[0], position.balance
    if not (words.form == position.form == "indirect") or not held or first.claim is None:
        return False
    if (words.owners, words.entity) != (position.owners, position.entity):
        return False
    one, other = words.vehicle, position.vehicle
    names = tuple(_names_of(first.dossier))
    bare = {
        a for a, b in ((one, other), (other, one)) if any(_called(b, a, name) for name in names)
    }
    if not bare or any(
        (str(words.loose[0]), frozenset({one, other, *turns})) in together
        for turns in ((), (IN_TURN,))
    ):
        return False
    opened = first.claim - first.delta
    return (len(bare) == 1 and bare.isdisjoint({"trust"})) or held < 2 * opened < 4 * held


def _called(key: str, bare: str, name: str) -> bool:
    """Whether a vehicle's words are another's, a trust's, and its owner's name besides."""
    left, right = without_owner(key, name), without_owner(bare, name) or bare
    (mine, day), (theirs, their_day) = core_of(left), core_of(right)
    return "trust" in theirs and mine == theirs and (not day or not their_day or day == their_day)


def told_in_other_words(
    words: Words, position: Position, entries: Sequence[Entry], together: Together
) -> bool:
    """Whether lines name a position's holder in other words of the same meaning, whatever their number.

    Where one form lists both they are two: nothing else tells of two.
    """
    if not (words.form == position.form == "indirect") or not position.balance:
        return False
    if entries[0].claim is None or words.owners != position.owners:
        return False
    one, other = words.vehicle, position.vehicle
    if one == other:
        one, other = words.entity, position.entity
    elif words.entity != position.entity:
        one, other = _name(words), _name(position)
    called = one == other != "" and words.vehicle != position.vehicle
    return (called or in_other_words(one, other)) and (
        (str(words.loose[0]), frozenset({one, other})) not in together
    )


def noted_anew(
    words: Words, position: Position, entries: Sequence[Entry], together: Together
) -> bool:
    """Whether a note that lines cite gives a position's name as the one their vehicle had, whatever their number.

    Where one form lists both they are two.
    """
    if not (words.form == position.form == "indirect") or not position.balance:
        return False
    if words.owners != position.owners or entries[0].claim is None:
        return False
    one, other = _name(words), _name(position)
    if one == other or (str(words.loose[0]), frozenset({one, other})) in together:
        return False
    return had_the_name(other, entries)


def had_the_name(other: str, entries: Sequence[Entry]) -> bool:
    """Whether a note that lines cite gives a name as the one their vehicle had."""
    return bool(own_words(other)) and any(
        said and core_of(other) == core_of(said["name"].casefold())
        for text, cited in _texts(entries)
        if cited and (said := _ITS_NAME_WAS.search(text))
    )


def plan_named_anew(
    words: Words, position: Position, entries: Sequence[Entry], together: Together
) -> bool:
    """Whether lines go on with a plan's balance under the name of another sort of plan.

    The former name stands in none of the forms with the new one, and the level is what was
    held, or that and what such a plan adds in the time, or less by just what the line's own
    note says was paid out. So it may be of one sort under another employer's name, where the
    company is called otherwise since, or the level is the very same.
    """
    first, held = entries[0], position.balance
    if words.table != "I" or words.form != "indirect" or not held or first.claim is None:
        return False
    if words.entity != position.entity:
        return False
    if not (
        may_be_renamed(words.vehicle, position.vehicle)
        or _of_pay_put_off(words, position, together)
        or _of_one_company(words, position, entries, together)
    ):
        return False
    if (str(words.loose[0]), frozenset({words.vehicle, position.vehicle})) in together:
        return False
    gained, since = first.claim - first.delta - held, position.entries[-1].day
    days = (first.day - since).days if first.day and since else 0
    if gained < 0:
        return -gained in first.noted
    return accrues_in(max(days, 0), gained, held)


def _of_pay_put_off(words: Words, position: Position, together: Together) -> bool:
    """Whether two names are of one plan in which pay is put off, and no forms tell them in turn.

    That such a plan is not qualified goes without saying.
    """
    one, other = words.vehicle, position.vehicle
    told_of_two = (str(words.loose[0]), frozenset({one, other, IN_TURN})) in together
    same = {*one.split()} ^ {*other.split()} == {"nonqualified"}
    return same and may_be_deferred(one, other) and not told_of_two


def _of_one_company(
    words: Words, position: Position, entries: Sequence[Entry], together: Together
) -> bool:
    """Whether two plans of one sort may be that of one company, which has another name since."""
    one, other = words.vehicle, position.vehicle
    named = {*one.split()} ^ {*other.split()}
    if not may_bear_other_names(one, other) or named & PEOPLE:
        return False
    if (str(words.loose[0]), frozenset({one, other, IN_TURN})) in together:
        return False
    now, then = (e[0].dossier.head.issuer for e in (entries, position.entries[-1:]))
    first = entries[0]
    called = company_key(now.name or "") != company_key(then.name or "")
    traded = symbol_key(now.symbol) != symbol_key(then.symbol)
    same = first.claim is not None and first.claim - first.delta == position.balance
    return called or traded or same


def grown_as_noted(words: Words, position: Position, entries: Sequence[Entry]) -> bool:
    """Whether lines go on with a vehicle's balance under a name that only says more, or less.

    Their level is what was held and just what the line's own note says came to it.
    """
    first, held = entries[0], position.balance
    if not (words.form == position.form == "indirect") or not held:
        return False
    if not gained_as_noted(held, first) or words.entity != position.entity:
        return False
    return says_more(words.vehicle, position.vehicle)


def gained_as_noted(held: Decimal, first: Entry) -> bool:
    """Whether a line starts from what was held and just what its own note says came to it."""
    return first.claim is not None and first.claim - first.delta - held in first.noted


def mistyped_anew(
    words: Words, position: Position, entries: Sequence[Entry], together: Together
) -> bool:
    """Whether lines under a name that only says more, or less, have a slip of a vehicle's total.

    Digits that changed places, or one too many: of no round number that is hardly ever chance.
    """
    first, held = entries[0], position.balance
    if not (words.form == position.form == "indirect") or not held or first.claim is None:
        return False
    one, other = words.vehicle, position.vehicle
    if words.entity != position.entity or not (
        says_more(one, other) or may_be_restyled(one, other)
    ):
        return False
    if (str(words.loose[0]), frozenset({one, other})) in together:
        return False
    expected = held + first.delta
    return telling(expected) and slipped_digits(first.claim, expected)


def name_of(position: Position) -> str:
    """The canonical words by which a position's vehicle is called, "" where none does."""
    return _name(position)


def _name(said: Words | Position) -> str:
    if names_a_vehicle(said.vehicle):
        return said.vehicle
    return _named(said.entity) or said.vehicle


def _named(entity: str) -> str:
    """The holder that a note names, "" where its key is the note's own words."""
    named = "+" not in entity and len(words_of(entity)) <= _NAME_WORDS and kinds_of(entity)
    return entity if named else ""


def points_away(words: Words, position: Position) -> bool:
    """Whether lines call a vehicle nothing, and no note gives a name: it goes on under the one before."""
    unnamed = words.form == "indirect" and not words.vehicle and not _named(words.entity)
    return unnamed and names_a_vehicle(position.vehicle)


def _texts(entries: Sequence[Entry]) -> Iterator[tuple[str, bool]]:
    """What a filing's notes and remarks say, and whether one of the lines cites it."""
    dossier = entries[0].dossier
    cited = {dossier.text_of(note) for entry in entries for note in entry.line.notes}
    for text in {*cited, *(note.text for note in dossier.notes)}:
        yield text, text in cited


def _says_so(text: str, former: str, *, cited: bool) -> bool:
    """Whether a note says that a vehicle is called anew, or that its shares passed on."""
    if _RENAMED.search(text) and cited:
        return True
    if not (_RENAMED.search(text) or _PASSED_ON.search(text)):
        return False
    return (own_words(former) or set(words_of(former))) <= set(words_of(text.casefold()))
