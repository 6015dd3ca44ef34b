"""What can be seen to be wrong without any balance: codes, dates, prices, names, notes.

Each check looks at one filing (with the others of its issuer at hand) and yields findings.
None of them changes a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from ledger.codes import CODES, expected_direction
from ledger.types import plain
from projections.deadlines import deferrable, form3_due, form4_due, form5_due
from projections.entries import Entry
from projections.findings import Finding
from projections.fold import Folded, public_on
from projections.identity import class_tokens, company_key, designators, person_key
from projections.lines import ZERO, Dossier, Line

Check = Callable[[Dossier, Folded], Iterator[Finding]]


def _on(dossier: Dossier, line: Line | None, kind: str, message: str, **more: object) -> Finding:
    about = (
        {}
        if line is None
        else {
            "security": line.security,
            "ownership": line.ownership,
            "nature": line.nature,
            "effective_on": line.effective_on,
        }
    )
    return Finding(kind, dossier.id, line.ref if line else None, message, **{**about, **more})  # type: ignore[arg-type]


# --- codes, prices, dates ----------------------------------------------------------


def contradicted_codes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A row whose letter A or D is not the one its code can have."""
    for line in folded.lines_of(dossier):
        expected = expected_direction(line.code, "II" if line.table == "II" else "I")
        inferred = any(r.field == "direction" and r.effect == "inferred" for r in line.repairs)
        if line.direction and expected and line.direction != expected and not inferred:
            meaning = CODES[line.code or ""].meaning
            yield _on(
                dossier,
                line,
                "AD_CODE_CONTRADICTION",
                f"code {line.code} ({meaning}) is marked {line.direction}; such rows are {expected}",
            )


def suspect_prices(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A trade without a price, or with what looks like a number of shares for one."""
    trades = [
        ln
        for ln in folded.lines_of(dossier)
        if ln.code in ("P", "S") and ln.table == "I" and not ln.holding
    ]
    for line in trades:
        if (
            not line.price
            and "price" not in line.cited
            and not any(r.field == "price" for r in line.repairs)
        ):
            stated = "no price" if line.price is None else "a price of zero"
            yield _on(dossier, line, "PRICE_SUSPECT", f"a market trade with {stated} and no note")
            continue
        others = [t.price for t in trades if t.price and t is not line]
        wild = others and line.price and not min(others) / 5 <= line.price <= max(others) * 5
        if (
            line.price
            and line.shares
            and _swapped(line.price, line.shares)
            and (wild or line.price >= 10_000)
        ):
            yield _on(
                dossier,
                line,
                "PRICE_SUSPECT",
                f"{plain(line.shares)} shares at {plain(line.price)} each: shares and price may have changed places",
            )


def _swapped(price: Decimal, shares: Decimal) -> bool:
    return price == price.to_integral_value() and price >= 100 and price > 5 * shares


_YEAR = timedelta(days=365)


def suspect_dates(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A transaction after the day it became public, or just a year off."""
    public, period = public_on(dossier), dossier.head.period
    for line in folded.lines_of(dossier):
        day = line.effective_on
        if line.holding or day is None or public is None:
            continue
        if day > public:
            yield _on(
                dossier,
                line,
                "DATE_SUSPECT",
                f"dated {day.isoformat()}, after the filing of {public.isoformat()}",
            )
        elif _year_off(day, public, period, dossier):
            yield _on(
                dossier,
                line,
                "DATE_SUSPECT",
                f"dated {day.isoformat()}; a year later it would stand beside the filing of {public.isoformat()}",
            )


def _year_off(day: date, public: date, period: date | None, dossier: Dossier) -> bool:
    if dossier.base_form != "4" or dossier.amends:
        return False
    off = public - day
    near = _YEAR - timedelta(days=1) <= off <= _YEAR + timedelta(days=6)
    others = [ln.effective_on for ln in dossier.lines if ln.effective_on and ln.effective_on != day]
    alone = bool(others) or (period is not None and period != day)
    return near and (alone or off <= _YEAR + timedelta(days=4))


def late_filings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A filing after its deadline; the row that was due first says by how much."""
    public = public_on(dossier)
    if public is None or dossier.amends:
        return
    if any(True for _ in suspect_dates(dossier, folded)):
        return
    due: tuple[date, Line | None] | None = None
    if dossier.base_form == "3" and dossier.head.period:
        due = (form3_due(dossier.head.period), None)
    elif dossier.base_form == "5":
        if dossier.head.period:
            due = (form5_due(dossier.head.period), None)
    else:
        dues = [
            (form4_due(line.effective_on), line)
            for line in folded.lines_of(dossier)
            if line.effective_on
            and not line.holding
            and line.form_type != "5"
            and not deferrable(line.code, line.direction, line.effective_on)
        ]
        due = min(dues, key=lambda d: (d[0], d[1].line), default=None)
    if due is not None and public > due[0]:
        yield _on(
            dossier, due[1], "LATE_FILING", f"due {due[0].isoformat()}, filed {public.isoformat()}"
        )


def late_form3_holdings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A Form 5 holding that belonged on the initial statement."""
    for line in folded.lines_of(dossier):
        if line.holding and line.form_type == "3" and dossier.base_form == "5":
            yield _on(
                dossier,
                line,
                "LATE_FORM3_HOLDING",
                "a holding that the initial statement should have shown",
            )


# --- derivatives --------------------------------------------------------------------


def expired_holdings(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A derivative claimed as held after its expiry."""
    for line in folded.lines_of(dossier):
        day = line.effective_on or dossier.head.period
        if (
            line.table == "II"
            and line.expires_on
            and line.shares_after
            and day
            and day > line.expires_on
        ):
            yield _on(
                dossier,
                line,
                "EXPIRED_STILL_HELD",
                f"{plain(line.shares_after)} reported as held, expired {line.expires_on.isoformat()}",
            )


def exercises(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """An exercise whose two sides, derivative and stock, do not match.

    The sides may stand in filings of one day that continue each other, so those are read
    together; the finding stands on the first of them.
    """
    family = _family(dossier, folded)
    if not family or family[0] is not dossier:
        return
    rows = [
        t
        for d in family
        for t in folded.told[d.stream]
        if not t[1].holding and t[1].code in _PAIRED
    ]
    for day, code in sorted({(ln.effective_on or date.min, ln.code or "") for _, ln in rows}):
        mine = [
            (d, ln) for d, ln in rows if (ln.effective_on or date.min, ln.code or "") == (day, code)
        ]
        yield from _paired(mine, code, folded)


_PAIRED = frozenset(letter for letter, code in CODES.items() if code.pairs)


def _paired(rows: list[tuple[Dossier, Line]], code: str, folded: Folded) -> Iterator[Finding]:
    stock = [(d, ln) for d, ln in rows if ln.table == "I" and ln.direction == "acquired"]
    units = [(d, ln) for d, ln in rows if ln.table == "II" and ln.direction == "disposed"]
    within = [ln for _, ln in rows if ln.table == "II" and ln.direction == "acquired"]
    if any(ln.shares is None for _, ln in (*stock, *units)) or within:
        return
    got = sum((ln.shares or ZERO for _, ln in stock), ZERO)
    given = sum(
        (
            ln.underlying_shares if ln.underlying_shares is not None else ln.shares or ZERO
            for _, ln in units
        ),
        ZERO,
    )
    raw = sum((ln.shares or ZERO for _, ln in units), ZERO)
    if bool(stock) != bool(units):
        there, missing = (stock, "derivative") if stock else (units, "stock")
        if stock and _granted_as_stock(there, folded):
            return
        dossier, line = there[0]
        yield _on(
            dossier,
            line,
            "EXERCISE_COUNTERPART_MISSING",
            f"{plain(got or raw)} under code {code} without the {missing} side",
        )
    elif stock and got not in (given, raw) and abs(got - given) >= len(units):
        dossier, line = units[0]
        yield _on(
            dossier,
            line,
            "EXERCISE_QUANTITY_MISMATCH",
            f"{plain(given)} underlying shares given up, {plain(got)} received under code {code}",
            expected=given,
            reported=got,
            difference=got - given,
        )


def _family(dossier: Dossier, folded: Folded) -> list[Dossier]:
    owners = folded.people.keys(dossier)
    day = public_on(dossier)
    return [
        d for d in folded.of_day(day) if d.stream in folded.told and folded.people.keys(d) & owners
    ]


_RSU = re.compile(r"restricted (?:stock|share) unit|\brsus?\b", re.IGNORECASE)


def _granted_as_stock(rows: list[tuple[Dossier, Line]], folded: Folded) -> bool:
    return any(True for d, ln in rows for _ in earlier_unit_grants(d, ln, folded))


def earlier_unit_grants(
    dossier: Dossier, line: Line, folded: Folded
) -> Iterator[tuple[Dossier, Line]]:
    """Grants of units reported as stock, of the size that now arrives as vested stock."""
    owners = folded.people.keys(dossier)
    for filing in folded.roll.standing:
        if (
            filing.dossier.known.at >= dossier.known.at
            or not folded.people.keys(filing.dossier) & owners
        ):
            continue
        for other, row in filing.told:
            if (
                row.table == "I"
                and row.code == "A"
                and row.shares == line.shares
                and _vests(other, row)
            ):
                yield other, row


def _vests(dossier: Dossier, line: Line) -> bool:
    cited = {id for ids in line.cited.values() for id in ids}
    if any(s.note in cited and s.kind == "vesting-schedule" for s in dossier.statements):
        return True
    return bool(
        _RSU.search(" ".join([line.security or "", *(dossier.text_of(id) for id in sorted(cited))]))
    )


def counted_twice(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Units reported as stock when granted and again when they vested."""
    has_units = any(
        ln.table == "II" and ln.code == "M"
        for d in _family(dossier, folded)
        for _, ln in folded.told[d.stream]
    )
    for line in folded.lines_of(dossier):
        if (
            line.table == "I"
            and line.code == "M"
            and line.direction == "acquired"
            and not has_units
        ):
            for other, row in earlier_unit_grants(dossier, line, folded):
                yield _on(
                    dossier,
                    line,
                    "RSU_DOUBLE_COUNT",
                    f"{plain(line.shares or ZERO)} vested units, already counted as stock when granted",
                    evidence=(f"{other.id}#{row.ref}",),
                )
                break


# --- names --------------------------------------------------------------------------

_FOR = re.compile(
    r"(?:attorney[- ]*in[- ]*-?fact|poa|power of attorney|agent|on behalf|by:?.{0,40})\s*,?\s*(?:for|of)\s*:?\s+(?P<name>.+)$|\bfor\s+(?P<other>[A-Z].+)$",
    re.IGNORECASE,
)
_ATTORNEY = re.compile(
    r"attorney|poa|power of|by:|\bby\b|agent|on behalf|authori[sz]ed|secretary|president|officer|manager|member|partner|trustee|director|/|,",
    re.IGNORECASE,
)


def owner_conflicts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A signature that names, as the reporting person, someone who is not an owner here."""
    own = {
        word
        for owner in dossier.head.owners
        if owner.name
        for word in person_key(owner.name).split()
    }
    if not own:
        return
    for signature in dossier.head.signatures:
        principal = principal_of(signature.name or "")
        if principal is None:
            name = signature.name or ""
            principal = _another_insider(name, own, folded) or _stranger(dossier, name, own, folded)
        if principal and not set(person_key(principal).split()) & own:
            yield _on(
                dossier,
                None,
                "OWNER_IDENTITY_CONFLICT",
                f"signed for “{principal}”, filed under {', '.join(o.name or '?' for o in dossier.head.owners)}",
            )
            return


def principal_of(signature: str) -> str | None:
    """Whom a signature says it is given for, None where it does not say."""
    found = _FOR.search(" ".join(signature.split()))
    if not found:
        return None
    name = re.split(
        r"[,(/]| by | as ", (found.group("name") or found.group("other") or ""), maxsplit=1
    )[0].strip(" .:")
    return name if len(person_key(name).split()) >= 2 else None


def _stranger(dossier: Dossier, signature: str, own: set[str], folded: Folded) -> str | None:
    """A bare signature of somebody who signs nothing else, where the owner signs the rest."""
    bare = _bare(signature)
    words = set(person_key(bare).split())
    if _ATTORNEY.search(bare) or len(words) < 2 or words & own:
        return None
    owners = folded.people.keys(dossier)
    rest = [d for d in folded.dossiers if d is not dossier]
    if any(words <= set(person_key(s.name or "").split()) for d in rest for s in d.head.signatures):
        return None
    mine = [d for d in rest if folded.people.keys(d) == owners]
    signed = [
        d
        for d in mine
        if any(own & set(person_key(s.name or "").split()) for s in d.head.signatures)
    ]
    return bare if len(mine) >= 3 and len(signed) == len(mine) else None


def _bare(signature: str) -> str:
    return re.sub(r"^\W*/?s/?\W+", "", signature.strip(), flags=re.IGNORECASE)


def _another_insider(signature: str, own: set[str], folded: Folded) -> str | None:
    bare = _bare(signature)
    if _ATTORNEY.search(bare):
        return None
    key = person_key(bare)
    known = {person_key(name): name for name in folded.people.names.values()}
    return known.get(key) if len(key.split()) >= 2 and not set(key.split()) & own else None


def issuer_conflicts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A ticker or name that this issuer used neither before nor after."""
    symbols = folded.symbols
    at = next((i for i, (d, _) in enumerate(symbols) if d is dossier), None)
    if at is not None and 0 < at < len(symbols) - 1:
        before, mine, after = symbols[at - 1][1], symbols[at][1], symbols[at + 1][1]
        settled = (
            before == after and mine != before and sum(1 for _, s in symbols if s == mine) == 1
        )
        if settled and not (before.startswith(mine) or mine.startswith(before)):
            yield _on(
                dossier,
                None,
                "ISSUER_IDENTITY_CONFLICT",
                f"symbol {mine}, where filings before and after say {before}",
            )
            return
    names = folded.issuer_names
    name = company_key(dossier.head.issuer.name or "")
    if name and names and names[name] == 1 and len(names) > 1 and dossier.head.issuer.cik:
        ordered = [company_key(d.head.issuer.name or "") for d in folded.dossiers]
        i = folded.dossiers.index(dossier)
        if 0 < i < len(ordered) - 1 and ordered[i - 1] == ordered[i + 1] != name:
            yield _on(
                dossier,
                None,
                "ISSUER_IDENTITY_CONFLICT",
                f"named “{dossier.head.issuer.name}”, where filings before and after say “{folded.dossiers[i - 1].head.issuer.name}”",
            )


# --- notes, coverage, scans -----------------------------------------------------------


def loose_notes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A note that is cited and does not stand there."""
    there = {note.id for note in dossier.head.footnotes}
    for line in folded.lines_of(dossier):
        for id in dict.fromkeys(id for ids in line.cited.values() for id in ids):
            if id not in there:
                yield _on(
                    dossier, line, "FOOTNOTE_UNRESOLVED_REF", f"note {id} is cited and has no text"
                )


def ended_coverage(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Transactions reported after the owner said it was no longer subject to Section 16."""
    exit_on = folded.exit_before(dossier)
    days = [ln.effective_on for ln in dossier.lines if ln.effective_on and not ln.holding]
    if exit_on and days and max(days) > exit_on and not dossier.amends:
        yield _on(
            dossier,
            None,
            "COVERAGE_ENDED_ACTIVITY",
            f"a transaction of {max(days).isoformat()}, after the exit reported for {exit_on.isoformat()}",
        )


def scope_changes(dossier: Dossier, _: Folded) -> Iterator[Finding]:
    """Shares that the filer will no longer report."""
    for said in dossier.statements:
        if said.kind == "reporting-withdrawal":
            what = f" ({said.counterpart})" if said.counterpart else ""
            yield _on(
                dossier,
                None,
                "REPORTING_SCOPE_CHANGE",
                f"shares left the report{what}: their number is unknown from here on, not zero",
                evidence=(f"{dossier.id}#{said.ref}",),
            )


_UNDATED = frozenset(
    {"espp-purchase", "trust-contribution", "form-change", "distribution", "gift-note"}
)


def undated_notes(dossier: Dossier, _: Folded) -> Iterator[Finding]:
    """A movement that a note states to the month, or without any day."""
    for said in dossier.statements:
        if said.kind in _UNDATED and said.shares is not None and said.precision != "day":
            when = "the month" if said.precision == "month" else "no day"
            yield _on(
                dossier,
                None,
                "FOOTNOTE_UNDATED",
                f"{plain(said.shares)} shares, {when} given",
                evidence=(f"{dossier.id}#{said.ref}",),
            )


def values(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A total in dollars."""
    for line in folded.lines_of(dossier):
        if line.value_after is not None:
            yield _on(
                dossier,
                line,
                "VALUE_BASED_POSITION",
                f"${plain(line.value_after)} owned, not a number of shares",
            )


def scans(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """Scanned fields that were repaired or cannot be read."""
    if dossier.head.format != "scanned":
        return
    for line in folded.lines_of(dossier):
        for repair in line.repairs:
            if repair.effect in ("repaired", "field unknown"):
                yield _on(
                    dossier, line, "SCAN_QUALITY", f"{repair.field.replace('_', ' ')}: {repair.why}"
                )


def year_end_columns(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A Form 5 whose year-end column holds the running totals of several rows."""
    if dossier.base_form != "5":
        return
    for position in folded.book.positions:
        if position.conventions.get(dossier.stream) is None:
            continue
        entries = [
            e
            for e in position.entries
            if e.dossier is dossier and not e.line.holding and e.claim is not None
        ]
        if len({e.claim for e in entries}) > 1:
            line = entries[0].line
            yield _on(
                dossier,
                line,
                "FY_COLUMN_MISUSE",
                f"the year-end column shows {plain(line.shares_after or ZERO)} on this line and "
                f"{plain(entries[-1].claim or ZERO)} on the last: running totals",
            )


def lone_classes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A line whose title names another class than the lines before and after it."""
    for before, entry, after in folded.neighbours.get(dossier.stream, ()):
        mine, own = _letters(entry), _letters(before)
        if mine != own and own == _letters(after):
            kind = "WRONG_CLASS" if mine and own else "CLASS_AMBIGUOUS"
            yield _on(
                entry.dossier,
                entry.line,
                kind,
                f"titled “{entry.line.security}”, but its balance follows from “{before.line.security}”",
            )


def _letters(entry: Entry) -> frozenset[str]:
    return designators(
        class_tokens(entry.line.security or "", entry.dossier.head.issuer.name or "")
    )


CHECKS: tuple[Check, ...] = (
    contradicted_codes,
    suspect_prices,
    suspect_dates,
    late_filings,
    late_form3_holdings,
    expired_holdings,
    exercises,
    counted_twice,
    owner_conflicts,
    issuer_conflicts,
    loose_notes,
    ended_coverage,
    scope_changes,
    undated_notes,
    values,
    scans,
    year_end_columns,
    lone_classes,
)
"""Every check, in the order in which the forms are read."""
