"""What changed between two moments of knowledge, and which filings changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from ledger import Ledger
from ledger.types import plain
from projections.answers import Change, Diff, Holding
from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.judgement import Judged, judge
from projections.questions.holdings import held
from projections.questions.reconcile import concerns
from projections.questions.subject import Moment, joined, moment_of, subject
from projections.views.catching_up import filings_of


def diff(
    ledger: Ledger,
    *,
    known_from: Moment,
    known_to: Moment,
    person: str | None = None,
    issuer: str | None = None,
) -> Diff:
    """The holdings and findings that differ between what was known then and later.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    (earlier, shown_from), (later, shown_to) = moment_of(known_from), moment_of(known_to)
    asked = subject(ledger, person=person, issuer=issuer)
    changes: list[Change] = []
    for _, filings, kin in filings_of(ledger, asked.issuers):
        news = [d for d in filings if _between(d, earlier, later)]
        before, after = _judged(filings, kin, earlier), _judged(filings, kin, later)
        changes += _holdings(before, after, asked.persons, news)
        changes += _findings(before, after, asked.persons, news)
    return Diff(shown_from or "", shown_to or "now", tuple(changes))


def _judged(
    filings: list[Dossier], kin: list[list[Dossier]], moment: datetime | None
) -> list[Judged]:
    return [judge(together, known_at=moment, kin=kin) for together in joined(filings, moment)]


def _between(dossier: Dossier, earlier: datetime | None, later: datetime | None) -> bool:
    at = dossier.known.at
    return (earlier is None or at > earlier) and (later is None or at <= later)


_Told = TypeVar("_Told", Holding, Finding)


def _holdings(
    before: list[Judged], after: list[Judged], persons: frozenset[str] | None, news: list[Dossier]
) -> Iterator[Change]:
    old = _keyed(h for judged in before for h in held(judged, None, persons))
    new = _keyed(h for judged in after for h in held(judged, None, persons))
    for was, now in _differing(old, new, _shown):
        touched = now.evidence if now else ()
        yield _change("holding", was, now, (_shown(was), _shown(now)), _because(news, touched))


def _findings(
    before: list[Judged], after: list[Judged], persons: frozenset[str] | None, news: list[Dossier]
) -> Iterator[Change]:
    old = {f.id: f for j in before for f in j.findings if concerns(f, j, persons)}
    new = {f.id: f for j in after for f in j.findings if concerns(f, j, persons)}
    for was, now in _differing(old, new, _said):
        shown = now or was
        assert shown is not None
        touched = (shown.filing, shown.revised_by or "", *shown.evidence)
        words = (_said(was), _said(now))
        yield _change(
            "finding", was, now, words=words, because=_because(news, touched), finding=shown.id
        )


def _differing(
    old: Mapping[Any, _Told], new: Mapping[Any, _Told], told: Callable[[_Told | None], str | None]
) -> Iterator[tuple[_Told | None, _Told | None]]:
    """What is there before or after only, or is told otherwise; each as it was and as it is."""
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if was is None or now is None or told(was) != told(now):
            yield was, now


def _change(
    what: str,
    was: _Told | None,
    now: _Told | None,
    words: tuple[str | None, str | None],
    because: tuple[str, ...],
    finding: str | None = None,
) -> Change:
    shown = now or was
    assert shown is not None
    change = "appeared" if was is None else "withdrawn" if now is None else "changed"
    before, after = words
    return Change(
        what=what,
        change=change,
        person=shown.person,
        issuer=shown.issuer,
        security=shown.security,
        ownership=shown.ownership,
        nature=shown.nature,
        before=before,
        after=after,
        because=because,
        finding=finding,
    )


def _keyed(holdings: Iterable[Holding]) -> dict[tuple[str, ...], Holding]:
    found: dict[tuple[str, ...], Holding] = {}
    for holding in holdings:
        key = (
            holding.person["cik"] or "",
            holding.person["name"] or "",
            holding.table,
            holding.security or "",
            holding.ownership or "",
            holding.nature,
            str(holding.exercise_price),
            str(holding.expires_on),
        )
        n = sum(1 for other in found if other[:-1] == key)
        found[(*key, str(n))] = holding
    return found


def _shown(holding: Holding | None) -> str | None:
    if holding is None:
        return None
    if holding.value is not None:
        return f"${plain(holding.value)}"
    if holding.shares is not None:
        return plain(holding.shares)
    if holding.shares_low is None or holding.shares_high is None:
        return "unknown"
    return f"{plain(holding.shares_low)} to {plain(holding.shares_high)}"


def _said(finding: Finding | None) -> str | None:
    return None if finding is None else f"{finding.kind}: {finding.message}"


def _because(news: list[Dossier], touched: tuple[str, ...]) -> tuple[str, ...]:
    """The filings that became known in between, those that touch the change before others."""
    named = {source.partition("#")[0] for source in touched}
    direct = [d.id for d in news if d.id in named]
    return tuple(sorted(direct or [d.id for d in news]))
