"""Judging without the screen: every check is asked about every filing.

`pytest --unscreened` runs any test that way; the answers are the same, only later.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from projections import judgement
from projections.checks.check import Check


def _all_of_them(checks: tuple[Check, ...], _: frozenset[str]) -> tuple[Check, ...]:
    return checks


@contextmanager
def unscreened() -> Iterator[None]:
    """Within it, nothing is settled without the full judgement."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judgement, "asked", _all_of_them)
        yield
