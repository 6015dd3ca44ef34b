"""Words that have their places on the page: where a column stands, other rows of its table show."""

from ledger.readers import read
from ledger.readers.pages.layout import rows_of
from ledger.readers.pages.page import Word
from tests.scans.paper import FOOT, TOP, Print, table, tsv

WHOLE = ("Common Stock", "05/06/2019", "", "S", "", "2,000", "D", "$14.2", "9,100", "D")
LEFT = ("Common Stock", "05/06/2019", "", "S", "", "", "", "", "7,100", "D")
"""A sale of which the middle of the line is lost."""

PLACES = (30, 140, 180, 240, 280, 340, 400, 450, 520, 565, 610, 670)


def first_table(*rows):
    prints, _ = table(list(rows))
    return read(tsv([*TOP, *prints, *FOOT]), source="form.tsv").filing.rows


def converted(security, acquired="", disposed="", left="0"):
    """The cells of a conversion in Table II."""
    return (
        *(security, "", "05/06/2019", "C", acquired, disposed, "", "Common Stock"),
        *(acquired or disposed, "$0", left, "D"),
    )


def second_table(*rows):
    prints = [Print(30, 200, "Table II - Derivative Securities Acquired, Disposed of")]
    for at, row in enumerate(rows):
        prints += [
            Print(x, 220 + at * 14, text) for x, text in zip(PLACES, row, strict=False) if text
        ]
    return read(tsv([*TOP, *prints, *FOOT]), source="form.tsv").filing.rows


def test_a_figure_is_that_of_the_column_in_which_other_rows_have_theirs():
    whole, left = first_table(WHOLE, LEFT)

    assert (whole.shares, whole.shares_after) == (2_000, 9_100)
    assert (left.shares, left.shares_after, left.code) == (None, 7_100, "S")


def test_a_figure_that_no_other_row_tells_of_may_be_of_either_column():
    (left,) = first_table(LEFT)

    assert (left.shares, left.shares_after) == (None, None)


def test_the_column_of_an_amount_says_whether_it_was_acquired():
    """What convertible preferred stock loses and a class gains: no letter of Table II says it."""
    gone, come = second_table(
        converted("Series A Preferred Stock", disposed="61,402"),
        converted("Class B Common Stock", acquired="61,402", left="61,402"),
    )

    assert (gone.direction, come.direction) == ("disposed", "acquired")
    assert {r.field: r.effect for r in come.repairs}["direction"] == "inferred"


def test_a_column_that_was_acquired_by_is_none_where_less_is_held():
    _, come = second_table(
        converted("Series A Preferred Stock", disposed="61,402"),
        converted("Class B Common Stock", acquired="61,402", left="402"),
    )

    assert come.direction == "disposed"


def test_a_word_stands_on_the_line_of_the_figure_that_a_raised_mark_follows():
    """A title of two lines, its figures between them: the mark stands as near to the other line."""
    words = [
        Word("Common", 0, 29, 60, 49),
        Word("2,400", 100, 16, 150, 36),
        Word("(3)", 152, 8, 170, 23),
        Word("9,100", 200, 18, 250, 38),
    ]

    assert [[word.text for word in row] for row in rows_of(words)] == [
        ["2,400", "(3)", "9,100"],
        ["Common"],
    ]


def test_an_amount_in_the_column_beside_is_no_figure_astray():
    """Where all other rows dispose, one that acquires stands further left, and is read all the same."""
    rows = second_table(
        *[converted("Series A Preferred Stock", disposed="61,402")] * 2,
        converted("Class B Common Stock", acquired="122,804", left="122,804"),
    )

    assert [row.shares for row in rows] == [61_402, 61_402, 122_804]
    assert [row.direction for row in rows] == ["disposed", "disposed", "acquired"]
