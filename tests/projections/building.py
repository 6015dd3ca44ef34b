"""Filings to judge, said in as few words as a test needs.

    filing(bought(100, owns=1_100), on="2024-03-01")
    filing(sold(1_000, owns=54_000), held(45_000, how="By Trust"), on="2024-06-03")

Days are ISO text, `owns` is the total on the line, `how` the nature of an indirect
holding, `notes` what footnotes on the total state. Whatever is not said is ordinary: a
Form 4 of Jane Doe about ACME's common stock, filed on the second business day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from ledger.filing import Filing, Footnote, Issuer, Owner, Row, Signature, Statement
from ledger.types import Direction, month_interval
from projections.answers import Holding, Reconciliation
from projections.findings.finding import Finding
from tests.alarms import is_alarm

Number = int | str | Decimal

ACME = Issuer(cik="0002000001", name="ACME CORP", symbol="ACME")


def person(number: int, name: str) -> Owner:
    """A director with a CIK of its own."""
    return Owner(cik=f"000100{number:04d}", name=name, director=True)


JANE = person(1, "DOE JANE")
JOHN = person(2, "ROE JOHN")
MARY = person(3, "POE MARY")
ANNA = person(4, "LOE ANNA")


class Note(NamedTuple):
    """A footnote: its words, and the fields of what it states, if it states anything."""

    text: str
    stated: tuple[tuple[str, Any], ...] = ()


class Line(NamedTuple):
    """A row before it knows its filing: its fields, its notes, and which fields cite them."""

    fields: dict[str, Any]
    notes: tuple[Note, ...]
    cites: str


# --- lines -----------------------------------------------------------------------------


def moved(
    code: str,
    direction: Direction,
    shares: Number,
    owns: Number | None = None,
    *,
    price: Number | None = "12.50",
    **said: Any,
) -> Line:
    """A transaction in stock under any code."""
    row = {"code": code, "shares": shares, "shares_after": owns}
    row["direction"] = said.pop("marked", direction)
    return _line(row | {"price": price, "form_type": "4"}, said)


def bought(shares: Number, owns: Number | None = None, **said: Any) -> Line:
    """A purchase."""
    return moved("P", "acquired", shares, owns, **said)


def sold(shares: Number, owns: Number | None = None, **said: Any) -> Line:
    """A sale."""
    return moved("S", "disposed", shares, owns, **said)


def gave(shares: Number, owns: Number | None = None, **said: Any) -> Line:
    """A gift to somebody else."""
    return moved("G", "disposed", shares, owns, price=0, **said)


def granted(shares: Number, owns: Number | None = None, **said: Any) -> Line:
    """An award of stock."""
    return moved("A", "acquired", shares, owns, price=0, **said)


def vested(shares: Number, owns: Number | None = None, **said: Any) -> Line:
    """Stock from an exercise."""
    return moved("M", "acquired", shares, owns, price=0, **said)


def withheld(shares: Number, owns: Number | None = None, **said: Any) -> Line:
    """Stock kept back for tax."""
    return moved("F", "disposed", shares, owns, **said)


def held(owns: Number | None, **said: Any) -> Line:
    """A holding of stock without a transaction."""
    return _line({"holding": True, "shares_after": owns}, said)


def option(
    code: str | None,
    shares: Number | None,
    owns: Number | None,
    *,
    strike: Number | None = 10,
    expires: str | None = "2034-03-01",
    **said: Any,
) -> Line:
    """A line of Table II: options by default, a holding where there is no code."""
    row: dict[str, Any] = {
        "table": "II",
        "security": "Employee Stock Option (right to buy)",
        "underlying": "Common Stock",
        "underlying_shares": shares,
        "exercise_price": strike,
        "expires_on": expires,
        "shares_after": owns,
    }
    if code is None:
        row["holding"] = True
    else:
        direction = said.pop("marked", "acquired" if code == "A" else "disposed")
        row |= {"code": code, "shares": shares, "direction": direction, "form_type": "4"}
    return _line(row, said)


def units(code: str | None, shares: Number | None, owns: Number | None, **said: Any) -> Line:
    """A line of restricted stock units in Table II: without strike and expiry."""
    return option(
        code, shares, owns, strike=None, expires=None, **{"title": "Restricted Stock Units"} | said
    )


_SHORTER = {"title": "security", "on": "effective_on", "how": "nature"}


def _line(row: dict[str, Any], said: dict[str, Any]) -> Line:
    notes, cites = said.pop("notes", ()), said.pop("cites", "shares_after")
    fields = {"table": "I", "security": "Common Stock", "ownership": "direct"} | row
    fields |= {_SHORTER.get(name, name): value for name, value in said.items()}
    if fields.get("nature"):
        fields["ownership"] = "indirect"
    return Line(fields, (notes,) if isinstance(notes, Note) else tuple(notes), cites)


# --- notes -----------------------------------------------------------------------------


def note(text: str, kind: str, shares: Number | None = None, **stated: Any) -> Note:
    """A footnote and the one thing it states."""
    return Note(text, tuple(({"kind": kind, "shares": shares} | stated).items()))


def plan_purchase(shares: Number, month: str) -> Note:
    """Shares bought under an employee stock purchase plan in a month (`2024-05`)."""
    begins, ends = month_interval(*map(int, month.split("-")))
    text = f"Includes {shares} shares bought under the employee stock purchase plan in {month}."
    return note(
        text,
        "espp-purchase",
        shares,
        direction="acquired",
        effective_from=begins,
        effective_to=ends,
        precision="month",
    )


def into_trust(shares: Number, vehicle: str = "a family trust") -> Note:
    """Shares that went from this holding into a trust."""
    text = f"Since the last report {shares} shares were contributed to {vehicle}."
    return note(text, "trust-contribution", shares, direction="disposed", counterpart=vehicle)


def split(ratio: str, on: str) -> Note:
    """A stock split on a day."""
    day = {"effective_from": on, "effective_to": on, "precision": "day"}
    return note(f"Adjusted for the {ratio} stock split of {on}.", "split", ratio=ratio, **day)


def composition(shares: Number | None = None) -> Note:
    """What a total consists of."""
    return note(f"Includes {shares} shares of restricted stock.", "composition", shares)


# --- filings ---------------------------------------------------------------------------


def filing(
    *lines: Line,
    on: str,
    filed: str | None = None,
    form: str = "4",
    by: Owner | Sequence[Owner] = JANE,
    part: int = 1,
    **said: Any,
) -> Filing:
    """A filing about ACME. `part` tells filings of one day apart, as their sequence does."""
    day = date.fromisoformat(on)
    known = date.fromisoformat(filed) if filed else day + timedelta(days=2)
    texts = list(dict.fromkeys(n for line in lines for n in line.notes))
    owners = (by,) if isinstance(by, Owner) else tuple(by)
    accession = f"{owners[0].cik}-{known:%y}-{known:%m%d}{part:02d}"
    usual: dict[str, Any] = {
        "sha256": sha256(accession.encode()).hexdigest(),
        "format": "ownership-xml",
        "reader_version": 1,
        "accession": accession,
        "form": form,
        "period": day,
        "filed_on": known,
        "issuer": ACME,
        "owners": owners,
        "footnotes": [Footnote(id=f"F{n}", text=t.text) for n, t in enumerate(texts, start=1)],
        "signatures": [Signature(name=f"/s/ {o.name}", signed_on=known) for o in owners],
        "rows": list(_rows(lines, texts, day, form)),
        "statements": list(_statements(texts)),
    }
    return Filing(**usual | said)


def _rows(lines: Sequence[Line], texts: list[Note], day: date, form: str) -> Iterator[Row]:
    counts = {"I": 0, "II": 0}
    for fields, notes, cites in lines:
        counts[fields["table"]] += 1
        numbers = tuple(f"F{texts.index(n) + 1}" for n in notes)
        cited = dict.fromkeys(cites.split(), numbers) if notes else {}
        dated = {} if fields.get("holding") else {"effective_on": day}
        five = {"form_type": "5"} if form[0] == "5" and fields.get("form_type") == "4" else {}
        yield Row(**dated | fields | five, line=counts[fields["table"]], cited=cited)


def _statements(texts: list[Note]) -> Iterator[Statement]:
    for number, (text, stated) in enumerate(texts, start=1):
        if stated:
            yield Statement(note=f"F{number}", **{"start": 0, "end": len(text), **dict(stated)})


def opening(owns: Number = 10_000, *lines: Line, on: str = "2024-01-02", **said: Any) -> Filing:
    """A Form 3 that lists so many shares of common stock, held directly."""
    return filing(held(owns), *lines, on=on, form="3", **said)


# --- answers ---------------------------------------------------------------------------


def kinds(answer: Reconciliation | Sequence[Finding]) -> list[str]:
    """The kinds of finding above `info`, sorted: what a reader would have to look at."""
    findings = answer.findings if isinstance(answer, Reconciliation) else answer
    return sorted(f.kind for f in findings if is_alarm(f))


def the(answer: Reconciliation, kind: str) -> Finding:
    """The one finding of a kind."""
    found = [f for f in answer.findings if f.kind == kind]
    assert len(found) == 1, f"{len(found)} findings of {kind}: {answer.findings}"
    return found[0]


def shown(holdings: Sequence[Holding]) -> dict[str, str]:
    """Holdings as `title, by whom: shares`; `low..high` where no one number is known."""
    return {
        f"{h.security}, {h.nature or h.ownership}": str(h.shares)
        if h.shares is not None
        else f"{h.shares_low}..{h.shares_high}"
        for h in holdings
    }
