"""Names the source of a number so that a person knows it and a command can find it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from cli.reports.wording import brief
from ledger import Ledger
from projections.questions.titles import titles


class Sources:
    """The filings behind an answer, looked up once; none where the answer is of no ledger."""

    def __init__(self, ledger: Ledger | None, refs: Iterable[str]) -> None:
        self._titles = {} if ledger is None else titles(ledger, refs)

    def cite(self, ref: str) -> str:
        """`Form 5 signed 2005-02-04 (sha256:e7fbdec619fe#I.1)`: what it is, and its name here."""
        title = self._titles.get(ref.partition("#")[0])
        return f"{title} ({brief(ref)})" if title else brief(ref)

    def within(self, ref: str) -> str:
        """`Form 5 signed 2005-02-04, sha256:e7fbdec619fe#I.1`: the same, for where brackets stand around it."""
        return ", ".join(filter(None, (self._titles.get(ref.partition("#")[0]), brief(ref))))

    def spoken(self, ref: str) -> str:
        """`Form 5 signed 2005-02-04, I.1`, for where `key` follows."""
        filing, _, place = ref.partition("#")
        place = place.replace("note.", "note ")
        return ", ".join(filter(None, [self._names().get(filing, brief(filing)), place]))

    def key(self) -> Iterator[str]:
        """What each spoken name stands for."""
        for filing, title in sorted(self._names().items(), key=lambda named: named[1]):
            yield f"{title} is {brief(filing)}"

    def _names(self) -> dict[str, str]:
        """The titles that name one filing only."""
        borne = Counter(self._titles.values())
        return {filing: title for filing, title in self._titles.items() if borne[title] == 1}
