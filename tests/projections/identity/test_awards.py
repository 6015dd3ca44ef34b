"""When two notes speak of one award of units, and when of two."""

import pytest

from projections.identity.awards import award_of, same_award


def days(note):
    return sorted((str(first), str(last)) for first, last in award_of(note).granted)


@pytest.mark.parametrize(
    "note",
    [
        "Granted on May 4, 2021; vests in thirds.",
        "Units awarded on May 4, 2021 under the 2018 plan.",
        "On May 4, 2021, the reporting person was granted 600 units, vesting until May 4, 2024.",
        "Grant date: 05/04/2021. One third vests on May 4, 2022.",
        "Vests on the anniversaries of the grant date, May 4, 2021.",
        "These units, issued under the company's 2018 Equity Plan on 4 May 2021, vest in 2024.",
    ],
)
def test_a_note_dates_the_grant(note):
    assert days(note) == [("2021-05-04", "2021-05-04")]


def test_a_grant_may_be_dated_by_its_month_or_year():
    assert days("The May 2021 grant, a third of which vests each year.") == [
        ("2021-05-01", "2021-05-31")
    ]
    assert days("Earned on units granted in 2021.") == [("2021-01-01", "2021-12-31")]


@pytest.mark.parametrize(
    "note",
    [
        "Sold under a trading plan adopted on May 4, 2021.",
        "The units vest in four parts, beginning on May 4, 2021.",
        "Granted under the plan as amended on May 4, 2021.",
        "Each unit is a right to one share.",
    ],
)
def test_other_days_date_no_grant(note):
    assert not award_of(note).granted


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Granted on May 4, 2021.", "One third of the award of May 4, 2021 vests.", True),
        ("Granted on May 4, 2021.", "Granted in May 2021.", True),
        ("Granted on May 4, 2021.", "Granted on May 4, 2022.", False),
        ("Time-based, granted on May 4, 2021.", "Performance units granted May 4, 2021.", False),
        ("Time-vesting units.", "The number shown is the target.", False),
        ("Granted on May 4, 2021.", "Each unit is a right to one share.", None),
        ("Vests in thirds.", "Vests in quarters.", None),
    ],
)
def test_what_notes_say_of_two_awards(one, other, same):
    assert same_award(award_of(one), award_of(other)) is same
    assert same_award(award_of(other), award_of(one)) is same
