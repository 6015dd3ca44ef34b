"""Titles of more than one line, wherever the figures of their row stand beside them."""

import pytest

from ledger.readers.scan.standing import upper_share
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read


def figures(title, left, code="S"):
    return spaced(title, "03/04/2004", code, "400", "D", "$2.50", left, "D")


def titles(*lines):
    return [row.security for row in read("\n".join(lines)).rows]


def test_figures_beside_the_last_line_of_their_titles():
    found = read(
        "\n".join(
            (
                "Class A",
                figures("Common Stock", "9,600"),
                "Class C Capital",
                figures("Stock", "77,865"),
                "Class C Capital",
                figures("Stock", "77,465"),
            )
        )
    ).rows

    assert [row.security for row in found] == [
        "Class A Common Stock",
        "Class C Capital Stock",
        "Class C Capital Stock",
    ]
    assert all(effects(row).get("security") != "doubtful" for row in found[1:])


def test_rows_that_tell_speak_for_one_that_does_not():
    """No form of ours knows `Harbor Units` as a title; the other rows' figures stand lowest."""
    lines = ("Class A", figures("Common Stock", "9,600"), "Class C Capital")
    lines += (figures("Stock", "77,865"), "Class B Harbor", figures("Units", "300"))

    assert titles(*lines)[2] == "Class B Harbor Units"


def test_figures_beside_the_first_line_of_their_titles_stay_with_it():
    lines = (figures("Class A Common", "9,600"), "Stock")
    lines += (figures("Class C Capital", "77,865"), "Stock")

    assert titles(*lines) == ["Class A Common Stock", "Class C Capital Stock"]


@pytest.mark.parametrize(
    ("upper", "between", "lower", "share"),
    [
        ("Class A Common Stock", ["Class C Capital"], "Stock", 0),
        ("Restricted Stock", ["Units"], "Common Stock", 1),
        ("Restricted Stock", ["Units", "Class A"], "Common Stock", None),
        ("Class A Common", ["Stock", "Class B Common"], "Stock", 1),
        ("Common Stock", ["Class A Common Stock"], "", 0),
        ("Common Stock", ["Class A"], "Common Stock", None),  # either may be of Class A
        ("Common Stock", ["By Trust"], "Common Stock", None),
    ],
)
def test_the_words_of_two_titles_tell_where_one_ends(upper, between, lower, share):
    assert upper_share(upper, between, lower) == share
