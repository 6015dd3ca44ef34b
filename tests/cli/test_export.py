"""Exports, opened: each reader computes from a file what the ledger computes itself."""

import csv
import io
import json
import re
import shlex
import sqlite3
from contextlib import closing
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils.cli import cli as sqlite_utils_cli

from cli.formats.columnar import ColumnarFiles
from cli.main import main
from ledger import Ledger
from ledger.types import EXACT
from projections import history, holdings, reconcile
from projections.bulk.tables import TABLES
from projections.columns import table
from tests.cli import papers
from tests.projections.building import filing, held

JANE, LARGEST = "0001000001", Decimal("999999999999.9999")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEDGER_DB", raising=False)
    papers.write(tmp_path)
    assert export_of("ingest", "filings").exit_code == 0
    return tmp_path


def export_of(*arguments, **options):
    return CliRunner().invoke(main, arguments, **options)


def export(*arguments):
    done = export_of("export", *arguments)
    assert done.exit_code == 0, done.output
    return done


def computed():
    """What the ledger says: the sum of the differences, of shares times price, and Jane's shares."""
    with Ledger.open("ledger.db") as ledger:
        entries = [e for p in history(ledger).positions for e in p.entries]
        off = sum(e.claimed - e.expected for e in entries if None not in (e.claimed, e.expected))
        paid = sum(e.shares * e.price for e in entries if None not in (e.shares, e.price))
        there = holdings(ledger, person=JANE, as_of=date(2024, 6, 30)).holdings
        return off, paid, sum(h.shares for h in there)


@pytest.fixture
def parquet(folder):
    pytest.importorskip("pyarrow")
    export("entries", "-o", "entries.parquet")
    export("panel", "-o", "panel.parquet", "--until", "2024-06-30")
    return computed()


JUNE = f"person_cik = '{JANE}' AND month_end = DATE '2024-06-30' AND counted"


def test_duckdb_computes_what_the_ledger_computes(parquet):
    duckdb = pytest.importorskip("duckdb")

    sums = "sum(claimed - expected), sum(shares * price)"
    (row,) = duckdb.sql(f"SELECT {sums} FROM 'entries.parquet'").fetchall()
    (held,) = duckdb.sql(f"SELECT sum(shares) FROM 'panel.parquet' WHERE {JUNE}").fetchall()
    (several,) = duckdb.sql("SELECT count(*) FROM 'panel.parquet' WHERE shares > 1000").fetchall()

    assert (*row, *held) == parquet
    assert several[0] > 0
    (kind, *_) = duckdb.sql("SELECT typeof(owners_cik) FROM 'entries.parquet'").fetchall()
    assert kind == ("VARCHAR[]",)


def test_polars_computes_what_the_ledger_computes(parquet):
    pl = pytest.importorskip("polars")

    entries, panel = pl.read_parquet("entries.parquet"), pl.read_parquet("panel.parquet")
    off = (entries["claimed"] - entries["expected"]).sum()
    paid = (entries["shares"] * entries["price"]).sum()
    june = panel.filter(
        (pl.col("person_cik") == JANE)
        & (pl.col("month_end") == date(2024, 6, 30))
        & pl.col("counted")
    )

    assert (off, paid, june["shares"].sum()) == parquet
    assert panel.filter(pl.col("shares") > 1000).height
    assert entries["owners_cik"].dtype == pl.List(pl.String)


def test_pandas_computes_what_the_ledger_computes(parquet):
    pd = pytest.importorskip("pandas")

    entries = pd.read_parquet("entries.parquet", dtype_backend="pyarrow")
    panel = pd.read_parquet("panel.parquet", dtype_backend="pyarrow")
    june = panel[
        (panel.person_cik == JANE) & (panel.month_end == date(2024, 6, 30)) & panel.counted
    ]

    off = (entries.claimed - entries.expected).sum()
    assert (off, (entries.shares * entries.price).sum(), june.shares.sum()) == parquet
    assert (panel.shares > 1000).any()


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_pyarrow_computes_what_the_ledger_computes(folder, kind):
    arrow = pytest.importorskip("pyarrow")
    compute = pytest.importorskip("pyarrow.compute")
    datasets = pytest.importorskip("pyarrow.dataset")
    export("entries", "panel", "-o", "out/", "--format", kind, "--until", "2024-06-30")

    entries = datasets.dataset("out/entries", format=kind).to_table()
    panel = datasets.dataset("out/panel", format=kind).to_table()
    off = compute.sum(compute.subtract(entries["claimed"], entries["expected"])).as_py()
    paid = compute.sum(compute.multiply(entries["shares"], entries["price"])).as_py()
    june = panel.filter(
        (compute.field("person_cik") == JANE)
        & (compute.field("month_end") == date(2024, 6, 30))
        & compute.field("counted")
    )

    assert (off, paid, compute.sum(june["shares"]).as_py()) == computed()
    assert panel.filter(compute.greater(panel["shares"], 1000)).num_rows
    assert panel.filter(compute.field("shares") > Decimal(1000)).num_rows
    assert entries.schema.field("owners_cik").type == arrow.list_(arrow.string())


@pytest.mark.parametrize("reader", ["duckdb", "polars", "pandas", "pyarrow"])
def test_the_largest_numbers_of_edgar_are_subtracted_and_multiplied_exactly(tmp_path, reader):
    pytest.importorskip(reader)
    columns = table("claimed quantity\nexpected quantity\nprice price")
    rows = [(LARGEST, Decimal("0.0001"), Decimal("99999999999.9999")), (None, Decimal(1), None)]
    path = tmp_path / "largest.parquet"
    ColumnarFiles(columns, "parquet", "ledger.test/1").write(iter(rows), iter([path]))

    off, paid = _computed_by(reader, path)

    assert off == LARGEST - Decimal("0.0001")
    assert paid == EXACT.multiply(LARGEST, Decimal("99999999999.9999"))


def _computed_by(name, path):
    """The difference and the product of the first row, worked out by a reader."""
    reader = import_module(name)
    if name == "duckdb":
        return reader.sql(f"SELECT claimed - expected, claimed * price FROM '{path}'").fetchall()[0]
    if name == "pyarrow":
        compute = import_module("pyarrow.compute")
        read = import_module("pyarrow.parquet").read_table(path)
        off = compute.subtract(read["claimed"], read["expected"])[0].as_py()
        return off, compute.multiply(read["claimed"], read["price"])[0].as_py()
    options = {"dtype_backend": "pyarrow"} if name == "pandas" else {}
    read = reader.read_parquet(path, **options)
    return (read["claimed"] - read["expected"])[0], (read["claimed"] * read["price"])[0]


def test_openpyxl_finds_values_and_no_formula(folder):
    openpyxl = pytest.importorskip("openpyxl")
    export("entries", "holdings", "--as-of", "2024-06-30", "-o", "all.xlsx")

    book = openpyxl.load_workbook("all.xlsx")
    sheet = book["entries"]
    names = [cell.value for cell in sheet[1]]
    told = [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(2, values_only=True)]
    exact = [
        {k: Decimal(str(v)) for k, v in row.items() if type(v) in (int, float)} for row in told
    ]

    off, paid, _ = computed()
    assert book.sheetnames == ["entries", "holdings"]
    assert (
        sum(r["claimed"] - r["expected"] for r in exact if {"claimed", "expected"} <= {*r}) == off
    )
    assert sum(r["shares"] * r["price"] for r in exact if {"shares", "price"} <= {*r}) == paid
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d", "b"}
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    assert {type(row["person_cik"]) for row in told} == {str}
    assert {row["effective_from"].year for row in told} == {2024}


def test_csv_comes_with_its_types_and_keeps_them(folder):
    duckdb = pytest.importorskip("duckdb")
    export("entries", "-o", "entries.csv")

    schema = json.loads(Path("entries.schema.json").read_text("utf-8"))
    types = {f["name"]: _in_duckdb(f) for f in schema["fields"]}
    sums = "sum(claimed - expected), sum(shares * price)"
    (row,) = duckdb.sql(f"SELECT {sums} FROM read_csv('entries.csv', types = {types})").fetchall()
    (owners,) = duckdb.sql(
        f"SELECT DISTINCT owners_cik FROM read_csv('entries.csv', types = {types}) LIMIT 1"
    ).fetchall()

    assert row == computed()[:2]
    assert [f["name"] for f in schema["fields"]] == [c.name for c in TABLES["entries"].columns]
    assert owners[0][0].startswith("000")


def _in_duckdb(told):
    kinds = {"date": "DATE", "boolean": "BOOLEAN", "array": "VARCHAR[]"}
    if told["type"] == "number":
        return f"DECIMAL({told['precision']}, {told['scale']})"
    return kinds.get(told["type"], "VARCHAR")


@pytest.mark.parametrize(
    ("shares", "digits"),
    [
        ("12.12345678", {"precision": 20, "scale": 8}),
        ("12.123456789", {"precision": 38, "scale": 12}),
        ("0.1234567890123", {}),
    ],
)
def test_the_types_of_a_csv_file_have_the_digits_that_its_numbers_take(
    tmp_path, monkeypatch, shares, digits
):
    """A program that is told of too few digits rounds what it reads."""
    monkeypatch.chdir(tmp_path)
    with Ledger.open("ledger.db") as ledger:
        ledger.record([filing(held(shares), on="2024-01-05")])

    said = export("holdings", "-o", "holdings.csv").stderr
    export("holdings", "-o", "parts/", "--format", "csv")

    fields = json.loads(Path("holdings.schema.json").read_text("utf-8"))["fields"]
    (field,) = [f for f in fields if f["name"] == "shares"]
    assert {name: field[name] for name in ("precision", "scale") if name in field} == digits
    assert ("column shares" in said) == (digits.get("scale") != 8)
    assert json.loads(Path("parts/holdings.schema.json").read_text("utf-8"))["fields"] == fields


def test_the_calls_of_the_how_to_that_leave_texts_alone_count_what_the_ledger_counts(folder):
    """sqlite-utils and csvkit guess types; told not to, they compare as text what is not cast."""
    export("entries", "-o", "entries.csv")
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "export.md").read_text("utf-8")
    calls = re.findall(r"^ {4}(sqlite-utils .+)$", page, re.MULTILINE)

    for call in calls:
        done = CliRunner().invoke(sqlite_utils_cli, shlex.split(call)[1:])
        assert done.exit_code == 0, done.output

    with Ledger.open("ledger.db") as ledger:
        claims = [row.claimed for row in history(ledger) if row.claimed is not None]
    counted = json.loads(done.stdout)[0]["count(*)"]
    assert len(calls) == 2
    assert 0 < counted == sum(claim > 1_000 for claim in claims) < len(claims)
    with closing(sqlite3.connect("entries.db")) as database:
        read = database.execute("SELECT person_cik, price FROM entries").fetchall()
    assert {len(cik) for cik, _ in read} == {10}
    assert None in {price for _, price in read}


def test_csv_for_excel_has_a_mark_of_its_encoding_and_ciks_as_text(folder):
    export("filings", "-o", "filings.csv", "--excel")

    payload = Path("filings.csv").read_bytes()
    told = list(csv.DictReader(io.StringIO(payload.decode("utf-8-sig"))))

    assert payload.startswith(b"\xef\xbb\xbf")
    assert {row["issuer_cik"] for row in told} == {'="0002000001"'}


@pytest.mark.parametrize("name", [*TABLES])
def test_every_table_is_exported_in_every_format(folder, name):
    pytest.importorskip("pyarrow")
    pytest.importorskip("xlsxwriter")
    for ending in ("parquet", "arrow", "csv", "xlsx"):
        export(name, "-o", f"table.{ending}")
        assert Path(f"table.{ending}").stat().st_size

    told = list(csv.reader(io.StringIO(export(name).stdout)))
    assert told[0] == [column.name for column in TABLES[name].columns]
    assert len(told) > 1


@pytest.mark.parametrize("form", [(), ("--excel",)])
def test_a_text_that_a_spreadsheet_would_run_is_defused(tmp_path, monkeypatch, form):
    openpyxl = pytest.importorskip("openpyxl")
    monkeypatch.chdir(tmp_path)
    evil = "=HYPERLINK(1)"
    with Ledger.open("ledger.db") as ledger:
        ledger.record([filing(held(10, security=evil), on="2024-01-05")])

    export("events", "-o", "events.csv", *form)
    export("events", "-o", "raw.csv", "--csv-raw")
    export("events", "-o", "events.xlsx")

    told, raw = (
        list(csv.DictReader(io.StringIO(Path(n).read_text("utf-8-sig"))))
        for n in ("events.csv", "raw.csv")
    )
    cells = [cell for row in openpyxl.load_workbook("events.xlsx")["events"] for cell in row]
    assert {row["security"] for row in told} == {"", f"'{evil}"}
    assert {row["security"] for row in raw} == {"", evil}
    (cell,) = [cell for cell in cells if cell.value == evil]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_filing_has_its_address_on_sec_gov(folder):
    told = list(csv.DictReader(io.StringIO(export("filings").stdout)))

    assert {row["address"].partition("data/")[2].split("/")[0] for row in told} == {"2000001"}


def test_findings_are_exported_with_what_explains_them_and_what_was_rejected(folder):
    told = list(csv.DictReader(io.StringIO(export("findings").stdout)))

    with Ledger.open("ledger.db") as ledger:
        found = {f.id: f for f in reconcile(ledger).findings}
    assert {row["id"] for row in told} == {*found}
    explained = next(row for row in told if row["explanation_code"] == "EXPL_PLAN_PURCHASE")
    explanation = found[explained["id"]].explanation
    assert json.loads(explained["explanation_terms_shares"]) == [
        str(term.shares) for term in explanation.terms
    ]
    assert len(json.loads(explained["explanation_rejected_why"])) == len(explanation.rejected)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("panel", "entries", "-o", "both.parquet"), "several tables"),
        (("panel", "-o", "panel.csv", "--format", "parquet"), "not what a file named .csv holds"),
        (("panel", "-o", "panel.xls"), "no format goes with"),
        (("panel", "--format", "parquet"), "no text for a terminal"),
        (("panel", "-o", "out/", "--format", "xlsx"), "a workbook is one file"),
        (("panel", "-o", "ledger.db", "--format", "csv"), "overwrite the ledger"),
    ],
)
def test_what_would_not_be_what_its_name_says_is_refused(folder, arguments, words):
    done = export_of("export", *arguments)

    assert done.exit_code == 2
    assert words in done.stderr


def test_no_text_is_written_under_the_name_of_a_workbook(folder):
    pytest.importorskip("xlsxwriter")
    done = export_of("holdings", "-o", "x.xlsx", "--format", "csv")

    assert (done.exit_code, Path("x.xlsx").exists()) == (2, False)
    assert export_of("holdings", "-o", "x.xlsx").exit_code == 0
    assert Path("x.xlsx").read_bytes().startswith(b"PK")


def test_a_folder_that_holds_the_table_already_is_left_alone(folder):
    export("filings", "-o", "out/", "--format", "csv")
    done = export_of("export", "filings", "-o", "out/", "--format", "csv")

    assert done.exit_code == 2
    assert "something of this name already" in done.stderr
    assert sorted(p.name for p in Path("out").iterdir()) == ["filings", "filings.schema.json"]
