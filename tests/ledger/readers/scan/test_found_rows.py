"""Rows of bad copies that are found by what is left of them: their days, their place, their form's parts."""

from datetime import date

import pytest

from ledger.readers.scan import reader as scanned
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_doubts import lines
from tests.ledger.readers.scan.test_reader import NOTES, TABLE_I, TABLE_II, TOP, effects, read, row

OWNER = "1. Name and Address of Reporting Person*"
BOX = "(Last)   (First)   (Middle)\n4 PIER LANE\n(Street)\nBATH   ME   04530"


def sold(day, code="Ss", moved="2,900", left="14,310"):
    return spaced("Common Stock", day, code, moved, "D", "$19.02", left, "D")


@pytest.mark.parametrize(
    "printed", ["0370472004", "03042004", "030472004", "3042004,", "0304/2004"]
)
def test_a_day_whose_strokes_were_read_as_figures_or_not_at_all_is_one_of_the_form(printed):
    first, second = lines((printed, "400", "9,600"), ("03/05/2004", "300", "9,300"))

    assert (first.effective_on, first.code, first.shares) == (date(2004, 3, 4), "S", 400)
    assert effects(first)["effective_on"] == "repaired"
    assert (second.effective_on, second.shares) == (date(2004, 3, 5), 300)


def test_a_day_without_strokes_that_is_like_two_days_of_the_form_is_unknown():
    first = lines(("0302004", "400", "9,600"), ("03/05/2004", "300", "9,300"))[0]

    assert (first.effective_on, first.shares) == (None, 400)


def test_a_row_is_kept_where_little_is_left_of_its_day():
    lost = spaced("Cornrnon Stock", "—aioar2004", "s", "2,900?", "D", "sig.o3co@", "Q", "D")
    first, second = read(f"{sold('03/04/2004')}\n{lost}").rows

    assert (first.shares, second.holding) == (2_900, False)
    assert second.shares_after in {None, 0}


def test_an_amount_without_commas_that_ends_as_a_year_does_is_no_day():
    moved = row(sold("03/04/2004", moved="1202004"))
    held = row(spaced("Common Stock", "1202004", "D"))

    assert (moved.effective_on, moved.holding) == (date(2004, 3, 4), False)
    assert (held.holding, held.shares_after) == (True, 1_202_004)


@pytest.mark.parametrize("printed", ["53,487?)”", "53,487)*", "53,487)’"])
def test_a_figure_is_one_with_more_than_a_bracket_left_of_its_mark(printed):
    found = row(spaced("Common Stock", printed, "|", "By Trust"))

    assert (found.shares_after, found.ownership) == (53_487, "indirect")


@pytest.mark.parametrize("printed", ["Me", "As", "Ri", "MB"])
def test_a_word_alone_between_a_day_and_an_amount_is_a_code_that_is_not_legible(printed):
    found = row(sold("03/04/2004", code=printed))

    assert (found.code, found.shares, found.shares_after) == (None, 2_900, 14_310)
    assert effects(found)["code"] == "field unknown"


@pytest.mark.parametrize("printed", ["AL", "A]", "A|"])
def test_an_a_beside_a_line_is_an_a(printed):
    found = row(spaced("Common Stock", "03/04/2004", "P", "400", printed, "$2.50", "9,600", "D"))

    assert found.direction == "acquired"


def test_what_a_share_is_worth_at_par_is_no_row_where_it_begins_a_line():
    worn = "\n".join(
        (
            spaced("Common Stock,", "03/04/2004", "Ss", "400", "D", "$2.50", "9,600", "D"),
            "par value\n$0.001 per\nshare",
            spaced("Common Stock,", "03/05/2004", "Ss", "300", "D", "$2.50", "9,300", "D"),
            "par value\n0.001 per\nshare",
        )
    )
    found = read(worn).rows

    assert [one.shares_after for one in found] == [9_600, 9_300]
    assert all(effects(one)["security"] for one in found)


@pytest.mark.parametrize(
    "heading", [TABLE_I, "Table 1 - Non-Derit Se Acquired, DI of, or Be ially Owned", ""]
)
def test_tables_are_read_below_the_boxes_of_further_owners_whether_a_heading_is_left(heading):
    further = "\n".join(f"{OWNER}\n{name}\n{BOX}" for name in ("HARBOR FUND LP", "HARBOR GP LLC"))
    heads = "1. Title of Security   2. Transaction Date   Code   Amount   Price"
    form = "\n".join((TOP, further, heading, heads, sold("03/04/2004"), TABLE_II, NOTES))
    found = scanned.read(form.encode(), source="scan.txt").filing

    assert [(one.table, one.shares, one.code) for one in found.rows] == [("I", 2_900, "S")]
    assert [one.name for one in found.owners][1:] == ["HARBOR FUND LP", "HARBOR GP LLC"]


def test_an_owner_named_below_the_tables_too_moves_no_table():
    further = f"{OWNER}\nHARBOR FUND LP\n{BOX}"
    form = "\n".join((TOP, TABLE_I, sold("03/04/2004"), TABLE_II, further, NOTES))
    found = scanned.read(form.encode(), source="scan.txt").filing

    assert [one.shares for one in found.rows] == [2_900]
    assert found.owners[-1].name == "HARBOR FUND LP"


def test_a_row_under_a_title_with_two_letters_is_kept_where_its_day_is_lost():
    lost = spaced("Common Stock", "04!", "12013?", "xuq", "15,081?", "D", 'Si77.93"', "w", "D")
    first, second = read(f"{sold('03/04/2004')}\n{lost}").rows

    assert (first.shares, second.security) == (2_900, "Common Stock")
    assert ("row", "inferred") in {(told.field, told.effect) for told in second.repairs}


def test_a_holding_whose_figure_is_damaged_ends_with_its_nature():
    above = spaced("Common Stock", "7.285.295", "|", "By Trust")
    below = spaced("14,530,420", "D") + "\nCommon Stock"

    assert len(read(f"{sold('03/04/2004')}\n{above}\n{below}").rows) == 3


def test_a_row_that_words_of_other_lines_hide_is_read_by_its_own_and_its_words_are_doubted():
    above = "Class A   By FF Growth\nreer   Gagne   ss   Growth, LLC\nClass A   By The"
    found = read(
        f"{above}\n{spaced('Common', '1,486,909', 'I', 'Vale Fund')}\nStock   Growth, LP"
    ).rows

    assert [(one.shares_after, one.ownership) for one in found] == [(1_486_909, "indirect")]
    assert {"security", "nature"} <= set(effects(found[0]))


@pytest.mark.parametrize(
    "heading",
    [
        "3) (Month/Daynear) (Month/Da ear) A) Sranex ction Gy (nett 3 Indirect (Instr. (Instr. 4)",
        "Sepp   (lnstr. 4)   3   I",
        "Tite (Month/Day   7   D",
    ],
)
def test_brackets_that_headings_alone_print_make_no_row(heading):
    found = read(f"{heading}\n{sold('03/04/2004')}").rows

    assert [one.shares for one in found] == [2_900]


@pytest.mark.parametrize("title", ["Common Stock (restricted)", "Units (monthly plan)"])
def test_other_brackets_are_a_holding_s_own(title):
    found = read(f"{spaced(title, '3,100', 'D')}\n{sold('03/04/2004')}").rows

    assert [one.shares_after for one in found] == [3_100, 14_310]
