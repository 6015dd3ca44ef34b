"""What a missing extra is installed by: the command for just the Python that runs this program."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from functools import cache
from pathlib import Path

_NAME = "ownership-ledger"


@cache
def install(extra: str) -> str:
    """The command that brings an extra to where this program runs, as `pip install 'ownership-ledger[web]'`.

    The name alone is enough where the program is installed, from a checkout as well: pip then looks
    for nothing but what the extra needs. Where it runs from its source, the command names that folder.
    """
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415  (seldom needed)

    try:
        distribution(_NAME)
        what = _NAME
    except PackageNotFoundError:
        what = str(Path(__file__).parents[1])
    return f"{_pip()} install '{what}[{extra}]'"


def _pip() -> str:
    """`pip` where a shell would find the one of this Python, else this Python's own, by its path."""
    beside = Path(sys.executable).parent
    found = shutil.which("pip")
    if not sys.executable or (found is not None and Path(found).parent == beside):
        return "pip"
    here = Path(os.path.relpath(sys.executable))
    near = here if ".." not in here.parts else Path(os.path.normpath(sys.executable))
    return f"{shlex.quote(str(near))} -m pip"
