"""Rows as real programs read them: what a short or damaged piece may be, and what the row decides."""

from decimal import Decimal

import pytest

from ledger.readers.scan.candidates import figures_of, letter_in
from tests.ledger.readers.scan.test_reader import effects, read, row


def spaced(*cells):
    """A line whose columns stand apart, as a program that reads pictures sets them."""
    return "   ".join(cells)


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        *(("Ga)", "G"), ("Gay", "G"), ("Gq)", "G"), ("J(1)", "J"), ("Cig)", "C"), ("Ss", "S")),
        *(("Se)", "S"), ("c", "C"), ("$s", "S"), ("s(i)", "S"), ("Cc", "C")),
    ],
)
def test_a_code_with_its_mark_stuck_on_or_its_capital_doubled_is_read_and_told(printed, code):
    found = row(spaced("Common Stock", "03/04/2004", printed, "400", "D", "$0", "900", "D"))

    assert (found.code, found.shares, found.shares_after) == (code, 400, 900)
    assert effects(found).get("code") == (None if printed == "J(1)" else "repaired")


@pytest.mark.parametrize("printed", ["|", "1", "l", "]", "!", "i", "i}", "\\\\", "'"])
def test_the_i_of_ownership_between_two_rules_is_read_from_a_stroke(printed):
    cells = ("Common Stock", "03/04/2004", "S", "400", "D", "$2.50", "900", printed, "By Spouse")
    found = row(spaced(*cells))

    assert (found.ownership, found.nature) == ("indirect", "By Spouse")
    assert (found.shares_after, found.price) == (900, Decimal("2.50"))


def test_a_lone_1_before_the_nature_is_never_the_balance():
    cells = ("Common Stock", "03/04/2004", "Ss", "687,400", "D", "$11.64", "to)", "1")
    found = row(spaced(*cells, "See note"))

    assert (found.code, found.shares, found.ownership) == ("S", 687_400, "indirect")
    assert (found.shares_after, effects(found)["shares_after"]) == (0, "repaired")


@pytest.mark.parametrize("printed", ["i)", "ft)", "of)", "it).", "08)."])
def test_letters_and_a_bracket_are_a_nought_only_where_shares_went(printed):
    cells = ("Common Stock", "03/04/2004", "Ss", "2,900", "D", "$19.02", printed, "D")
    assert row(spaced(*cells)).shares_after == 0
    assert effects(row(spaced(*cells)))["shares_after"] == "repaired"

    came = ("Common Stock", "03/04/2004", "P", "2,900", "A", "$19.02", "ft)", "D")
    assert row(spaced(*came)).shares_after is None


def test_a_digit_behind_a_figure_that_has_all_its_threes_is_not_its_rest():
    cells = ("Common Stock", "03/04/2004", "Ss", "2,900", "D", "$19.02", "75,000", "7", "By Trust")
    torn = ("Common Stock", "03/04/2004", "Ss", "2,900", "D", "$19.02", "75,00", "7", "By Trust")

    assert row(spaced(*cells)).shares_after == 75_000
    assert row(spaced(*torn)).shares_after != 75_00


@pytest.mark.parametrize("printed", ["ys)", "yo", "yo."])
def test_a_small_letter_with_a_tail_is_a_j_that_its_mark_ran_into(printed):
    cells = ("Common Stock", "03/04/2004", printed, "2,900", "D", "$0", "75,000", "D")
    found = row(spaced(*cells))

    assert (found.code, effects(found)["code"]) == ("J", "repaired")


def test_a_balance_that_is_a_shred_is_zero_only_where_the_lines_before_prove_it():
    first = spaced("Common Stock", "03/04/2004", "Ca)", "2,900", "A", "$0", "2,900", "D")
    second = spaced("Common Stock", "03/04/2004", "Ss", "2,900", "D", "$19.02", "ey)", "D")
    proven = read(f"{first}\n{second}").rows[1]
    alone = row(second)

    assert (proven.shares_after, alone.shares_after) == (0, None)
    assert effects(proven)["shares_after"] == "repaired"
    assert effects(alone)["shares_after"] == "field unknown"


@pytest.mark.parametrize(
    ("printed", "code"),
    [("so", "S"), ("s®", "S"), ("s®)", "S"), ("cH", "C"), ("F°)", "F"), ("oo", None), ("ae", None)],
)
def test_a_code_is_read_beside_a_raised_mark_of_which_no_bracket_is_left(printed, code):
    found = row(
        spaced("Common Stock", "03/04/2004", printed, "2,900", "D", "$19.02", "14,310", "D")
    )

    assert found.code == code
    assert (found.shares, found.shares_after) == (2_900, 14_310)
    assert effects(found)["code"] == ("repaired" if code else "field unknown")


def test_words_are_no_codes_and_codes_no_words():
    assert letter_in("code", "See") is None
    assert letter_in("code", "Trust") is None
    assert letter_in("ownership", "Inc") is None
    assert letter_in("code", "(1)") == ("?", 3)


OPTION = ("Stock Option", "$4.10", "03/04/2004", "M")
UNDERLYING = ("03/04/2003", "03/04/2013", "Common Stock")


def test_what_is_left_of_a_derivative_below_what_moved_was_disposed_of():
    left = row(second=spaced(*OPTION, "700", *UNDERLYING, "700", "$0", "300", "D"))
    more = row(second=spaced(*OPTION[:3], "J", "700", *UNDERLYING, "700", "$0", "900", "D"))

    assert (left.direction, more.direction) == ("disposed", None)
    assert effects(left)["direction"] == "inferred"


def test_a_conversion_takes_from_table_ii_what_it_brings_to_table_i():
    first = spaced("Class A", "03/04/2004", "C", "700", "A", "$0", "700", "D")
    second = spaced("Class B", "(1)", "03/04/2004", "C", "700", "(1)", "(1)", "Class A", "700")
    _, found = read(first, second + "   $0   77,865   D").rows

    assert found.direction == "disposed"
    assert "Table I" in next(r.why for r in found.repairs if r.field == "direction")


def test_a_fraction_that_both_columns_print_alike_is_a_fraction():
    units = ("Stock Unit", "(1)", "03/04/2004", "A")
    twice = row(second=spaced(*units, "71.504", "(1)", "(1)", "Common", "71.504", "$0", "920", "D"))
    other = row(second=spaced(*units, "71.504", "(1)", "(1)", "Common", "71", "$0", "920", "D"))

    assert (twice.shares, twice.underlying_shares) == (Decimal("71.504"), Decimal("71.504"))
    assert other.shares is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("684,,741", 684_741),
        ("121'266", 121_266),
        ("5,63O,000.", 5_630_000),
        ("-87,626", 87_626),
        ("1l,388", 11_388),
        ('"4,749', 4_749),
    ],
)
def test_a_damaged_figure_is_the_one_number_it_can_be(printed, number):
    assert figures_of(printed) == (number,)


@pytest.mark.parametrize("printed", ["61.569", "95:425"])
def test_thousands_and_a_fraction_of_three_digits_look_alike(printed):
    assert len(figures_of(printed)) == 2


@pytest.mark.parametrize("printed", ["12,00", "1,", ",500", "$158.56116)", "19,0186", "4(1"])
def test_a_piece_of_a_number_is_none(printed):
    assert figures_of(printed) == ()


@pytest.mark.parametrize("printed", ["$?)", "$P)", "$H)", "$0)", "§", "5)", "5", "sn"])
def test_an_s_is_read_by_its_shape_beside_what_was_disposed_of(printed):
    found = row(
        spaced("Common Stock", "03/04/2004", printed, "2,900", "D", "$19.02", "14,310", "D")
    )

    assert (found.code, found.shares) == ("S", 2_900)
    assert effects(found)["code"] == "repaired"


@pytest.mark.parametrize("printed", ["$?)", "5)", "5"])
def test_a_code_read_by_its_shape_is_unknown_where_the_letter_of_direction_denies_it(printed):
    found = row(
        spaced("Common Stock", "03/04/2004", printed, "2,900", "A", "$19.02", "14,310", "D")
    )

    assert (found.code, found.shares, found.direction) == (None, 2_900, "acquired")


@pytest.mark.parametrize("printed", ["io", "foe)", "ow)"])
def test_a_code_that_is_not_legible_is_that_of_the_other_table_on_the_same_day(printed):
    first = spaced("Common Stock", "03/04/2004", printed, "2,900", "A", "$0", "2,900", "D")
    cells = ("Preferred Stock", "(1)", "03/04/2004", "c", "2,900", "(2)", "(3)", "Common Stock")
    one, other = read(first, spaced(*cells, "2,900", "$0", "0", "D")).rows

    assert (one.code, other.code) == ("C", "C")
    assert effects(one)["code"] == "inferred"


def test_a_code_that_is_not_legible_stays_so_where_the_other_table_moves_another_number():
    first = spaced("Common Stock", "03/04/2004", "io", "2,900", "A", "$0", "2,900", "D")
    cells = ("Preferred Stock", "(1)", "03/04/2004", "c", "2,800", "(2)", "(3)", "Common Stock")

    assert read(first, spaced(*cells, "2,800", "$0", "0", "D")).rows[0].code is None


@pytest.mark.parametrize(
    ("printed", "letter"), [("ye", "J"), ("jy?", "J"), ("sé)", "S"), ("cin", "C")]
)
def test_a_code_into_which_its_mark_ran_is_the_letter_it_is_likest(printed, letter):
    assert letter_in("code", printed) == (letter, 2)


@pytest.mark.parametrize("printed", ["y", "hel", "oe", "By", "year"])
def test_what_is_like_no_code_is_none(printed):
    assert (letter_in("code", printed) or "?")[0] == "?"


@pytest.mark.parametrize(
    ("printed", "shares"),
    [("2 500", None), ("2, 500", 2_500), ("2,5 00", 2_500), ("78.667 30", None)],
)
def test_two_whole_figures_are_not_joined_to_one_without_its_comma(printed, shares):
    found = row(f"Common Stock\t03/04/2004\t\tSs\t\t{printed}\tD\t$2.50\t900\tD\t")

    assert found.shares == shares
