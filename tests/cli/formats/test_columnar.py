"""Parquet and Arrow files: exact, typed, and computed with by the programs that open them."""

import sys
from decimal import Decimal

import pytest

from cli.formats.columnar import ColumnarFiles
from ledger.errors import UsageError
from projections import columns as all_columns
from projections.columns import Column, reader, table

COLUMNS = table("""
security    text      title
claimed     quantity  the total given
expected    quantity  the total that would follow
price       price     dollars
on          day       day
known_at    moment    when it was known
owners.name text[]    who
""")
ENTRY = {
    "security": "Common",
    "claimed": "985544.1234",
    "expected": "980544",
    "price": "4.9112",
    "on": "2004-09-09",
    "known_at": "2005-02-04",
    "owners": [{"name": "DOE JANE"}, {"name": None}],
}
LARGEST = "999999999999.9999"
"""The largest number that EDGAR takes."""


def entry(**more):
    return ENTRY | more


def written(folder, *records, kind="parquet", said=COLUMNS, groups=None):
    files = ColumnarFiles(said, kind, "ledger.test/1")
    parts = (folder / f"part-{number}.{kind}" for number in range(99))
    files.write(map(reader(said), records), parts, groups=groups)
    return files


def opened(path):
    arrow = pytest.importorskip("pyarrow")
    if path.suffix == ".arrow":
        return arrow.ipc.open_file(path).read_all()
    return pytest.importorskip("pyarrow.parquet").read_table(path)


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_each_value_has_its_own_type_and_lists_stay_lists(tmp_path, kind):
    pytest.importorskip("pyarrow")

    table = opened(written(tmp_path, entry(), {}, kind=kind).paths[0])

    first, second = table.to_pylist()
    assert first["claimed"] == Decimal("985544.1234")
    assert first["on"].isoformat() == "2004-09-09"
    assert first["known_at"].isoformat() == "2005-02-05T04:59:59+00:00"
    assert first["owners_name"] == ["DOE JANE", None]
    assert set(second.values()) == {None}
    assert table.schema.metadata[b"ledger.schema"] == b"ledger.test/1"
    assert table.schema.field("claimed").metadata[b"description"] == b"the total given"


def test_a_number_with_more_digits_makes_its_column_wide_in_every_part(tmp_path, monkeypatch):
    pytest.importorskip("pyarrow")
    monkeypatch.setattr("cli.formats.columnar._GROUP", 2)
    records = [entry(security=str(at)) for at in range(7)]
    records[5]["claimed"] = "0.123456789012"

    files = written(tmp_path, *records, groups=1)

    tables = [opened(path) for path in files.paths]
    assert files.wide == ["claimed"]
    assert [table.num_rows for table in tables] == [2, 2, 2, 1]
    assert {str(table.schema.field("claimed").type) for table in tables} == {"decimal128(38, 12)"}
    assert {str(table.schema.field("price").type) for table in tables} == {"decimal128(17, 6)"}
    rows = [row for table in tables for row in table.to_pylist()]
    assert [row["security"] for row in rows] == list("0123456")
    assert rows[5]["claimed"] == Decimal("0.123456789012")
    assert rows[0]["claimed"] == Decimal("985544.1234")


def test_what_no_column_holds_exactly_is_refused(tmp_path):
    pytest.importorskip("pyarrow")

    with pytest.raises(UsageError, match="claimed exactly"):
        written(tmp_path, entry(claimed="0.0000000000001"))


def test_without_pyarrow_the_error_names_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(UsageError, match=r"ownership-ledger\[parquet\]"):
        written(tmp_path)


def test_a_table_without_rows_has_its_columns(tmp_path):
    pytest.importorskip("pyarrow")

    assert opened(written(tmp_path).paths[0]).column_names == [c.name for c in COLUMNS]


def test_every_column_says_what_it_means():

    tables = [value for value in vars(all_columns).values() if isinstance(value, tuple)]
    told = [c for table in tables for c in table if isinstance(c, Column)]
    assert len(told) > 100
    assert not [c for c in told if not c.says]
