"""What rests on a doubtful letter, or on a page read ill, is no surer than that."""

from datetime import date

import pytest

from ledger.filing import Issuer, Owner, Repair, Row
from ledger.readers.scan.chart import Legible
from ledger.readers.scan.header import Header
from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.resting import resting, unconfirmed, unlabelled

LAW = "its column is lost; code A, grant or award from the issuer, has one direction in Table II"
PLACE = "its number stands where other rows have theirs that went this way"
HABIT = "read as S: every other line that goes its way at a price is by it"
ILL, FAIR = Legible(40, 34), Legible(40, 40, figures=1)

FIRM = Issuer(name="Northgate Brewing Inc")
HEADER = Header(*[None] * 9)._replace(period=date(2004, 3, 4), issuer=FIRM)
TWICE = lines_of("Northgate Brewing Inc\nC/O Northgate Brewing Inc, 12 Mill Street")


def said(field, effect, why):
    return Repair(field=field, printed="", effect=effect, why=why)


def one(*repairs, code="A", way="acquired"):
    return Row(table="II", line=1, holding=False, code=code, direction=way, repairs=repairs)


def told(*rows):
    return [{r.field: r.effect for r in row.repairs} for row in resting(rows)]


@pytest.mark.parametrize(
    ("code", "effect", "way"),
    [
        ("A", "doubtful", "doubtful"),
        ("A", "repaired", "doubtful"),
        ("M", "repaired", "inferred"),
        ("A", None, "inferred"),
    ],
)
def test_a_direction_is_no_surer_than_the_code_that_gives_it(code, effect, way):
    """Of a J and its mark an A is left, and of no other letter a whole M."""
    letter = [said("code", effect, "read as it")] if effect else []
    (found,) = told(one(*letter, said("direction", "inferred", LAW), code=code))

    assert found["direction"] == way


def test_a_column_shows_no_direction_surer_than_those_of_its_other_rows():
    beside = one(said("direction", "inferred", PLACE), code=None)
    shaky = one(said("code", "doubtful", "misread"), said("direction", "inferred", LAW))

    assert [found["direction"] for found in told(shaky, beside)] == ["doubtful", "doubtful"]
    assert told(one(), beside)[1]["direction"] == "inferred"


def test_a_code_is_no_surer_than_those_of_the_other_lines_that_give_it():
    lost = one(said("code", "inferred", HABIT), code="S", way="disposed")
    shaky = one(said("code", "doubtful", "misread"), code="S", way="disposed")

    assert told(shaky, lost)[1]["code"] == "doubtful"
    assert told(one(code="S", way="disposed"), lost)[1]["code"] == "inferred"


@pytest.mark.parametrize(("page", "effect"), [(ILL, "doubtful"), (FAIR, "inferred")])
def test_names_and_periods_without_labels_are_sure_on_pages_read_well(page, effect):
    boxes = [said(name, "inferred", "its label is lost") for name in ("issuer", "period")]
    found = unlabelled(boxes, HEADER, [], [], page)

    assert [repair.effect for repair in found] == [effect, effect]


def test_a_period_of_a_row_s_day_and_a_name_that_stands_again_are_confirmed():
    boxes = [said(name, "inferred", "its label is lost") for name in ("issuer", "period")]
    row = one().model_copy(update={"effective_on": date(2004, 3, 4)})
    found = unlabelled(boxes, HEADER, [row], TWICE, ILL)

    assert [repair.effect for repair in found] == ["inferred", "inferred"]


def test_a_name_that_stands_once_on_an_illegible_page_is_doubtful():
    owner = Owner(name="Halloran Nore M.")
    said = unconfirmed(Issuer(name="Northgale Brewing Inc"), TWICE, [owner])

    assert unconfirmed(FIRM, TWICE) == ()
    assert [(one.field, one.effect) for one in said] == [
        ("issuer", "doubtful"),
        ("owner", "doubtful"),
    ]


LEFT = "left out: no column admits it where it stands, or it repeats what is before it"


@pytest.mark.parametrize(("piece", "effect"), [("ca", "doubtful"), ("Cc)", "doubtful")])
def test_a_code_is_doubtful_where_a_piece_was_left_out_that_may_be_the_row_s(piece, effect):
    law = said("direction", "inferred", LAW)
    row = one(law, Repair(field="row", printed=piece, effect="repaired", why=LEFT))

    assert told(row)[0] == {"direction": "doubtful", "row": "repaired", "code": effect}


@pytest.mark.parametrize("piece", ["26!)", "ay", "Common Stock", "(2)", "[\u2014"])
def test_figures_words_and_the_code_itself_are_no_other_code(piece):
    row = one(Repair(field="row", printed=piece, effect="repaired", why=LEFT))

    assert "code" not in told(row)[0]
