"""Mandatory parts: what every filing on EDGAR has is missed where it is not there."""

import pytest

from ledger.readers import read
from tests.documents import holding, owner, ownership_xml, submission_text, transaction

OPTION = {
    "security": "Stock Option",
    "exercise_price": "10",
    "exercisable_on": "2025-01-01",
    "expires_on": "2034-01-01",
    "underlying": "Common Stock",
    "underlying_shares": "100",
}


def missed(*rows, **said):
    found = read(ownership_xml(rows, **said), source="form.xml").problems
    return [p.place for p in found if p.effect == "field unknown"]


def test_a_whole_form_lacks_nothing():
    rows = (
        transaction(),
        holding(),
        transaction("II", **OPTION),
        holding("II", **OPTION | {"after": None}),
    )

    assert missed(*rows) == []


@pytest.mark.parametrize(
    ("lost", "place"),
    [
        ({"security": None}, "I.1 security"),
        ({"on": None}, "I.1 effective_on"),
        ({"code": None}, "I.1 code"),
        ({"shares": None}, "I.1 shares"),
        ({"price": None}, "I.1 price"),
        ({"direction": None}, "I.1 direction"),
        ({"after": None}, "I.1 shares_after"),
        ({"ownership": None}, "I.1 ownership"),
        ({"ownership": "I", "nature": None}, "I.1 nature"),
    ],
)
def test_a_column_without_value_and_footnote_is_missed(lost, place):
    assert missed(transaction(**lost)) == [place]


def test_a_footnote_in_the_place_of_a_value_is_enough():
    row = transaction(price=None, after=None, cites={"price": ("F1",), "shares_after": ("F1",)})

    assert missed(row, footnotes={"F1": "Not determinable."}) == []


def test_an_amount_in_dollars_stands_for_one_in_shares():
    assert missed(transaction(shares=None, value="500", after=None, value_after="900")) == []


@pytest.mark.parametrize("lost", ["exercise_price", "exercisable_on", "expires_on", "underlying"])
def test_a_derivative_that_lost_one_of_its_terms_is_missed(lost):
    assert missed(transaction("II", **OPTION | {lost: None})) == [f"II.1 {lost}"]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"signatures": ()}, "signature"),
        ({"owners": [owner(isDirector="0")]}, "owner 1"),
        ({"owners": [owner(isOfficer="1")]}, "owner 1"),
        ({"owners": [owner(officerTitle="CFO")]}, "owner 1"),
    ],
)
def test_what_the_form_says_of_its_owners_is_missed(said, place):
    assert missed(transaction(), **said) == [place]


def test_an_owner_who_stands_there_twice_is_told():
    found = read(ownership_xml([transaction()], owners=[owner(), owner()]), source="x").problems

    assert [p.place for p in found] == ["owners"]


def test_a_submission_is_compared_with_what_its_header_announces():
    whole = submission_text(ownership_xml([transaction()]))
    fewer = whole.replace(
        b"CONFORMED SUBMISSION TYPE", b"PUBLIC DOCUMENT COUNT:\t\t2\nCONFORMED SUBMISSION TYPE"
    )

    assert read(whole, source="x").problems == ()
    assert "announces 2 documents, and 1 are there" in read(fewer, source="x").problems[0].problem


def test_a_day_of_the_header_that_cannot_be_read_is_told():
    whole = submission_text(ownership_xml([transaction()]))
    torn = whole.replace(b"<ACCEPTANCE-DATETIME>2", b"<ACCEPTANCE-DATETIME>x")

    assert torn != whole
    assert [p.place for p in read(torn, source="x").problems] == ["header"]
