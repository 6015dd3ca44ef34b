"""What an injected error is: the papers with it, and where it may fairly be reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from projections.positions.entries import Posting
from tests.injection.papers import Paper, Sheet
from tests.injection.places import Place


@dataclass(frozen=True, slots=True)
class Injection:
    """A sequence with one error in it: the filing that errs, and others it may show at."""

    papers: list[Paper]
    filing: str
    also: frozenset[str] = frozenset()

    @property
    def filings(self) -> frozenset[str]:
        """Every filing at which the error may fairly be reported."""
        return self.also | {self.filing}


def rewritten(
    place: Place, edit: Callable[[Sheet], object], *, also: Iterable[Posting | None] = ()
) -> Injection:
    """The sequence with the place's own paper edited; it may show there, or at its follower."""
    paper = place.paper.rewritten(edit)
    papers = [paper if one is place.paper else one for one in place.sequence.papers]
    shown = {entry.dossier.id for entry in (place.after, *also) if entry is not None}
    return Injection(papers, paper.filing.id, frozenset(shown))


def printed(place: Place, **fields: object) -> Injection:
    """The sequence with other values in the line's own fields."""
    return rewritten(place, lambda sheet: sheet.put(place.ref, **fields))
