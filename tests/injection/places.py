"""Where an error may be put: every total of a sequence that follows, with its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from projections.filings.records import Line
from projections.findings.finding import Finding
from projections.identity.plans import plan_key
from projections.judgement import Judged
from projections.positions.entries import Posting
from projections.positions.position import Position
from projections.positions.reckoning import AFTER_ALL
from projections.questions.reconcile import judged_filings
from tests.injection.papers import Paper


class Unfit(Exception):
    """This place cannot carry that error, whoever looks."""


class Undetectable(Exception):
    """This place can carry that error, and nothing in the filings would show it."""


@dataclass(slots=True)
class Chapter:
    """The papers of one issuer, and how they are judged as they stand."""

    papers: list[Paper]
    judged: Judged
    findings: list[Finding]

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> Chapter:
        """Judge papers; those whose issuer was changed stand apart, and are judged too."""
        each = list(judged_filings(paper.filing for paper in papers))
        main = max(each, key=lambda one: len(one.folded.dossiers))
        return cls(list(papers), main, [found for one in each for found in one.findings])


@dataclass(slots=True)
class Place:
    """One line on its position: its paper, and the entries of the position around it.

    `explained` marks a total that follows only with what a note states.
    """

    sequence: Chapter
    paper: Paper
    position: Position
    entry: Posting
    earlier: list[Posting] = field(default_factory=list)
    later: list[Posting] = field(default_factory=list)
    explained: bool = False

    @property
    def line(self) -> Line:
        """The line as it was read."""
        return self.entry.line

    @property
    def ref(self) -> str:
        """`I.1`: where the line stands in its paper."""
        return self.line.ref

    @property
    def claim(self) -> Decimal:
        """The total of the line."""
        if self.entry.claim is None:
            raise Unfit
        return self.entry.claim

    @property
    def before(self) -> Posting | None:
        """The entry before it."""
        return self.earlier[-1] if self.earlier else None

    @property
    def after(self) -> Posting | None:
        """The next entry that carries a total."""
        return next((entry for entry in self.later if entry.claim is not None), None)

    @property
    def alone(self) -> bool:
        """Whether the filing has no other line of the position."""
        return all(e.dossier is not self.entry.dossier for e in (*self.earlier, *self.later))

    @property
    def same_day(self) -> bool:
        """Whether the next total stands in the same filing."""
        return self.after is not None and self.after.dossier is self.entry.dossier

    @property
    def first(self) -> bool:
        """Whether no earlier filing speaks of the position."""
        return all(entry.dossier is self.entry.dossier for entry in self.earlier)

    @property
    def final(self) -> bool:
        """Whether the filing's totals are those after all of its rows, not after each."""
        taken = self.position.conventions.get(self.entry.dossier.stream)
        return taken in AFTER_ALL and not self.alone

    def opening(self) -> Decimal:
        """The balance before the line; only where the line's total follows from one."""
        if self.entry.prior is None or self.entry.expected is None:
            raise Undetectable("no earlier total of the position")
        several = self.line.ownership == "indirect" and not plan_key(self.position.vehicle)
        if several and self.first:
            raise Undetectable("as well another holding under the same words")
        return self.entry.prior

    def measured(self) -> None:
        """Ask that the line's own movement matters to a total.

        In a first filing whose totals are all the final one, the movements matter to none:
        what was held before is inferred from them. Before a first total, neither.
        """
        self.opening()
        if self.final and self.first:
            raise Undetectable("a first filing's final totals take up any movement")

    def between(self) -> None:
        """Ask for a total before and a total after."""
        self.opening()
        if self.after is None:
            raise Undetectable("no later total of the position")


def places_of(sequence: Chapter) -> Iterator[Place]:
    """Every line whose position is told cleanly around it, in order."""
    papers = {paper.filing.id: paper for paper in sequence.papers}
    for position in sequence.judged.folded.book.positions:
        for at, entry in enumerate(position.entries):
            paper = papers.get(entry.dossier.id)
            if paper is None or not paper.rewritable or entry.dossier.amends:
                continue
            around = [*position.entries[max(at - 1, 0) : at], *position.entries[at + 1 : at + 3]]
            verdict = sequence.judged.folded.rulings.on(entry).verdict
            explained = verdict == "explained" and bool(entry.residual)
            if any(_is_unclean(one) for one in (*around, *([] if explained else [entry]))):
                continue
            yield Place(
                sequence=sequence,
                paper=paper,
                position=position,
                entry=entry,
                earlier=position.entries[:at],
                later=position.entries[at + 1 :],
                explained=explained,
            )


def _is_unclean(entry: Posting) -> bool:
    """Whether the filer had erred here already, or the total was told in another way."""
    return bool(
        entry.residual
        or entry.repeats
        or entry.scope
        or entry.lot
        or entry.late
        or entry.settled
        or entry.left_out
    )
