"""The judgement on one issuer: a verdict on every claim, and every finding.

Breaks are explained first, position by position, with the whole issuer at hand; what has
no explanation is named by what later filings did with it. One error gives one finding:
the mirror image of a slip, and the return to line after it, raise none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby

import msgspec

from ledger.types import plain
from projections.answers import Totals
from projections.cases import Candidate, Case
from projections.checks import CHECKS
from projections.entries import Entry
from projections.explanation import Verdict, search
from projections.findings import SEVERITIES, Explanation, Finding, Term
from projections.fold import Folded, fold
from projections.identity import same_class
from projections.lines import ZERO, Dossier, Stated
from projections.splits import Split, infer
from projections.standing import Amended, Repeated
from projections.terms import siblings_of
from projections.timelines import Position

_SILENCE = timedelta(days=400)


class Judged(msgspec.Struct):
    """An issuer folded and judged."""

    folded: Folded
    findings: list[Finding]

    def totals(self, positions: Iterable[Position] | None = None) -> Totals:
        """How the claims of some positions fare; of all of them by default."""
        counts = dict.fromkeys(("opening", "agreed", "explained", "ambiguous", "unexplained"), 0)
        for position in self.folded.book.positions if positions is None else positions:
            for entry in position.entries:
                if entry.verdict:
                    counts[entry.verdict] += 1
        return Totals(checked=sum(counts.values()) - counts["opening"], **counts)


def judge(dossiers: Iterable[Dossier], *, known_at: datetime | None = None) -> Judged:
    """Fold one issuer's filings and judge every claim in them."""
    folded = fold(dossiers, known_at=known_at)
    findings = list(_findings(folded))
    named = {_about(f) for f in findings if f.kind == "AD_CODE_CONTRADICTION" and f.difference}
    unique: dict[str, Finding] = {}
    for finding in findings:
        if (
            finding.kind == "AD_CODE_CONTRADICTION"
            and not finding.difference
            and _about(finding) in named
        ):
            continue
        whole = _placed(finding, folded).identified()
        unique.setdefault(whole.id, whole)
    order = {severity: -n for n, severity in enumerate(SEVERITIES)}
    ranked = sorted(
        unique.values(),
        key=lambda f: (order[f.severity], f.filing, f.row or "", f.kind, f.id),
    )
    return Judged(folded, ranked)


def _about(finding: Finding) -> tuple[str, str | None]:
    return (finding.filing, finding.row)


def _findings(folded: Folded) -> Iterator[Finding]:
    yield from _breaks(folded)
    yield from _openings(folded)
    for change in folded.roll.amended:
        yield from _amendments(change)
    for repeat in folded.roll.repeated:
        yield from _repetitions(repeat)
    for dossier in folded.dossiers:
        for check in CHECKS:
            yield from check(dossier, folded)
        yield from _transfers(dossier, folded)


def _placed(finding: Finding, folded: Folded) -> Finding:
    dossier = folded.by_id.get(finding.filing)
    if dossier is None:
        return finding
    owners = dossier.head.owners
    person = folded.people.person(folded.people.key(owners[0])) if owners else None
    return msgspec.structs.replace(finding, person=person, issuer=issuer_of(dossier))


def issuer_of(dossier: Dossier) -> dict[str, str | None]:
    """The issuer as the answers show it."""
    issuer = dossier.head.issuer
    return {"cik": issuer.cik, "name": issuer.name, "symbol": issuer.symbol}


# --- breaks ---------------------------------------------------------------------------


def _breaks(folded: Folded) -> Iterator[Finding]:
    positions = folded.book.positions
    yield from _strays(positions)
    splits = infer(positions, folded.dossiers)
    yield from _stale(positions, splits)
    covered: list[Entry] = []
    lots = Counter(p.owners for p in positions for e in p.entries if e.lot and e.residual)
    for position in positions:
        if not any(e.residual or e.repeats or e.scope for e in position.entries):
            continue
        siblings = siblings_of(position, positions)
        habits: list[Candidate] = []
        before: Entry | None = None
        for entry in position.entries:
            if entry.repeats is not None:
                yield _double_report(entry)
            elif entry.scope is not None and not entry.residual:
                yield _scoped(entry)
            elif entry.lot and entry.residual and entry.returned is None:
                yield _lot(entry, lots[position.owners])
            elif entry.residual:
                verdict = search(Case(entry, position, before, siblings, splits, habits))
                misplaced = next((t for t in verdict.chosen if t.sibling and t.finding), None)
                if misplaced and misplaced.sibling in covered:
                    entry.explanation, entry.verdict = verdict.explanation, "unexplained"
                    before = entry
                    continue
                if misplaced:
                    covered.append(entry)
                entry.explanation = verdict.explanation
                entry.verdict = "unexplained" if verdict.status == "error" else verdict.status
                habits += [t for t in verdict.chosen if t.stated and t.shares]
                yield _break(entry, position, before, verdict)
            before = entry


def _stale(positions: list[Position], splits: list[Split]) -> Iterator[Finding]:
    """Totals that leave out a split which other totals, or a note, show to be past."""
    for split in splits:
        taken_up = {t.position.number: t.entry for t in (*split.traces, *split.laggards)}
        for position in positions:
            first = position.entries[0].day
            if (
                first is None
                or first >= split.after
                or position.number in {t.position.number for t in split.traces}
            ):
                continue
            for entry in position.entries:
                if entry is taken_up.get(position.number) or entry.residual:
                    break
                if (
                    (entry.day or date.min) > split.before
                    and entry.verdict == "agreed"
                    and entry.prior
                    and entry.claim
                ):
                    yield _about_total(
                        "SPLIT_UNMODELLED",
                        entry,
                        f"the total of {plain(entry.claim)} leaves out the split by {plain(split.ratio)} "
                        f"of {split.before.isoformat()}",
                    )
                    break


def _break(entry: Entry, position: Position, before: Entry | None, verdict: Verdict) -> Finding:
    kind, revised = _kind(entry, position, before, verdict)
    claim, expected = entry.claim or ZERO, entry.expected or ZERO
    return Finding(
        kind,
        entry.dossier.id,
        entry.line.ref,
        f"reported {claim:,f}, expected {expected:,f}, {entry.residual:+,f}{_because(kind, verdict)}",
        security=entry.line.security,
        ownership=entry.line.ownership,
        nature=entry.line.nature,
        effective_on=entry.line.effective_on,
        expected=entry.expected,
        reported=entry.claim,
        difference=entry.residual,
        explanation=verdict.explanation,
        evidence=tuple(dict.fromkeys(t.source for t in verdict.explanation.terms)),
        revised_by=revised,
    )


def _kind(
    entry: Entry, position: Position, before: Entry | None, verdict: Verdict
) -> tuple[str, str | None]:
    """The name of a break, and the later filing that settled it."""
    later = entry.returned or entry.persisted
    revised = later.dossier.id if later and later.dossier is not entry.dossier else None
    if verdict.status == "explained":
        only_rounding = all(t.kind == "rounding" for t in verdict.explanation.terms)
        return ("ROUNDING" if only_rounding else "BALANCE_BREAK_EXPLAINED"), revised
    if verdict.status == "ambiguous":
        return "BALANCE_BREAK_AMBIGUOUS", revised
    if verdict.kind:
        return verdict.kind, revised
    if entry.returned is not None:
        return "ISOLATED_TOTAL_ERROR", revised
    if entry.expected is not None and entry.expected < 0:
        return ("DERIV_OVER_EXERCISED" if position.table == "II" else "NEGATIVE_BALANCE"), revised
    if before is not None and before.dossier.base_form == "3" and before is position.entries[0]:
        return "OPENING_MISMATCH", revised
    if before is not None and (entry.day or date.min) - (before.day or date.min) > _SILENCE:
        return "GAP_SUSPECTED", revised
    return ("LEVEL_SHIFT_UNEXPLAINED" if entry.persisted else "BALANCE_BREAK"), revised


def _because(kind: str, verdict: Verdict) -> str:
    terms = [t for t in verdict.explanation.terms if t.shares]
    if verdict.status == "explained" and terms:
        return " = " + "; ".join(f"{t.shares:+,f} {t.text}" for t in terms)
    if verdict.kind and terms:
        return f": {terms[-1].text}"
    return ""


def _scoped(entry: Entry) -> Finding:
    """A total that adds the owner's other positions: a habit of some filers, no error."""
    assert entry.scope is not None
    words = "series of the title" if entry.line.table == "II" else "holdings of the class"
    term = Term(
        "class-total",
        entry.scope,
        f"{entry.dossier.id}#{entry.line.ref}",
        f"the owner's other {words}",
    )
    entry.explanation = Explanation("EXPL_CONVENTION", "medium", (term,))
    if entry.verdict != "opening":
        entry.verdict = "explained"
    kind = "DERIV_POST_SCOPE" if entry.line.table == "II" else "BALANCE_BREAK_EXPLAINED"
    return _about_total(
        kind, entry, f"the total includes {plain(entry.scope)} of the owner's other {words}"
    )


def _lot(entry: Entry, times: int) -> Finding:
    """A total of the lot alone: an error where it happens once, a habit where it recurs."""
    assert entry.claim is not None
    words = f"the total shows only the {plain(entry.claim)} that moved"
    term = Term("lot-only", entry.residual, f"{entry.dossier.id}#{entry.line.ref}", words)
    if times > 1:
        entry.explanation = Explanation("EXPL_CONVENTION", "medium", (term,))
        entry.verdict = "explained"
        return _about_total("BALANCE_BREAK_EXPLAINED", entry, f"{words}, as this filer's totals do")
    entry.explanation = Explanation("EXPL_FILER_ERROR", "likely", (term,))
    entry.verdict = "unexplained"
    return _about_total("LOT_ONLY", entry, words)


def _about_total(kind: str, entry: Entry, message: str) -> Finding:
    told = entry.explanation
    return Finding(
        kind,
        entry.dossier.id,
        entry.line.ref,
        message,
        security=entry.line.security,
        ownership=entry.line.ownership,
        nature=entry.line.nature,
        effective_on=entry.line.effective_on,
        expected=entry.expected,
        reported=entry.claim,
        difference=entry.residual,
        explanation=told if isinstance(told, Explanation) else None,
    )


def _double_report(entry: Entry) -> Finding:
    assert entry.repeats is not None
    first = entry.repeats
    source = f"{first.dossier.id}#{first.line.ref}"
    return Finding(
        "DOUBLE_REPORTED",
        entry.dossier.id,
        entry.line.ref,
        f"{plain(entry.line.shares or ZERO)} shares of {first.line.effective_on}, already reported; counted once",
        security=entry.line.security,
        ownership=entry.line.ownership,
        nature=entry.line.nature,
        effective_on=entry.line.effective_on,
        evidence=(source,),
    )


def _strays(positions: list[Position]) -> Iterator[Finding]:
    """Lines under a wrong form, vehicle or class: they carry on another position's balance.

    Such a line opens a position, or breaks one, from exactly the balance another one of
    the same owners stood at; when that one goes on, it has the line's movement in it.
    """
    for stray in positions:
        for _, group in groupby(list(stray.entries), key=lambda e: e.dossier.stream):
            entries = [e for e in group if not e.line.holding]
            if not entries or not (entries[0].opening or entries[0].residual) or entries[0].scope:
                continue
            found = _home_of(stray, entries, positions)
            if found is not None:
                yield _misplaced(entries[0], stray, *found)


def _home_of(
    stray: Position, entries: list[Entry], positions: list[Position]
) -> tuple[Position, Entry | None] | None:
    """The position whose balance some lines carry on, and its next entry."""
    first = entries[0]
    moved = sum((e.delta for e in entries), ZERO)
    if first.claim is None or not moved or first.claim == first.delta:
        return None
    opening = first.claim - first.delta
    alone = len({e.dossier.stream for e in stray.entries}) == 1
    for home in positions:
        if home is stray or home.table != stray.table or not home.owners & stray.owners:
            continue
        if home.series != stray.series or _balance_before(home, first) != opening:
            continue
        follower = next((e for e in home.entries if _after(e, first)), None)
        if follower is None and not alone and first.returned is None:
            continue
        if follower is not None and (follower.residual != moved or follower.claim is None):
            continue
        if any(e.dossier is first.dossier for e in home.entries):
            continue
        if follower is not None:
            follower.residual, follower.verdict = ZERO, "agreed"
        for entry in entries:
            entry.residual = ZERO
            entry.verdict = "opening" if entry.opening else "unexplained"
            if not entry.opening:
                entry.balance = _balance_before(stray, entry)
        return home, follower
    return None


def _balance_before(position: Position, entry: Entry) -> Decimal | None:
    balance = None
    for e in position.entries:
        if _after(e, entry) or e.dossier is entry.dossier:
            break
        balance = e.balance
    return balance


def _after(entry: Entry, other: Entry) -> bool:
    return (entry.dossier.known.at, entry.dossier.stream) > (
        other.dossier.known.at,
        other.dossier.stream,
    )


def _misplaced(entry: Entry, stray: Position, home: Position, follower: Entry | None) -> Finding:
    if stray.form != home.form:
        kind, where = "DI_SWAP", f"{home.form} rather than {stray.form}"
    elif same_class(stray.tokens, home.tokens) is not True:
        kind, where = "WRONG_CLASS", f"“{home.security}”"
    else:
        kind, where = "WRONG_VEHICLE", f"“{home.nature}”"
    return Finding(
        kind,
        entry.dossier.id,
        entry.line.ref,
        f"the line carries on from {plain(stray.opened or ZERO)}, the balance of another position: {where}",
        security=entry.line.security,
        ownership=entry.line.ownership,
        nature=entry.line.nature,
        effective_on=entry.line.effective_on,
        revised_by=follower.dossier.id if follower else None,
    )


def _openings(folded: Folded) -> Iterator[Finding]:
    for position in folded.book.positions:
        first = position.entries[0] if position.entries else None
        if first is None or first.line.holding or not position.opened or not first.delta:
            continue
        yield Finding(
            "OPENING_INFERRED",
            first.dossier.id,
            first.line.ref,
            f"{plain(position.opened)} held before this line, inferred from its total",
            security=first.line.security,
            ownership=first.line.ownership,
            nature=first.line.nature,
            effective_on=first.line.effective_on,
            reported=first.claim,
        )


# --- amendments and repetitions ---------------------------------------------------------


def _amendments(change: Amended) -> Iterator[Finding]:
    amendment, target = change.amendment, change.target
    if target is None:
        yield Finding(
            "AMENDMENT_ORPHAN", amendment.id, None, "the filing it amends is not in the ledger"
        )
        return
    if change.candidates:
        listed = ", ".join(sorted({target.id, *(c.id for c in change.candidates)}))
        yield Finding(
            "AMENDMENT_TARGET_AMBIGUOUS", amendment.id, None, f"it may amend any of {listed}"
        )
    changed = [
        (told, line) for told, line in change.restated if _numbers(told[1]) != _numbers(line)
    ]
    if changed or change.scope == "additive":
        refs = ", ".join(line.ref for _, line in changed) or "lines added"
        yield Finding(
            "AMENDMENT_CHANGES_HISTORY",
            amendment.id,
            None,
            f"{change.scope} amendment of {target.id}: {refs}",
            evidence=(target.id,),
        )


def _numbers(line: object) -> tuple[object, ...]:
    return tuple(
        getattr(line, n)
        for n in ("shares", "shares_after", "direction", "effective_on", "code", "price")
    )


def _repetitions(repeat: Repeated) -> Iterator[Finding]:
    if repeat.how == "another filing":
        yield Finding(
            "DUPLICATE_FILING",
            repeat.dossier.id,
            None,
            f"repeats {repeat.original.id} line by line; counted once",
            evidence=(repeat.original.id,),
        )


# --- shares given to a vehicle ------------------------------------------------------------

_RETAINING = frozenset({"trust-contribution", "form-change"})


def transfers(dossier: Dossier, folded: Folded) -> Iterator[tuple[Stated, Entry, Position]]:
    """Shares a note says went to a vehicle that no line of these owners then shows."""
    for said in dossier.statements:
        if said.kind not in _RETAINING or said.shares is None or said.direction == "acquired":
            continue
        source = _source_of(said, dossier, folded)
        if source is None or _counterpart(said, source[1], dossier, folded):
            continue
        yield said, *source


def _source_of(said: Stated, dossier: Dossier, folded: Folded) -> tuple[Entry, Position] | None:
    cited: tuple[Entry, Position] | None = None
    for position in folded.book.positions:
        for entry in position.entries:
            if entry.dossier is not dossier or position.form == "indirect":
                continue
            if said.note not in {id for ids in entry.line.cited.values() for id in ids}:
                continue
            cited = cited or (entry, position)
            if entry.line.shares == said.shares:
                return entry, position
    return cited


def _counterpart(said: Stated, source: Position, dossier: Dossier, folded: Folded) -> bool:
    """Whether some other vehicle of the owners holds what was moved, then or later."""
    amount = said.shares or ZERO
    for position in folded.book.positions:
        if position is source or not position.owners & source.owners:
            continue
        if position.table != source.table or position.form == "direct":
            continue
        if same_class(position.tokens, source.tokens) is False:
            continue
        for entry in position.entries:
            if entry.dossier.known.at.date() < dossier.known.at.date():
                continue
            if amount in (entry.delta, entry.residual, position.opened if entry.opening else None):
                return True
            if entry.opening and (position.opened or ZERO) >= amount:
                return True
    return False


def _transfers(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    for said, entry, _ in transfers(dossier, folded):
        vehicle = said.counterpart or "another vehicle"
        note = f"{dossier.id}#{said.ref}"
        about = {
            "security": entry.line.security,
            "ownership": entry.line.ownership,
            "nature": entry.line.nature,
            "effective_on": entry.line.effective_on,
        }
        yield Finding(
            "INDIRECT_COUNTERPART_MISSING",
            dossier.id,
            entry.line.ref,
            f"{plain(said.shares or ZERO)} shares went to {vehicle}; no line reports them there",
            difference=said.shares,
            evidence=(note,),
            **about,
        )
        if entry.line.code == "G":
            yield Finding(
                "GIFT_OR_FORM_CHANGE_AMBIGUOUS",
                dossier.id,
                entry.line.ref,
                f"coded as a gift, described as a contribution to {vehicle}: the owner may keep an interest",
                difference=said.shares,
                evidence=(note,),
                **about,
            )


def told_of(explanation: object) -> Explanation | None:
    """The explanation on an entry, where it has one."""
    return explanation if isinstance(explanation, Explanation) else None
