"""Titles and natures of a misread page: believed, mended by the page's others, or unknown."""

import pytest

from ledger.filing import Row
from ledger.readers.scan.credence import believed
from ledger.readers.scan.lines import lines_of
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import NOTES, effects, read, row, why

TRADE = ("03/04/2004", "Ss", "400", "D", "$2.50")
HELD = (*TRADE, "900", "I")


def titled(*titles, notes=NOTES):
    lines = [spaced(title, *TRADE, str(900 - 400 * at), "D") for at, title in enumerate(titles)]
    return [one.security for one in read("\n".join(lines), notes=notes).rows]


@pytest.mark.parametrize(
    "title",
    [
        "Class A Common Stock",
        "Common Stock, par value $.01",
        "Non-Qualified Stock Option (right to buy)",
        "Series D-1 Preferred Stock",
        "Common",
        "Restricted Stock Units",
        "Restricted Stock Units (Class A)",
        "Right to Buy a Share",
    ],
)
def test_a_title_made_of_the_words_of_titles_stands(title):
    assert titled(title) == [title]


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("Series D a Preferred Stock", "Series D Preferred Stock"),
        ("Series F Preferred Stock OF", "Series F Preferred Stock"),
        ("Restricted Stock Units Stock", None),
        ("Series Az Preferred Stock", None),
    ],
)
def test_small_words_and_stock_of_another_column_are_no_part_of_a_title(printed, title):
    assert titled(printed) == [title]


def test_a_title_of_one_word_that_ends_no_other_of_the_page_stands():
    assert titled("Class A Common Stock", "Common")[1] is None
    assert titled("Preferred Stock", "Common")[1] == "Common"


def test_a_nature_without_its_by_is_unknown_where_others_begin_with_it():
    lines = [
        spaced("Common Stock", *TRADE, str(900 - 400 * at), "I", nature)
        for at, nature in enumerate(["By Hollow Trust", "Growth, LP"])
    ]

    assert [one.nature for one in read("\n".join(lines)).rows] == ["By Hollow Trust", ""]
    assert read(lines[1]).rows[0].nature == "Growth, LP"


NAMED = (
    "\nExplanation of Responses:\n1. Held by Aldgate Growth Fund IV Principals, LP and by Moorgate"
    " Harbour Interchange LLC.\n" + NOTES.split("\n", 2)[-1]
)


@pytest.mark.parametrize(
    ("printed", "nature"),
    [
        ("By Aldgate Growth Fund IV Principals, LP", "By Aldgate Growth Fund IV Principals, LP"),
        ("Harbour Interchange LLC", ""),
        ("By Aldgate Growth Fund tv, LP", ""),
        ("By Moorgate Harbour Interchange LLC", "By Moorgate Harbour Interchange LLC"),
        ("Moorgate Harbour Interchange LLC", "Moorgate Harbour Interchange LLC"),
        ("Dp Stock", ""),
        ("By Elm Trust't", ""),
        ("By Spouse's Trust", "By Spouse's Trust"),
    ],
)
def test_a_nature_that_begins_within_a_name_or_holds_no_name_s_letters_is_unknown(printed, nature):
    line = spaced("Common Stock", *HELD, printed)

    assert read(line, notes=NAMED).rows[0].nature == nature


@pytest.mark.parametrize(
    ("printed", "doubted"), [("By Moorgate Interchange", True), ("By Moorgate Harbour", False)]
)
def test_a_nature_whose_words_stand_apart_in_a_note_is_doubtful(printed, doubted):
    row = Row(table="I", line=1, holding=True, security="Common Stock", nature=f"{printed} LLC")
    page = lines_of(f"Common Stock By Moorgate\nClass A Interchange LLC\nA Harbour LLC\n{NAMED}")
    (found,) = believed([row], page)

    assert found.nature == row.nature
    assert (effects(found).get("nature") == "doubtful") is doubted


def test_a_lone_word_is_a_nature_where_natures_are_lone_words():
    by, lone = (spaced("Common Stock", *HELD, words) for words in ("By Elm Trust", "Growth"))
    first = [one.nature for one in read(f"{by}\n{lone}").rows]
    second = [one.nature for one in read(f"{by}\n{spaced('Common Stock', *HELD, 'Spouse')}").rows]

    assert first == ["By Elm Trust", ""]
    assert second == ["By Elm Trust", "Spouse"]


def test_a_company_s_name_in_a_title_is_believed_where_the_page_prints_it_elsewhere():
    notes = NOTES.replace("A gift", "A gift of Tidewater units")

    assert titled("Tidewater Stock Units", notes=notes) == ["Tidewater Stock Units"]
    assert titled("Tldevvater Stock Units", notes=notes) == [None]


@pytest.mark.parametrize("piece", ["oe cael", "Restricted", "Class", "Series B Convertible"])
def test_pieces_that_are_no_title_are_unknown_and_shown_as_printed(piece):
    found = row(spaced(piece, *TRADE, "900", "D"))

    assert found.security is None
    assert effects(found)["security"] == "field unknown"
    assert found.printed["security"].startswith(piece)


def test_a_piece_of_a_title_is_the_only_title_of_the_page_that_it_can_be():
    assert titled("Class B Common Stock", "Class B")[1] == "Class B Common Stock"
    assert titled("Class B Common Stock", "Class B Preferred Stock", "Class B")[2] is None


def test_words_in_the_wrong_order_stand_as_a_note_prints_them():
    notes = NOTES.replace("A gift", "Class C Ordinary Shares were a gift")

    assert titled("Ordinary Shares Class C", notes=notes) == ["Class C Ordinary Shares"]


@pytest.mark.parametrize(
    ("printed", "nature"),
    [
        ('See footnote"?', "See footnote"),
        ("By Hollow Fund LLC Common Stock", "By Hollow Fund LLC"),
        ("See Footnotey", "See Footnote"),
        ("By Orchard Trust", "By Orchard Trust"),
        ("toc! $12.40 {7,300 See note", ""),
        ("By Hollow Fund tt", ""),
        ("By Hollow Fund Il, LP", "By Hollow Fund II, LP"),
        ("By Hollow Fund i, LP", "By Hollow Fund i, LP"),
        ("By Hollow Fund Vt, LP", "By Hollow Fund VI, LP"),
        ("By Hollow Fund V, LP", "By Hollow Fund V, LP"),
        ("By Hollow Fund, LPO", "By Hollow Fund, LP"),
        ("By Hollow One Lic", "By Hollow One LLC"),
        ("By Hollow", ""),
        ("By Fund", "By Fund"),
        ("By Spouse", "By Spouse"),
        ("IBy Orchard Trust", "By Orchard Trust"),
        ("Growth, LLC By Hollow Trust", ""),
        ("See Stock", ""),
        ("footnote", "See footnote"),
        ('See Footnotes!2"3', "See Footnotes"),
    ],
)
def test_a_nature_is_its_words_without_what_stands_beside_them_or_unknown(printed, nature):
    found = row(spaced("Common Stock", *HELD, printed))

    assert found.nature == nature
    assert ("nature" in effects(found)) == (printed != nature)


def test_a_nature_printed_beside_it_says_that_shares_are_held_indirectly():
    found = row(spaced("Common Stock", *TRADE, "900", "DD", "By Orchard Trust"))

    assert found.ownership == "indirect"
    assert effects(found)["ownership"] == "inferred"
    assert "nature" in why(found)["ownership"]
