"""Rows of Table II with garbled marks, prices of nothing, and what a conversion yields."""

from decimal import Decimal

import pytest

from ledger.filing import Repair, Row
from ledger.readers.scan.chart import Read
from ledger.readers.scan.days import Covered
from ledger.readers.scan.doubts import doubted
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_doubts import NOTES
from tests.ledger.readers.scan.test_reader import effects, read, row, why


def preferred(code="Cc", shares="84,204", yields="21,051", left="0", into="Class B Common Stock"):
    cells = ("Series A Preferred Stock", "a)", "03/04/2004", code, shares, "a", "a)", into)
    return spaced(*cells, yields, "$0", left, "D")


def common(shares="21,051", left="21,051"):
    cells = ("Class B Common Stock", "(1)", "03/04/2004", "Cc", shares, "(1)", "(1)")
    return spaced(*cells, "Class A Common Stock", shares, "$0", left, "D")


@pytest.mark.parametrize("printed", ["so)", "soo)", "so”", "$0!)", "$00)", "$o", "$0?"])
def test_a_price_of_nothing_with_its_mark_is_no_balance(printed):
    cells = ("Common Stock", "03/04/2004", "Jj", "545,294", "D", printed, "0", "!", "By Spouse")
    found = row(spaced(*cells), notes=NOTES)

    assert (found.code, found.shares, found.shares_after) == ("J", 545_294, 0)
    assert found.ownership == "indirect"


@pytest.mark.parametrize("printed", ["$0.5", "$6", "$3,487"])
def test_a_price_of_something_is_none_of_nothing(printed):
    cells = ("Common Stock", "03/04/2004", "Ss", "545", "D", printed, "900", "D")

    assert row(spaced(*cells), notes=NOTES).shares_after == 900


def test_what_a_conversion_yields_in_the_same_table_is_acquired_and_the_other_disposed():
    one, other = read(second=f"{preferred(left='')}\n{common()}", notes=NOTES).rows

    assert (one.direction, other.direction) == ("disposed", "acquired")
    assert "converted" in why(one)["direction"]
    assert "converted" in why(other)["direction"]


def test_conversions_of_a_title_that_no_other_row_is_of_say_nothing_of_a_direction():
    one, other = read(
        second=f"{preferred(left='', into='Class C Common Stock')}\n{common()}", notes=NOTES
    ).rows

    assert (one.direction, other.direction) == (None, None)


def converted(title, shares, left, letter):
    """A line of Table I that a conversion brought, and its line of Table II."""
    brought = spaced("Class A Common Stock", "03/04/2004", "Cc", shares, letter, "$0", shares, "D")
    cells = (title, "(1)", "03/04/2004", "Cc", shares, "(1)", "(1)", "Class A Common Stock")
    return brought, spaced(*cells, shares, "$0", left, "D")


@pytest.mark.parametrize("letter", ["A", "~"])
def test_a_conversion_whose_line_in_table_i_lost_its_letter_is_not_taken_for_acquired(letter):
    first, second = (
        converted(title, *figures, letter)
        for title, *figures in (
            ("Class B Common Stock", "633", "0"),
            ("Series C Preferred Stock", "1,265", "3,652,557"),
        )
    )
    rows = read(f"{first[0]}\n{second[0]}", f"{first[1]}\n{second[1]}", notes=NOTES).rows

    assert [one.table for one in rows] == ["I", "I", "II", "II"]
    assert [one.direction for one in rows[2:]] == ["disposed", "disposed"]


def test_half_a_title_is_none_that_another_row_is_converted_into():
    def half(shares, left):
        cells = ("Stock", "(1)", "03/04/2004", "Cc", shares, "(1)", "(1)", "Stock", shares, "$0")
        return spaced(*cells, left, "D")

    whole = common(shares="633", left="2,485,457").replace("Class A Common Stock", "Stock")
    rows = read(second=f"{whole}\n{half('1,265', '3,652,557')}", notes=NOTES).rows

    assert [one.direction for one in rows] == [None, None]


@pytest.mark.parametrize("mark", ["(2)", ""])
def test_a_doubted_mark_hides_no_digit_that_an_amount_and_its_underlying_shares_differ_in(mark):
    told = Repair(
        field="underlying_shares", printed=mark, effect="inferred", why="between two columns"
    )
    row = damaged("17130000", "27130000").model_copy(update={"repairs": (told,) if mark else ()})
    (found,) = doubted([row], Covered(None, None), Read(99))

    assert {r.field for r in found.repairs if r.effect == "doubtful"} == {
        "shares",
        "underlying_shares",
    }


def test_a_whole_figure_between_a_day_and_the_underlying_title_is_an_amount():
    found = row(second=preferred(code="<"), notes=NOTES)

    assert not found.holding
    assert (found.shares, found.code) == (84_204, None)


def damaged(shares, underlying):
    told = Repair(field="row", printed="Unit", effect="inferred", why="much of it is lost")
    return Row(
        table="II",
        line=1,
        holding=False,
        shares=Decimal(shares),
        underlying_shares=Decimal(underlying),
        repairs=(told,),
    )


@pytest.mark.parametrize(
    ("underlying", "effect"),
    [("3170449", "doubtful"), ("12681789", "field unknown"), ("414681798", "field unknown")],
)
def test_an_amount_unlike_its_underlying_shares_in_a_damaged_row_is_in_doubt(underlying, effect):
    (found,) = doubted([damaged("12681798", underlying)], Covered(None, None), Read(99))

    assert effects(found)["shares"] == effect
    assert found.shares == (None if effect == "field unknown" else 12_681_798)


def test_an_amount_beside_a_piece_that_was_left_out_is_in_doubt():
    cells = ("Restricted Stock Units", "a)", "03/04/2004", "A", "26!)", "3", "(3)", "Common Stock")
    found = row(second=spaced(*cells, "26", "$0", "7,563", "D"), notes=NOTES)

    assert found.underlying_shares == 26
    assert found.shares in {None, 26}
    assert effects(found)["shares"] in {"field unknown", "doubtful"}


@pytest.mark.parametrize(("percent", "effect"), [(85, "doubtful"), (79, "field unknown")])
def test_how_much_of_the_form_is_legible_decides_what_an_unconfirmed_figure_is(percent, effect):
    alone = damaged("700", "700").model_copy(update={"repairs": (), "underlying_shares": None})
    (found,) = doubted([alone], Covered(None, None), Read(percent))

    assert effects(found)["shares"] == effect


@pytest.mark.parametrize("printed", ["4,643] D", "2,100} D", "643] D"])
def test_a_figure_a_rule_and_a_letter_one_blank_apart_are_two_columns(printed):
    found = row(spaced("Common Stock", "03/04/2004", "Ss", printed, "$405.66", "86,543", "D"))

    assert (found.shares, found.direction) == (int(printed[:-3].replace(",", "")), "disposed")
    assert (found.price, found.shares_after) == (Decimal("405.66"), 86_543)
