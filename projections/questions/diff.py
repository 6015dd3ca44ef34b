"""What changed between two moments of knowledge, and which filings changed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import chain, pairwise
from typing import Any, NamedTuple

from ledger import Ledger
from ledger.types import plain
from projections.answers import Change, Diff, Holding
from projections.filings.records import Dossier
from projections.findings.finding import Finding
from projections.identity.names import person_key, words_of
from projections.identity.securities import class_tokens
from projections.identity.vehicles import vehicle_key
from projections.judgement import Judged, judge
from projections.questions.holdings import held
from projections.questions.reconcile import concerns
from projections.questions.subject import Moment, Who, joined, moment_of, subject
from projections.views.catching_up import filings_of

_Told = Holding | Finding
_Answers = Mapping[Any, _Told]
"""What is told at one moment: holdings by what they are called, findings by their id."""


def diff(
    ledger: Ledger,
    *,
    known_from: Moment,
    known_to: Moment,
    person: Who = None,
    issuer: Who = None,
) -> Diff:
    """The holdings and findings that differ between what was known then and later.

    Raises:
        UnknownReference, AmbiguousReference: The name answers to none, or to several.
    """
    (earlier, shown_from), (later, shown_to) = moment_of(known_from), moment_of(known_to)
    asked = subject(ledger, person=person, issuer=issuer)
    changes: list[Change] = []
    for _, filings, kin in filings_of(ledger, asked.issuers):
        period = _Period(filings, kin, asked.persons, earlier, later)
        before, after = period.ends
        changed = _differing(before, after, before.keys() | after.keys())
        causes = period.causes(changed)
        changes += (_change(before.get(k), after.get(k), causes[k], period) for k in changed)
    return Diff(shown_from or "", shown_to or "now", tuple(changes))


class _Period:
    """What is told of one issuer while its filings of a period become known, one by one.

    A filing changed what reads otherwise with it than without it: what it only repeats, or
    what is another's, it did not change.
    """

    def __init__(
        self,
        filings: list[Dossier],
        kin: list[list[Dossier]],
        persons: frozenset[str] | None,
        earlier: datetime | None,
        later: datetime | None,
    ) -> None:
        self._filings, self._kin, self._persons = filings, kin, persons
        concerned = {d.stream: d for d in chain(filings, *kin)}.values()
        told = (news for d in concerned for news in _news(d) if _between(news.at, earlier, later))
        self._news = sorted(told, key=lambda news: (news.at, news.dossier.stream))
        self._retracted = {n.dossier.id for n in self._news if n.retracted}
        before, after = (_judged(filings, kin, moment) for moment in (earlier, later))
        self.ends = self._answers(before), self._answers(after)
        self._told = {len(self._news): self.ends[1]} | {0: self.ends[0]}
        self._cuts = self._cut(after)

    def addresses(self, filings: Iterable[str]) -> tuple[str, ...]:
        """The pages on sec.gov of some filings of the period."""
        known = {news.dossier.id: news.dossier.address for news in self._news}
        return tuple(address for name in filings if (address := known.get(name)))

    def retracted(self, filings: Iterable[str]) -> tuple[str, ...]:
        """Those of some filings that were taken back in the period, or came back."""
        return tuple(name for name in filings if name in self._retracted)

    def causes(self, keys: Sequence[Any]) -> dict[Any, tuple[str, ...]]:
        """By what changed, the filings that changed it, in the order they became known."""
        found: dict[Any, list[str]] = {key: [] for key in keys}
        steps = list(pairwise(self._cuts)) if keys else []
        while steps:
            first, last = steps.pop(0)
            changed = _differing(self._at(first), self._at(last), keys)
            if changed and last - first > 1:
                middle = (first + last) // 2
                steps[:0] = [(first, middle), (middle, last)]
            else:
                for key in changed:
                    found[key].append(self._news[first].dossier.id)
        return {key: tuple(dict.fromkeys(filings)) for key, filings in found.items()}

    def _cut(self, judged: list[Judged]) -> list[int]:
        """How many are known before and after each filing of the persons asked about.

        What others filed in between is passed over together, unless something differs by it.
        """
        persons, ends = self._persons, {0, len(self._news)}
        own = {
            n
            for n, news in enumerate(self._news)
            if persons is None
            or news.retracted
            or any(j.folded.people.keys(news.dossier) & persons for j in judged)
        }
        return sorted(ends | own | {n + 1 for n in own})

    def _at(self, count: int) -> _Answers:
        """What is told with the first so many filings of the period."""
        if count not in self._told:
            unknown = {n.dossier.stream for n in self._news[count:] if not n.retracted}
            filings, *kin = (
                [d for d in group if d.stream not in unknown]
                for group in (self._filings, *self._kin)
            )
            self._told[count] = self._answers(_judged(filings, kin, self._news[count - 1].at))
        return self._told[count]

    def _answers(self, judged: list[Judged]) -> _Answers:
        persons = self._persons
        holdings = _keyed(h for each in judged for h in held(each, None, persons))
        findings = (f for each in judged for f in each.findings if concerns(f, each, persons))
        return {**holdings, **{("~", f.id): f for f in findings}}


def _judged(
    filings: list[Dossier], kin: list[list[Dossier]], moment: datetime | None
) -> list[Judged]:
    return [judge(together, known_at=moment, kin=kin) for together in joined(filings, moment)]


class _New(NamedTuple):
    """When a filing became known, or was taken back, or came back."""

    at: datetime
    dossier: Dossier
    retracted: bool = False


def _news(dossier: Dossier) -> Iterator[_New]:
    yield _New(dossier.known.at, dossier)
    for away in dossier.retracted:
        yield from (_New(at, dossier, retracted=True) for at in (away.at, away.until) if at)


def _between(at: datetime, earlier: datetime | None, later: datetime | None) -> bool:
    return (earlier is None or at > earlier) and (later is None or at <= later)


def _differing(before: _Answers, after: _Answers, keys: Iterable[Any]) -> list[Any]:
    """What is there before or after only, or is told otherwise: holdings, then findings."""
    return sorted(key for key in keys if _said(before.get(key)) != _said(after.get(key)))


def _change(
    was: _Told | None, now: _Told | None, because: tuple[str, ...], period: _Period
) -> Change:
    shown = now or was
    assert shown is not None
    finding = shown.id if isinstance(shown, Finding) else None
    return Change(
        what="holding" if finding is None else "finding",
        change="appeared" if was is None else "withdrawn" if now is None else "changed",
        person=shown.person,
        issuer=shown.issuer,
        security=shown.security,
        ownership=shown.ownership,
        nature=shown.nature,
        before=_said(was),
        after=_said(now),
        because=because,
        finding=finding,
        addresses=period.addresses(because),
        retracted=period.retracted(because),
    )


def _keyed(holdings: Iterable[Holding]) -> dict[tuple[str, ...], Holding]:
    """Holdings by what they are of, as two moments may have it in other letters."""
    found: dict[tuple[str, ...], Holding] = {}
    for holding in holdings:
        key = (
            holding.person["cik"] or person_key(holding.person["name"] or ""),
            holding.table,
            _class_of(holding),
            holding.ownership or "",
            vehicle_key(holding.nature) or holding.nature.casefold(),
            str(holding.exercise_price),
            str(holding.expires_on),
        )
        n = sum(1 for other in found if other[:-1] == key)
        found[(*key, str(n))] = holding
    return found


def _class_of(holding: Holding) -> str:
    """What a holding is of, however its last line spells it: letters, and of stock a par value, tell nothing."""
    title, issuer = holding.security or "", holding.issuer
    if holding.table == "I":
        tokens = class_tokens(title, issuer["name"] or "", issuer["symbol"] or "")
        return " ".join(sorted(tokens)) or title.casefold()
    return " ".join(words_of(title.casefold()))


def _said(told: _Told | None) -> str | None:
    """A holding's level, or what a finding says."""
    if told is None:
        return None
    if isinstance(told, Finding):
        return f"{told.kind}: {told.message}"
    if told.value is not None:
        return f"${plain(told.value)}"
    if told.shares is not None:
        return plain(told.shares)
    if told.shares_low is None or told.shares_high is None:
        return "unknown"
    return f"{plain(told.shares_low)} to {plain(told.shares_high)}"
