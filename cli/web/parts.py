"""What pages are made of: their sections, the tables beside them, lists of findings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, NamedTuple, TypeVar

from markupsafe import Markup

from cli.reports.blocks import Grid, Paragraph, Row, columns
from cli.reports.citations import Sources
from cli.reports.wording import name
from cli.web.asking import CLOCKS, Asking
from cli.web.markup import Asked
from ledger.errors import UsageError
from projections.findings.finding import Finding
from projections.questions.reviews import remarks

One = TypeVar("One")

PAGE = 50
"""Findings, people or companies on one page."""

_FINDINGS = columns("=Finding", "=Severity", "Kind", "Of", "Source")


@dataclass(frozen=True)
class Section:
    """A part of a page: its heading, what stands there, and the same as tables for programs."""

    title: str
    body: Markup
    table: Mapping[str, str] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True)
class Page:
    """A page: its title, the parts of it, ways that lead on, and what its template needs more.

    `bounded` names the clocks by which what stands on it is bounded; it says so of any other.
    `timed` is False where another day would change nothing, so that none is asked for.
    """

    title: str
    sections: Iterable[Section] = ()
    ways: Iterable[tuple[str, str]] = ()
    more: Mapping[str, Any] = field(default_factory=dict)
    template: str = "page.html"
    status: int = 200
    bounded: Collection[str] = CLOCKS
    timed: bool = True


def tables(asking: Asking, table: str, asked: Asked = MappingProxyType({})) -> dict[str, str]:
    """Where a table stands by itself, by the format it is written in."""
    return {
        kind: asking.moment.to("tables", f"{table}.{kind}", asked=asked)
        for kind in asking.request.app.state.kinds
    }


def turning(
    asking: Asking, path: str, after: int, more: bool, asked: Asked
) -> list[tuple[str, str]]:  # fmt: skip
    """The ways to the pages of a list before and behind the one that is shown."""
    ways = []
    if after:
        before = {**asked, "after": str(max(0, after - PAGE))}
        ways.append(("Page before", asking.moment.to(path, asked=before)))
    if more:
        behind = {**asked, "after": str(after + PAGE)}
        ways.append(("Next page", asking.moment.to(path, asked=behind)))
    return ways


class Slice(NamedTuple, Generic[One]):
    """Some of many things, as a page holds them: which of how many, and the ways to those before and behind."""

    shown: Sequence[One]
    first: int
    whole: int
    ways: list[tuple[str, str]]

    def said(self, what: str, most: int) -> str:
        """`People 51 to 100 of 312`; "" where one page holds all."""
        told = f"{what} {self.first + 1:,} to {self.first + len(self.shown):,} of {self.whole:,}"
        return f"{told}. The table has all." if self.whole > most else ""


def sliced(
    asking: Asking,
    told: Sequence[One],
    path: Sequence[str],
    key: str,
    what: str,
    *,
    most: int = PAGE,
) -> Slice[One]:
    """As many of these as a page holds, behind those that its address passes over by this name.

    Raises:
        UsageError: There are not that many.
    """
    after = asking.number(key)
    if after and after >= len(told):
        raise UsageError("the list is not that long", remedy="begin at its first page")
    asked = dict(asking.request.query_params)

    def to(first: int) -> str:
        more = {k: v for k, v in asked.items() if k not in (*CLOCKS, key)}
        return asking.moment.to(*path, asked={**more, key: str(first) if first else ""})

    ways = [(f"{what} before", to(max(0, after - most)))] if after else []
    ways += [(f"Further {what.lower()}", to(after + most))] if after + most < len(told) else []
    return Slice(told[after : after + most], after, len(told), ways)


def span(what: str, after: int, here: int) -> str:
    """`People 51 to 100`, or that there are none."""
    return f"{what} {after + 1:,} to {after + here:,}" if here else f"{what}: none"


def listed(asking: Asking, told: Iterable[Finding]) -> Markup:
    """Findings as a table, whoever they are about, with what people made of each."""
    some = list(told)
    if not some:
        return asking.plain([Paragraph("Nothing is wrong or in doubt.")])
    sources = Sources(asking.ledger, (found.filing for found in some))
    rows = (
        Row(
            (
                found.id,
                found.severity,
                found.kind,
                " at ".join(filter(None, (name(found.person), name(found.issuer)))),
                sources.cite(f"{found.filing}#{found.row}" if found.row else found.filing),
            ),
            (found.message, *remarks(found)),
        )
        for found in some
    )
    return asking.plain([Grid(_FINDINGS, rows)], (found.id for found in some))
