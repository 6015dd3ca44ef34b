"""What an amendment amends, and which lines then stand in the place of those it restates."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

import msgspec

from ledger.footnotes.retractions import Retraction
from ledger.footnotes.text import plain, sentences
from ledger.loading import pattern
from projections.filings.listed_instead import listed_instead, told_by_a_row
from projections.filings.records import Dossier, Line, Told
from projections.filings.taken_back import (
    designated,
    named_by,
    reports_meant,
    retracted_by,
    taken_back_of,
)
from projections.identity.assignment import cheapest
from projections.identity.securities import class_tokens
from projections.identity.vehicles import vehicle_key


class Standing(msgspec.Struct):
    """A filing with the lines that now stand in its place.

    `unmentioned` are original lines that an amendment which looks complete leaves out:
    they may have been dropped on purpose, and the arithmetic decides.
    """

    dossier: Dossier
    told: list[Told]
    unmentioned: list[Told]
    twins: list[Dossier]


class Amended(msgspec.Struct):
    """An amendment, what it amends, and how: the lines it restates, adds and leaves.

    `scope` is `full` (every line restated), `partial`, `additive`, `withdrawal` (it takes
    lines back and restates none) or `orphan` (the amended filing is not here); `restated`
    pairs each old line with its new one; `before` and `after` are the lines that stood in the
    place of the filing, its `home`; `added` are lines without an old one, `taken_back`
    old ones that it says never belonged there.
    """

    amendment: Dossier
    target: Dossier | None
    scope: str
    restated: list[tuple[Told, Line]]
    candidates: list[Dossier]
    home: Standing | None = None
    before: list[Told] = []
    after: list[Told] = []
    added: list[Line] = []
    taken_back: list[Told] = []


def amend(amendment: Dossier, earlier: Sequence[Dossier], kept: dict[str, Standing]) -> Amended:
    """Find what a filing amends among those of its owners, and restate its lines in `kept`."""
    candidates = _targets(amendment, earlier)
    if not candidates:
        return Amended(amendment, None, "orphan", [], [])
    likeness = {d.stream: _likeness(amendment, d) for d in candidates}
    ranked = sorted(candidates, key=lambda d: (likeness[d.stream], d.known.at, d.stream))
    chosen = ranked[-1]
    home = _home(chosen, kept)
    if home is None:
        return Amended(amendment, None, "orphan", [], [])
    close = likeness[chosen.stream] - _AS_LIKE
    rivals = [
        d
        for d in ranked[:-1]
        if _home(d, kept) is not home and likeness[d.stream] >= max(close, _ENOUGH)
    ]
    said = list(retracted_by(amendment))
    going_on = [
        line
        for line in amendment.lines
        if _continues(line, home.told) or _left_out_before(line, amendment, home.told)
    ]
    new = [line for line in amendment.lines if line not in going_on]
    restated, added = _align(home.told, new, named_by(said, home.told))
    added = [line for line in amendment.lines if line in (*added, *going_on)]
    restated += _under_another_name(amendment, home.told, restated, added)
    restated += listed_instead(home.told, restated, added)
    added = [line for line in added if all(line is not new for _, new in restated)]
    old = {id(line) for (_, line), _ in restated}
    left_out = [(d, line) for d, line in home.told if id(line) not in old]
    gone = [*_taken_back(said, left_out, restated), *told_by_a_row(left_out, restated)]
    fallen = {id(line) for _, line in gone}
    spared = [t for t in left_out if id(t[1]) not in fallen]
    scope = "partial" if restated and spared else "full" if restated else "additive"
    if gone and not restated and not any(line.movement for line in added):
        scope = "withdrawal"
    before = home.told
    stands = [t for t in before if id(t[1]) not in fallen]
    home.told = _restate(stands, restated, amendment, added)
    if scope == "partial" and len(restated) > 1 and not added:
        home.unmentioned = [t for t in spared if not t[1].holding]
    return Amended(
        amendment=amendment,
        target=home.dossier,
        scope=scope,
        restated=restated,
        candidates=rivals,
        home=home,
        before=before,
        after=home.told,
        added=added,
        taken_back=gone,
    )


def take_back(
    dossier: Dossier,
    retractions: Sequence[Retraction],
    earlier: Sequence[Dossier],
    kept: dict[str, Standing],
) -> Iterator[Amended]:
    """What the words of a form that amends nothing take back of its owners' earlier ones."""
    for said in retractions:
        meant = {d.stream: d for d in reports_meant(said, earlier)}.values()
        homes = [h for d in meant if (h := _home(d, kept)) is not None]
        if not homes or (len(homes) > 1 and not said.twice):
            continue
        gone = taken_back_of(said, [told for home in homes for told in home.told])
        fallen = {id(line) for _, line in gone}
        for home in homes:
            mine = [told for told in home.told if id(told[1]) in fallen]
            if mine:
                before = home.told
                home.told = [told for told in before if id(told[1]) not in fallen]
                change = Amended(
                    amendment=dossier,
                    target=home.dossier,
                    scope="withdrawal",
                    restated=[],
                    candidates=[],
                    home=home,
                    before=before,
                )
                change.after, change.taken_back = home.told, mine
                yield change


def _taken_back(
    retractions: Sequence[Retraction],
    left_out: Sequence[Told],
    restated: Sequence[tuple[Told, Line]],
) -> list[Told]:
    """Of the lines that an amendment leaves out, those that its words take back."""
    kept = [line for _, line in restated]
    fallen: set[int] = set()
    for said in retractions if left_out else ():
        all_of_it = said.whole and all(line.holding for line in kept)
        if all_of_it or (said.rest and kept):
            return list(left_out)
        fallen |= {id(line) for _, line in designated(said, left_out, kept)}
    return [told for told in left_out if id(told[1]) in fallen]


def _home(dossier: Dossier, kept: dict[str, Standing]) -> Standing | None:
    if dossier.stream in kept:
        return kept[dossier.stream]
    return next((s for s in kept.values() if any(d is dossier for d, _ in s.told)), None)


def _targets(amendment: Dossier, earlier: Sequence[Dossier]) -> list[Dossier]:
    """Earlier filings of the form that the cited date may mean, best rule first.

    The date should be the original's filing date; filers also give the transaction
    date, or the date of an amendment in between.
    """
    unique = {d.stream: d for d in earlier}
    forms = [d for d in unique.values() if d.base_form == amendment.base_form]
    cited = amendment.head.original_on
    rules: list[Callable[[Dossier], bool]] = []
    if cited is not None:
        rules = [
            lambda d: d.day == cited,
            lambda d: (
                d.day is not None
                and abs(d.day - cited) <= timedelta(days=4)
                and d.head.period == amendment.head.period
            ),
            lambda d: d.day is not None and abs(d.day - cited) <= timedelta(days=1),
            lambda d: d.head.period == cited,
        ]
    rules.append(lambda d: d.head.period is not None and d.head.period == amendment.head.period)
    for rule in rules:
        found = [d for d in forms if rule(d)]
        if found:
            return found
    return []


def _likeness(amendment: Dossier, original: Dossier) -> int:
    """How well the amendment's lines stand beside the original's, line by line."""
    pairs, _ = _align([(original, line) for line in original.lines], amendment.lines)
    return sum(_alike(was, line) for (_, was), line in pairs)


_ALIKE = (
    ("effective_on", 3),
    ("code", 3),
    ("shares", 3),
    ("shares_after", 2),
    ("price", 2),
    ("direction", 1),
    ("exercise_price", 2),
    ("expires_on", 2),
)
_ENOUGH = 7
"""How alike two lines must be to be one line restated."""
_NAMED = 4
"""How much less a line is taken for the one restated where a note says it is taken back."""
_AS_LIKE = 5
"""How close another filing's likeness must come to leave the target in doubt."""


def _align(
    old: Sequence[Told], new: Sequence[Line], named: Container[int] = ()
) -> tuple[list[tuple[Told, Line]], list[Line]]:
    """Pair an amendment's lines with the original's by likeness; the rest are added.

    Of two lines about as like, one that the amendment names as taken back is not restated.
    """
    if not old or not new:
        return [], list(new)
    costs = [
        [_NAMED * (id(was) in named) - _alike(was, line) for _, was in old]
        + [-_ENOUGH if i == j else 0 for j in range(len(new))]
        for i, line in enumerate(new)
    ]
    pairs, added = [], []
    for line, column in zip(new, cheapest(costs), strict=True):
        if column < len(old) and _alike(old[column][1], line) >= _ENOUGH:
            pairs.append((old[column], line))
        else:
            added.append(line)
    return pairs, added


_MISNAMED = pattern(
    r"\b(?:incorrect|inaccurat|erroneous|mistaken|inadvertent|improper|wrong|misstat|misidentif|misreport|mis-?characteri|mis-?classif"
    r"|correct|in\s+error|by\s+mistake|rather\s+than|instead\s+of)",
    re.IGNORECASE,
)


def _under_another_name(
    amendment: Dossier,
    old: Sequence[Told],
    restated: Sequence[tuple[Told, Line]],
    added: Sequence[Line],
) -> list[tuple[Told, Line]]:
    """Holdings whose holder, or class, an amendment gives otherwise, and rows that it moves to the other table.

    One that it adds is one that it leaves out where it restates everything else, lists what was
    held without it, or says that something was wrong, and nothing says that the original lacked it.
    """
    mine = {id(line) for (_, line), _ in restated}
    gone = [told for told in old if id(told[1]) not in mine]
    pairs = [(told, new) for told in gone for new in added if _renamed(told[1], new)]
    if len(pairs) != 1:
        return []
    (told, line), whole = pairs[0], len(mine) == len(old) - 1
    whole = whole and (bool(mine) or line.table != told[1].table)
    listed = {x.shares_after for x in added if _lists(told[1], x)}
    whole = (whole and told[1].shares_after not in listed) or _opening(told[1]) in listed
    texts = [amendment.head.remarks or "", *map(amendment.text_of, line.notes)]
    lacked = any(_LEFT_OUT.search(text) for text in texts)
    sure = not lacked and (whole or any(_MISNAMED.search(text) for text in texts))
    return [(told, line)] if sure else []


def _lists(row: Line, line: Line) -> bool:
    """Whether a line lists the holding of a row: with its total, or what was held without it."""
    mine, its = ((x.table, x.ownership, vehicle_key(x.nature)) for x in (row, line))
    same = class_tokens(row.security or "") == class_tokens(line.security or "")
    return bool(row.movement) and line.holding and same and mine == its and bool(line.shares_after)


def _renamed(was: Line, line: Line) -> bool:
    """Whether two holdings have one number, and the one name or the other is the same.

    Or two rows are of one act and amount, and each stands in another table.
    """
    if not was.holding and not line.holding and was.movement:
        acts = [(x.code, x.effective_on, x.movement, x.ownership) for x in (was, line)]
        return was.table != line.table and acts[0] == acts[1]
    if not (was.holding and line.holding and line.shares_after):
        return False
    if (was.table, was.shares_after) != (line.table, line.shares_after):
        return False
    held = [(each.ownership, vehicle_key(each.nature)) for each in (was, line)]
    title = [class_tokens(each.security or "") for each in (was, line)]
    return (held[0] == held[1]) != (title[0] == title[1])


def _continues(line: Line, old: Sequence[Told]) -> bool:
    """Whether a line goes on where the original's rows ended: a row they had left out."""
    opening = _opening(line)
    rows = [was for _, was in old if not was.holding and was.table == line.table]
    return (
        opening is not None
        and bool(line.movement)
        and any(was.shares_after == opening for was in rows)
        and all(
            _opening(was) != opening
            and was.shares != line.shares
            and was.shares_after != line.shares_after
            for was in rows
        )
    )


_LEFT_OUT = pattern(
    r"\b(?:omitted|left\s+(?:out|off)|unreported|not\s+(?:been\s+)?(?:previously\s+)?(?:reported|included|disclosed)"
    r"|fail\w*\s+to\s+(?:report|include|disclose))\b",
    re.IGNORECASE,
)
"""Words of what an earlier form lacks."""


_ADDS = pattern(r"\badd(?:s|ed|ing)?\b", re.IGNORECASE)


def adds_what_lacked(text: str) -> bool:
    """Whether the words of a filing say that it adds something, or that an earlier form lacks it."""
    return _LEFT_OUT.search(text) is not None or _ADDS.search(text) is not None


_ANOTHER = pattern(r"\b(?:additional|another|further|second|separate)\b", re.IGNORECASE)
"""Words of one act more than the earlier form has, at whatever price."""


def _left_out_before(line: Line, amendment: Dossier, old: Sequence[Told]) -> bool:
    """Whether a row is one that the original lacked, by its own note: none there has a number of it."""
    rows = [was for _, was in old if not was.holding and was.table == line.table]
    said = [
        one.words
        for note in line.notes
        for one in sentences(plain(amendment.text_of(note))[0])
        if _LEFT_OUT.search(one.words) and "price" not in one.words.casefold()
    ]
    more = any(_ANOTHER.search(words) for words in said)
    return (
        bool(line.movement)
        and bool(said)
        and all(
            was.shares != line.shares
            and was.shares_after != line.shares_after
            and (more or was.price != line.price)
            for was in rows
        )
    )


def _alike(one: Line, other: Line) -> int:
    if one.table != other.table or one.holding != other.holding:
        return 0
    if not one.holding and not _same_happening(one, other):
        return 0
    score = sum(
        weight
        for name, weight in _ALIKE
        if getattr(one, name) == getattr(other, name) and getattr(one, name) is not None
    )
    score += 2 * (one.ownership == other.ownership)
    score += 2 * (vehicle_key(one.nature) == vehicle_key(other.nature))
    score += 3 * (class_tokens(one.security or "") == class_tokens(other.security or ""))
    return score + 3 * (_opening(one) is not None and _opening(one) == _opening(other))


_HAPPENING = ("effective_on", "code", "shares", "shares_after")


def _same_happening(one: Line, other: Line) -> bool:
    """Whether one transaction may be told by both: two of its facts agree.

    Of two holdings, day and code alone are none: each may have had one of that day.
    """
    agreeing = {
        name
        for name in _HAPPENING
        if getattr(one, name) == getattr(other, name) and getattr(one, name) is not None
    }
    opening = _opening(one)
    if opening is not None and opening == _opening(other):
        agreeing.add("opening")
    held = [(each.ownership, vehicle_key(each.nature)) for each in (one, other)]
    return len(agreeing) >= 2 and (held[0] == held[1] or not agreeing <= {"effective_on", "code"})


def _opening(line: Line) -> Decimal | None:
    return None if line.shares_after is None or line.holding else line.shares_after - line.movement


def _restate(
    told: Sequence[Told],
    pairs: Sequence[tuple[Told, Line]],
    amendment: Dossier,
    added: Sequence[Line],
) -> list[Told]:
    new = {id(was): line for (_, was), line in pairs}
    stands = [(amendment, new[id(line)]) if id(line) in new else (d, line) for d, line in told]
    return stands + [(amendment, line) for line in added]
