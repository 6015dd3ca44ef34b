"""What people of the corpus held, computed a second time by hand and pencil.

    python -m tests.corpus_checks.accountant
    python -m tests.corpus_checks.accountant --others

Nothing of the project is used to compute it: forms are read with `xml.etree` alone, rows are
put in the order of their days, and the last total of each position up to a day is what was
held on it. Where rows and totals do not suffice, `accountant_notes.tsv` says what an
accountant reads in the filing, by person: two names of one holding, a line to leave out, or
what was held from a day on. The people and the days were drawn by a seeded draw before any of
them was looked at; each is then compared with what the ledger answers. With `--others` these are
people whom the first draw left out, and of whom the table says nothing: what differs is to be read.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree as ET

from ledger import Ledger
from projections import holdings
from tests.corpus import CORPUS

SEED = 20261127
OTHERS = (*range(20271201, 20271204), *range(20271211, 20271231))
"""The seeds of the further draws, of those who are not among the thirty."""
PEOPLE = 30
"""All of whom the corpus has several forms, and as many of the others as make up the number."""
DAYS = 3
REACH = timedelta(days=366)
"""How far back the first report of a position speaks for the time before it."""

NOTES = Path(__file__).with_name("accountant_notes.tsv")
_NAMED = re.compile(
    r"\b([A-Z][\w&'’.-]*(?:,? (?:[A-Z0-9][\w&'’.-]*|of|and|for|fbo|dated|the))*?,? (?:L\.?L\.?C\b|L\.?P\b|Trust\b|Inc\b))"
)
"""The first name that a note gives of who holds something."""


class Row(NamedTuple):
    """A row of a form: what it says, and the day it speaks of."""

    form: str
    accession: str
    day: date
    holding: bool
    key: tuple[str, ...]
    moved: Decimal
    total: Decimal | None
    expires: date | None


class Form(NamedTuple):
    """A form: its owners, its issuer, the day it was signed, and its rows."""

    accession: str
    kind: str
    owners: tuple[str, ...]
    issuer: str
    filed: str
    period: date
    rows: tuple[Row, ...]


class Note(NamedTuple):
    """What an accountant reads in a filing: see the head of the table."""

    person: str
    what: str
    where: str
    value: str
    why: str


# --- reading ---------------------------------------------------------------------------


def forms() -> list[Form]:
    """Every form of the corpus, in the order in which they were filed."""
    found: dict[str, Form] = {}
    for path in sorted((CORPUS / "ownership_xml").iterdir()):
        number = re.match(r"\d{10}-\d{2}-\d{6}", path.name)
        _keep(found, number[0] if number else path.stem, path.read_text("utf-8", "replace"), "")
    for path in sorted((CORPUS / "submissions").iterdir()):
        text = path.read_text("latin-1")
        number = re.search(r"ACCESSION[ -]NUMBER:?>?\s*(\d{10}-\d{2}-\d{6})", text)
        body = re.search(r"<ownershipDocument>.*?</ownershipDocument>", text, re.DOTALL)
        accepted = re.search(r"<ACCEPTANCE-DATETIME>(\d{14})", text)
        if number and body:
            _keep(found, number[1], body[0], accepted[1] if accepted else "")
    return sorted(found.values(), key=lambda form: (form.filed, form.accession))


def _keep(found: dict[str, Form], accession: str, text: str, accepted: str) -> None:
    body = re.search(r"<ownershipDocument.*</ownershipDocument>", text, re.DOTALL)
    try:
        root = ET.fromstring(re.sub(r"\sxmlns(:\w+)?=\"[^\"]*\"", "", body[0]) if body else text)
    except ET.ParseError:
        return
    owners = tuple(_cik(o) for o in root.iterfind("reportingOwner/reportingOwnerId/rptOwnerCik"))
    issuer = root.find("issuer/issuerCik")
    signed = max((s.text or "" for s in root.iterfind("ownerSignature/signatureDate")), default="")
    kind, period = _text(root, "documentType"), _day(_text(root, "periodOfReport"))
    if not owners or issuer is None or period is None:
        return
    filed = accepted or signed[:10].replace("-", "") + "120000"
    rows = tuple(_rows(root, accession, kind, period, _day(signed) or period))
    form = Form(
        accession=accession,
        kind=kind,
        owners=owners,
        issuer=_cik(issuer),
        filed=filed,
        period=period,
        rows=rows,
    )
    found.setdefault(accession, form)


def _rows(root: ET.Element, accession: str, kind: str, period: date, signed: date) -> Iterator[Row]:
    notes = {n.get("id", ""): " ".join((n.text or "").split()) for n in root.iter("footnote")}
    place = Counter[str]()
    for table, name in (("I", "nonDerivative"), ("II", "derivative")):
        for line in root.iterfind(f"{name}Table/*"):
            if not line.tag.startswith(name):
                continue
            place[table] += 1
            holding = line.tag.endswith("Holding")
            day = period if kind[0] in "35" else signed
            if not holding:
                day = _day(_text(line, "transactionDate/value")) or period
            moved = _number(_text(line, "transactionAmounts/transactionShares/value")) or Decimal(0)
            letter = _text(line, "transactionAmounts/transactionAcquiredDisposedCode/value")
            after = "postTransactionAmounts/sharesOwnedFollowingTransaction/value"
            total = _number(_text(line, after))
            if total is None and kind[0] == "3":  # Form 3 has no such column for derivatives
                total = _number(_text(line, "underlyingSecurity/underlyingSecurityShares/value"))
            yield Row(
                form=kind,
                accession=f"{accession}#{table}.{place[table]}",
                day=day,
                holding=holding,
                key=_key(table, line, notes),
                moved=-moved if letter == "D" else moved,
                total=total,
                expires=_day(_text(line, "expirationDate/value")),
            )


def _key(table: str, line: ET.Element, notes: dict[str, str]) -> tuple[str, ...]:
    """What tells one position of a person from another, in the form's own words."""
    title = _plain(_text(line, "securityTitle/value"))
    form = _text(line, "ownershipNature/directOrIndirectOwnership/value")
    nature = "ownershipNature/natureOfOwnership"
    holder = _plain(_text(line, f"{nature}/value")) if form == "I" else ""
    if form == "I" and (
        not holder
        or re.search(r"footnote|^(?:trust|fund|llc|partnership)$|^(see )?fn|note", holder)
    ):
        cited = [
            *line.iterfind(f"{nature}/footnoteId"),
            *line.iterfind("ownershipNature//footnoteId"),
        ]
        texts = list(dict.fromkeys(notes.get(c.get("id", ""), "") for c in cited))
        named = [name for text in texts if (name := _NAMED.search(text))]
        holder = _plain(named[0][1] if named else " ".join(texts))
    strike = _number(_text(line, "conversionOrExercisePrice/value"))
    expires = _text(line, "expirationDate/value")
    terms = (str(strike.normalize()) if strike else "", expires) if table == "II" else ("", "")
    return (table, title, form, holder, *terms)


def _plain(text: str) -> str:
    text = re.sub(r"\(\d+\)|,?\s*\(?\$?\s*\.?\d*\.\d+ par value.*|,? par value.*", "", text.lower())
    return " ".join(w for w in re.findall(r"[a-z0-9]+", text) if w not in ("by", "the", "held"))


def _text(at: ET.Element, path: str) -> str:
    return " ".join((at.findtext(path) or "").split())


def _cik(at: ET.Element) -> str:
    return (at.text or "").strip().zfill(10)


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if text else None
    except InvalidOperation:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


# --- the draw --------------------------------------------------------------------------


def drawn(filed: list[Form], seed: int = SEED) -> list[tuple[str, tuple[date, ...]]]:
    """Thirty people, and three days of each, by the seed and nothing else."""
    days: dict[str, list[date]] = defaultdict(list)
    reports = Counter[str]()
    for form in filed:
        for owner in form.owners:
            days[owner] += [row.day for row in form.rows]
            reports[owner] += bool(form.rows)
    chance = random.Random(seed)
    often = sorted(p for p, count in reports.items() if count > 1)
    seldom = sorted(p for p, count in reports.items() if count == 1)
    people = [*often, *chance.sample(seldom, PEOPLE - len(often))]
    return [(person, tuple(_three(days[person], chance))) for person in people]


def others(filed: list[Form]) -> list[tuple[str, tuple[date, ...]]]:
    """Whom further draws give beside the thirty, with all the days that these give of them."""
    thirty = {person for person, _ in drawn(filed)}
    found: dict[str, set[date]] = defaultdict(set)
    for seed in OTHERS:
        for person, days in drawn(filed, seed):
            if person not in thirty:
                found[person].update(days)
    return [(person, tuple(sorted(days))) for person, days in sorted(found.items())]


def _three(days: list[date], chance: random.Random) -> list[date]:
    first, last = min(days) - timedelta(days=60), max(days) + timedelta(days=60)
    return sorted(
        first + timedelta(days=chance.randint(0, (last - first).days)) for _ in range(DAYS)
    )


# --- what was held ---------------------------------------------------------------------


def held(person: str, day: date, filed: list[Form], notes: list[Note]) -> dict[str, Decimal]:
    """What a person held on a day, nothing left out: shares by position, as far as they are told."""
    ours = [note for note in notes if note.person == person]
    dropped = {note.where for note in ours if note.what == "drop"}
    lines: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for form in filed:
        if person in form.owners and form.accession not in dropped:
            rows = [r for r in form.rows if r.total is not None and r.accession not in dropped]
            for row in _in_order(rows):
                lines[form.issuer, *_renamed(row, ours)].append(row)
    found = {}
    for key, rows in lines.items():
        shares = _on(day, sorted(rows, key=lambda row: row.day))
        if shares:
            found["/".join(key)] = shares
    for note in ours:
        if note.what == "held" and note.where <= day.isoformat():
            name, _, shares = note.value.rpartition("=")
            _, _, until = note.where.partition("..")
            if day <= date.fromisoformat(until or "9999-12-31"):
                found.pop(name, None)
                if Decimal(shares):
                    found[name] = Decimal(shares)
    return found


def _renamed(row: Row, notes: list[Note]) -> tuple[str, ...]:
    """The position of a row, under the name that the table gives it, if it gives one."""
    for note in notes:
        if note.what == "same" and note.where in ("/".join(row.key), row.accession):
            return tuple(note.value.split("/"))
    return row.key


def _in_order(rows: list[Row]) -> list[Row]:
    """The rows of a form as they happened: bottom-up where the totals run that way."""
    groups: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.key].append(row)
    ordered: list[Row] = []
    for same in groups.values():
        up, down = same[::-1], same
        ordered += max((down, up), key=_run_on)
    return ordered


def _run_on(rows: list[Row]) -> int:
    """How many totals of rows in this order go on from the total before."""
    return sum(
        one.total is not None and one.total + other.moved == other.total
        for one, other in pairwise(rows)
    )


def _on(day: date, rows: list[Row]) -> Decimal | None:
    """The last total up to a day; before the first one, what it says was there already."""
    past = [row for row in rows if row.day <= day]
    row = past[-1] if past else rows[0]
    if row.expires and row.expires < day:
        return None
    if past:
        return row.total
    if row.total is None or row.day - day > REACH or (row.holding and row.form[0] == "3"):
        return None
    return row.total - row.moved


def noted() -> list[Note]:
    """The table of what is read in the filings by hand."""
    with NOTES.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader((ln for ln in lines if not ln.startswith("#")), delimiter="\t")
        return [Note(*row) for row in rows if row]


# --- beside the ledger -----------------------------------------------------------------


class Beside(NamedTuple):
    """One person on one day: what either finds that the other does not."""

    person: str
    day: date
    ours: list[tuple[str, str, Decimal]]
    theirs: list[tuple[str, str, Decimal | None, Decimal | None, Decimal | None]]
    within: int
    """How many of our numbers lie in a range that the ledger gives."""

    @property
    def agrees(self) -> bool:
        """Whether both hold the same, number by number."""
        return not (self.ours or self.theirs)


def compared(
    ledger: Ledger,
    filed: list[Form],
    notes: list[Note],
    people: list[tuple[str, tuple[date, ...]]],
) -> Iterator[Beside]:
    """The people drawn, each on each of their days, beside what the ledger answers."""
    for person, days in people:
        for day in days:
            mine = [
                (*name.split("/")[:2], shares)
                for name, shares in held(person, day, filed, notes).items()
            ]
            theirs = [
                (h.issuer["cik"] or "", h.table, h.shares or h.value, h.shares_low, h.shares_high)
                for h in holdings(ledger, person=person, as_of=day).holdings
                if h.shares != 0 and h.value != 0
            ]
            within = 0
            for one in list(mine):
                match = next((o for o in theirs if o[:2] == one[:2] and o[2] == one[2]), None)
                if match is not None:
                    mine.remove(one)
                    theirs.remove(match)
            for one in list(mine):
                match = next((o for o in theirs if o[:2] == one[:2] and _spans(o, one[2])), None)
                if match is not None:
                    mine.remove(one)
                    theirs.remove(match)
                    within += 1
            yield Beside(person, day, mine, theirs, within)


def _spans(answer: tuple[object, ...], shares: Decimal) -> bool:
    _, _, number, low, high = answer
    ranged = number is None and isinstance(low, Decimal) and isinstance(high, Decimal)
    return ranged and low <= shares <= high  # type: ignore[operator]


def main() -> None:
    """Print each person and day, and what does not agree with the reason for it."""
    notes, agreed, people, filed = noted(), 0, set(), forms()
    whose = others(filed) if "--others" in sys.argv[1:] else drawn(filed)
    why = {(note.person, note.where): note.why for note in notes if note.what == "differs"}
    with TemporaryDirectory() as folder, Ledger.open(Path(folder) / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml", CORPUS / "submissions")
        found = list(compared(ledger, filed, notes, whose))
    for beside in found:
        agreed += beside.agrees
        if not beside.agrees:
            people.add(beside.person)
            print(
                f"{beside.person} on {beside.day}: ", why.get((beside.person, str(beside.day)), "?")
            )
            for said in beside.ours:
                print("   the accountant:", *said)
            for told in beside.theirs:
                print("   the ledger:    ", *told)
    ranged = sum(beside.within for beside in found)
    print(
        f"{agreed} of {len(found)} days and {len(whose) - len(people)} of {len(whose)} people agree; "
        f"{ranged} numbers lie within a range the ledger gives"
    )


if __name__ == "__main__":
    main()
