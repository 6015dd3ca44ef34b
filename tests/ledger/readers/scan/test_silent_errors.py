"""The ways in which a misread page has shown well-formed values that its paper does not.

    kind                                                     what tells
    A  the I of ownership as the number 1                    a lone 1 before words is no figure
    B  a digit for a digit                                   totals, the twin figure, the page's state
    C  rows of Table I under Table II                        the heading binds
    D  a transaction without code as a holding               a day before it
    E  a day misread into another day                        the period and the signature
    F  a mark's digits, or a lost front, in a figure         commas; what stands beside it
    G  an address, a heading, a name's year as a row         where it stands; no figure under words
    H  a code out of shreds                                  no letter may be it
    I  a ticked box on its rule                              an X is a tick, a rule alone says nothing
    J  words of a title in another order, or of two cells    the order that titles have
    K  names that run together                               what stands elsewhere on the page
    L  a day of signing misread                              what is reported, and when (`test_parties`)
    M  a mark as another mark                                only notes that are printed exist
    N  a letter of the symbol as a figure                    (`test_parties`)

C, I and K have their tests in `test_doubts` and `test_wordings` too. Every value here is right
or unknown.
"""

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import NOTES, TOP, effects, read

SOLD = ("Common Stock", "03/04/2004", "Ss", "4,200", "D", "$7.15", "38,114", "D")
SIGNED = (
    "\nExplanation of Responses:\n/s/ Edith M. Vale 03/05/2004\n** Signature of Reporting Person"
)
YIELDS = ("Series C Preferred Stock", "(1)", "(1)", "Common Stock")

FIRST = {
    "A a balance": (
        ("Common Stock", "03/04/2004", "Ss", "4,200", "D", "$7.15", "io)", "1", "See note"),
        {"shares_after": 0, "ownership": "indirect"},
    ),
    "D a letter lost": (
        ("Common Stock", "03/04/2004", "Qx~", "4,200", "D", "$0", "38,114", "|", "By Trust"),
        {"shares": 4_200, "shares_after": 38_114, "ownership": "indirect", "holding": False},
    ),
    "E a year": (
        ("Common Stock", "03/04/2009", "Ss", "4,200", "D", "$7.15", "38,114", "D"),
        {"effective_on": date(2004, 3, 4)},
    ),
    "F a mark's digits": (
        ("Common Stock", "03/04/2004", "Ss", "27145", "D", "$7.15", "38,114", "D"),
        {"shares": 271},
    ),
    "F a lost front": (
        ("Common Stock", "03/04/2004", "Ss", "4,200", "D", "$7.15", '"6 238,114', "D"),
        {"shares_after": 6_238_114},
    ),
    "H shreds": (
        ("Common Stock", "03/04/2004", "~=", "4,200", "D", "$7.15", "38,114", "D"),
        {"code": "S"},
    ),
}
SECOND = {
    "A a price of exercise": (
        (*YIELDS, "6,104,220", "(y)", "1", "By Trust"),
        {"exercise_price": None, "ownership": "indirect"},
    ),
    "A shares that are yielded": (
        (
            "Series C Preferred Stock",
            "ie)",
            "qa)",
            "Common Stock",
            "6,104,220",
            "qa)",
            "1",
            "By Spouse",
        ),
        {"underlying_shares": 6_104_220},
    ),
    "G a par value": (
        (
            "Class B Stock, $0.005 par value",
            "(1)",
            "(1)",
            "Common",
            "55,210",
            "(1)",
            "|",
            "By Fund",
        ),
        {"exercise_price": None},
    ),
}


def right_or_unknown(rows, truth):
    assert len(rows) <= 1
    for row in rows:
        for name, meant in truth.items():
            assert getattr(row, name) in {meant, None}, (name, row)


@pytest.mark.parametrize(("cells", "truth"), FIRST.values(), ids=FIRST)
def test_a_misread_row_of_table_i_is_right_or_unknown(cells, truth):
    known = spaced("Class A Stock", "03/04/2004", "Ss", "1,400", "D", "$7.15", "9,600", "D")
    found = read(f"{known}\n{spaced(*cells)}", notes=SIGNED).rows

    right_or_unknown(found[1:], truth)


@pytest.mark.parametrize(("cells", "truth"), SECOND.values(), ids=SECOND)
def test_a_misread_row_of_table_ii_is_right_or_unknown(cells, truth):
    right_or_unknown(read(spaced(*SOLD), spaced(*cells)).rows[1:], truth)


def test_b_a_digit_misread_in_one_of_two_twin_figures_is_doubted_or_unknown():
    grant = ("Stock Option", "$5", "03/04/2004", "Aa)", "7,204,118", "03/04/2005", "03/04/2014")
    (row,) = read(second=spaced(*grant, "Common Stock", "1,204,118", "$0", "1,204,118", "D")).rows

    assert {effects(row)["shares"], effects(row)["underlying_shares"]} == {"doubtful"}


def test_c_a_row_under_the_first_table_s_heading_is_none_of_the_second():
    rows = read(spaced("Common Stock", "03/04/2004", "Gq)", "8,114", "61,204,880", "By Trust")).rows

    assert {row.table for row in rows} == {"I"}


def test_d_a_row_with_one_cell_a_line_and_no_code_is_no_holding_of_its_amount():
    cells = ("Common Stock", "03/04/2004", "Ga)", "8,114", "D", "$0", "61,204,880", "By Trust")
    rows = read("\n".join(cells)).rows

    assert all(row.shares_after in {61_204_880, None} for row in rows)
    assert all(row.ownership in {"indirect", None} for row in rows)


def test_g_an_address_above_the_tables_is_no_row():
    top = f"{TOP}\nHARBOR TOWN   -ME   04530,   tee   Se   ee\n"

    assert len(read(spaced(*SOLD), top=top).rows) == 1


def test_g_the_shreds_of_a_heading_are_no_row():
    heads = "1. Title of   speed Ot   5.A\\   f Securities Beneficiall   6.01   hip Form:   7.N"

    assert len(read(f"{heads}\n{spaced(*SOLD)}").rows) == 1


def test_g_the_year_in_a_trust_s_name_is_no_balance():
    lines = f"{spaced('Common Stock', '61,204', 'I', 'By Vale 2011')}\n{' ' * 60}Family Trust(3)"

    assert all(row.shares_after in {61_204, None} for row in read(lines).rows)


def test_i_an_x_on_a_rule_is_a_tick_and_a_rule_alone_no_empty_box():
    ticked = TOP.replace('<input checked="" type="checkbox"/> Director', "X_ Director")
    bare = TOP.replace('<input checked="" type="checkbox"/> Director', "_ Director")
    flags = [read(spaced(*SOLD), top=top).owners[0].director for top in (ticked, bare)]

    assert flags[0] in {True, None}
    assert flags[1] is not False


def test_j_unread_marks_end_a_title():
    cells = ("Series C Preferred Stock", "ie)", "qa)", "Common Stock", "55,210", "qa)", "D")
    rows = read(spaced(*SOLD), spaced(*cells)).rows[1:]

    assert {row.security for row in rows} <= {"Series C Preferred Stock", None}
    assert {row.underlying for row in rows} <= {"Common Stock", None}


def test_k_a_label_is_nobody_s_name():
    top = TOP.replace("2. Issuer", "2, Issuer").replace("5. Relationship", "5, Relationship")
    filing = read(spaced(*SOLD), top=top)

    assert {owner.name for owner in filing.owners} <= {"VALE EDITH M", None}


def test_k_what_is_left_of_a_box_s_frame_belongs_to_no_name():
    top = TOP.replace("Person* VALE", "Person*\t+ VALE").replace("TIDEWATER", "[TIDEWATER")
    filing = read(spaced(*SOLD), top=top)

    assert (filing.issuer.name, filing.issuer.symbol) == ("TIDEWATER LENS CORP", "TLC")
    assert {owner.name for owner in filing.owners} <= {"VALE EDITH M", None}


def test_m_a_mark_whose_note_is_not_printed_is_told():
    priced = (*SOLD[:5], "$7.15(8)", *SOLD[6:])
    filing = read(spaced(*priced), notes=NOTES)

    assert filing.rows[0].price in {Decimal("7.15"), None}
    assert "note 8" in {repair.field for repair in filing.repairs}


def test_b_twice_as_many_underlying_shares_are_a_ratio_and_no_misread_digit():
    grant = ("Stock Option", "$5", "03/04/2004", "Aa)", "1,000", "03/04/2005", "03/04/2014")
    (row,) = read(second=spaced(*grant, "Common Stock", "2,000", "$0", "1,000", "D")).rows

    assert (row.shares, row.underlying_shares) == (1_000, 2_000)
    assert "shares" not in effects(row)
