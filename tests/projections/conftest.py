"""A ledger for a story: recorded, and ready to be asked."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from ledger import Filing, Ledger


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    """Records filings in a new ledger: `told(opening(), filing(...))`."""
    numbers = count()
    with ExitStack() as opened:

        def tell(*filings: Filing) -> Ledger:
            made = Ledger.open(tmp_path / f"story-{next(numbers)}.db")
            ledger = opened.enter_context(made)
            ledger.record(filings)
            return ledger

        yield tell
