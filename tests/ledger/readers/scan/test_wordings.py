"""Words of a page that a program misread: titles, natures, names and boxes."""

import pytest

from ledger.readers.scan.wordings import mended_title, rounded, unmarked_words
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import TOP, effects, read, row


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("See note;2)", "See note"),
        ("By Orchard Capital LLCs)", "By Orchard Capital LLC"),
        ("Trust®", "Trust"),
        ("i By Trust4)", "By Trust"),
        ("‘By Spouse", "By Spouse"),
        ("By. Hillside Fund (z)", "By Hillside Fund"),
    ],
)
def test_what_is_left_of_a_mark_behind_words_is_no_part_of_them(printed, words):
    assert unmarked_words(printed) == words


@pytest.mark.parametrize(
    "words",
    [
        *("By 401(k) Plan", "By Vane & Sons, L.P.", "By GRAT (2010)", "Option (right to buy)"),
        *("By Orchard (Jersey) Ltd", "See notes (1) and (2)", "Held by (a) trust"),
    ],
)
def test_brackets_that_are_the_filers_own_stay(words):
    assert unmarked_words(words) == words


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("ClassC Cornmon Stock", "Class C Common Stock"),
        ("Class A €ommon Stock", "Class A Common Stock"),
        ("Common Stock Class B.", "Common Stock Class B"),
        ("Series F Preferred.Stock", "Series F Preferred Stock"),
        ("‘Ordinay Shares", "Ordinary Shares"),
        ("Commerce Stock", "Commerce Stock"),
        ("Shares of Beneficial Interest", "Shares of Beneficial Interest"),
    ],
)
def test_a_title_is_made_of_the_words_that_titles_use(printed, title):
    assert mended_title(printed) == title


SOLD = ("03/04/2004", "Ss", "400", "D", "$2.50", "900", "|")


def test_mended_words_are_told_with_their_print():
    found = row(spaced("ClassC Cornmon Stock", *SOLD, "See notes)"))

    assert (found.security, found.nature) == ("Class C Common Stock", "See note")
    assert effects(found)["security"] == effects(found)["nature"] == "repaired"


def test_words_of_a_page_that_was_not_misread_stand_as_printed():
    found = row("Cornmon Stock\t03/04/2004\tS\t400\tD\t$2.50\t900\tI\tBy Trust)")

    assert (found.security, found.nature) == ("Cornmon Stock", "By Trust)")


def test_words_below_a_row_belong_to_its_cells_in_their_order():
    first = spaced("Class B", "(1)", "03/04/2004", "Cc", "700", "(1)", "(1)", "Class A", "700")
    below = "Common      Common            Trust(2)\nStock    Stock"
    (found,) = read(second=f"{first}   $0   900   |   By\n{below}").rows

    assert (found.security, found.underlying) == ("Class B Common Stock", "Class A Common Stock")
    assert found.nature == "By Trust"


def test_a_ticked_box_on_a_rule_is_ticked_and_a_rule_alone_says_nothing():
    boxes = TOP.replace('<input checked="" type="checkbox"/> Director', "X_ Director")
    ruled = TOP.replace('<input checked="" type="checkbox"/> Director', "_ Director")

    assert read(top=boxes).owners[0].director is True
    assert read(top=ruled).owners[0].director is None


PLAIN = """FORM 4
STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP
1. Name and Address of Reporting Person* 2. Issuer Name and Ticker or Trading Symbol
{first}
(Last) (First) (Middle) 3. Date of Earliest Transaction (Month/Day/Year)
{second} 03/04/2004
"""


def test_names_that_run_together_are_told_apart_where_one_stands_elsewhere_too():
    top = PLAIN.format(
        first="VALE EDITH TIDEWATER LENS CORP [ TLC ] (Check all applicable)",
        second="C/O TIDEWATER LENS CORP 9 QUAY ROAD",
    )
    filing = read(top=top)

    assert (filing.issuer.name, filing.issuer.symbol) == ("TIDEWATER LENS CORP", "TLC")
    assert filing.owners[0].name == "VALE EDITH"
    assert {"owner", "issuer"} <= {repair.field for repair in filing.repairs}


def test_names_that_run_together_are_unknown_where_nothing_tells_them_apart():
    first = "VALE EDITH TIDEWATER LENS CORP [ TLC ] (Check all applicable)"
    filing = read(top=PLAIN.format(first=first, second="9 QUAY ROAD"))

    assert (filing.issuer.name, filing.issuer.symbol) == (None, "TLC")
    assert filing.owners[0].name is None


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("By The Heron Fund IV, LP)", "By The Heron Fund IV, LP"),
        ("By The Heron Fund IV, LP®)", "By The Heron Fund IV, LP"),
        ("By Heron Principals Fund, LPO", "By Heron Principals Fund, LP"),
        ("By The Heron Fund Iv, LP", "By The Heron Fund IV, LP"),
        ("By The Heron Fund lV", "By The Heron Fund IV"),
        ("By Xi Vireo", "By Xi Vireo"),
    ],
)
def test_a_fund_keeps_its_number_and_how_its_name_ends(printed, meant):
    assert unmarked_words(printed) == meant


@pytest.mark.parametrize("printed", ["Stock Option {right to buy", "Stock Option [right to buy"])
def test_a_bracket_before_a_right_to_buy_is_round_and_closed(printed):
    assert rounded(printed) == "Stock Option (right to buy)"
