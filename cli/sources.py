"""Names the source of a number so that a person knows it and a command can find it."""

from __future__ import annotations

from collections.abc import Iterable

from cli.wording import brief
from ledger import Ledger
from projections.log import titles


class Sources:
    """The filings behind an answer, looked up once."""

    def __init__(self, ledger: Ledger, refs: Iterable[str]) -> None:
        self._titles = titles(ledger, refs)

    def cite(self, ref: str) -> str:
        """`Form 5 signed 2005-02-04 (sha256:e7fbdec619fe#I.1)`: what it is, and its name here."""
        title = self._titles.get(ref.partition("#")[0])
        return f"{title} ({brief(ref)})" if title else brief(ref)

    def title(self, ref: str) -> str:
        """`Form 5 signed 2005-02-04`."""
        filing = ref.partition("#")[0]
        return self._titles.get(filing) or brief(filing)
