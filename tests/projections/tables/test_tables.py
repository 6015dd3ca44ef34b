"""Answers as tables: what pandas, Polars, DuckDB and pyarrow make of them is what was answered."""

import sys
from datetime import date
from decimal import Decimal
from types import NoneType

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from ledger.errors import UsageError
from projections import diff, events, history, holdings, json_of, reconcile
from projections.answers import Diff, Events, History, Holdings, Reconciliation
from projections.columns import DIGITS, WIDE, table
from projections.questions.events import records
from projections.tables import arrow, frames
from projections.tables.digits import Digits, scaled
from projections.tables.table import Table
from tests.projections.building import JOHN, bought, filing, held, opening, option, sold

ANSWERS = (Holdings, History, Reconciliation, Diff, Events)


class Stream:
    """Rows as the Arrow stream that their columns give."""

    def __init__(self, columns, rows):
        self._columns, self._rows = columns, rows

    def __arrow_c_stream__(self, requested=None):
        return arrow.stream_of(self._columns, self._rows, requested)


@pytest.fixture
def ledger(told):
    return told(
        opening(1_000, held("500.1234", how="By <Trust>")),
        filing(sold(100, 890), option("A", "12.1234", "12.1234"), on="2024-03-01"),
        filing(bought(5, 895), on="2024-04-01", by=JOHN),
    )


def asked(ledger):
    """Every answer that is a table, of one ledger."""
    between = {"known_from": "2024-01-05", "known_to": "2024-12-31"}
    return [
        holdings(ledger),
        history(ledger),
        reconcile(ledger),
        diff(ledger, **between),
        events(ledger),
    ]


def test_an_answer_has_a_length_and_rows_with_a_value_for_every_column(ledger):
    for answer in asked(ledger):
        rows = list(answer)
        assert len(answer) == len(rows) > 0
        assert rows[0]._fields == tuple(column.name for column in answer.columns)
        assert (answer[0], answer[-1]) == (rows[0], rows[-1])
        with pytest.raises(IndexError):
            answer[len(rows)]


def test_the_values_of_a_row_are_of_the_type_that_its_annotations_say(ledger):
    for answer in asked(ledger):
        for row in answer:
            for name, kind in type(row).__annotations__.items():
                assert isinstance(getattr(row, name), kind | NoneType), (name, kind)


def test_a_data_frame_of_an_answer_has_its_rows_and_its_columns(ledger):
    for answer in asked(ledger):
        frame = pd.DataFrame(answer)
        assert list(frame.columns) == [column.name for column in answer.columns]
        assert len(frame) == len(answer)


def test_each_library_has_the_same_rows(ledger):
    for answer in asked(ledger):
        frame, stream = answer.to_polars(), pl.DataFrame(answer)
        assert frame.equals(stream)
        assert frame.schema == stream.schema
        assert pa.table(answer).to_pylist() == stream.to_dicts()
        assert duckdb.sql("SELECT * FROM answer").pl().height == len(answer)
        assert len(answer.to_pandas()) == len(answer)


def test_sums_are_exact_in_every_library(ledger):
    answer = holdings(ledger)
    sums = (
        sum(row.shares for row in answer if row.table == "I"),
        sum(row.shares for row in answer if row.table == "II"),
    )

    assert sums == (Decimal("2285.1234"), Decimal("12.1234"))
    by_table = 'SELECT sum(shares) FROM answer GROUP BY "table" ORDER BY "table"'
    assert tuple(row[0] for row in duckdb.sql(by_table).fetchall()) == sums
    frame = answer.to_polars().group_by("table").agg(pl.col("shares").sum()).sort("table")
    assert tuple(frame["shares"]) == sums
    pandas = answer.to_pandas().groupby("table")["shares"].sum()
    assert tuple(pandas) == sums


def test_a_filter_takes_the_same_rows_in_every_library(ledger):
    answer = history(ledger)
    over = [row.shares for row in answer if row.shares is not None and row.shares > 99]

    assert over == [Decimal(100)]
    frame = answer.to_pandas()
    assert list(frame[frame["shares"].notna() & (frame["shares"] > 99)]["shares"]) == over
    assert list(answer.to_polars().filter(pl.col("shares") > 99)["shares"]) == over
    assert duckdb.sql("SELECT shares FROM answer WHERE shares > 99").fetchall() == [(over[0],)]


def test_lists_days_truths_and_identifiers_keep_what_they_are(ledger):
    answer = holdings(ledger)
    frame = answer.to_polars()

    assert frame.schema["person_cik"] == pl.String
    assert frame["person_cik"][0].startswith("000")
    assert frame.schema["owners_name"] == pl.List(pl.String)
    assert frame.schema["since"] == pl.Date
    assert frame.schema["doubted"] == pl.Boolean
    assert answer.to_pandas()["since"].max() == pd.Timestamp(date(2024, 4, 1))
    moments = events(ledger).to_polars()["known_at"]
    assert moments.dtype == pl.Datetime("us", "UTC")
    assert moments.null_count() == 0


def test_an_empty_answer_keeps_its_columns(told):
    answer = holdings(told())

    assert len(answer) == 0
    assert list(answer.to_pandas().columns) == [c.name for c in answer.columns]
    assert answer.to_polars().equals(pl.DataFrame(answer))


def test_a_number_of_more_digits_widens_its_column_and_is_never_rounded():
    columns = table("shares quantity held")
    long = Decimal("12345678901234.123456789012")

    assert frames.to_polars(columns, [(long,)])["shares"].to_list() == [long]
    stream = Stream(columns, [(long,)])
    assert pa.table(stream)["shares"].to_pylist() == [long]
    with pytest.raises(UsageError, match="does not fit the column shares"):
        frames.to_polars(columns, [(Decimal("1e-13"),)])


@pytest.mark.parametrize(
    ("number", "units"),
    [("1.5", 150), ("-0.01", -1), ("0", 0), ("1E+3", 100_000), ("0.001", None), ("99999", None)],
)
def test_a_number_is_units_of_its_last_place_or_does_not_fit(number, units):
    assert scaled(Decimal(number), 6, 2) == units


@pytest.mark.parametrize(
    ("number", "digits"),
    [
        ("123456789012.12345678", DIGITS["quantity"]),
        ("1.500000000000", DIGITS["quantity"]),
        ("1234567890123", WIDE),
        ("0.123456789", WIDE),
        ("1e-13", None),
        ("1e26", None),
    ],
)
def test_the_digits_of_a_column_are_found_while_its_rows_go_by(number, digits):
    columns = table("shares quantity held\nprice price paid\nnotes quantity[] many of them")
    rows = [(Decimal(5), None, ()), (Decimal(number), Decimal(2), ()), (None, Decimal(1), ())]
    found = Digits(columns)

    assert list(found.of(rows)) == rows
    assert found.taken == {"shares": digits, "price": DIGITS["price"]}


def test_a_notebook_is_shown_the_rows_and_a_strangers_words_run_nothing(ledger):
    page = holdings(ledger)._repr_html_()

    assert "<th>shares</th>" in page
    assert ">500.1234<" in page
    assert "By &lt;Trust&gt;" in page
    assert "<Trust>" not in page


def test_help_shows_the_columns_of_every_table():
    for answer in ANSWERS:
        for column in answer.columns:
            assert column.name in answer.__doc__
            assert column.says in answer.__doc__


def test_what_is_not_installed_is_said_with_how_to_install_it(ledger, monkeypatch):
    answer = holdings(ledger)
    for name in ("pandas", "polars", "nanoarrow"):
        monkeypatch.setitem(sys.modules, name, None)

    for take in (answer.to_pandas, answer.to_polars, answer.__arrow_c_stream__):
        with pytest.raises(UsageError) as refusal:
            take()
        assert "pip install" in refusal.value.remedy


def test_the_events_of_python_are_those_of_the_command_line(ledger):
    told = events(ledger)

    assert json_of(told)["events"] == list(records(ledger))
    assert [row.position for row in told] == [event.position for event in told.events]
    assert {type(event.shares) for event in told.events} == {Decimal, NoneType}


def test_events_are_those_asked_for(ledger):
    everything = events(ledger)

    assert {e.owners[0]["name"] for e in events(ledger, person="ROE JOHN").events} == {"ROE JOHN"}
    assert len(events(ledger, after=3)) == len(everything) - 3
    one = everything.events[0].filing
    assert {event.filing for event in events(ledger, filing=one).events} == {one}


def test_a_table_of_no_answer_has_no_rows_to_read():
    with pytest.raises(NotImplementedError):
        list(Table())
