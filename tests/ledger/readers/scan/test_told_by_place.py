"""What a damaged print is by what stands around it: a column, a law, another row's day, a twin."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.filing import Repair, Row
from ledger.readers import read as read_any
from ledger.readers.scan.days import covered_by, dated
from ledger.readers.scan.lines import Cell
from ledger.readers.scan.tokens import tokens_of
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_places import PLACES, converted
from tests.ledger.readers.scan.test_reader import TOP as HEAD
from tests.ledger.readers.scan.test_reader import effects, read, why
from tests.ledger.readers.scan.test_vouching import one, told
from tests.scans.paper import FOOT, TOP, Print, tsv


def exercised(code="M", shares="4,100", left="4,100", title="Stock Unit"):
    cells = (title, "(1)", "03/04/2004", code, shares, "(1)", "(1)", "Common Stock")
    return spaced(*cells, shares, "$0", left, "D")


BROUGHT = spaced("Common Stock", "03/04/2004", "M", "4,100", "A", "$0", "14,310", "D")
SOLD = spaced("Common Stock", "03/04/2004", "S", "4,100", "D", "$9.1", "14,310", "D")


def test_an_exercise_disposes_where_the_first_table_acquires_by_it():
    with_it, without = (
        next(row for row in read(first, exercised()).rows if row.table == "II")
        for first in (BROUGHT, SOLD)
    )

    assert (with_it.direction, effects(with_it)["direction"]) == ("disposed", "inferred")
    assert without.direction is None


def test_an_exercise_of_which_less_is_left_disposes_whatever_the_first_table_says():
    found = next(row for row in read(SOLD, exercised(left="900")).rows if row.table == "II")

    assert found.direction == "disposed"


def test_what_another_title_that_went_by_its_code_yielded_was_acquired():
    went = exercised(left="900")
    come = exercised(title="Class B Common Stock", left="61,402")
    alone, unit = (
        read(SOLD, f"{one}\n{come}").rows[-1] for one in (exercised("C", left="9"), went)
    )

    assert (unit.direction, effects(unit)["direction"]) == ("acquired", "inferred")
    assert alone.direction is None


def headed(*rows, heads=("(A)", "(D)")):
    """Table II with the letters over the two columns of its amount."""
    prints = [Print(30, 196, "Table II - Derivative Securities Acquired, Disposed of")]
    cells = ("Code", *heads, "Title")
    prints += [Print(x, 208, text) for x, text in zip((240, 282, 342, 470), cells, strict=True)]
    for at, row in enumerate(rows):
        prints += [
            Print(x, 220 + at * 14, text) for x, text in zip(PLACES, row, strict=False) if text
        ]
    return read_any(tsv([*TOP, *prints, *FOOT]), source="form.tsv").filing.rows


def test_the_letter_over_an_amount_says_whether_it_was_acquired_where_its_code_does_not():
    (come,) = headed(converted("Class B Common Stock", acquired="61,402", left="61,402"))
    (gone,) = headed(converted("Class B Common Stock", disposed="61,402", left="61,402"))

    assert (come.direction, gone.direction) == ("acquired", "disposed")
    assert "stands in the column for acquired" in why(come)["direction"]


def test_no_column_is_told_where_only_one_of_the_letters_is_legible():
    (row,) = headed(
        converted("Class B Common Stock", acquired="61,402", left="61,402"), heads=("(A)", "@)")
    )

    assert row.direction is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("18,754, 330(", 18_754_330),
        ('394, 207°")', 394_207),
        ("2,964, 531?", 2_964_531),
        ("11, 060, 970+)", 11_060_970),
        ("—_|3,962,971", 3_962_971),
    ],
)
def test_a_balance_between_what_lines_and_marks_leave_is_a_figure(printed, number):
    (token,) = tokens_of(Cell(printed, 0, len(printed)), line=1, column=3)

    assert (token.kind, token.number) == ("number", Decimal(number))


@pytest.mark.parametrize("printed", ["i,108,443", "H15,530,420", "f,000"])
def test_a_figure_whose_head_is_a_letter_fills_its_column_and_has_no_value(printed):
    (token,) = tokens_of(Cell(printed, 0, len(printed)), line=1, column=3)

    assert (token.kind, token.number) == ("broken", None)


def test_words_and_letters_before_a_figure_are_no_head_of_it():
    for printed in ("A 200,000", "Class A 200,000", "By Fund 2,000 LP"):
        assert tokens_of(Cell(printed, 0, len(printed)), line=1, column=3)[0].kind != "broken"


def unit(printed, underlying="37"):
    cells = ("Stock Unit", "(1)", "03/04/2004", "A", printed, "(1)", "(1)", "Common", underlying)
    return read(second=spaced(*cells, "$0", "6,893", "D")).rows[0]


@pytest.mark.parametrize("printed", ["37%)", "37/2)", "37?)"])
def test_an_amount_that_ran_into_its_mark_is_that_of_the_underlying_shares(printed):
    found = unit(printed)

    assert (found.shares, found.shares_after) == (37, 6_893)
    assert effects(found)["shares"] == "inferred"


@pytest.mark.parametrize("printed", ["(37)", "3%)", "52%)"])
def test_a_whole_mark_or_other_figures_are_no_such_amount(printed):
    assert unit(printed).shares is None


@pytest.mark.parametrize("total", ["3.754.587", "3,754,587", ""])
def test_an_amount_printed_twice_with_a_point_is_no_fraction_where_its_total_has_none(total):
    cells = ("Stock Unit", "a)", "03/04/2004", "Aa)", "61.569", "a)", "Common", "61.569")
    found = read(second=spaced(*cells, "$0", total, "D")).rows[0]

    assert found.shares != Decimal("61.569")


def test_an_s_before_a_price_is_a_dollar_sign_where_the_page_prints_them():
    other = spaced("Common Stock", "03/04/2004", "Ss", "400", "D", "$25.11", "9,600", "D")
    lost = spaced("Common Stock", "03/04/2004", "Ss", "300", "D", "s25.0475", "9,300", "D")

    assert read(f"{other}\n{lost}").rows[1].price == Decimal("25.0475")


@pytest.mark.parametrize("printed", ['$178.9214"!', "$114.gi8i"])
def test_what_begins_as_a_price_keeps_its_column_so_that_the_row_keeps_its_code(printed):
    other = spaced("Common Stock", "03/04/2004", "Ss", "400", "D", "$25.11", "9,600", "D")
    lost = spaced("Common Stock", "03/04/2004", "sis!", "300", "D", printed, "9,300", "D")
    found = read(f"{other}\n{lost}").rows[1]

    assert (found.code, found.shares, found.shares_after) == ("S", 300, 9_300)
    assert found.price in {None, Decimal("178.9214")}


def sale(day=None, printed=""):
    repair = Repair(
        field="effective_on", printed=printed, effect="field unknown", why="the print is damaged"
    )
    said = {"effective_on": day} if day else {"repairs": (repair,)}
    return Row(table="I", line=1, holding=False, code="S", **said)


def test_a_broken_day_is_that_of_another_row_where_no_other_day_is_like_it():
    broken, either, _ = dated(
        [sale(printed="63/04/2004"), sale(printed="03/0S/2004"), sale(date(2004, 3, 4))],
        covered_by("4", None, None),
    )

    assert (broken.effective_on, effects(broken)["effective_on"]) == (date(2004, 3, 4), "inferred")
    assert either.effective_on is None


def test_a_broken_day_is_the_only_one_like_it_in_the_days_before_the_signing():
    said = covered_by("4", None, date(2004, 3, 5))
    near, far = (dated([sale(printed=day)], said)[0] for day in ("93/04/2004", "92/04/2004"))

    assert (near.effective_on, far.effective_on) == (date(2004, 3, 4), None)


def test_a_period_is_no_day_where_another_broken_day_is_unlike_it():
    said = covered_by("4", date(2012, 1, 19), None)
    one, alone = (
        dated([sale(printed=day) for day in days], said)[0]
        for days in (("41/19/2012", "14/19/2012"), ("41/19/2012", "41/19/2012"))
    )

    assert (one.effective_on, alone.effective_on) == (None, date(2012, 1, 19))


def test_a_whole_day_is_not_the_period_that_it_is_like():
    said = covered_by("4", date(2012, 1, 19), None)

    assert dated([sale(printed="04/19/2012")], said)[0].effective_on is None


def test_a_line_before_a_company_is_no_letter_of_it():
    lined, plain = (
        HEAD.replace("TIDEWATER LENS CORP", f"{name} Lens Corp")
        for name in ("lTidewater", "Tidewater")
    )

    assert read(top=lined).issuer.name == read(top=plain).issuer.name == "Tidewater Lens Corp"


def test_a_class_that_joined_lines_put_last_is_doubtful_unless_a_line_prints_it_so():
    joined = one("security", "Common Stock Class A", "Common Stock Class A", effect="inferred")

    assert told(joined, page="Class A\nCommon 03/04/2004\nStock") == ["doubtful"]
    assert told(joined, page="Common Stock Class A 03/04/2004") == ["inferred"]
