"""Units that end with what their results earned, within what the notes of their award say.

Awards by performance are reported at target, and pay out between nothing and a multiple of it;
what is not earned is forfeited without a row. A note that states the multiple, or the rate that
was earned, binds: what was paid beyond it is explained by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.addresses import note_ref
from ledger.figures import figures_in
from ledger.footnotes.compared import parts_of_hundred
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.text import plain, sentences
from ledger.types import grouped
from projections.filings.records import ZERO
from projections.identity.awards import TELLS_RESULTS
from projections.identity.payouts import Payout, payout_of
from projections.positions.entries import reference
from projections.reconciliation import costs
from projections.reconciliation.candidates.other_table import underlies
from projections.reconciliation.case import Candidate, Case

_UNTOLD_MOST = Decimal(300)
"""Per cent of its target that an award pays at most, where no note says how much it may."""
_EQUIVALENTS = Decimal(25)
"""Per cent that dividend equivalents add at most, where a note says that they are paid too."""


def outcome(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """Units that end with what their results earned: more than the target reported, or less.

    Only a series that ends does, and within what its notes say that it may pay, or paid.
    """
    if not ends(case) or refuted(case, gap) or underlies(case, gap):
        return
    entry = case.entry
    texts = {note: entry.dossier.text_of(note) for note in entry.line.notes}
    told = next((note for note, text in texts.items() if TELLS_RESULTS.search(text)), "")
    more = "more than" if gap > 0 else "less than"
    words = texts.get(told, f"the units end, and paid out {more} the number reported for them")
    cost, group = (costs.OUTCOME_TOLD if told else costs.OUTCOME), f"{reference(entry)}:outcome"
    yield Candidate(
        shares=gap,
        cost=cost,
        kind="performance-outcome",
        code="EXPL_PERFORMANCE_OUTCOME",
        source=f"{entry.dossier.id}#{note_ref(told, 1, 1)}" if told else reference(entry),
        text=words,
        group=group,
        effective_from=entry.day,
        effective_to=entry.day,
        doubted=_has_a_row(case, gap),
        basis="stated" if told else "inferred",
    )


def earned_of(case: Case, gap: Decimal) -> Iterator[Candidate]:
    """What a note says was earned of an award that was counted whole: "13,400 of the 20,000", "64.4%".

    The whole is what was held, or what an earlier row brought; the rest went without a row.
    """
    entry, position = case.entry, case.position
    earlier = position.entries[: position.place(entry)]
    wholes = {entry.prior or ZERO, *(e.delta for e in earlier if e.line.code == "A")}
    if entry.returned is not None or gap != entry.residual:
        return
    for note in entry.line.notes:
        for sentence in sentences(plain(entry.dossier.text_of(note))[0]):
            told = _EARNED.search(sentence.words)
            if not told or not any(
                _left_of(whole, gap, sentence.words) for whole in wholes if whole > -gap > 0
            ):
                continue
            yield Candidate(
                shares=gap,
                cost=costs.CITED,
                kind="performance-outcome",
                code="EXPL_PERFORMANCE_OUTCOME",
                source=f"{entry.dossier.id}#{note_ref(note, 1, 1)}",
                text=sentence.words,
                group=f"{reference(entry)}:outcome",
                basis="stated",
            )
            return


_EARNED = pattern(
    r"\b(?:was|were|been)\s+(?:\w+\s+){0,2}?(?:earned|achieved|paid\s+out)\b",
    re.IGNORECASE,
)
"""Words by which a part of an award was earned, by its results."""


def _left_of(whole: Decimal, gap: Decimal, words: str) -> bool:
    """Whether words give a whole and the part that a fall leaves of it, or that part in per cent."""
    told = figures_in(words, dollars=False)
    in_parts = any(abs(whole * x - 100 * (whole + gap)) < 100 for x in parts_of_hundred(words))
    return {whole, whole + gap} <= told or in_parts


def _has_a_row(case: Case, gap: Decimal) -> bool:
    """Whether a row of the form brings what was earned beyond the target: then a total left it out.

    A new award, whose total is itself, is another.
    """
    entry = case.entry
    return any(
        line.table == "II" and line.security == entry.line.security and line.movement == gap > 0
        for line in entry.dossier.lines
        if not line.holding and line.shares_after != line.shares
    )


def beyond_results(case: Case) -> str:
    """Words for units that paid out what their own notes rule out, "" where they did not."""
    return refuted(case, case.entry.residual) if ends(case) else ""


def ends(case: Case) -> bool:
    """Whether the units of an award by performance all go in a row."""
    entry, position = case.entry, case.position
    award = position.award.sort == "performance" and position.series == (None, None)
    return award and entry.claim == ZERO and entry.delta < 0 and entry.returned is None


def refuted(case: Case, gap: Decimal) -> str:
    """Why the units cannot have paid out so many more than were held, "" where they can."""
    held = case.entry.prior or ZERO
    paid, said = held + gap, _said(case)
    if held <= 0 or paid <= 0:
        return ""
    if said.units is not None and paid > said.units + 1:
        return f"at most {grouped(said.units)} units may be earned, as their note says"
    if said.at_most:
        return "the units were reported at the most that may be earned" if gap > 1 else ""
    above = _EQUIVALENTS if said.equivalents else ZERO
    targets = (held, *said.targets)
    if said.earned and not any(_within(paid, t, said.earned, said.slack, above) for t in targets):
        rates = " and ".join(f"{rate:f} %" for rate in sorted(said.earned))
        return f"{rates} of the target was earned, as their note says, not {_rate(paid, held)}"
    most = _UNTOLD_MOST if said.most is None else said.most
    if said.units is None and not any(_within(paid, t, (ZERO, most), ZERO, above) for t in targets):
        of = "as their note says" if said.most is not None else "as a rule"
        return f"at most {most:f} % of the target may be earned, {of}, not {_rate(paid, held)}"
    return ""


def _said(case: Case) -> Payout:
    """What the notes of the units say of their payout, from the grant to the line in question."""
    position = case.position
    past = position.entries[: position.place(case.entry) + 1]
    lines = dict.fromkeys(
        (e.dossier.text_of(n), e is case.entry) for e in past for n in e.line.notes
    )
    said = Payout()
    for text, now in lines:
        one = payout_of(text)
        said = said.beside(one if now else one.without_results())
    return said


def _within(
    paid: Decimal, target: Decimal, rates: tuple[Decimal, ...], slack: Decimal, above: Decimal
) -> bool:
    """Whether units paid lie between two rates of a target, but for a unit that rounding adds."""
    low, high = min(rates) - slack, (max(rates) + slack) * (100 + above)
    return target * low <= (paid + 1) * 100 and (paid - 1) * 10_000 <= target * high


def _rate(paid: Decimal, held: Decimal) -> str:
    """How much of a target was paid out, in whole per cent."""
    return f"{int(100 * paid // held)} %"
