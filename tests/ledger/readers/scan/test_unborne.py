"""What nothing on a page bears out, and marks and labels that stand where others might."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.filing import Row
from ledger.readers.scan.credence import believed
from ledger.readers.scan.footer import begins_notes
from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.markup import MARK_CLOSE, MARK_OPEN, cleaned
from ledger.readers.scan.resting import resting
from ledger.readers.scan.wordings import rounded
from tests.ledger.readers.scan.test_parties import told
from tests.ledger.readers.scan.test_reader import TOP, effects, read


def marked(text):
    return text.replace("<", MARK_OPEN).replace(">", MARK_CLOSE)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("By Vane Holdings, LLC /6/", "By Vane Holdings, LLC <6>"),
        ("$19.8491/2/", "$19.8491<2>"),
        ("2,818/7/", "2,818<7>"),
        ("See footnote/12/", "See footnote<12>"),
    ],
)
def test_a_number_between_strokes_is_a_footnote_mark(printed, said):
    assert cleaned(printed) == marked(said)


@pytest.mark.parametrize(
    "text",
    [
        *("11/03/2021", "2021/03/15", "1/2/22", "/s/ Edith Vale", "11 /09/2021", "11/09/ 2021"),
        *("OCEAN BANK CORP /DE/", "A/B/C", "24 1/2", "http://x.org/12/34", "/09/ 2021"),
    ],
)
def test_days_names_and_fractions_have_no_marks_between_strokes(text):
    assert cleaned(text) == text


def test_a_symbol_may_stand_between_strokes_as_its_brackets_are_read():
    top = TOP.replace("TIDEWATER LENS CORP [TLC]", "Tidewater Lens Corp / TLC /")
    issuer = read(top=top).issuer

    assert (issuer.name, issuer.symbol) == ("Tidewater Lens Corp", "TLC")


def test_a_state_between_strokes_is_no_symbol():
    top = TOP.replace("LENS CORP [TLC]", "LENS CORP /DE/ [TLC]")
    issuer = read(top=top).issuer

    assert (issuer.name, issuer.symbol) == ("TIDEWATER LENS CORP /DE/", "TLC")


AMENDED = TOP.replace("FORM 4\n", "FORM 4/A\n").replace(
    "Original Filed (Month/Day/Year)", "Original Filed (Month/Day/Year) 03/04/2004"
)


def test_an_amendment_s_day_below_a_period_that_was_misread_is_not_both():
    top = AMENDED.replace("(Month/Day/Year) 03/04/2004\t\n", "(Month/Day/Year)\t\n")
    filing = read(top=top)

    assert (filing.form, filing.period, filing.original_on) == ("4/A", None, date(2004, 3, 4))


def test_a_period_may_be_the_day_of_the_amended_filing_where_both_are_printed():
    filing = read(top=AMENDED)

    assert (filing.period, filing.original_on) == (date(2004, 3, 4), date(2004, 3, 4))
    assert "period" not in effects(filing)


WHOLE = (
    "(1) Represents shares bought by Vane Holdings LLC under an agreement with the company in the"
)

PROSE = (
    "\\. The sales reported in this Form 4 were effected under a trading plan adopted by the owner"
)


@pytest.mark.parametrize(
    ("line", "begun"),
    [
        (f"{WHOLE}      busi      bination of Rei", True),
        ("(1) Class A Common Stock, par value $.01 a share of it      03/04/2004      S", False),
        ("1. Title of Derivative Security (Instr. 3)      2. Conversion or Exercise", False),
        (f"{PROSE} on September 16, 2021,", True),
        (
            "Common Stock 4,200 I By trust for the benefit of the reporting person and his wife",
            False,
        ),
        ("(e.g., puts, calls, warrants, options, convertible securities)", False),
    ],
)
def test_the_first_note_may_have_gaps_behind_its_first_words(line, begun):
    assert begins_notes(lines_of(line)[0]) is begun


def one(table="II", way="disposed", **said):
    return Row(table=table, line=1, holding=not said.get("code"), direction=way, **said)


def way_of(row):
    (found,) = resting([row])
    return effects(found).get("direction")


def test_a_number_in_the_other_column_than_its_code_says_is_doubtful():
    assert way_of(one(code="A", shares=Decimal(1_409_699))) == "doubtful"
    assert way_of(one(code="M", way="acquired")) == "doubtful"
    assert way_of(one(code="M")) is None
    assert way_of(one(code="J")) is None
    assert way_of(one("I", code="M", way="acquired")) is None


@pytest.mark.parametrize(
    ("said", "effect"),
    [
        ({"shares_after": Decimal(131)}, "doubtful"),
        ({"shares_after": Decimal(131), "ownership": "direct"}, None),
        ({"shares_after": Decimal(131), "security": "Common Stock"}, None),
        ({"shares_after": Decimal(13_100)}, None),
    ],
)
def test_a_figure_alone_without_a_comma_may_be_left_of_marks(said, effect):
    (found,) = resting([one("I", None, **said)])

    assert effects(found).get("shares_after") == effect


@pytest.mark.parametrize(
    ("moved", "held", "effect"),
    [("6.7769", "62500", "doubtful"), ("6.7769", "62500.5", None), ("6776", "62500", None)],
)
def test_a_fraction_beside_a_whole_total_may_have_a_comma(moved, held, effect):
    row = one("I", code="S", shares=Decimal(moved), shares_after=Decimal(held))
    (found,) = resting([row])

    assert effects(found).get("shares") == effect


@pytest.mark.parametrize(
    ("symbol", "effect"),
    [("NORG", "doubtful"), ("NORT", None), ("NOR", None)],
)
def test_a_symbol_of_which_the_page_has_another_print_is_doubtful(symbol, effect):
    page = "FORM 4 held by NORT Holdings LLC; Northgate of N"
    found = told(name="Northgate of N", symbol=symbol, page=page)

    assert effects(found).get("issuer symbol") == effect


def test_a_one_word_name_without_a_symbol_may_be_cut():
    top = TOP.replace("TIDEWATER LENS CORP [TLC]", "Tidewater")

    assert effects(read(top=top))["issuer"] == "doubtful"


def test_the_strokes_of_a_mark_are_no_letters_of_a_footnote():
    words = believed([one("I", nature="See Footnotel3"), one("I", nature="See Footnotell")], [])

    assert [row.nature for row in words] == ["See Footnote"] * 2


@pytest.mark.parametrize("printed", ["Class B .|Common Stock", "Class B |Common Stock"])
def test_a_line_before_a_word_of_a_title_is_none_of_it(printed):
    assert rounded(printed) == "Class B Common Stock"


@pytest.mark.parametrize(
    ("name", "effect"),
    [
        *(("Northgate we", "doubtful"), ("Northgate nc", "doubtful"), ("Northgate,", "doubtful")),
        *(("Northgate Brewing tac.", "doubtful"), ("northgate com inc", None)),
        *(("Northgate plc", None), ("Northgate Brewing Inc", None), ("Northgate de", None)),
    ],
)
def test_a_company_s_name_ends_in_no_short_word_that_is_none(name, effect):
    page = "northgate brewing com " * 2

    assert effects(told(name=name, page=page)).get("issuer") == effect


@pytest.mark.parametrize(("owner", "effect"), [("Valé Edith", "doubtful"), ("Vale Edith", None)])
def test_an_accent_may_be_a_speck(owner, effect):
    assert effects(told(owner=owner)).get("owner") == effect


@pytest.mark.parametrize(
    ("owner", "effect"),
    [
        ("Ottenbach Casi M.", "doubtful"),
        ("Ottenbach Carl M.", None),
        ("Ottenbach Cora M.", "doubtful"),
        ("Ottenbach Dora M.", None),
        ("Ottenbach Car", "doubtful"),
        ("Ashenford Casi", None),
    ],
)
def test_an_owner_s_first_name_is_doubtful_where_the_signature_has_one_like_it(owner, effect):
    found = told(owner=owner, page="Attorney-in-Fact for Carl M. Ottenbach")

    assert effects(found).get("owner") == effect


def test_a_day_under_the_amendment_s_label_alone_leaves_open_whether_it_amends():
    filing = read(
        top=AMENDED.replace("FORM 4/A", "").replace("(Month/Day/Year) 03/04/2004\t\n", "")
    )

    assert (filing.form, filing.period, effects(filing)["form"]) == ("4", None, "doubtful")
