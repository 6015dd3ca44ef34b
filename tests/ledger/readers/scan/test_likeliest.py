"""What is likeliest where nothing proves what was printed, told as doubtful."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.filing import Repair, Row
from ledger.readers.scan.days import Covered
from ledger.readers.scan.likeliest import likeliest

COVERED = Covered(date(2004, 3, 4), date(2004, 3, 8), date(2004, 3, 4))
DAMAGED = "the print is damaged and nothing else in the row proves what it said"
MOVED = "its columns have moved, so that it may be "


def unknown(name, printed, why=DAMAGED):
    return Repair(field=name, printed=printed, effect="field unknown", why=why)


def line(*repairs, table="I", **said):
    known = {
        "security": "Common Stock",
        "code": "S",
        "direction": "disposed",
        "effective_on": date(2004, 3, 4),
        "shares": Decimal(2_900),
        "shares_after": Decimal(14_310),
        "price": Decimal(19),
    }
    known |= said | {repair.field: None for repair in repairs}
    return Row(table=table, line=1, holding=False, repairs=repairs, **known)


def told(row, name):
    (effect,) = [repair.effect for repair in row.repairs if repair.field == name]
    return getattr(row, name), effect


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        *(("“15,905.", 15_905), ("[23,969?", 23_969), ("83.334", 83_334), ("2,7280012)", 2_728)),
        *(("937?", 937), ("400!)", 400), ("5487?", 5_487)),
    ],
)
def test_a_figure_with_signs_about_it_is_likeliest_that_figure(printed, meant):
    (found,) = likeliest([line(unknown("shares", printed))], COVERED)

    assert told(found, "shares") == (meant, "doubtful")


@pytest.mark.parametrize("printed", ["14,7001", "2712) 3", "177451", "13,984 / 3,984", "9", ""])
def test_a_figure_that_may_end_in_a_mark_or_elsewhere_stays_unknown(printed):
    (found,) = likeliest([line(unknown("shares", printed))], COVERED)

    assert told(found, "shares") == (None, "field unknown")


def test_units_of_a_grant_and_a_table_with_a_fraction_are_not_taken_for_thousands():
    units = line(
        unknown("shares", "28.592"),
        table="II",
        security="Stock Units",
        code="A",
        direction="acquired",
    )
    fine = line(table="I", shares=Decimal("41.25"))

    assert told(likeliest([units], COVERED)[0], "shares")[0] is None
    assert (
        told(likeliest([fine, line(unknown("shares", "83.334"))], COVERED)[1], "shares")[0] is None
    )


def test_one_print_that_two_columns_may_have_stays_unknown():
    moved = [
        unknown(name, "13,893", f"{MOVED}13893 or empty") for name in ("shares", "shares_after")
    ]
    (both,) = likeliest([line(*moved)], COVERED)
    (one,) = likeliest([line(moved[0])], COVERED)

    assert (both.shares, both.shares_after) == (None, None)
    assert told(one, "shares") == (13_893, "doubtful")


def test_what_is_left_of_a_nought_is_one_where_shares_went():
    (gone,) = likeliest([line(unknown("shares_after", "[so"))], COVERED)
    (came,) = likeliest([line(unknown("shares_after", "e"), direction="acquired")], COVERED)

    assert told(gone, "shares_after") == (0, "doubtful")
    assert told(came, "shares_after")[0] is None


@pytest.mark.parametrize(
    ("printed", "other", "meant"),
    [
        ("41,733", "11,733", 11_733),
        ("14,502,447", "4,502,447", 4_502_447),
        ("30,717", "30,718", None),
    ],
)
def test_a_figure_in_all_but_a_digit_of_its_day_is_that_where_the_digits_look_alike(
    printed, other, meant
):
    why = f"{other} stands elsewhere for its day; a digit may be misread"
    (found,) = likeliest([line(unknown("shares", printed, why))], COVERED)

    assert told(found, "shares")[0] == meant


def test_an_amount_of_table_ii_is_as_many_as_its_underlying_shares():
    lost = line(unknown("shares", "219?"), table="II", underlying_shares=Decimal(21))
    (found,) = likeliest([lost], COVERED)

    assert told(found, "shares") == (21, "doubtful")


@pytest.mark.parametrize("printed", ["og14/2021", "0914/2021", "09/44/2021", "O9/1412021"])
def test_a_broken_day_is_the_one_of_the_form_that_it_is_likest(printed):
    rows = [line(effective_on=date(2021, 9, 14)), line(effective_on=date(2021, 9, 20))]
    covered = Covered(date(2021, 9, 14), date(2021, 9, 21), date(2021, 9, 14))
    found = likeliest([*rows, line(unknown("effective_on", printed))], covered)[2]

    assert told(found, "effective_on") == (date(2021, 9, 14), "doubtful")


def test_a_broken_day_as_near_to_two_days_of_the_form_stays_unknown():
    rows = [line(effective_on=date(2021, 9, day)) for day in (14, 15)]
    found = likeliest([*rows, line(unknown("effective_on", "09/18/2021"))], COVERED)[2]

    assert told(found, "effective_on")[0] is None


@pytest.mark.parametrize(
    ("printed", "way", "code"),
    [
        ("PF", "acquired", "P"),
        ("As", "acquired", "A"),
        ("ou", "acquired", "C"),
        ("Se", "acquired", None),
    ],
)
def test_a_code_is_likeliest_the_capital_that_its_print_begins_with(printed, way, code):
    (found,) = likeliest([line(unknown("code", printed), direction=way)], COVERED)

    assert told(found, "code")[0] == code


def test_a_code_of_which_nothing_is_left_is_that_of_two_other_rows_of_its_way():
    lost = unknown("code", "", "nothing legible stands in its column")

    assert told(likeliest([line(), line(), line(lost)], COVERED)[2], "code") == ("S", "doubtful")
    assert told(likeliest([line(), line(lost)], COVERED)[1], "code")[0] is None
    assert told(likeliest([line(), line(code="F"), line(lost)], COVERED)[2], "code")[0] is None


def test_what_table_i_acquires_was_disposed_of_in_table_ii():
    why = "no column says it, and the code does not decide it"
    lost = line(unknown("direction", "", why), table="II", code=None)
    came = line(direction="acquired", code=None)

    assert told(likeliest([came, lost], COVERED)[1], "direction") == ("disposed", "doubtful")
    assert told(likeliest([line(), lost], COVERED)[1], "direction")[0] is None


@pytest.mark.parametrize(
    ("printed", "way", "code"),
    [
        *(("ply", "acquired", "P"), ("pt", "acquired", "P"), ("aay", "acquired", "A")),
        *(("E", "disposed", "F"), ("6", "disposed", "G"), ("ply", "disposed", None)),
        *(("E", "acquired", None), ("iy", "acquired", None)),
    ],
)
def test_a_code_of_table_i_is_what_its_mark_and_its_way_leave_of_it(printed, way, code):
    why = "a E is seldom a code" if printed == "E" else DAMAGED
    price = None if code == "G" else Decimal(19)
    (found,) = likeliest([line(unknown("code", printed, why), direction=way, price=price)], COVERED)

    assert found.code == code


NO_COMMA = "the page groups its thousands, and no comma stands in it: a sign is lost"


def test_a_comma_read_as_a_digit_is_none_where_totals_show_others_that_are():
    shown = Repair(
        field="shares_after", printed="253595138", effect="doubtful", why="totals follow"
    )
    proven = line(shown).model_copy(update={"shares_after": Decimal(2_359_138)})
    lost = line(unknown("shares", "59954", NO_COMMA))
    whole = line(unknown("shares", "2415", NO_COMMA))

    assert told(likeliest([proven, lost], COVERED)[1], "shares") == (Decimal(5_954), "doubtful")
    assert told(likeliest([lost], COVERED)[0], "shares")[0] is None
    assert told(likeliest([proven, lost, whole], COVERED)[1], "shares")[0] is None


@pytest.mark.parametrize("name", ["shares", "underlying_shares"])
def test_a_total_of_the_row_tells_of_a_comma_read_as_a_digit(name):
    lost = (unknown("shares", "45575", NO_COMMA), unknown("underlying_shares", "45575", NO_COMMA))
    row = line(*lost, table="II", code="A", shares_after=Decimal(4_575))
    other = line(*lost, table="II", code="A", shares_after=Decimal(4_675))

    assert told(likeliest([row], COVERED)[0], name) == (Decimal(4_575), "doubtful")
    assert told(likeliest([other], COVERED)[0], name)[0] is None
