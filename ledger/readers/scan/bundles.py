"""Forms in a bundle of pages: where each of them begins, and which pages belong to none.

Paper comes in piles: several forms one behind the other, a letter before them, a power of
attorney behind. A form begins on the page that prints the boxes above the tables. It goes on
to its signature; a page behind that with nothing on it that the form prints is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.readers.scan.boxes import (
    AMENDMENT,
    EARLIEST,
    EVENT,
    FISCAL_YEAR,
    GROUP,
    ISSUER,
    OWNER,
    STATEMENT_DAY,
    STATEMENT_MONTH,
)
from ledger.readers.scan.footer import SIGNATURE, is_explanation
from ledger.readers.scan.headings import table_of
from ledger.readers.scan.labels import Flow
from ledger.readers.scan.lines import Line

_OWN_BOXES = (AMENDMENT, GROUP)
"""Labels above the tables that stand on no further page of a form, whoever else files it."""

_TITLES = ("STATEMENT OF CHANGES IN BENEFICIAL", "INITIAL STATEMENT OF BENEFICIAL OWNERSHIP")
_PERIODS = (EARLIEST, FISCAL_YEAR, EVENT, STATEMENT_DAY, STATEMENT_MONTH)


class Leaf(NamedTuple):
    """A page: its number in the document, from 1, and the lines on it."""

    number: int
    lines: Sequence[Line]


class Bundle(NamedTuple):
    """The pages of one form, and those before and behind it that belong to no form."""

    pages: Sequence[Leaf]
    loose: Sequence[Leaf]

    @property
    def lines(self) -> list[Line]:
        """The lines of the form's pages, numbered through."""
        lines = (line for leaf in self.pages for line in leaf.lines)
        return [line._replace(number=number) for number, line in enumerate(lines, start=1)]


def bundles_of(leaves: Sequence[Leaf]) -> list[Bundle]:
    """The forms of a document, in order; all pages are one form where none is seen to begin."""
    if sum(bool(leaf.lines) for leaf in leaves) < 2:
        return [_bundle(leaves)]
    starts = [at for at, leaf in enumerate(leaves) if _begins(leaf)] or [0]
    before = leaves[: starts[0]]
    if any(map(_shows, before)):
        starts, before = [0, *starts], ()
    parts = [
        leaves[begin:end] for begin, end in zip(starts, [*starts[1:], len(leaves)], strict=True)
    ]
    first, *others = map(_bundle, parts)
    return [first._replace(loose=(*before, *first.loose)), *others]


def _bundle(leaves: Sequence[Leaf]) -> Bundle:
    """A form's pages up to its signature, and of those behind it the ones that show it still."""
    pages: list[Leaf] = []
    loose: list[Leaf] = []
    signed = False
    for number, leaf in enumerate(leaves):
        own = bool(leaf.lines) and (not signed or _shows(leaf))
        (pages if own else loose).append(leaf)
        signed = signed or (number + 1 < len(leaves) and _any((SIGNATURE,), Flow(leaf.lines)))
    return Bundle(pages, loose)


def _begins(leaf: Leaf) -> bool:
    """Whether a page prints the boxes above the tables, and a table or what no other page has.

    A page behind a form names its issuer and its day again, above an owner's box (joint filers)
    or above a table that goes on, but not both. Where a poor print has lost one of the two, a
    box that stands on no further page, and a third label, say as much.
    """
    flow = Flow(leaf.lines)
    boxed = _any((OWNER,), flow)
    tabled = any(table_of(line) for line in leaf.lines)
    if not boxed and not tabled:
        return False
    own = sum(_any((label,), flow) for label in _OWN_BOXES)
    named = _any((ISSUER,), flow)
    further = _any(_TITLES, flow) + _any(_PERIODS, flow)
    labels = own + named + further
    if boxed and tabled:
        return own + named > 0 and labels > 1
    return own > 0 and labels > 2


def _shows(leaf: Leaf) -> bool:
    """Whether a page shows any part of a form: a table, the notes, a signature, or an owner."""
    if any(table_of(line) or is_explanation(line) for line in leaf.lines):
        return True
    return _any((SIGNATURE, OWNER), Flow(leaf.lines))


def _any(labels: Iterable[str], flow: Flow) -> bool:
    return any(flow.find(label) is not None for label in labels)
