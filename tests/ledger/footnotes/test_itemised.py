"""Notes that list all the parts of a total, and those that leave one open."""

import pytest

from ledger.footnotes.itemised import included, itemised


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        ("Consists of 3,100 shares held outright and 900 restricted shares.", [3_100, 900]),
        (
            "The amount is made up of (a) 3,100 vested shares, (b) 500 restricted shares and (c) 400 shares held by a custodian.",
            [3_100, 500, 400],
        ),
        ("Represents (i) 3,100 shares and (ii) 900 shares of restricted stock.", [3_100, 900]),
        (
            "Comprised of 3,100 shares held by the Birch 2014 Trust dated June 1, 2014 and 900 shares held by the Elm Trust.",
            [3_100, 900],
        ),
    ],
)
def test_all_parts_of_a_total_are_listed(note, parts):
    assert list(itemised(note)) == parts


@pytest.mark.parametrize(
    "note",
    [
        "Includes 3,100 shares held outright and 900 restricted shares.",
        "Consists of 3,100 shares held outright and shares held by a trust.",
        "Consists of 3,100 shares, including 900 restricted shares, and 400 units.",
        "Consists of 3,100 shares and options to purchase 900 shares.",
        "Consists of approximately 3,100 shares in the plan and 900 restricted shares.",
        "The grant consists of 3,100 restricted shares and 900 performance shares.",
        "The fund consists of 3,100 members who hold 900 shares each.",
        "Represents 3,100 shares bought in the plan and 900 shares of dividends.",
    ],
)
def test_a_list_that_leaves_something_open_is_none(note):
    assert itemised(note) == ()


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        ("Includes 3,100 restricted shares.", [3_100]),
        ("The total includes an aggregate of 3,100 unvested shares.", [3_100]),
        ("Includes 3,100 shares underlying options.", []),
        ("Excludes 3,100 restricted shares.", []),
        ("Includes shares from an award of 3,100 restricted shares.", []),
    ],
)
def test_a_part_that_a_total_includes_is_no_more_than_it(note, parts):
    assert list(included(note)) == parts
