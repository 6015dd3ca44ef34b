"""Figures left over in a row, titles that lost their class, and days no form covers."""

from datetime import date

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import NOTES, TOP, effects, read, why


def sold(*, day="03/04/2004", title="Common Stock", left="9,600", more=()):
    return spaced(title, day, "Ss", "400", "D", "$2.50", left, "D", *more)


def test_figures_of_a_row_are_doubtful_beside_one_that_no_column_takes():
    (row,) = read(
        spaced("Common Stock", "5,406", "03/04/2004", "Ss", "400", "D", "$2.50", "9,600", "D")
    ).rows

    assert (row.shares, row.shares_after) == (400, 9_600)
    assert effects(row)["shares"] == effects(row)["shares_after"] == "doubtful"
    assert "5,406" in why(row)["shares"]


def test_a_day_decades_behind_the_period_is_unknown_where_the_day_of_signing_is_not_legible():
    unsigned = NOTES.replace("03/05/2004", "98/45/2004")
    first, second = read(f"{sold()}\n{sold(day='03/04/2034', left='9,200')}", notes=unsigned).rows

    assert first.effective_on == date(2004, 3, 4)
    assert second.effective_on is None
    assert effects(second)["effective_on"] == "field unknown"


def test_a_title_without_a_class_is_doubtful_where_classes_stand_on_lines_of_their_own():
    lines = ("Class A", sold(), sold(left="9,200"))
    first, second = read("\n".join(lines)).rows

    assert (first.security, second.security) == ("Class A Common Stock", "Common Stock")
    assert effects(second)["security"] == "doubtful"


@pytest.mark.parametrize("other", ["Common Stock", "Class A Common Stock"])
def test_a_title_without_a_class_stands_where_others_print_theirs_beside_it(other):
    _, second = read(f"{sold(title=other)}\n{sold(left='9,200')}").rows

    assert "security" not in effects(second)


def test_a_d_behind_a_day_and_a_code_alone_is_no_direct_ownership():
    """What stands right of it is on another part of the page; the D is that of a disposal."""
    (row,) = read(spaced("Common Stock", "03/04/2004", "Ss", "484,053", "D")).rows

    assert row.ownership is None
    assert row.shares_after is None
    assert effects(row)["ownership"] == "field unknown"


@pytest.mark.parametrize("behind", ["Washington, D.C. 20549", "OMB APPROVAL"])
def test_a_form_that_states_changes_is_none_of_initial_holdings(behind):
    """A column's heading is misread into what only a Form 3 prints over its tables."""
    top = TOP.replace("FORM 4", f"FORM 4    {behind}").replace("3235-0287", "3235-")
    second = "nd\teivative Securities Beneficially Owned"

    assert read(sold(), second, top=top).form == "4"
    assert read(sold(), second, top=top.replace("FORM 4", "")).form == "4"


def test_an_amount_with_its_marks_digit_behind_is_doubtful_where_only_labels_are_misread():
    top = TOP.replace("BENEFICIAL OWNERSHIP", "BENEFICAL OWNRSHP").replace(
        "OMB Number", "OMB Nmber"
    )
    cells = ("Restricted Stock Units", "(1)", "03/04/2004", "A", "330", "(3)", "(3)")
    (row,) = read(
        second="\t".join((*cells, "Common Stock", "33", "$0", "9,274", "D")), top=top
    ).rows

    assert effects(row)["shares"] == effects(row)["underlying_shares"] == "doubtful"


def test_words_of_a_nature_amid_a_title_are_told():
    top = TOP.replace("BENEFICIAL OWNERSHIP", "BENEFICAL OWNRSHP").replace(
        "OMB Number", "OMB Nmber"
    )
    held = "Class A See Footnotes Common Stock\t\t\t\t\t\t\t\t9,600\tD\t"
    (row,) = read(held, top=top).rows

    assert effects(row)["security"] in {"doubtful", "field unknown"}


def noted(nature, below):
    cells = ("Common Stock", "03/04/2004", "S", "400", "D", "$2.50", "9,600", "I", nature)
    second = ("Common Stock", "03/05/2004", "S", "400", "D", "$2.50", "9,200", "I", nature)
    return read(f"{spaced(*cells)}\n{below}\n{spaced(*second)}\n{below}").rows


@pytest.mark.parametrize("below", ["footnote", "Footnote", "footnote\u00ae", "Footnotes"])
def test_a_footnote_below_a_row_that_says_see_is_its_nature_s_wherever_it_stands(below):
    for found in noted("See", below):
        assert found.security == "Common Stock"
        assert found.nature.lower().startswith("see footnote")


@pytest.mark.parametrize(
    ("nature", "below"), [("By Trust", "footnote"), ("See", "par value $0.01")]
)
def test_no_other_word_and_no_other_nature_goes_on_so(nature, below):
    assert all("footnote" not in found.nature.lower() for found in noted(nature, below))
