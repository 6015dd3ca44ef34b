"""Writes filings as a quarter of the SEC's Insider Transactions Data Sets: eight tables.

As in the real sets, the lines come in no order, numbers are printed with a `.0` or rounded
to two places, days as `30-SEP-2024`, and what the tables have no column for is lost. Of most
filings the real sets give the natures of indirect ownership, and the notes on them, to the
first lines of a table, direct ones among them, and so they do with amounts in dollars where
others are in shares (`packed`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from random import Random

from ledger.filing import Filing, Owner, Row
from ledger.types import plain

_BOXES = (
    ("director", "Director"),
    ("officer", "Officer"),
    ("ten_percent_owner", "TenPercentOwner"),
    ("other", "Other"),
)
_TITLED = (("SECURITY_TITLE", "security"),)
_CODED = (
    ("TRANS_FORM_TYPE", "form_type"),
    ("TRANS_CODE", "code"),
    ("EQUITY_SWAP_INVOLVED", "equity_swap"),
)
_DATED = (("TRANS_DATE", "effective_on"), ("DEEMED_EXECUTION_DATE", "deemed_execution_on"))
_UNDERLYING = (
    ("EXPIRATION_DATE", "expires_on"),
    ("UNDLYNG_SEC_TITLE", "underlying"),
    ("UNDLYNG_SEC_SHARES", "underlying_shares"),
    ("UNDLYNG_SEC_VALUE", "underlying_value"),
)
_AFTER = (
    ("SHRS_OWND_FOLWNG_TRANS", "shares_after"),
    ("VALU_OWND_FOLWNG_TRANS", "value_after"),
    ("DIRECT_INDIRECT_OWNERSHIP", "ownership"),
    ("NATURE_OF_OWNERSHIP", "nature"),
)
_PRICED = (("TRANS_PRICEPERSHARE", "price"), ("TRANS_ACQUIRED_DISP_CD", "direction"))
_TIMELY, _SHARES = ("TRANS_TIMELINESS", "timeliness"), ("TRANS_SHARES", "shares")
_STRIKE = (("CONV_EXERCISE_PRICE", "exercise_price"),)
COLUMNS = {
    ("I", False): (
        "NONDERIV_TRANS",
        (*_TITLED, *_DATED, *_CODED, _TIMELY, _SHARES, *_PRICED, *_AFTER),
    ),
    ("I", True): ("NONDERIV_HOLDING", (*_TITLED, ("TRANS_FORM_TYPE", "form_type"), *_AFTER)),
    ("II", False): (
        "DERIV_TRANS",
        (
            *(*_TITLED, *_STRIKE, *_DATED, *_CODED, _TIMELY, _SHARES),
            *(("TRANS_TOTAL_VALUE", "value"), *_PRICED, ("EXCERCISE_DATE", "exercisable_on")),
            *(*_UNDERLYING, *_AFTER),
        ),
    ),
    ("II", True): (
        "DERIV_HOLDING",
        (
            *(*_TITLED, *_STRIKE, ("TRANS_FORM_TYPE", "form_type")),
            *(("EXERCISE_DATE", "exercisable_on"), *_UNDERLYING, *_AFTER),
        ),
    ),
}
"""Of each kind of row: its table, and its columns with the field each shows."""

_NUMBERED_APART = (
    *("nature", "shares", "value", "shares_after", "value_after"),
    *("underlying_shares", "underlying_value"),
)
"""Fields that the sets number apart from the lines, where some lines are without them."""

_ONE_WAY = {"TRANS_FORM_TYPE", "TRANS_CODE"}
"""Columns without a column of notes of their own."""


def quarter(filings: Iterable[Filing], *, seed: int = 1, packed: bool = False) -> dict[str, bytes]:
    """The eight tables, by name; `FOOTNOTES` and the like stand even where they are empty."""
    random = Random(seed)
    lines: dict[str, list[list[str]]] = {name: [] for name in _headings()}
    surrogate = 2_000_000
    for filing in filings:
        assert filing.accession, "a data set names every filing"
        lines["SUBMISSION"].append(_submission(filing))
        for owner in filing.owners:
            lines["REPORTINGOWNER"].append(_owner(filing.accession, owner))
        for row in _packed(filing.rows) if packed else filing.rows:
            surrogate += random.randint(1, 3)
            lines[COLUMNS[row.table, row.holding][0]].append(
                _line(filing.accession, surrogate, row)
            )
        for note in filing.footnotes:
            lines["FOOTNOTES"].append([filing.accession, note.id, note.text])
        for signature in filing.signatures:
            signed = [filing.accession, signature.name or "", _day(signature.signed_on)]
            lines["OWNER_SIGNATURE"].append(signed)
    for name in lines.keys() - {"REPORTINGOWNER", "OWNER_SIGNATURE"}:
        random.shuffle(lines[name])
    return {name: _table(heading, lines[name]) for name, heading in _headings().items()}


def _packed(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, with what not all have of each table moved up to its first lines."""
    of: dict[str, list[Row]] = {}
    for row in rows:
        of.setdefault(COLUMNS[row.table, row.holding][0], []).append(row)
    for lines in of.values():
        moved = list(lines)
        for field in _NUMBERED_APART:
            blank = (None, "")
            having = [r for r in lines if getattr(r, field) not in blank or r.cited.get(field)]
            for at, (row, own) in enumerate(zip_longest(list(moved), having)):
                cited = {name: ids for name, ids in row.cited.items() if name != field}
                notes = own.cited.get(field, ()) if own else ()
                said = {field: getattr(own, field) if own else None}
                said["cited"] = cited | ({field: notes} if notes else {})
                moved[at] = row.model_copy(update=said)
        yield from moved


def as_folder(tables: dict[str, bytes], folder: Path) -> Path:
    """The tables as files of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in tables.items():
        (folder / f"{name}.tsv").write_bytes(content)
    return folder


def as_zip(tables: dict[str, bytes], path: Path) -> Path:
    """The tables as the SEC packs them, with the description of the set."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in tables.items():
            file.writestr(f"{name}.tsv", content)
        file.writestr("FORM_345_metadata.json", "{}")
        file.writestr("FORM_345_readme.htm", "<html></html>")
    return path


def _headings() -> dict[str, list[str]]:
    submission = (
        "FILING_DATE PERIOD_OF_REPORT DATE_OF_ORIG_SUB NO_SECURITIES_OWNED NOT_SUBJECT_SEC16 "
        "FORM3_HOLDINGS_REPORTED FORM4_TRANS_REPORTED DOCUMENT_TYPE ISSUERCIK ISSUERNAME "
        "ISSUERTRADINGSYMBOL REMARKS AFF10B5ONE"
    )
    owner = (
        "RPTOWNERCIK RPTOWNERNAME RPTOWNER_RELATIONSHIP RPTOWNER_TITLE RPTOWNER_TXT "
        "RPTOWNER_STREET1 RPTOWNER_STREET2 RPTOWNER_CITY RPTOWNER_STATE RPTOWNER_ZIPCODE "
        "RPTOWNER_STATE_DESC FILE_NUMBER"
    )
    tables = {"SUBMISSION": submission.split(), "REPORTINGOWNER": owner.split()}
    for name, columns in COLUMNS.values():
        tables[name] = [f"{name}_SK"]
        for column, _ in columns:
            tables[name].append(column)
            if column == "EQUITY_SWAP_INVOLVED":
                tables[name].append("EQUITY_SWAP_TRANS_CD_FN")
            elif column not in _ONE_WAY or name.endswith("HOLDING"):
                tables[name].append(f"{column}_FN")
    tables["FOOTNOTES"] = ["FOOTNOTE_ID", "FOOTNOTE_TXT"]
    tables["OWNER_SIGNATURE"] = ["OWNERSIGNATURENAME", "OWNERSIGNATUREDATE"]
    return {name: ["ACCESSION_NUMBER", *columns] for name, columns in tables.items()}


def _submission(filing: Filing) -> list[str]:
    return [
        filing.accession or "",
        _day(filing.filed_on),
        _day(filing.period),
        _day(filing.original_on),
        _box(filing.no_securities_owned),
        _box(filing.not_subject_to_section16),
        _box(filing.form3_holdings_reported),
        _box(filing.form4_transactions_reported),
        filing.form,
        filing.issuer.cik or "",
        filing.issuer.name or "",
        filing.issuer.symbol or "",
        filing.remarks or "",
        _box(filing.plan_10b5_1),
    ]


def _owner(accession: str, owner: Owner) -> list[str]:
    told = [owner.officer_title, owner.other_text, owner.street1, owner.street2, owner.city]
    told += [owner.state, owner.zip_code, owner.state_description]
    relationship = ",".join(word for field, word in _BOXES if getattr(owner, field))
    cells = [owner.cik, owner.name, relationship, *told, "001-00001"]
    return [accession, *(cell or "" for cell in cells)]


def _line(accession: str, surrogate: int, row: Row) -> list[str]:
    name, columns = COLUMNS[row.table, row.holding]
    cells = [accession, str(surrogate)]
    for column, field in columns:
        cells.append(_cell(getattr(row, field)))
        notes = ", ".join(row.cited.get("code" if column == "EQUITY_SWAP_INVOLVED" else field, ()))
        if column not in _ONE_WAY or name.endswith("HOLDING"):
            cells.append(notes)
    return cells


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        text = plain(round(value, 2)) if value != round(value, 2) else plain(value)
        return text if "." in text else f"{text}.0"
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, bool) or value is None:
        return _box(value)
    letters = {"acquired": "A", "disposed": "D", "direct": "D", "indirect": "I"}
    return letters.get(str(value), str(value))


def _day(day: date | None) -> str:
    return f"{day:%d-%b-%Y}".upper() if day else ""


def _box(ticked: bool | None) -> str:
    return "" if ticked is None else str(int(ticked))


def _table(heading: list[str], lines: list[list[str]]) -> bytes:
    return "".join("\t".join(map(_quoted, line)) + "\n" for line in [heading, *lines]).encode()


def _quoted(cell: str) -> str:
    words = " ".join(cell.split())
    return '"' + words.replace('"', '""') + '"' if '"' in words else words
