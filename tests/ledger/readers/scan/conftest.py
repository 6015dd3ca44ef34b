"""The last word on a misread page is left out where tests are of what its print proves."""

import pytest

from ledger.readers.scan import reader

WITH_LAST_WORD = ("test_likeliest", "test_silent_errors", "test_seeds", "test_accuracy")


@pytest.fixture(autouse=True)
def proven(request, monkeypatch):
    """What nothing proves stays unknown, but in the tests of what is likeliest, and of silent errors."""
    if not request.module.__name__.endswith(WITH_LAST_WORD):
        monkeypatch.setattr(reader, "likeliest", lambda rows, covered: list(rows))
