"""Points and commas that look alike in small print: what the page says of them, and what stays open."""

from decimal import Decimal

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, why


def moved(letter, shares, left, *, owner=("D",)):
    code = "Aa)" if letter == "A" else "Ss"
    return spaced("Common Stock", "03/04/2004", code, shares, letter, "$2.50", left, *owner)


def held(left, trust):
    return spaced("Common Stock", left, "I", f"By {trust} Trust")


def lines(*rows):
    return read("\n".join(rows)).rows


def test_a_comma_that_the_totals_contradict_is_the_point_that_makes_them_follow():
    first, second = lines(moved("D", "25", "61,308.417"), moved("D", "300", "61,008,417"))

    assert (first.shares_after, second.shares_after) == (
        Decimal("61308.417"),
        Decimal("61008.417"),
    )
    assert effects(second)["shares_after"] == "repaired"
    assert second.printed["shares_after"] == "61,008,417"


def test_a_comma_among_fractions_is_unknown_and_told_with_both_readings():
    first, second, third = lines(
        moved("A", "12.25", "61,308.417"), held("3,551.092", "Elm"), held("8,204,671", "Oak")
    )

    assert (first.shares_after, second.shares_after) == (
        Decimal("61308.417"),
        Decimal("3551.092"),
    )
    assert third.shares_after is None
    assert effects(third)["shares_after"] == "field unknown"
    assert "8,204,671 or 8,204.671" in why(third)["shares_after"]


def test_the_same_figures_with_a_comma_here_and_a_point_there_are_unknown_in_both_rows():
    first, second = lines(held("8,204,671", "Oak"), moved("D", "300", "8,204.671"))

    assert (first.shares_after, second.shares_after) == (None, None)


def test_a_figure_printed_twice_among_fractions_is_confirmed():
    rows = lines(
        held("61,308.417", "Elm"),
        held("3,551.092", "Ash"),
        held("8,204,671", "Oak"),
        moved("A", "8,204,671", "8,204,671"),
    )

    assert [row.shares_after for row in rows[2:]] == [8_204_671, 8_204_671]


def test_millions_on_a_page_without_fractions_stand_at_their_print():
    first, second = lines(moved("D", "1,208,671", "14,242,084"), held("3,551,092", "Oak"))

    assert (first.shares, first.shares_after) == (1_208_671, 14_242_084)
    assert second.shares_after == 3_551_092
    assert not {"shares", "shares_after"} & (effects(first).keys() | effects(second).keys())


def test_amounts_count_whole_shares_though_what_is_left_has_a_fraction():
    first, second = lines(moved("D", "25", "61,308.417"), moved("D", "1,204", "60,104.417"))

    assert (first.shares, second.shares) == (25, 1_204)


def test_round_amounts_have_no_fraction_as_nobody_prints_zeros_behind_one():
    found = lines(moved("D", "1,500", "61,308.417"), held("3,551.092", "Oak"))

    assert found[0].shares == 1_500


def test_a_lone_point_among_commas_may_be_a_comma():
    found = lines(
        moved("D", "1,204", "422,171.833"), held("3,551,092", "Elm"), held("8,204,671", "Oak")
    )

    assert found[0].shares_after is None
    assert [row.shares_after for row in found[1:]] == [3_551_092, 8_204_671]


def test_fractions_of_a_page_confirm_each_other():
    found = lines(moved("A", "25", "61,308.417"), held("3,551.092", "Oak"))

    assert [row.shares_after for row in found] == [Decimal("61308.417"), Decimal("3551.092")]


def test_a_page_that_was_read_without_damage_keeps_its_signs():
    (found,) = read("Common Stock\t03/04/2004\tS\t400\tD\t$2.50\t422,171.833\tD").rows

    assert found.shares_after == Decimal("422171.833")


def test_an_amount_with_a_fraction_casts_doubt_on_millions_beside_it():
    found = lines(moved("A", "214.306", "51,308,417"))

    assert (found[0].shares, found[0].shares_after) == (None, None)


def test_fractions_of_one_table_say_nothing_of_the_other():
    units = spaced("Stock Units", "$0", "03/04/2004", "Aa)", "214.25", "03/04/2014", "Common Stock")
    rows = read(
        spaced("Common Stock", "15,408", "I", "By Oak Trust"),
        second=spaced(units, "214.25", "$0", "6,208.417", "D"),
    ).rows

    assert rows[0].shares_after == 15_408


def test_a_total_with_the_digits_of_anothers_fraction_has_that_fraction_too():
    first, second, third = lines(
        moved("D", "25", "61,308.417"), held("57,904,417", "Ash"), held("8,204,671", "Oak")
    )

    assert first.shares_after == Decimal("61308.417")
    assert (second.shares_after, third.shares_after) == (None, None)
    assert "57,904,417 or 57,904.417" in why(second)["shares_after"]


def sold(price, left):
    return spaced("Common Stock", "03/04/2004", "Ss", "25", "D", price, left, "D")


def test_a_price_of_thousands_among_prices_of_hundreds_is_one_in_tenths_of_a_cent():
    first, second = lines(sold("$417.25", "4,000"), sold("$418,043", "3,975"))

    assert (first.price, second.price) == (Decimal("417.25"), Decimal("418.043"))
    assert effects(second)["price"] == "doubtful"


def test_a_price_of_thousands_that_no_other_confirms_is_unknown():
    (only,) = lines(sold("$418,043", "3,975"))

    assert only.price is None
    assert "418,043 or 418.043" in why(only)["price"]


def test_a_price_of_thousands_among_others_or_in_round_hundreds_stands():
    first, second, third = lines(
        sold("$4,180.25", "4,000"), sold("$4,183", "3,975"), sold("$4,200", "3,950")
    )

    assert [row.price for row in (first, second, third)] == [Decimal("4180.25"), 4_183, 4_200]
