"""Every kind of filer error the simulator can make, by name."""

from __future__ import annotations

from random import Random

from tests.simulator.filing_errors import FILING_ERRORS
from tests.simulator.reports import Draft
from tests.simulator.row_errors import ROW_ERRORS
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable
from tests.simulator.total_errors import TOTAL_ERRORS

ERRORS: dict[str, ErrorKind] = {
    kind.name: kind for kind in (*TOTAL_ERRORS, *ROW_ERRORS, *FILING_ERRORS)
}
"""Kinds of error by name, in the order the benchmark prints them."""


def inject(name: str, drafts: list[Draft], rng: Random) -> Spoilt:
    """Put one error of a kind into drafts that are in order of acceptance.

    The list itself changes when the error adds or removes a filing.

    Raises:
        Unsuitable: None of the drafts can carry it.
        KeyError: No such kind.
    """
    kind = ERRORS[name]
    return kind.make(Scene(name, kind.right, drafts, rng))


__all__ = ["ERRORS", "Unsuitable", "inject"]
