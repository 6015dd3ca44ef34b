"""Rows cut along the form's own lines: no piece of them leaves its column."""

from ledger.readers.scan.fields import fields_of
from ledger.readers.scan.lines import Cell, Line
from ledger.readers.scan.rows import rows_of
from tests.ledger.readers.scan.test_reader import TABLE_I, TABLE_II


def ruled(heading, *cells):
    above = Line(1, (Cell(heading, 0, 90),), ruled=False)
    own = tuple(Cell(text, at, at + 1) for at, text in enumerate(cells))
    rows = rows_of([above, Line(2, own, ruled=True, drawn=True)], initial=False).rows
    (found,) = fields_of(rows, initial=False).rows
    return found, {repair.field: repair.effect for repair in found.repairs}


def test_an_amount_whose_day_and_balance_are_illegible_is_no_balance():
    row, told = ruled(
        TABLE_I.strip(),
        *(
            "Common Stock",
            "o4iei2018",
            "",
            "?)",
            "",
            "15,284",
            "D",
            "$17.05",
            "62,4S",
            "I",
            "By Trust",
        ),
    )

    assert (row.shares, row.holding, row.direction) == (15_284, False, "disposed")
    assert (row.effective_on, row.code, row.shares_after) == (None, None, None)
    assert told["effective_on"] == told["code"] == told["shares_after"] == "field unknown"


def test_a_row_with_nothing_in_the_columns_of_a_transaction_is_a_holding():
    row, told = ruled(
        TABLE_I.strip(), *("Common Stock", "", "", "", "", "", "", "", "62,45,1", "I", "By Trust")
    )

    assert (row.holding, row.shares_after, row.ownership) == (True, None, "indirect")
    assert told["shares_after"] == "field unknown"


def test_the_column_for_disposed_says_so_though_the_code_is_illegible():
    row, told = ruled(
        TABLE_II.strip(),
        *("Stock Option", "$4.10", "03/04/2004", "", "?)", "", "", "900", "03/04/2005"),
        *("03/04/2014", "Common Stock", "9O0?", "$0", "1,200", "D", ""),
    )

    assert (row.shares, row.direction) == (900, "disposed")
    assert told["code"] == "field unknown"
