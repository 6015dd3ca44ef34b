"""Puts one error into real filings, and knows what it should be called.

`papers` holds filings as bytes that can be rewritten, `places` where an error may go,
and `ERRORS` every kind of error by name; `tests.benchmarks.injection` measures with them.
Names and right findings are those of `tests.simulator` wherever it makes the same error.
"""

from tests.injection.errors import ERRORS, Injection
from tests.injection.papers import Paper, read_papers
from tests.injection.places import Place, Undetectable, Unfit, places_of

__all__ = [
    "ERRORS",
    "Injection",
    "Paper",
    "Place",
    "Undetectable",
    "Unfit",
    "places_of",
    "read_papers",
]
