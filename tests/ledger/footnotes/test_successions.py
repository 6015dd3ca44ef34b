"""Notes on successions: which companies took each other's place, and by which ratio."""

import pytest

from tests.ledger.footnotes.notes import kinds, stated


def named(text):
    return [(s.counterpart, s.ratio) for s in stated(text) if s.kind == "succession"]


def test_a_merger_names_both_companies_and_what_a_share_became():
    text = (
        "In the merger each share of Larch Corp common stock was converted into the right to"
        " receive 0.5 shares of Alder Holdings, Inc. common stock."
    )

    assert named(text) == [("Larch Corp", "1:2"), ("Alder Holdings, Inc.", "1:2")]


def test_a_holding_company_takes_the_place_share_for_share():
    text = (
        "In a holding company reorganization of May 1, 2015 the stock of the bank became that of"
        " Larch Bancorp, Inc. on a one-for-one basis."
    )

    assert named(text) == [("Larch Bancorp, Inc.", "1:1")]


@pytest.mark.parametrize(
    ("text", "company"),
    [
        (
            "The Issuer is the successor issuer to Larch Industries, Inc. (Rule 12g-3).",
            "Larch Industries, Inc.",
        ),
        ("Received in the redomiciliation of the company formerly named Larch plc.", "Larch plc"),
        ("Reflects the reincorporation of Larch Corp, a New York corporation.", "Larch Corp"),
    ],
)
def test_a_successor_without_a_ratio_is_named_alone(text, company):
    assert named(text) == [(company, None)]


def test_an_inexact_ratio_is_left_unsaid():
    text = "Each share of Elm Holdings, Inc. was cancelled and converted into approximately 2.17 shares."

    assert named(text) == [("Elm Holdings, Inc.", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Each share of Class B Common Stock is convertible into one share of Class A Common Stock.",
        "Each share will be converted upon the merger with Larch Corp.",
        "Acquired under the Merger Agreement among the Issuer, Larch Inc and Elm Inc.",
    ],
)
def test_terms_and_plans_are_no_successions(text):
    assert "succession" not in kinds(text)
