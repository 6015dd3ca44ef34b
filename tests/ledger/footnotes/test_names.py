"""Which full stops and brackets are a part of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.footnotes.names import as_printed, unbroken
from ledger.footnotes.text import sentences
from tests.ledger.footnotes.notes import stated


@pytest.mark.parametrize(
    "name",
    [
        "Carl B. Oakes Trust",
        "E. W. Oakes Trust",
        "Dr. Lund",
        "Paul Oakes, Jr. Trust",
        "Alder, Inc., as nominee",
        "Alder Ltd. of Bermuda",
        "Birch Fund, L.P., a partnership",
        "Trust No. 2",
        "Trust dated Dec. 3, 2012",
        "Fund (Cayman), Ltd",
        "Fund (Parallel-A) LP",
        "Fund (Q) Trust",
        "Trust u/a/d. 12/1/2010",
    ],
)
def test_no_full_stop_or_bracket_within_a_name_ends_it(name):
    assert not set(".()") & set(unbroken(name))


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("Held by Trust V. Oakes is trustee.", "Held by Trust V"),
        ("Held by Ann Q. The shares were given.", "Held by Ann Q"),
        ("Held by Alder, Inc. Birch is its owner.", "Held by Alder, Inc"),
        ("Class B. Holders have votes.", "Class B"),
        ("Sold by the trust.The rest is held.", "Sold by the trust"),
        ("Held by the trust. the owner disclaims.", "Held by the trust"),
        ("There is no. Oakes agrees.", "There is no"),
    ],
)
def test_a_full_stop_that_ends_a_sentence_still_does(note, first):
    assert unbroken(note).partition(".")[0] == first


@pytest.mark.parametrize(
    "note", ["Alder (the “Fund”), L.P.", "Trust (see note 2)", "held (i) Trust"]
)
def test_a_bracket_that_holds_no_part_of_a_name_stays_one(note):
    assert "(" in unbroken(note)


@given(st.text(alphabet="Aa. (),LPVx1’", max_size=60))
def test_an_unbroken_note_is_of_its_length_and_can_be_printed(note):
    assert len(unbroken(note)) == len(note)
    assert as_printed(unbroken(note)) == note


def test_a_sentence_ends_with_the_number_of_a_trust():
    text = "Held by Trust V. The owner gave 500 shares to Carl B. Oakes in May."

    assert [s.words for s in sentences(text)] == [
        "Held by Trust V.",
        "The owner gave 500 shares to Carl B. Oakes in May.",
    ]


def test_shares_that_came_from_a_parallel_fund_came_from_no_other():
    (said,) = stated(
        "Includes 310 shares received from Cedar Fund (Parallel), L.P. on April 4, 2011."
    )

    assert said.counterpart == "Cedar Fund (Parallel), L.P"
