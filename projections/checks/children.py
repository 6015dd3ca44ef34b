"""Children's shares under one line, or one line for each: one holding, whichever way it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ledger.types import grouped
from projections.checks.check import Doubt
from projections.filings.records import ZERO
from projections.findings.finding import Finding, about
from projections.identity.securities import same_class
from projections.identity.vehicles import RELATIONS, core_of
from projections.issuer import Folded
from projections.positions.entries import Posting, known_after, reference
from projections.positions.position import Position
from projections.positions.rulings import Emptied


def children_regrouped(folded: Folded) -> Iterator[Finding]:
    """Children under one line for the first time who had one each, or the other way round.

    Where those that are met no more had just what the new ones begin with, these took it up;
    else all are shown.
    """
    groups: dict[object, list[Position]] = defaultdict(list)
    for p in folded.book.positions:
        own = p.table == "I" and p.form == "indirect" and p.whole is None and p.entries
        if own and core_of(p.vehicle)[0] & RELATIONS:
            groups[(p.scope, p.owners)].append(p)
    for positions in groups.values():
        for all_of_them in positions:
            if core_of(all_of_them.vehicle)[0] != {"child"}:
                continue
            each = [p for p in positions if _one_child_of(p, all_of_them)]
            first, last = all_of_them.entries[0], all_of_them.entries[-1]
            if _listed_once(all_of_them, each, folded):
                continue
            before = [p for p in each if p.balance and known_after(first, p.entries[-1])]
            after = [p for p in each if known_after(p.entries[0], last)]
            after = [p for p in after if p.entries[0].dossier is after[0].entries[0].dossier]
            if len(before) > 1:
                yield from _regrouped(before, [all_of_them], folded)
            elif len(after) > 1 and all_of_them.balance:
                yield from _regrouped([all_of_them], after, folded)


def _listed_once(together: Position, each: list[Position], folded: Folded) -> bool:
    """Whether some lines of all are a sum of what each has before and after them; then rule so.

    While the sum is told, nothing is counted under each, and nothing under all from then on.
    """
    first, last = together.entries[0], together.entries[-1]
    before = [e for p in each if (e := _last_before(p, first)) is not None]
    after = [e for p in each for e in p.entries if known_after(e, last)]
    held = sum((e.balance or ZERO for e in before), ZERO)
    whole = together.opened if first.opening and first.delta else first.balance
    again = {e.line.nature for e in after} >= {e.line.nature for e in before}
    if len(before) < 2 or not again or not held or held != whole:
        return False
    for entry in before:
        folded.rulings.empty(entry, Emptied(entry.day, first.day, reference(first)))
    back = after[0]
    folded.rulings.empty(last, Emptied(last.day, back.day, reference(back)))
    return True


def _last_before(position: Position, first: Posting) -> Posting | None:
    """The last line about a holding before another one, if it is listed after it again or no more."""
    told = [e for e in position.entries if known_after(first, e)]
    between = [e for e in position.entries if e.dossier is first.dossier]
    return told[-1] if told and not between and told[-1].balance else None


def _regrouped(before: list[Position], after: list[Position], folded: Folded) -> Iterator[Finding]:
    held = sum((p.balance or ZERO for p in before), ZERO)
    begun = [p.opened if p.entries[0].opening else p.entries[0].balance for p in after]
    opened = sum((one or ZERO for one in begun), ZERO)
    if not held < 2 * opened < 4 * held:
        return
    first = after[0].entries[0]
    if opened == held:
        for p in before:
            gone = Emptied(p.entries[-1].day, first.day, reference(first))
            folded.rulings.empty(p.entries[-1], gone)
    now = " and ".join(f"“{p.entries[0].line.nature}”" for p in after)
    were = " and ".join(f"“{p.entries[-1].line.nature}”" for p in before)
    words = f"{now} may be what {were} were, of which {grouped(held)} were reported last"
    words += ": taken for that" if opened == held else ": all are shown"
    yield about(
        first.dossier,
        first.line,
        "VEHICLE_AMBIGUOUS",
        words,
        severity="info" if opened == held else "",
        evidence=tuple(reference(p.entries[-1]) for p in before),
    )


def _one_child_of(one: Position, several: Position) -> bool:
    """Whether a holding is that of one son or daughter, of the same class as one of children."""
    words = core_of(one.vehicle)[0]
    alone = bool(words & (RELATIONS - {"child"}))
    return alone and same_class(one.tokens, several.tokens) is not False


DOUBTS: tuple[Doubt, ...] = (children_regrouped,)
