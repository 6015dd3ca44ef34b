"""Titles and natures of a misread page: sure where the page or the form vouches for them, else doubtful."""

import pytest

from ledger.filing import Repair, Row
from ledger.readers.scan import reader as scanned
from ledger.readers.scan.headings import strokes_read
from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.vouching import ending, vouched
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import NOTES, TABLE_I, TOP


def told(*rows, page="", worn=True):
    """What is told of each row's only words in the end, "" where nothing is."""
    found = vouched(rows, lines_of(page), worn=worn)
    return [row.repairs[0].effect if row.repairs else "" for row in found]


def one(name, text, printed="", *, table="I", effect="repaired"):
    repair = Repair(field=name, printed=printed, effect=effect, why=f"read as {text}")
    words = {name: text}
    return Row(table=table, line=1, holding=True, repairs=[repair] if printed else (), **words)


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Common Stock", "Commen Stock"),
        ("Class C Capital Stock", "Class C Capital Stock!)"),
        ("Class B Common Stock", "Class 8 Common Stock"),
        ("Series B-1 Convertible Preferred Stock", "[Series B-1 Convertible Preferred Stock"),
        ("Non-Qualified Stock Option (right to buy)", "Non-Qualified Stock Option {right to buy}"),
        (
            "Performance Restricted Stock Units (PSUs)",
            "Performance Restricted Stock Units (PSUs) a",
        ),
        ("Ordinary Shares, par value $0.01", "Ordinary. Shares, par value $0.01"),
    ],
)
def test_a_mended_title_built_as_titles_are_is_sure(title, printed):
    assert told(one("security", title, printed)) == ["repaired"]


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Stock Option (right to", "Stock Option (right to}"),
        ("Stock Option (Right to Buy) Stock", "Stock Option (Right to Buy) Stock?)"),
        ("Common", "hi Common"),
        ("Class A footnote Stock", "Class A footnote' Stock"),
        ("Restricted Class A Stock Units", "Restricted. Class A Stock Units"),
        ("Class B Common Stock", "Common Stock"),
        ("Common Stock", "Stock"),
    ],
)
def test_a_mended_title_that_lacks_or_mixes_words_is_doubtful(title, printed):
    assert told(one("security", title, printed)) == ["doubtful"]


def test_a_title_like_no_other_is_sure_where_the_page_prints_it_again():
    odd = one("security", "Harbour Tracking Stock", "Harbour Tracking Stock'")

    assert told(odd) == ["doubtful"]
    assert told(odd, page="the Harbour Tracking Stock\nof a Harbour Tracking Stock") == ["repaired"]
    assert told(odd, odd) == ["repaired", "repaired"]


def test_restricted_stock_may_have_lost_its_units_in_table_two_alone():
    printed = ("security", "Restricted Stock", "Restricted a Stock")

    assert told(one(*printed)) == ["repaired"]
    assert told(one(*printed, table="II")) == ["doubtful"]


@pytest.mark.parametrize(
    ("nature", "printed", "effect"),
    [
        ("See footnote", "See footnote')", "repaired"),
        ("By Living Trust", "By Living Trust [Common", "repaired"),
        ("See Footnote", "See Footnotes®", "doubtful"),
        ("By Aldgate Fund, LP", "By Aldgate Fund, LPO)", "doubtful"),
        ("Aldgate Fund", "Aldgate Fund'", "doubtful"),
    ],
)
def test_a_mended_nature_is_sure_in_common_words_alone(nature, printed, effect):
    assert told(one("nature", nature, printed)) == [effect]


def test_a_nature_by_somebody_is_sure_where_rows_or_notes_say_it_again():
    held = one("nature", "By Aldgate Fund, LP", "By Aldgate Fund, LPO)")
    page = "By Aldgate Fund, LPO)\n1. Held by Aldgate Fund, LP and Aldgate Fund, LP II."

    assert told(held, held) == ["repaired", "repaired"]
    assert told(held, page=page) == ["repaired"]


def test_words_of_which_nothing_was_told_are_doubted_on_a_misread_page_alone():
    plain = Row(table="I", line=1, holding=True, security="Preferred (right")

    assert told(plain) == ["doubtful"]
    assert told(plain, worn=False) == [""]
    assert told(Row(table="I", line=1, holding=True, nature="By Elm Moor Trust")) == [""]


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Instr ay pice Common Stock", "Common Stock"),
        ("Series pice Common Stock", None),
        ("Instr ay pice", None),
    ],
)
def test_a_title_is_found_behind_words_that_are_none_of_it(words, title):
    assert ending(words) == title


@pytest.mark.parametrize(
    ("heading", "misread"),
    [
        ("Table I - Non-Derivative Securities Acquired", False),
        ("Table II - Derivative Securities Acquired", False),
        ("Table | - Non-Derivative Securities Acquired", True),
        ("Table Il - Derivative Securities Acquired", True),
        ("Table Illustrating what Derivative Securities are", False),
    ],
)
def test_strokes_read_for_a_heading_s_numeral_show_a_misread_page(heading, misread):
    assert strokes_read(lines_of(heading)) is misread


@pytest.mark.parametrize(
    ("numeral", "nature"), [("I", "By Elm Moor LLC‘)"), ("|", "By Elm Moor LLC")]
)
def test_what_is_left_of_a_mark_is_taken_off_where_the_heading_was_misread(numeral, nature):
    trade = ("03/04/2004", "S", "400", "D", "$2.50", "900", "I", "By Elm Moor LLC‘)")
    heading = TABLE_I.replace("Table I ", f"Table {numeral} ")
    text = f"{TOP}\n{heading}\n{spaced('Common Stock', *trade)}\n{NOTES}"
    (found,) = scanned.read(text.encode(), source="scan.txt").filing.rows

    assert found.nature == nature


def test_a_mended_title_that_is_the_end_of_another_is_doubtful():
    whole = one("security", "Class C Capital Stock", "Class C Capital Stock?)")
    end = one("security", "Capital Stock", "Capital Stock?)")

    assert told(end) == ["repaired"]
    assert told(whole, end) == ["repaired", "doubtful"]


def test_a_class_that_was_put_behind_its_title_is_doubtful_and_one_printed_there_is_not():
    assert told(one("security", "Common Stock Class A", "Common Stock oe Class A")) == ["doubtful"]
    assert told(one("security", "Common Stock Class A", "Common Stock Class A®")) == ["repaired"]


def test_a_title_put_together_of_lines_must_be_built_as_titles_are_though_two_rows_have_it():
    mixed = [one("security", "Restricted Common Stock Units", "x", effect="inferred")] * 2
    built = [one("security", "Restricted Stock Units", "x", effect="inferred")] * 2

    assert told(*mixed) == ["doubtful", "doubtful"]
    assert told(*built) == ["inferred", "inferred"]


def test_a_class_behind_a_title_that_no_line_prints_so_is_doubtful():
    """The line of the class may be the first of the row below."""
    turned = one("security", "Common Stock Class A")

    assert told(turned, page="Class A\nCommon Stock  900  D\nClass A\nCommon Stock") == ["doubtful"]
    assert told(turned, page="Common Stock Class A  900  D") == [""]


@pytest.mark.parametrize(
    ("others", "effect"),
    [
        (["See Footnote"] * 3, "doubtful"),
        (["See Footnotes"] * 3, ""),
        (["See Footnote", "See Footnotes"], ""),
    ],
)
def test_several_notes_in_a_page_s_only_row_of_them_may_be_one_and_its_mark(others, effect):
    rows = [one("nature", text) for text in ("See Footnotes", *others)]

    assert told(*rows)[0] == effect


@pytest.mark.parametrize(
    ("text", "printed", "effect"),
    [
        ("Capitat Class C Stock", "Class C Capitat Stock", "doubtful"),
        ("Class C Common Stock", "Common Stock Class C", "repaired"),
        ("Common Stock, par value", "Common Stock, par value $", "doubtful"),
        ("Common Stock, no par value", "Common Stock, no par value'", "repaired"),
    ],
)
def test_a_title_in_another_order_than_printed_or_without_its_price_at_par(text, printed, effect):
    again = one("security", text)

    assert told(one("security", text, printed), again, page=f"{text}\n{text}")[0] == effect
