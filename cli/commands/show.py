"""`ledger show`: a filing as the ledger has it, footnotes beside the lines that cite them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import click

from cli.formats.output import answers
from cli.ranking import severities
from cli.reports.blocks import Block, Column, Grid, Heading, Paragraph, columns
from cli.reports.blocks import Row as GridRow
from cli.reports.report import Report, fields
from cli.reports.wording import brief, day, days, figure, footnote, held, name, signed
from cli.session import Session, everywhere
from ledger import Ledger
from ledger.addresses import note_ref
from ledger.codes import CODES
from ledger.errors import UnknownReference
from ledger.filing import Filing, Footnote, Owner, Row, Statement
from ledger.retraction import Retraction
from ledger.types import eastern_day, instant
from projections.findings.finding import Finding
from projections.questions.aftermath import Became, aftermath
from projections.questions.events import words_of
from projections.questions.reconcile import as_grave
from projections.questions.reviews import remarks
from projections.questions.titles import title

_FIELDS = fields(
    "ref table line:count holding:truth security effective_on:day deemed_execution_on:day "
    "form_type code equity_swap:truth timeliness direction shares:quantity value:quantity "
    "price:price shares_after:quantity value_after:quantity ownership nature "
    "exercise_price:price exercisable_on:day expires_on:day underlying "
    "underlying_shares:quantity underlying_value:quantity footnotes.id:code[] footnotes.text:text[] "
    "filing address"
)
_OF_A_FINDING = ("id", "severity", "kind", "row", "message", *Finding.REVIEWED)
_TABLES: dict[str, tuple[str, tuple[Column, ...]]] = {
    "I": (
        "Table I: non-derivative securities",
        columns("=Line", "Security", "=Date", "Code", ">Moved", ">Price", ">Owned after", "^Held"),
    ),
    "II": (
        "Table II: derivative securities",
        columns(
            *("=Line", "Security", ">Strike", "=Date", "Code", ">Moved", ">Price"),
            *(">Owned after", "^Held"),
        ),
    ),
}


class Shown(NamedTuple):
    """A filing with what became of its lines and what was found; `at`: the one place asked for."""

    filing: Filing
    later: Sequence[tuple[Became, Filing]]
    findings: Sequence[Finding]
    at: str = ""
    away: Sequence[tuple[int, Retraction]] = ()

    def rows(self, table: str) -> list[Row]:
        """The rows of a table that are shown."""
        own = [row for row in self.filing.rows if row.table == table]
        return [row for row in own if self.at in ("", row.ref)]

    def statements(self) -> list[Statement]:
        """What the footnotes state that are shown: all, or those of the note asked for."""
        return [
            s
            for s in self.filing.statements
            if f"{s.ref}.".startswith(f"{self.at}.") or not self.at
        ]

    def notes(self) -> list[Footnote]:
        """The footnote that is asked for, whether or not it states anything."""
        return [n for n in self.filing.footnotes if note_ref(n.id, 1, 1) == self.at]

    def marks(self, row: str | None) -> list[str]:
        """The findings about a row, or about the filing as a whole."""
        own = (f for f in self.findings if f.row == row)
        return ["; ".join((f"finding {f.id}, {f.severity}: {f.kind}", *remarks(f))) for f in own]


@click.command("show")
@everywhere
@answers
@click.argument("filing", metavar="FILING[#ROW]")
@click.pass_obj
def command(session: Session, filing: str) -> Report:
    """A filing as recorded, its footnotes beside the lines citing them."""
    return report(session.ledger(), filing, severities(session.database))


def report(ledger: Ledger, name: str, ranked: Mapping[str, str] | None = None) -> Report:
    """A filing by its name, or one line or note of it, ready to be written in any format.

    `ranked` are kinds of findings that are graver, or less grave, to who asks.
    """
    filing, _, at = name.partition("#")
    found = ledger.filing(filing)
    later, findings = aftermath(ledger, found.id, found.stream)
    findings = [as_grave(finding, ranked or {}) for finding in findings]
    told = [(fate, ledger.filing(fate.by)) for fate in later]
    shown = Shown(found, told, findings, at=at, away=ledger.retractions(filing))
    found_there = shown.rows("I") or shown.rows("II") or shown.statements() or shown.notes()
    if at and not found_there:
        raise UnknownReference(
            f"{found.id} has no row or note {at!r}",
            remedy=f"`ledger show {brief(found.id)}` lists them",
        )
    document = _document(shown)
    whole = {"filing": document["filing"], "address": document["address"]}
    rows = [row | whole for row in document["rows"] if at in ("", row["ref"])]
    return Report(document, rows, _FIELDS, lambda: _blocks(shown))


def _told(event: int, away: Retraction) -> dict[str, Any]:
    until = instant(away.until) if away.until else None
    return {"at": instant(away.at), "why": away.why, "event": event, "until": until}


def _document(shown: Shown) -> dict[str, Any]:
    filing = shown.filing
    said = filing.model_dump(mode="json")
    texts = {note.id: note.text for note in filing.footnotes}
    for row, plain in zip(filing.rows, said["rows"], strict=True):
        plain["ref"] = row.ref
        plain["footnotes"] = [{"id": note, "text": texts.get(note)} for note in row.footnotes]
    for statement, plain in zip(filing.statements, said["statements"], strict=True):
        plain |= {"ref": statement.ref, "text": words_of(statement, filing)}
    known = filing.known
    names = {
        "filing": filing.id,
        "known_at": known.text,
        "known_basis": known.basis,
        "address": filing.address,
    }
    became = [{"how": f.how, "rows": list(f.rows), "filing": f.by} for f, _ in shown.later]
    found = [{name: getattr(f, name) for name in _OF_A_FINDING} for f in shown.findings]
    away = [_told(*one) for one in shown.away]
    more = {"later": became, "retracted": away, "findings": found, "at": shown.at or None}
    return {"schema": "ledger.filing/1", **names, **said, **more}


def _blocks(shown: Shown) -> Iterator[Block]:
    filing = shown.filing
    issuer = filing.issuer.model_dump(include={"cik", "name", "symbol"})
    yield Heading(f"{title(filing.form, filing.known)}: {name(issuer)}")
    whole = (("Finding", mark) for mark in shown.marks(None))
    particulars = (*_particulars(filing), *_away(shown.away), *_later(shown.later), *whole)
    yield Grid(columns("", ""), [GridRow(line) for line in particulars])
    told: set[str] = set()
    for table, (heading, titles) in _TABLES.items():
        rows = shown.rows(table)
        if rows:
            yield Heading(heading)
            notes = ((row, [*_notes(row, filing, told), *shown.marks(row.ref)]) for row in rows)
            yield Grid(titles, [_row(row, beneath) for row, beneath in notes])
            yield from _key(rows)
    if not shown.at:
        yield from _unseen(filing, told)
    for note in shown.notes():
        yield Paragraph(f"({footnote(note.id)}) {note.text}")
        citing = ", ".join(row.ref for row in filing.rows if note.id in row.footnotes)
        yield Paragraph(f"Cited by {citing}." if citing else "No line cites it.")
    stated = [_stated(statement, filing) for statement in shown.statements()]
    if stated:
        yield Heading("What the footnotes state")
        yield Grid(columns("=Note", "Event", "=Date", ">Shares", "Words"), stated)
    if shown.at:
        lines = f"all {len(filing.rows):,} lines" if len(filing.rows) > 1 else "the whole filing"
        yield Paragraph(f"This is {shown.at}; `ledger show {brief(filing.id)}` shows {lines}.")


def _key(rows: Sequence[Row]) -> Iterator[Block]:
    """What the codes of some rows stand for."""
    letters = dict.fromkeys(row.code for row in rows if row.code in CODES)
    if letters:
        words = "; ".join(f"{letter} {CODES[letter].meaning}" for letter in letters if letter)
        yield Paragraph(f"Codes: {words}.")


def _particulars(filing: Filing) -> Iterator[tuple[str, str]]:
    yield "Filing", filing.id
    for owner in filing.owners:
        yield "Owner", _owner(owner)
    if filing.period:
        yield "Period", day(filing.period)
    if filing.original_on:
        yield "Amends", f"a filing of {day(filing.original_on)}"
    for said, box in (
        (filing.no_securities_owned, "no securities are owned"),
        (filing.not_subject_to_section16, "no longer subject to Section 16"),
        (filing.plan_10b5_1, "made under a Rule 10b5-1 plan"),
    ):
        if said:
            yield "Box", box
    for signature in filing.signatures:
        yield "Signed", " ".join(filter(None, [day(signature.signed_on), signature.name]))
    if filing.address:
        yield "On EDGAR", filing.address
    yield "Read from", f"{filing.format}, sha256 {filing.sha256[:12]}"
    if filing.recovered:
        yield "Damaged", "the document was damaged and read in recovery mode"
    for repair in filing.repairs:
        yield "Repair", _repair(repair.field, repair.printed, repair.effect, repair.why)


def _away(retractions: Sequence[tuple[int, Retraction]]) -> Iterator[tuple[str, str]]:
    """Since when no answer counts the filing, or when it was away."""
    for event, away in retractions:
        back = f"; it counts again since {day(eastern_day(away.until))}" if away.until else ""
        yield "Retracted", f"{day(eastern_day(away.at))}, by event {event}: {away.why}{back}"


def _later(later: Sequence[tuple[Became, Filing]]) -> Iterator[tuple[str, str]]:
    """By which filing its lines were restated, taken back, or told before."""
    for fate, other in later:
        by = f"{title(other.form, other.known)} ({brief(other.id)})"
        yield fate.how.capitalize(), f"{', '.join(fate.rows)}, {_BY[fate.how]} {by}"


_BY = {"restated": "in", "taken back": "by", "counted once": "with"}


def _owner(owner: Owner) -> str:
    roles = (
        (owner.director, "director"),
        (owner.officer, owner.officer_title or "officer"),
        (owner.ten_percent_owner, "ten percent owner"),
        (owner.other, owner.other_text or "other"),
    )
    called = name({"cik": owner.cik, "name": owner.name})
    cik = f" (CIK {owner.cik})" if owner.cik and owner.name else ""
    return ", ".join([called + cik, *(role for said, role in roles if said)])


def _repair(field: str, printed: str, effect: str, why: str) -> str:
    read = f" “{printed}”" if printed else ""
    return f"{field}{read}: {why} [{effect}]"


def _row(row: Row, notes: Sequence[str]) -> GridRow:
    def cited(text: str, field: str) -> str:
        marks = "".join(f"({footnote(note)})" for note in row.cited.get(field, ()))
        return text + marks

    def quantity(number: Decimal | None, field: str) -> str:
        return cited(figure(number), field)

    line = row.ref
    security = cited(row.security or "", "security")
    code = cited(row.code or ("holding" if row.holding else ""), "code")
    moved = cited(_moved(row), "shares" if row.shares is not None else "value")
    after = (
        quantity(row.shares_after, "shares_after")
        if row.value_after is None
        else cited(f"${figure(row.value_after)}", "value_after")
    )
    price = quantity(row.price, "price")
    of_form = {field: row.cited.get(field, ()) for field in ("ownership", "nature")}
    by_notes = dict.fromkeys(note for notes in of_form.values() for note in notes)
    how = held(row.ownership, row.nature) + "".join(f"({footnote(note)})" for note in by_notes)
    when = cited(day(row.effective_on), "effective_on")
    if row.table == "I":
        return GridRow((line, security, when, code, moved, price, after, how), notes)
    strike = quantity(row.exercise_price, "exercise_price")
    cells = (line, security, strike, when, code, moved, price, after, how)
    return GridRow(cells, [*_terms(row, cited), *notes])


def _terms(row: Row, cited: Callable[[str, str], str]) -> Iterator[str]:
    """What a derivative is over, and between which days, beneath its row."""
    worth = "" if row.underlying_value is None else f"${figure(row.underlying_value)} of"
    amount = worth if row.underlying_shares is None else figure(row.underlying_shares)
    over = " ".join(filter(None, [amount, row.underlying]))
    said = (
        ("over", cited(over, "underlying")),
        ("exercisable", cited(day(row.exercisable_on), "exercisable_on")),
        ("expires", cited(day(row.expires_on), "expires_on")),
    )
    terms = ", ".join(f"{word} {text}" for word, text in said if text)
    if terms:
        yield terms


def _moved(row: Row) -> str:
    amount = row.shares if row.shares is not None else row.value
    if amount is None:
        return ""
    sign = {"acquired": signed(amount), "disposed": signed(-amount), None: figure(amount)}
    text = sign[row.direction]
    return text if row.shares is not None else f"${text}"


def _notes(row: Row, filing: Filing, shown: set[str]) -> list[str]:
    """The footnotes a row is the first to cite, and what was not taken at its word."""
    texts = {note.id: note.text for note in filing.footnotes}
    fresh = [note for note in row.footnotes if note not in shown]
    shown.update(fresh)
    lines = [f"({footnote(note)}) {texts.get(note, 'there is no such note')}" for note in fresh]
    lines += [f"read: {_repair(r.field, r.printed, r.effect, r.why)}" for r in row.repairs]
    return lines


def _unseen(filing: Filing, shown: set[str]) -> Iterator[Block]:
    """Footnotes that no line cites, and the remarks."""
    rest = [note for note in filing.footnotes if note.id not in shown]
    if rest:
        yield Heading("Notes that no line cites")
        for note in rest:
            yield Paragraph(f"({footnote(note.id)}) {note.text}")
    if filing.remarks:
        yield Heading("Remarks")
        yield Paragraph(filing.remarks)


def _stated(statement: Statement, filing: Filing) -> GridRow:
    shares = statement.shares
    moved = {"acquired": signed(shares), "disposed": signed(-shares)} if shares else {}
    return GridRow(
        (
            statement.ref.removeprefix("note."),
            statement.kind,
            days(statement.effective_from, statement.effective_to),
            moved.get(statement.direction or "", figure(shares)),
            words_of(statement, filing) or "",
        )
    )
