"""Prints that are whole, and of which the form itself says that they are hardly what they seem."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from ledger.filing import Repair, Row
from ledger.readers.scan import reader as scanned
from ledger.readers.scan.chart import Read
from ledger.readers.scan.days import Covered
from ledger.readers.scan.headings import table_of
from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.specked import specked
from ledger.readers.scan.suspect import suspected
from ledger.readers.scan.tokens import tokens_of
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import NOTES, TABLE_II, TOP, effects, row
from tests.scans.agreement import fields
from tests.scans.filings import filing
from tests.scans.misreading import MISREADINGS, misread, misread_as
from tests.scans.renderer import LEVELS, render

EVER = Covered(None, None)
FAIR = Read(95)
DAY = date(2004, 3, 4)


def line(table="I", code=None, shares=None, after=None, way=None, **said):
    figures = {"shares": shares, "shares_after": after}
    told = {name: None if number is None else Decimal(number) for name, number in figures.items()}
    told |= {"code": code, "direction": way, "effective_on": DAY if code else None} | said
    return Row(table=table, line=1, holding=code is None, **told)


def judged(*rows, page=FAIR, covered=EVER):
    return list(suspected(rows, covered, page))


@pytest.mark.parametrize("printed", ["{3}", "{12}", "{3)", "(7}"])
def test_a_figure_in_braces_is_a_footnote_mark(printed):
    cell = lines_of(printed)[0].cells[0]

    assert [token.kind for token in tokens_of(cell, line=1, column=1)] == ["marks"]


@pytest.mark.parametrize("printed", ["{300", "{4,150}", "|7,300", "{315}"])
def test_a_figure_behind_a_line_that_was_read_as_a_brace_is_none(printed):
    cell = lines_of(printed)[0].cells[0]

    assert "marks" not in {token.kind for token in tokens_of(cell, line=1, column=1)}


def test_a_mark_in_braces_is_not_the_amount_of_a_row_that_lost_its_own():
    cells = ("Restricted Stock Units", "03/04/2004", "A", "te)", "{3}", "Common Stock", "37")
    found = row(second=spaced(*cells, "$0", "8,411", "D"))

    assert found.shares != 3


@pytest.mark.parametrize("code", ["S", "G"])
def test_a_sale_or_a_gift_of_what_the_other_table_converts_is_likelier_the_conversion(code):
    _, found = judged(
        line("I", "C", 4_150, 9_300, "acquired"), line("II", code, 4_150, 71_000, "disposed")
    )

    assert (found.code, effects(found)["code"]) == ("C", "doubtful")


def test_a_gift_of_others_than_the_other_table_moves_is_one():
    _, other = judged(
        line("I", "C", 4_150, 9_300, "acquired"), line("II", "G", 800, 71_000, "disposed")
    )
    sold, given = judged(
        line("I", "S", 4_150, 9_300, "disposed"), line("II", "C", 4_150, 71_000, "disposed")
    )

    assert (other.code, effects(other)) == ("G", {"code": "doubtful"})
    assert (sold.code, given.code) == ("S", "C")


@pytest.mark.parametrize("code", ["S", "G"])
def test_a_derivative_sold_or_given_for_nothing_stands_and_its_code_is_doubtful(code):
    free, paid, first = judged(
        line("II", code, 800, 71_000, "disposed"),
        line("II", code, 800, 71_000, "disposed", price=Decimal("3.25")),
        line("I", code, 800, 71_000, "disposed"),
    )

    assert (free.code, effects(free)) == (code, {"code": "doubtful"})
    assert not effects(paid)
    assert not effects(first)


def left_over(printed):
    told = (Repair(field="row", printed=printed, effect="repaired", why="left out"),)
    return judged(line(after=33_140, ownership="direct", repairs=told))[0]


@pytest.mark.parametrize("price", ["$118.7613", "{s118.7613", "|$118.76"])
def test_a_balance_before_a_price_is_the_amount_of_a_row_that_lost_its_day(price):
    found = left_over(f"Class A Stock [22 aeor 5) 33,140 D {price} Jo See note")

    assert found.shares_after is None
    assert effects(found)["shares_after"] == "field unknown"


@pytest.mark.parametrize("printed", ["Stock, $0.01 par value 33,140 D (4)", "33,140 D 118.7613"])
def test_what_a_share_is_worth_before_a_balance_is_no_price(printed):
    assert left_over(printed).shares_after == 33_140


def test_a_day_that_nothing_bears_out_is_doubtful_where_digits_are_misread():
    strewn = Read(95, strewn=True)
    (alone,) = judged(line("I", "P", 400, 900, "acquired"), page=strewn)
    (clean,) = judged(line("I", "P", 400, 900, "acquired"))
    period = Covered(DAY, None, DAY)
    (borne,) = judged(line("I", "P", 400, 900, "acquired"), page=strewn, covered=period)
    both = judged(
        line("I", "P", 400, 900, "acquired"), line("II", "A", 7, 9, "acquired"), page=strewn
    )

    assert (alone.effective_on, effects(alone)) == (DAY, {"effective_on": "doubtful"})
    assert not any(effects(one) for one in (clean, borne, *both))


def test_more_acquired_than_held_is_doubtful_both_ways():
    (found,) = judged(line("II", "A", 28_613, "15515.937", "acquired"))

    assert effects(found) == {"shares": "doubtful", "shares_after": "doubtful"}


@pytest.mark.parametrize("after", [0, 28_613, 90_000])
def test_all_of_what_was_acquired_may_be_gone_or_held(after):
    assert not effects(judged(line("I", "M", 28_613, after, "acquired"))[0])


def test_less_held_than_was_disposed_of_is_nothing():
    assert not effects(judged(line("I", "S", 28_613, 400, "disposed"))[0])


def test_an_amount_with_a_line_before_it_is_the_total_that_another_row_has_too():
    first, second = judged(
        line("I", "C", 431_820, 31_820, "acquired"), line("II", "C", 31_820, 71_000, "disposed")
    )
    (lone,) = judged(line("I", "C", 431_820, 31_820, "acquired"))

    assert (first.shares, effects(first)) == (31_820, {"shares": "doubtful"})
    assert not effects(second)
    assert lone.shares == 431_820


def lined(page, *rows):
    return list(specked(rows, Read(97), lines_of(page)))


def held(after, **said):
    return line(after=after, security="Common Stock", ownership="direct", **said)


def test_a_figure_in_a_line_with_specks_that_nothing_confirms_is_doubtful():
    dirty, clean = lined(
        "Common Stock : .  27,140,000  I  By Vane\nCommon Stock  412,300  I",
        held(27_140_000),
        held(412_300),
    )

    assert (dirty.shares_after, effects(dirty)) == (27_140_000, {"shares_after": "doubtful"})
    assert not effects(clean)


def test_what_another_row_repeats_stands_in_a_line_with_specks():
    page = "Common Stock : .  27,140,000  I\nClass B : . 27,140,000 I"

    assert not any(map(effects, lined(page, held(27_140_000), held(27_140_000))))


TIGHT = "[Amount |Execution 2A. [Following lOwnership Form\n"
TIGHTER = f"{TIGHT}iStock  D  {{so  4s26.4123\n"


@pytest.mark.parametrize("print_", ["115,820", "41,150,300", "71,900"])
def test_a_first_digit_may_be_a_line_where_lines_stand_close_before_words(print_):
    number = int(print_.replace(",", ""))
    (found,) = lined(f"{TIGHT}Common Stock  {print_}  I", held(number))
    (apart,) = lined(f"| Amount | Execution\nCommon Stock  {print_}  I", held(number))

    assert (found.shares_after, effects(found)) == (number, {"shares_after": "doubtful"})
    assert not effects(apart)


def test_a_first_digit_that_stands_twice_may_be_a_line_only_where_many_lines_stand_close():
    rows = (held(115_820), held(115_820))
    sure, few = (lined(f"{page}Common Stock  115,820  I", *rows) for page in (TIGHTER, TIGHT))

    assert [effects(one) for one in sure] == [{"shares_after": "doubtful"}] * 2
    assert not any(map(effects, few))


def test_a_total_that_follows_from_one_with_another_first_digit_is_borne_out():
    before = line("I", "S", 100, 215_920, "disposed", security="Common Stock", ownership="direct")
    after = line("I", "S", 100, 115_820, "disposed", security="Common Stock", ownership="direct")
    follows = before.model_copy(update={"shares_after": Decimal(115_920)})
    leading = before.model_copy(update={"shares_after": Decimal(95_920)})
    last = after.model_copy(update={"shares": Decimal(19_900), "direction": "acquired"})

    assert all(map(effects, lined(TIGHTER, follows, after)))
    assert not any(map(effects, lined(TIGHTER, leading, last)))


@pytest.mark.parametrize("print_", ["215,820", "1,820", "105,820", "4,150,300"])
def test_a_digit_without_which_it_is_no_figure_is_no_line(print_):
    (found,) = lined(f"{TIGHT}Common Stock  {print_}  I", held(int(print_.replace(",", ""))))

    assert not effects(found)


@pytest.mark.parametrize("heading", ["Table | - N", "Table | - Non:  red, Disposed of,"])
def test_a_heading_of_which_an_n_is_left_is_that_of_table_i(heading):
    assert table_of(lines_of(heading)[0]) == "I"


@pytest.mark.parametrize("text", ["Table Il - D", "Table II - Derivative", "Table Nine", "Notes"])
def test_other_lines_open_no_table_i(text):
    assert table_of(lines_of(text)[0]) != "I"


LOST = spaced("Class A Common Stock", "03/04/2004", "cH", "$0", "23,140", "|", "See note 1")
SOLD = spaced("Class A Common Stock", "03/04/2004", "Ss", "4,100", "D", "$9.50", "19,040", "D")


@pytest.mark.parametrize("below", [f"{SOLD}\n", f"{SOLD}\n{TABLE_II}", TABLE_II])
def test_a_row_under_no_heading_above_table_i_or_the_heading_of_table_ii_is_of_table_i(below):
    text = f"{TOP}\n{LOST}\n{below}\n{NOTES}"
    found = scanned.read(text.encode(), source="scan.txt").filing.rows

    assert {one.table for one in found} == {"I"}


def test_a_row_under_no_heading_below_those_of_table_i_may_be_of_table_ii():
    option = spaced("Stock Option", "$9.50", "03/04/2004", "M", "400", "03/04/2005", "03/04/2014")
    option = spaced(option, "Common Stock", "400", "$0", "1,200", "D")
    text = f"{TOP}\n{SOLD}\n{option}\n{NOTES}"
    found = scanned.read(text.encode(), source="scan.txt").filing.rows

    assert [one.table for one in found] == ["I", "II"]


def converting(truth):
    """The filing with conversions, for which nothing is paid, for its exercises."""
    rows = [
        one.model_copy(update={"code": "C", "price": None}) if one.code in {"M", "X"} else one
        for one in truth.rows
    ]
    return truth.model_copy(update={"rows": tuple(rows)})


@pytest.mark.parametrize("layout", ["spaced", "wrapped"])
@pytest.mark.parametrize("kind", MISREADINGS)
def test_no_kind_of_misreading_is_silent(kind, layout):
    verdicts: Counter[str] = Counter()
    for seed in range(7_200, 7_230):
        truth = converting(filing(seed))
        clean = render(truth, layout=layout, noise=LEVELS["clean"], seed=seed)
        text = misread(misread_as(kind, clean, seed=seed), seed=seed)
        read = scanned.read(text.encode(), source=f"{kind}/{seed}").filing
        for field in fields(truth, read):
            verdicts[field.verdict] += field.key

    assert verdicts["silent"] == 0
    assert verdicts["exact"] * 100 > sum(verdicts.values()) * 86
