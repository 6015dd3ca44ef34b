"""Writes a filing as the SEC renders it: the page a browser is shown, by the year's stylesheet.

What the form prints is written, in boxes and two tables, and nothing else of the XML. The looks
differ as the pages met differ: stylesheets of several years, a page that a browser saved with
its tags in capitals, one that a mail program wrapped, marks that are not raised.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

from ledger.filing import Filing, Owner, Row
from ledger.types import plain


@dataclass(frozen=True)
class Look:
    """How a rendering looks: what its stylesheet knows, and what was done to the page since."""

    title_in_cells: bool = False
    plan_box: bool = False
    abroad: bool = False
    mark: str = '<span class="FootnoteData"><sup>({})</sup></span>'
    joined_marks: bool = False
    raised_digits: bool = False
    saved: bool = False
    wrapped: bool = False


LOOKS: dict[str, Look] = {
    "X01": Look(),
    "X02": Look(mark="<sup>({})</sup>"),
    "X03": Look(title_in_cells=True),
    "X05": Look(title_in_cells=True, plan_box=True),
    "X06": Look(title_in_cells=True, plan_box=True, abroad=True),
    "saved": Look(title_in_cells=True, saved=True),
    "wrapped": Look(title_in_cells=True, wrapped=True),
    "bare marks": Look(mark="<sup>{}</sup>", joined_marks=True),
    "lowered marks": Look(mark='<span class="FootnoteData">({})</span>'),
    "marks raised by style": Look(mark='<span style="vertical-align: super">{}</span>'),
    "raised digits": Look(mark="({})", raised_digits=True),
    "marks in pieces": Look(mark="<sup>(</sup><sup>{}</sup><sup>)</sup>"),
}
"""The stylesheets of 2003 to 2026, and what becomes of pages."""

_RAISED = str.maketrans(
    "0123456789()", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207d\u207e"
)

_INSTRUCTION = "(Instr. 3, 4 and 5)"
_DAYS = "(Month/Day/Year)"
_MOVED = "Following Reported Transaction(s)"


def as_html(filing: Filing, look: Look = LOOKS["X03"]) -> bytes:
    """The filing as a page, in UTF-8."""
    number = filing.form.partition("/")[0]
    parts = [
        f"<head><title>SEC FORM \n   {filing.form}</title></head>\n<body>SEC Form {number}\n",
        _head(filing, number, look),
        _parties(filing, number, look),
        _first_table(filing, number, look),
        _second_table(filing, number, look),
        _joint(filing, look) if len(filing.owners) > 1 else "",
        _notes(filing),
        _signed(filing),
    ]
    page = f"<!DOCTYPE html>\n<html>\n{''.join(parts)}</body>\n</html>\n"
    if look.saved:
        page = re.sub(r"(?<=<)/?[a-z]+", lambda tag: tag[0].upper(), page)
        name = (filing.accession or "").replace("-", "")
        origin = f"https://www.sec.gov/Archives/edgar/data/1/{name}/xslF345X03/doc4.xml"
        page = page.replace("<HTML>", f"<!-- saved from url=(0090){origin} -->\n<HTML>", 1)
    if look.wrapped:
        page = "\n".join(
            textwrap.fill(line, 76, break_long_words=False, break_on_hyphens=False)
            for line in page.splitlines()
        )
    return page.encode()


def _head(filing: Filing, number: str, look: Look) -> str:
    boxes = [] if number == "3" else [(filing.not_subject_to_section16, _LEAVES)]
    if number == "4" and look.plan_box:
        boxes.append((filing.plan_10b5_1, _PLAN))
    if number == "5":
        boxes.append((filing.form3_holdings_reported, "Form 3 Holdings Reported."))
        boxes.append((filing.form4_transactions_reported, "Form 4 Transactions Reported."))
    ticks = "".join(
        f"<tr><td><table border=1><tr><td>{'X' if ticked else '&nbsp;'}</td></tr></table></td>"
        f'<td class="SmallFormText">{words}</td></tr>\n'
        for ticked, words in boxes
    )
    return (
        f'<table><tr><td class="FormName">FORM {number}</td><td rowspan=4>UNITED STATES<br>'
        f"SECURITIES</td><td><table><tr><td>OMB Number:</td><td>3235-0000</td></tr></table></td>"
        f"</tr>\n{ticks}</table>\n"
    )


_LEAVES = (
    "Check this box if no longer subject to Section 16. Form 4 or Form 5 obligations may "
    "continue. <i>See</i>\n Instruction 1(b)."
)
_PLAN = (
    "Check this box to indicate that a transaction was made pursuant to a plan that is intended "
    "to satisfy the affirmative defense conditions of Rule 10b5-1(c). See Instruction 10."
)


def _parties(filing: Filing, number: str, look: Look) -> str:
    issuer = filing.issuer
    foreign = ""
    if look.abroad:
        shown = escape(issuer.foreign_symbol or "")
        foreign = f"<br><span>2a. Foreign Trading Symbol</span> [ <span>{shown}</span> ]"
    labels = {
        "3": ("3", "2. Date of Event Requiring Statement", "4", "5"),
        "4": ("2", "3. Date of Earliest Transaction", "5", "4"),
        "5": ("2", "3. Statement for Issuer's Fiscal Year Ended", "5", "4"),
    }
    named, period, related, amended = labels[number]
    return (
        f'<table border=1>\n<tr><td rowspan="3">{_owner(filing.owners[0], look)}</td>\n'
        f"<td><span>{named}. Issuer Name <b>and</b> Ticker or Trading Symbol\n </span><br>"
        f"{_link(issuer.cik, issuer.name, look)}\n [ <span>{escape(issuer.symbol or '')}</span> ]"
        f"{foreign}</td>\n<td rowspan=2>{_related(filing.owners[0], related, look)}</td></tr>\n"
        f"<tr><td><span>{period}\n {_DAYS}</span><br><span>{_day(filing.period)}</span></td></tr>\n"
        f"<tr><td><span>{amended}. If Amendment, Date of Original Filed\n {_DAYS}</span><br>"
        f"<span>{_day(filing.original_on)}</span></td>\n"
        "<td><span>6. Individual or Joint/Group Filing (Check Applicable Line)</span><table>"
        "<tr><td>X</td><td>Form filed by One Reporting Person</td></tr></table></td></tr>\n"
        "</table>\n"
    )


def _owner(owner: Owner, look: Look) -> str:
    street = "".join(
        f"<tr><td><span>{escape(line or '')}</span></td></tr>\n"
        for line in (owner.street1, owner.street2)
    )
    town = "".join(
        f"<td><span>{escape(part or '')}</span></td>"
        for part in (owner.city, owner.state or owner.state_description, owner.zip_code)
    )
    country = ""
    if look.abroad:
        shown = escape(owner.country or "")
        country = f"<table><tr><td>{shown}</td></tr></table><hr><span>(Country)</span>"
    return (
        "<span>1. Name and Address of Reporting Person<sup>*</sup></span><table><tr><td>"
        f"{_link(owner.cik, owner.name, look)}</td></tr></table>\n<hr><table><tr><td>(Last)</td>"
        f"<td>(First)</td><td>(Middle)</td></tr></table>\n<table>{street}</table>\n<hr>"
        f"<span>(Street)</span><table><tr>{town}</tr></table>\n<hr><table><tr><td>(City)</td>"
        f"<td>(State)</td><td>(Zip)</td></tr></table>{country}"
    )


def _link(cik: str | None, name: str | None, look: Look) -> str:
    host = "https://www.sec.gov" if look.saved else ""
    where = f"{host}/cgi-bin/browse-edgar?action=getcompany&amp;CIK={cik}"
    return f'<a href="{where}">{escape(name or "")}</a>'


def _related(owner: Owner, number: str, look: Look) -> str:
    def box(ticked: bool | None, words: str) -> str:
        return f"<td>{'<span>X</span>' if ticked else ''}</td><td>{words}</td>"

    title, other = (escape(words or "") for words in (owner.officer_title, owner.other_text))
    below = (
        f"<tr><td></td><td>{title}</td><td></td><td>{other}</td></tr>"
        if look.title_in_cells
        else f"<tr><td colspan=4><span>{title}</span><span>{other}</span></td></tr>"
    )
    return (
        f"<span>{number}. Relationship of Reporting Person(s) to Issuer</span><br>"
        "<span>(Check all applicable)</span><table>\n"
        f"<tr>{box(owner.director, 'Director')}{box(owner.ten_percent_owner, '10% Owner')}</tr>\n"
        f"<tr>{box(owner.officer, 'Officer (give title below)')}"
        f"{box(owner.other, 'Other (specify below)')}</tr>\n{below}</table>"
    )


def _first_table(filing: Filing, number: str, look: Look) -> str:
    rows = [row for row in filing.rows if row.table == "I"]
    if number == "3":
        headings = (
            "<tr><th>1. Title of Security (Instr.\n 4)</th><th>2.\n Amount of Securities "
            "Beneficially Owned (Instr. 4)</th><th>3. Ownership Form: Direct (D) or Indirect (I) "
            "(Instr. 5)</th><th>4. Nature of Indirect Beneficial Ownership (Instr. 5)</th></tr>"
        )
        return _table("Table I - Non-Derivative Securities", headings, rows, number, look)
    coded = '<th colspan="2">3. Transaction Code (Instr. 8)</th>'
    below = "<th>Code</th><th>V</th>"
    if number == "5":
        coded, below = '<th rowspan="2">3. Transaction Code (Instr. 8)</th>', ""
    after = _MOVED if number == "4" else "at end of Issuer's Fiscal Year"
    headings = (
        f'<tr><th rowspan="2">1. Title of Security (Instr.\n 3)</th><th rowspan="2">2. Transaction '
        f'Date\n {_DAYS}</th><th rowspan="2">2A. Deemed Execution Date, if any\n {_DAYS}</th>'
        f'{coded}<th colspan="3">4. Securities Acquired (A) or Disposed Of (D) {_INSTRUCTION}</th>'
        f'<th rowspan="2">5.\n Amount of Securities Beneficially Owned {after} (Instr. 3 and 4)'
        '</th><th rowspan="2">6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)</th>'
        '<th rowspan="2">7. Nature of Indirect Beneficial Ownership (Instr. 4)</th></tr>\n'
        f"<tr>{below}<th>Amount</th><th>(A) or (D)</th><th>Price</th></tr>"
    )
    return _table("Table I - Non-Derivative Securities", headings, rows, number, look)


def _second_table(filing: Filing, number: str, look: Look) -> str:
    rows = [row for row in filing.rows if row.table == "II"]
    terms = "<th>Date Exercisable</th><th>Expiration Date</th><th>Title</th>"
    terms += "<th>Amount or Number of Shares</th>"
    if number == "3":
        headings = (
            '<tr><th rowspan="2">1. Title of Derivative Security (Instr. 4)</th><th colspan="2">2. '
            f'Date Exercisable and Expiration Date\n {_DAYS}</th><th colspan="2">3. Title and '
            "Amount of Securities Underlying Derivative Security (Instr. 4)</th>"
            '<th rowspan="2">4. Conversion or Exercise Price of Derivative Security</th>'
            '<th rowspan="2">5. Ownership Form: Direct (D) or Indirect (I) (Instr. 5)</th>'
            '<th rowspan="2">6. Nature of Indirect Beneficial Ownership (Instr. 5)</th></tr>\n'
            f"<tr>{terms}</tr>"
        )
        return _table("Table II - Derivative Securities", headings, rows, number, look)
    coded, below = '<th colspan="2">4. Transaction Code (Instr. 8)</th>', "<th>Code</th><th>V</th>"
    if number == "5":
        coded, below = '<th rowspan="2">4. Transaction Code (Instr. 8)</th>', ""
    headings = (
        '<tr><th rowspan="2">1. Title of Derivative Security (Instr. 3)</th><th rowspan="2">2. '
        'Conversion or Exercise Price of Derivative Security</th><th rowspan="2">3. Transaction '
        f'Date {_DAYS}</th><th rowspan="2">3A. Deemed Execution Date, if any {_DAYS}</th>{coded}'
        '<th colspan="2">5. Number of Derivative Securities Acquired (A) or Disposed of (D) '
        f'{_INSTRUCTION}</th><th colspan="2">6. Date Exercisable and Expiration Date {_DAYS}</th>'
        '<th colspan="2">7. Title and Amount of Securities Underlying Derivative Security '
        '(Instr. 3 and 4)</th><th rowspan="2">8. Price of Derivative Security (Instr. 5)</th>'
        '<th rowspan="2">9. Number of derivative Securities Beneficially Owned Following '
        'Reported Transaction(s) (Instr. 4)</th><th rowspan="2">10. Ownership Form: Direct (D) or '
        'Indirect (I) (Instr. 4)</th><th rowspan="2">11. Nature of Indirect Beneficial Ownership '
        f"(Instr. 4)</th></tr>\n<tr>{below}<th>(A)</th><th>(D)</th>{terms}</tr>"
    )
    return _table("Table II - Derivative Securities", headings, rows, number, look)


def _table(title: str, headings: str, rows: list[Row], number: str, look: Look) -> str:
    lines = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>\n" for cell in _cells(row, number, look)) + "</tr>\n"
        for row in rows
    )
    body = f"<tbody>{lines}</tbody>" if rows else ""
    span = 16
    return (
        f'<table border=1><thead>\n<tr><th colspan="{span}"><b>{title} Beneficially Owned</b></th>'
        f"</tr>\n{headings}\n</thead>\n{body}</table>\n"
    )


def _cells(row: Row, number: str, look: Look) -> Iterable[str]:
    def cell(text: str, *fields: str) -> str:
        notes = [note for field in fields for note in row.cited.get(field, ())]
        marks = [note.removeprefix("F") for note in notes]
        if look.joined_marks and marks:
            marks = [", ".join(marks)]
        shown = f'<span class="FormData">{escape(text)}</span>' if text or not marks else ""
        raised = "".join(look.mark.format(mark) for mark in marks)
        return shown + (raised.translate(_RAISED) if look.raised_digits else raised)

    side = {"acquired": "A", "disposed": "D", None: ""}[row.direction]
    held = {"direct": "D", "indirect": "I", None: ""}[row.ownership]
    early = "V" if row.form_type == "5" and row.timeliness == "E" else ""
    code = (row.code or "") + ("/K" if row.equity_swap else "")
    coding = [cell(code, "code"), cell(early, "timeliness")]
    if number == "5":
        coding = [cell(code, "code", "timeliness")]
    after = cell(_amount(row.shares_after, row.value_after), "shares_after", "value_after")
    last = [cell(held, "ownership"), cell(row.nature, "nature")]
    title = cell(row.security or "", "security")
    if row.table == "I" and number == "3":
        return [title, after, *last]
    strike = cell(_price(row.exercise_price), "exercise_price")
    terms = [
        cell(_day(row.exercisable_on), "exercisable_on"),
        cell(_day(row.expires_on), "expires_on"),
        cell(row.underlying or "", "underlying"),
        cell(
            _amount(row.underlying_shares, row.underlying_value),
            "underlying_shares",
            "underlying_value",
        ),
    ]
    if number == "3":
        return [title, *terms, strike, *last]
    days = [
        cell(_day(row.effective_on), "effective_on"),
        cell(_day(row.deemed_execution_on), "deemed_execution_on"),
    ]
    amount = cell(_amount(row.shares, row.value), "shares", "value")
    price = cell(_price(row.price), "price")
    if row.table == "I":
        return [title, *days, *coding, amount, cell(side, "direction"), price, after, *last]
    sides = [amount, ""] if row.direction != "disposed" else ["", amount]
    return [title, strike, *days, *coding, *sides, *terms, price, after, *last]


def _joint(filing: Filing, look: Look) -> str:
    boxes = "".join(f"<tr><td>{_owner(owner, look)}</td></tr>\n" for owner in filing.owners)
    return f"<table border=1>\n{boxes}</table>\n"


def _notes(filing: Filing) -> str:
    none = "<tr><td>No securities are beneficially owned</td></tr>\n"
    lines = "".join(
        f'<tr><td class="FootnoteData">{note.id.removeprefix("F")}. {escape(note.text)}</td></tr>\n'
        for note in filing.footnotes
    )
    return (
        "<table><tr><td><b>Explanation of Responses:</b></td></tr>\n"
        f"{none if filing.no_securities_owned else ''}{lines}<tr><td><b>Remarks:</b></td></tr>\n"
        f'<tr><td class="FootnoteData">{escape(filing.remarks or "")}</td></tr></table>\n'
    )


def _signed(filing: Filing) -> str:
    lines = "".join(
        f"<tr><td></td><td><u><span>{escape(signature.name or '')}</span></u></td>"
        f"<td><u><span>{_day(signature.signed_on)}</span></u></td></tr>\n"
        for signature in filing.signatures
    )
    return (
        f"<table>{lines}<tr><td></td><td>** Signature of Reporting Person</td><td>Date</td></tr>\n"
        "<tr><td colspan=3>Reminder: Report on a separate line for each class of securities "
        "beneficially owned directly or indirectly.</td></tr></table>\n"
    )


def _day(day: date | None) -> str:
    return f"{day:%m/%d/%Y}" if day else ""


def _amount(shares: Decimal | None, dollars: Decimal | None) -> str:
    if dollars is not None:
        return f"${_grouped(dollars)}"
    return "" if shares is None else _grouped(shares)


def _price(price: Decimal | None) -> str:
    return "" if price is None else f"${_grouped(price)}"


def _grouped(number: Decimal) -> str:
    whole, point, rest = plain(number).partition(".")
    return f"{int(whole):,}{point}{rest}"
