"""Lines that say that earlier reports described a holding wrongly: its holder, its form or its class."""

from __future__ import annotations

from ledger.statements import SENSES
from projections.identity.vehicles import holder_words
from projections.issuer import Folded
from projections.positions.entries import Posting, known_after
from projections.positions.position import Position


def describe_anew(folded: Folded) -> None:
    """Let what earlier reports described wrongly stand under the holder, form or class of a line that says so.

    Nothing is told there any more. The line goes on from just what was held there; or there is only
    one holding that it can mean, and one of the two numbers is wrong.
    """
    for stray in folded.book.positions:
        if not stray.entries:
            continue  # all of it was another one's, described wrongly
        entry = stray.entries[0]
        opens = None if entry.claim is None else entry.claim - entry.delta
        said = _misdescribed(entry) if entry.opening and opens else None
        if said is None:
            continue
        named = [
            home
            for home in folded.book.positions
            if home is not stray and home.balance and home.owners == stray.owners
            if (home.table, home.series, home.unit) == (stray.table, stray.series, stray.unit)
            if all(known_after(entry, e) for e in home.entries) and _named_in(said, home, stray)
        ]
        homes = [home for home in named if home.balance == opens] or named
        if len(homes) == 1 and homes[0].entries[0].claim is not None:
            stray.begin_with(homes[0].give_up(list(homes[0].entries)))
    folded.book.positions = [p for p in folded.book.positions if p.entries]


def _misdescribed(entry: Posting) -> set[str] | None:
    """The words of a note on a line by which earlier reports were wrong, but not by how many shares."""
    told = [
        said
        for said in entry.dossier.statements
        if said.note in entry.line.notes and said.shares in (None, entry.claim)
        if SENSES[said.kind].corrects
    ]
    return set(holder_words(entry.dossier.quote(told[0])).split()) if len(told) == 1 else None


def _named_in(words: set[str], home: Position, stray: Position) -> bool:
    """Whether a note names what one position differs by from another, and by that alone."""
    apart = (
        home.form != stray.form,
        home.form == stray.form and home.vehicle != stray.vehicle,
        home.tokens != stray.tokens,
    )
    if sum(apart) != 1:
        return False
    if apart[0]:
        return bool(words & {home.form, f"{home.form}ly"})
    if apart[1]:
        return bool(home.vehicle) and set(home.vehicle.split()) <= {
            w.removesuffix("'s") for w in words
        }
    return {part for token in home.tokens - stray.tokens for part in token.split("-")} <= words
