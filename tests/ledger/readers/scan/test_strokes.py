"""Ruling lines read as a 1 in front of figures: what the page shows of them, and what stays open."""

from decimal import Decimal

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, why


def sold(shares, left, price="|$2.50"):
    return spaced("Common Stock", "03/04/2004", "Ss", shares, "D", price, left, "D")


def lines(*rows):
    return read("\n".join(rows)).rows


def test_a_total_that_follows_only_without_its_first_1_had_a_line_there():
    first, second = lines(sold("400", "87,178"), sold("5,992", "181,186"))

    assert (first.shares_after, second.shares_after) == (87_178, 81_186)
    assert effects(second)["shares_after"] == "repaired"
    assert second.printed["shares_after"] == "181,186"


def test_totals_that_follow_with_and_without_it_are_unknown_and_told_with_both():
    first, second = lines(sold("400", "186,543"), sold("4,574", "181,969"))

    assert (first.shares_after, second.shares_after) == (None, None)
    assert "186,543 or 86,543" in why(first)["shares_after"]


def test_a_total_that_falls_below_its_first_1_bears_out_those_before_it():
    rows = lines(sold("400", "105,400"), sold("3,424", "101,976"), sold("4,798", "97,178"))

    assert [row.shares_after for row in rows] == [105_400, 101_976, 97_178]


def test_figures_stand_where_no_strokes_are_printed_in_front_of_others():
    rows = lines(sold("400", "186,543", "$2.50"), sold("4,574", "181,969", "$2.50"))

    assert [row.shares_after for row in rows] == [186_543, 181_969]


def test_a_figure_that_is_none_without_its_first_1_stands():
    (first, second) = lines(sold("100", "100,976"), sold("200", "100,776"))

    assert [first.shares, first.shares_after] == [Decimal(100), Decimal(100_976)]
    assert second.shares_after == 100_776


def test_a_figure_as_wide_as_another_of_its_column_has_no_line_in_front():
    """The line stands left of the widest figure, so it cannot touch one that is no wider."""
    rows = lines(sold("400", "186,543"), sold("4,574", "181,969"), sold("200", "281,769"))

    assert [row.shares_after for row in rows] == [186_543, 181_969, 281_769]


def test_a_figure_that_another_column_prints_too_has_no_line_in_front():
    first = spaced("Common Stock", "03/04/2004", "Ca)", "115,335", "A", "|$0", "115,335", "D")
    rows = lines(first, sold("2,400", "112,935"))

    assert [row.shares_after for row in rows] == [115_335, 112_935]


def test_a_figure_that_another_column_prints_without_its_1_stays_open():
    first = spaced("Common Stock", "03/04/2004", "Ca)", "15,335", "A", "|$0", "115,335", "D")
    rows = lines(first, sold("400", "99,178", price="|$2.50"))

    assert rows[0].shares_after is None
