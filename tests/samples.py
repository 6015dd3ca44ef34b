"""How much tests draw of what could be asked without end: a little in each run, more in `make soak`."""

from __future__ import annotations

import os
from typing import TypeVar

Size = TypeVar("Size")

WIDER = "LEDGER_WIDER_SAMPLES"
"""The variable of the environment that, set to anything, asks for the larger ones."""


def size(usual: Size, wider: Size) -> Size:
    """The size of a sample: what each run of the tests has time for, or what a long one has."""
    return wider if os.environ.get(WIDER) else usual
