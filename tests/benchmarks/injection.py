"""How single errors put into real filings fare: found, named rightly, once, or explained away.

    python -m tests.benchmarks.injection --places 40

Every kind of error in `tests.injection.ERRORS` is put, one at a time, into so many places
of the corpus of real filings, issuers by turns, or of simulated filings (`--simulated`), or of
the stories of which nothing is to be said (`--told`, and `--told FILE` for others told like them).
The sequence is judged as it stands and with the error, and the findings that are new are
held against the error. `found` is a new finding above `info` (or of a right kind) at the
filing that errs or where its position is next reported, `right` one of a kind that names
it, `there` a right one at the erring filing itself, `once` nothing else new above `info`,
`more` all further new findings above `info`, `excused` a break taken for legitimate and
nothing raised. Places where nothing in the filings could show the error are counted apart.
With `--beside` another error stands elsewhere in the sequence, of any kind, at filings of its
own: what is found there is not counted.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from random import Random

from projections.findings.finding import Finding
from tests.alarms import is_alarm
from tests.corpus import CORPUS
from tests.injection import ERRORS, Injection, Paper, Place, Undetectable, Unfit
from tests.injection.errors import Kind
from tests.injection.papers import by_issuer, read_papers
from tests.injection.places import Chapter, places_of
from tests.simulator import world
from tests.simulator.writers import as_submission
from tests.stories.telling import written

STORIES = Path(__file__).resolve().parents[1] / "stories"


@dataclass(slots=True)
class Score:
    """Counts over the places of one kind of error."""

    injected: int = 0
    found: int = 0
    right: int = 0
    there: int = 0
    once: int = 0
    more: int = 0
    excused: int = 0
    undetectable: Counter[str] = field(default_factory=Counter)
    cases: list[str] = field(default_factory=list)

    def add(self, kind: Kind, place: Place, made: Injection, after: Chapter) -> None:
        """Count one error by the findings that came with it."""
        new = list(_new(place.sequence.findings, after.findings))
        grave = [one for one in new if is_alarm(one)]
        near = [one for one in new if one.filing in made.filings]
        right = [one for one in near if one.kind in kind.right]
        main = next(iter((*right, *(one for one in near if one in grave))), None)
        more = sum(one is not main or kind.harmless for one in grave)
        well = (not grave) if kind.harmless else bool(right) and not more
        self.injected += 1
        self.found += main is not None
        self.right += bool(right)
        self.there += any(one.filing == made.filing for one in right)
        self.once += well
        self.more += more
        self.excused += main is None and any(one.kind == "BALANCE_BREAK_EXPLAINED" for one in near)
        if not well:
            told = ", ".join(f"{one.kind}@{one.filing}#{one.row}" for one in new)
            self.cases.append(f"{made.filing}#{place.ref}: {told or 'nothing'}")

    def merge(self, other: Score) -> None:
        """Add another score to this one."""
        for name in ("injected", "found", "right", "there", "once", "more", "excused"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.undetectable += other.undetectable


def _new(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[Finding]:
    """Findings beyond those of the same kind at the same filing that were there before."""
    there = Counter((one.kind, one.filing) for one in before)
    for one in after:
        if there[one.kind, one.filing]:
            there[one.kind, one.filing] -= 1
        else:
            yield one


def measure(
    chapters: Sequence[Chapter],
    kinds: Iterable[str],
    *,
    places: int,
    first: int = 0,
    beside: bool = False,
) -> dict[str, Score]:
    """Scores by kind of error, over as many places each, issuers by turns."""
    offered = [list(places_of(chapter)) for chapter in chapters]
    return {name: _measured(ERRORS[name], offered, places, first, beside=beside) for name in kinds}


def _measured(
    kind: Kind, offered: list[list[Place]], most: int, first: int, *, beside: bool
) -> Score:
    score = Score()
    rng = Random(f"{kind.name}/{first}")
    turns = [rng.sample(places, len(places)) for places in offered]
    rng.shuffle(turns)
    for place in (one for turn in zip_longest(*turns) for one in turn if one is not None):
        if score.injected == most:
            break
        if place.explained is not (kind.name == "note-contradicts"):
            continue
        try:
            made = kind.make(place, rng)
        except Unfit:
            continue
        except Undetectable as reason:
            score.undetectable[str(reason)] += 1
            continue
        after = Chapter.of(made.papers)
        if beside:
            other = _another(after, made, rng)
            if other is None:
                continue
            after = Chapter.of(other.papers)
            own = other.filings - made.filings
            after.findings = [one for one in after.findings if one.filing not in own]
        score.add(kind, place, made, after)
    return score


def _another(after: Chapter, made: Injection, rng: Random) -> Injection | None:
    """A sequence that has an error in it with a second one, at filings that the first leaves alone."""
    apart = [p for p in places_of(after) if p.paper.filing.id not in made.filings]
    kinds = [kind for kind in ERRORS.values() if not kind.harmless]
    for place in rng.sample(apart, min(len(apart), _TRIES)):
        for kind in rng.sample(kinds, _TRIES):
            try:
                other = kind.make(place, rng)
            except (Unfit, Undetectable):
                continue
            if not (other.filings & made.filings or place.explained):
                return other
    return None


_TRIES = 8
"""Places, and kinds of errors at each, that are tried for a second one."""


def table(scores: dict[str, Score]) -> str:
    """The scores as text, one kind a line, all errors together at the end."""
    names = ("injected", "found", "right", "there", "once", "more", "excused")
    lines = [f"{'error':32}" + "".join(f"{name:>10}" for name in names) + f"{'hidden':>10}"]
    together = Score()
    for name, score in scores.items():
        if not ERRORS[name].harmless:
            together.merge(score)
    for name, score in (*scores.items(), ("all errors", together)):
        counts = "".join(f"{getattr(score, one):>10}" for one in names)
        lines.append(f"{name:32}{counts}{score.undetectable.total():>10}")
    return "\n".join(lines)


def real_chapters() -> list[Chapter]:
    """The corpus of real filings, issuer by issuer."""
    return _chapters(read_papers(CORPUS / "ownership_xml", CORPUS / "submissions"))


def simulated_chapters(count: int, first: int) -> list[Chapter]:
    """Companies of the simulator, whose filers make no error of their own."""
    papers = [
        Paper.of(as_submission(filing), filing.id, filing.accession)
        for seed in range(first, first + count)
        for filing in world(seed).filings
    ]
    return _chapters(papers)


def told_chapters(files: Iterable[Path]) -> list[Chapter]:
    """The companies of stories about which nothing is said above `info`."""
    told = [
        chapter
        for path in files
        for story in written(path)
        for chapter in _chapters(
            [Paper.of(one.payload, one.accession, one.accession) for one in story.documents]
        )
    ]
    return [chapter for chapter in told if not any(map(is_alarm, chapter.findings))]


def _chapters(papers: Iterable[Paper]) -> list[Chapter]:
    return [Chapter.of(together) for together in by_issuer(papers)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=40, help="for each kind of error")
    parser.add_argument("--kind", action="append", choices=list(ERRORS), help="only this kind")
    parser.add_argument("--first", type=int, default=0, help="another choice of places")
    parser.add_argument("--simulated", type=int, default=0, metavar="N", help="N companies instead")
    parser.add_argument("--told", nargs="*", type=Path, metavar="FILE", help="stories instead")
    parser.add_argument("--beside", action="store_true", help="another error elsewhere besides")
    parser.add_argument("--why", action="store_true", help="every place that fared less than well")
    asked = parser.parse_args()
    if asked.told is not None:
        chapters = told_chapters(asked.told or sorted(STORIES.glob("*.txt")))
    elif asked.simulated:
        chapters = simulated_chapters(asked.simulated, asked.first)
    elif CORPUS.is_dir():
        chapters = real_chapters()
    else:
        print("the corpus of real filings is not beside the project; try --told")
        return
    kinds, how = asked.kind or list(ERRORS), {"places": asked.places, "first": asked.first}
    scores = measure(chapters, kinds, beside=asked.beside, **how)
    print(table(scores))
    for name, score in scores.items() if asked.why else ():
        print(f"{name}: hidden {dict(score.undetectable)}")
        for case in score.cases:
            print(f"    {case}")


if __name__ == "__main__":
    main()
