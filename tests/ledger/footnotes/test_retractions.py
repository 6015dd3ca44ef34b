"""Words that take a reported line or report back, and words that only sound like it."""

from datetime import date
from decimal import Decimal

import pytest

from ledger.footnotes.retractions import may_retract, retractions


def read(text):
    """The one retraction of a note, None where there is none; no note is passed over unread."""
    found = list(retractions(text))
    assert may_retract(text) or not found
    assert len(found) < 2
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "numbers", "lines"),
    [
        ("This amendment removes a sale of 1,250 shares that was reported in error.", {1250}, set()),
        ("The gift on line 3 of the original report did not take place.", set(), {3}),
        ("The fourth row should not have been included.", set(), {4}),
        ("He should never have listed the 700 shares of a nephew on line 3.", {700}, {3}),
        ("Rows 2 and 5 of Table I of the original filing are deleted.", set(), {2, 5}),
        ("The award was erroneously reported. It was never made.", set(), set()),
        ("Her 300 shares were listed by mistake; we take that line out.", {300}, set()),
        ("The purchase of 450 shares reported on May 6, 2024 failed to settle.", {450}, set()),
        ("The trade in 450 shares that was reported in May has since been cancelled.", {450}, set()),
        ("The reporting person never owned the 450 shares shown on the original Form 3.", {450}, set()),
        ("He did not sell the 450 shares reported on line 2.", {450}, {2}),
        ("450 shares that she never owned were listed as hers.", {450}, set()),
        ("The 450 shares are another's and should not have appeared in the report.", {450}, set()),
    ],
)  # fmt: skip
def test_a_line_is_taken_back_with_what_tells_which_it_is(text, numbers, lines):
    said = read(text)

    assert said is not None
    assert not said.whole
    assert set(map(Decimal, numbers)) <= said.numbers
    assert said.lines == lines


@pytest.mark.parametrize(
    "text",
    [
        "The Form 4 filed on May 6, 2024 was filed in error and is hereby withdrawn.",
        "This amendment is filed to withdraw the original Form 4 in its entirety.",
        "The Form 4 was filed for another issuer and should be considered void.",
        "The transaction belongs on a Form 5, and the Form 4 is withdrawn.",
        "The report was inadvertently filed. None of the transactions in it occurred.",
        "The original statement should not have been filed.",
        "Please disregard the reporting person's Form 4 of May 6, 2024.",
    ],
)
def test_a_whole_report_is_taken_back(text):
    said = read(text)

    assert said is not None
    assert said.whole


def test_the_days_of_reports_are_kept():
    said = read("The purchase was reported twice, on May 6, 2024 and on May 9, 2024.")

    assert said is not None
    assert said.twice
    assert said.days == {date(2024, 5, 6), date(2024, 5, 9)}


@pytest.mark.parametrize(
    "text",
    [
        "The first form reported 400 shares as custodian. They are not reported in this amendment.",
        "These 400 shares were reported in error and should have been omitted from the first form.",
        "Line 2 was reported in error with 400 shares. The correct total is 8,400 shares.",
        "The prior form inadvertently included 400 shares of a cousin. They should have been left out.",
    ],
)
def test_a_line_that_should_not_stand_is_taken_back_whatever_number_is_right_beside_it(text):
    assert read(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "The sale was inadvertently reported as a purchase.",
        "His last Form 4 inadvertently reported direct ownership of 8,475 shares. The correct amount was 8,400.",
        "The previous form mistakenly listed 900 units; it should have listed 90 units.",
        "The prior Form 4 inadvertently reported 750 shares as sold. He actually sold 570 shares.",
        "The prior form inadvertently included 75 shares too many.",
        "Her holdings were inadvertently reported in the aggregate; they now stand on separate lines.",
        "The number of shares was reported in error as 500.",
        "The exercise price was erroneously reported.",
        "This amendment corrects the date of the transaction, which was reported in error.",
        "The purchase was not included in error on the Form 4 of May 6, 2024.",
        "These shares were inadvertently omitted from the original report.",
        "This report was inadvertently filed late.",
        "The original form was inadvertently filed under another form type.",
        "500 shares were withdrawn from the 401(k) plan.",
        "An order for a further 900 shares was cancelled.",
        "The award reported on May 6, 2024 was cancelled upon his resignation.",
        "The restrictive legend was removed from these shares.",
        "The reporting person removed his shares from the custodian's account.",
        "The option vests in two equal instalments.",
        "The shares were struck from the transfer agent's register and reissued.",
    ],
)
def test_what_is_mended_told_late_or_moved_is_not_taken_back(text):
    assert read(text) is None
