"""A date in a note is the movement's day only where the words make it so."""

from datetime import date

import pytest

from tests.ledger.footnotes.notes import stated


def when(note):
    """From when to when the one movement of a note happened."""
    [said] = [said for said in stated(note) if said.kind == "espp-purchase"]
    return said.effective_from, said.effective_to


BOUGHT = "200 shares were bought under the employee stock purchase plan"


@pytest.mark.parametrize(
    "note",
    [
        f"{BOUGHT} on June 28, 2019 for the offering period January 2, 2019 through July 1, 2019.",
        f"On June 28, 2019, {BOUGHT} for the purchase period from January 2 to July 1, 2019.",
        f"On June 28, 2019 {BOUGHT} for the period from January 2, 2019 to July 1, 2019.",
        f"{BOUGHT} on June 28, 2019 for the January 2, 2019 to July 1, 2019 offering period.",
        f"For the enrollment period that began on January 2, 2019, on June 28, 2019 {BOUGHT}.",
        f"{BOUGHT} on June 28, 2019 (period January 2, 2019 to July 1, 2019).",
        f"{BOUGHT} on June 28, 2019 (January 2, 2019 - July 1, 2019).",
        f"{BOUGHT}, whose period ran from January 2, 2019 to June 27, 2019, on June 28, 2019.",
        f"On June 28, 2019 {BOUGHT} in its six-month period from January 2, 2019 until July 1, 2019.",
    ],
)
def test_a_day_counts_and_the_period_beside_it_names_the_offering(note):
    assert when(note) == (date(2019, 6, 28), date(2019, 6, 28))


def test_a_later_day_leaves_a_span_what_it_is():
    note = f"{BOUGHT} from January 2, 2019 to June 28, 2019 and delivered on July 15, 2019."

    assert when(note) == (date(2019, 1, 2), date(2019, 7, 15))


@pytest.mark.parametrize(
    "period",
    [
        "January 2, 2019 through July 1, 2019",
        "beginning January 2, 2019 and ending July 1, 2019",
        "that began on January 2, 2019 and ended on July 1, 2019",
        "from January 2, 2019 up to and including July 1, 2019",
    ],
)
def test_a_period_alone_is_an_interval(period):
    note = f"{BOUGHT} for the purchase period {period}."

    assert when(note) == (date(2019, 1, 2), date(2019, 7, 1))


@pytest.mark.parametrize("period", ["six months", "six-month period", "six month period"])
def test_a_period_that_ended_on_a_day_is_an_interval(period):
    note = f"{BOUGHT} during the {period} ended June 30, 2019."

    assert when(note) == (date(2019, 1, 1), date(2019, 6, 30))


@pytest.mark.parametrize(
    "words",
    [
        "as amended and restated effective January 2, 2019",
        "and may not be sold before January 2, 2021",
        "which was adopted on January 2, 2015",
        "which was approved by shareholders on January 2, 2015",
        ", the plan having been adopted by the Issuer's board on January 2, 2015",
        "and are subject to a lock-up until January 2, 2021",
    ],
)
def test_a_restatement_an_adoption_and_a_lock_up_date_nothing(words):
    assert when(f"Includes {BOUGHT.replace(' were', '')} {words}.") == (None, None)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in the second half of 2019", date(2019, 7, 1), date(2019, 12, 31)),
        ("since the beginning of 2019", date(2019, 1, 1), None),
        ("since the start of calendar year 2019", date(2019, 1, 1), None),
        ("over the course of 2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("by the end of 2019", None, date(2019, 12, 31)),
        ("between the last report and this one", None, None),
    ],
)
def test_a_part_of_a_year_is_an_interval(words, first, last):
    assert when(f"{BOUGHT} {words}.") == (first, last)


@pytest.mark.parametrize("words", ["during fiscal 2019", "in the company's fiscal year 2019"])
def test_a_fiscal_year_may_begin_and_end_in_any_month_about_it(words):
    assert when(f"{BOUGHT} {words}.") == (date(2018, 2, 1), date(2020, 2, 3))


def test_more_than_so_many_shares_are_no_year():
    assert when("Over 2000 shares were bought under the employee stock purchase plan.") == (
        None,
        None,
    )


def test_what_came_in_over_the_years_is_what_a_total_is_made_of():
    note = "Includes 640 shares purchased over the years through the employee stock purchase plan."

    assert [said.kind for said in stated(note)] == ["composition"]


@pytest.mark.parametrize(
    "until",
    [
        "through July 1, 2019",
        "up to and including July 1, 2019",
        "in the period ended July 1, 2019",
        "for the offering period ended July 1, 2019",
        "for the offering period that ended on July 1, 2019",
        "; the offering period closed July 1, 2019",
    ],
)
def test_a_last_day_alone_is_the_end_of_an_interval(until):
    assert when(f"Includes {BOUGHT.replace(' were', '')} {until}.") == (None, date(2019, 7, 1))


def test_a_half_year_that_ended_on_a_day_is_six_months():
    note = f"{BOUGHT} for the half year ended June 30, 2019."

    assert when(note) == (date(2019, 1, 1), date(2019, 6, 30))


def test_a_month_without_a_year_is_no_day():
    assert when(f"{BOUGHT} since February.") == (None, None)


def test_a_grant_behind_the_lapse_of_its_restrictions_is_not_the_day():
    (said,) = stated(
        "320 shares were surrendered to the issuer to cover taxes due on the lapse of restrictions on"
        " May 16, 2022 of shares granted May 16, 2019."
    )

    assert (str(said.effective_from), said.precision) == ("2022-05-16", "day")


def test_a_period_leads_to_the_amount_after_it_and_not_to_the_one_before():
    bought, paid = stated(
        "On March 4, 2019 he bought 40 shares under the employee stock purchase plan; between April"
        " 1, 2019 and June 28, 2019 he acquired 22 shares through dividend reinvestment."
    )

    assert (bought.shares, bought.effective_from) == (40, date(2019, 3, 4))
    assert (paid.effective_from, paid.effective_to) == (date(2019, 4, 1), date(2019, 6, 28))


def test_what_a_plan_bought_is_not_what_the_next_clause_tells_of_dividends():
    note = (
        "On March 4, 2019 the fund bought 40 shares; on June 28, 2019 he acquired 22 shares"
        " through dividend reinvestment."
    )

    assert [said.shares for said in stated(note)] == [22]


@pytest.mark.parametrize(
    "after",
    [
        "The purchase occurred on June 28, 2019.",
        "Purchase was made on June 28, 2019.",
        "These shares were purchased on June 28, 2019.",
        "The purchase date was June 28, 2019.",
    ],
)
def test_a_sentence_of_its_own_may_say_when_it_happened(after):
    assert when(f"{BOUGHT}. {after}") == (date(2019, 6, 28), date(2019, 6, 28))


@pytest.mark.parametrize(
    "after",
    [
        "The sale was made on June 28, 2019.",
        "The purchase was not reported on June 28, 2019.",
        "The shares were granted on June 28, 2019.",
    ],
)
def test_a_day_of_something_else_is_not_taken_for_it(after):
    assert when(f"{BOUGHT}. {after}") == (None, None)


def test_amounts_in_brackets_have_the_days_they_stand_behind():
    first, second = stated(
        "Includes shares bought under the employee stock purchase plan on June 28, 2019 (40 shares)"
        " and December 31, 2019 (50 shares)."
    )

    assert (first.shares, first.effective_from) == (40, date(2019, 6, 28))
    assert (second.shares, second.effective_from) == (50, date(2019, 12, 31))


@pytest.mark.parametrize(
    "each", ["40 shares were purchased", "40 were purchased", "40 were bought"]
)
def test_parts_of_a_purchase_that_have_verbs_of_their_own_have_their_own_days(each):
    first, second = stated(
        "Includes 90 shares acquired under the employee stock purchase plan, of which"
        f" {each} on June 28, 2019 and 50 shares were purchased on December 31, 2019."
    )

    assert (first.shares, first.effective_from) == (40, date(2019, 6, 28))
    assert (second.shares, second.effective_from) == (50, date(2019, 12, 31))
    assert first.group_total == second.group_total == 90


def test_a_part_that_was_sold_since_is_no_purchase():
    note = (
        "Includes 90 shares acquired under the employee stock purchase plan on June 28, 2019, of"
        " which 40 were sold on December 31, 2019."
    )

    assert [said.shares for said in stated(note) if said.kind == "espp-purchase"] == [90]
