"""An entry told as arithmetic: what is claimed, what it follows from, and what closes the difference."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.types import grouped
from projections.answers import StoryLine
from projections.filings.records import ZERO
from projections.findings.explanations import Explanation
from projections.positions.entries import Posting, reference
from projections.positions.holders_told import holder_in_notes
from projections.positions.position import Position
from projections.positions.rulings import MEANS, Rulings
from projections.questions.history import event_name
from projections.reconciliation.candidates.unquantified_notes import UNQUANTIFIED

_CONFIDENCE = {
    "high": "every term stands in a filing and the sum is exact",
    "medium": "the sum is exact, but a term is inferred rather than stated",
    "low": "another explanation closes the difference about as well",
    "likely": "the arithmetic has the mark of this slip; only the filer can confirm it",
    "none": "nothing that is here closes the difference; a report that is not may",
}


def titled(entry: Posting, position: Position) -> str:
    """What a line is about: its title, how it is held, and after which day."""
    line = entry.line
    day = f" after {line.effective_on.isoformat()}" if line.effective_on else ""
    held, nature = (
        position.form or "unknown form",
        holder_in_notes(entry.dossier, line) or line.nature,
    )
    return f"{line.security}, {held}{': ' + nature if nature else ''}{day}"


def arithmetic(entry: Posting, position: Position, rulings: Rulings) -> Iterator[StoryLine]:
    """An entry told: the claim, what it follows from, and what closes the difference, if there is one."""
    here = reference(entry)
    yield StoryLine("Claimed", entry.line.total, titled(entry, position), here)
    off = rulings.on(entry).explanation
    if entry.astray is not None and off:
        why = next(iter(off.terms), None)  # none where what the total comes to is itself open
        words = f"the total {why.text}" if why else "what the total has of others"
        source = why.source if why else here
        yield StoryLine("Less", -entry.astray.shares, words, source, signed=True)
        yield StoryLine("", entry.claim, "what the total comes to without that")
    if entry.expected is None:
        if entry.scope and entry.claim is not None:
            words = "the owner's other series" if entry.line.table == "II" else "other holdings"
            yield StoryLine("Less", -entry.scope, words, here, signed=True)
            yield StoryLine("", entry.claim - entry.scope, "what the total comes to without them")
        if position.opened is not None:
            yield StoryLine(
                "Opens",
                position.opened,
                "inferred: the balance before this line that its total implies",
                here,
            )
        return
    yield from _followed(entry, position)
    if entry.delta:
        yield StoryLine("", entry.delta, f"{event_name(entry)}, this line", here, signed=True)
    ruling, follows = rulings.on(entry), entry.expected
    if ruling.explanation is not None and not entry.residual and entry.prior is not None:
        follows = _prior(entry) + entry.delta  # `expected` has what explains the total in it
    else:
        yield from _besides(entry)
    gap = ZERO if entry.claim is None else entry.claim - follows
    told = (
        f"expected; the claim is {abs(gap):,f} {'higher' if gap > 0 else 'lower'}"
        if gap
        else "which is the claim, exactly"
    )
    yield StoryLine("", follows, told)
    if gap and ruling.explanation is not None:
        yield from _explained(entry, ruling.explanation, gap, ruling.verdict)


def _followed(entry: Posting, position: Position) -> Iterator[StoryLine]:
    """The balance a line starts from, and the total that said so.

    That is the one before, or an earlier one where totals between were set aside.
    """
    if entry.prior is None:
        return
    prior, at = _prior(entry), position.place(entry)
    earlier = [e for e in position.entries[:at] if e not in entry.settled]
    if not earlier:
        yield StoryLine("Follows", prior, "inferred from the first total", reference(entry))
        return
    last = earlier[-1]
    words = _owned(last)
    if last.aside and last.claim is not None and last.claim != prior:
        since = next((e for e in reversed(earlier) if not e.aside and e.balance == prior), None)
        set_aside = f"{grouped(last.claim)} on {last.day} is set aside"
        if since is None:
            words = f"as expected on {last.day}, where {grouped(last.claim)} is set aside"
        else:
            last, words = since, f"{_owned(since)}; {set_aside}"
    yield StoryLine("Follows", prior, words, reference(last))


def _besides(entry: Posting) -> Iterator[StoryLine]:
    """What a total that does not follow counts beside its own row, by what its form's totals are."""
    means = MEANS.get(entry.convention)
    if entry.residual and entry.beside and means:
        yield StoryLine("", entry.beside, means, reference(entry), signed=True)


def _prior(entry: Posting) -> Decimal:
    """The balance before a line, without lines reported later that its total had counted."""
    return (entry.prior or ZERO) - sum((e.delta for e in entry.settled), ZERO)


def _owned(entry: Posting) -> str:
    return f"owned on {entry.day.isoformat()}" if entry.day else "owned"


def _explained(
    entry: Posting, told: Explanation, gap: Decimal, verdict: str | None
) -> Iterator[StoryLine]:
    label = {"explained": "Explained", "ambiguous": "Possibly"}.get(verdict or "", "Likely cause")
    for term in told.terms:
        yield StoryLine(
            label,
            term.shares or None,
            _dated(term.text, term.effective_from, term.effective_to),
            term.source,
            signed=True,
        )
        label = ""
    if told.terms and sum((t.shares for t in told.terms), ZERO) == gap:
        yield StoryLine("", entry.claim, "which is the claim, exactly")
    label = "Also tried"
    for rejected in told.rejected:
        off = (
            ""
            if rejected.residual is None
            else f"; off by {abs(rejected.residual):,f}"
            if rejected.residual
            else "; closes as well"
        )
        yield StoryLine(label, rejected.predicted, f"{rejected.why}{off}")
        label = ""
    why = _CONFIDENCE[told.confidence]
    if told.code == UNQUANTIFIED:
        why = (
            "the note gives the cause and leaves the amount open: the difference alone shows it"
            if told.confidence == "low"
            else "the note gives the cause; what a plan brings, or all there was, bounds the amount"
        )
    yield StoryLine("Confidence", None, f"{told.confidence}: {why}")


def _dated(text: str, begins: object, ends: object) -> str:
    words = " ".join(text.split())
    if begins and begins == ends:
        return f"{words} ({begins})"
    if begins and not ends:
        return f"{words} (since {begins})"
    return f"{words} (between {begins} and {ends})" if begins else words
