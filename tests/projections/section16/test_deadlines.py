"""When a form was due: the rule of the day, business days, federal holidays."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.section16.deadlines import (
    business_days_after,
    deferrable,
    form3_due,
    form4_due,
    form5_due,
    is_business_day,
    rolled,
)
from projections.section16.federal_holidays import FEDERAL_HOLIDAYS
from projections.section16.trading_days import is_trading_day

YEARS = range(1990, 2051)


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("traded", "due", "why"),
    [
        ("2005-09-09", "2005-09-13", "a Friday: Monday, Tuesday"),
        ("2004-09-20", "2004-09-22", "a Monday: Tuesday, Wednesday"),
        ("2024-07-03", "2024-07-08", "Independence Day and a weekend between"),
        ("2022-06-17", "2022-06-22", "Juneteenth, observed on Monday"),
        ("2023-12-29", "2024-01-03", "New Year's Day"),
        ("2002-08-29", "2002-09-03", "the first day of the two-day rule; Labor Day between"),
        ("2002-08-28", "2002-09-10", "the last day of the old rule: the tenth of the next month"),
        ("2001-12-31", "2002-01-10", "the old rule over a year's end"),
        ("2001-01-15", "2001-02-12", "the old rule, from a Saturday to Monday"),
    ],
)
def test_a_form_4_is_due_by_the_rule_of_its_day(traded, due, why):
    assert form4_due(day(traded)) == day(due), why


@pytest.mark.parametrize(
    ("year_end", "due"),
    [
        ("2003-12-31", "2004-02-17"),  # day 45 is a Saturday, and Monday a federal holiday
        ("2004-12-31", "2005-02-14"),
        ("2024-06-30", "2024-08-14"),
    ],
)
def test_a_form_5_is_due_forty_five_days_after_the_fiscal_year(year_end, due):
    assert form5_due(day(year_end)) == day(due)


@pytest.mark.parametrize(
    ("event", "due"), [("2024-01-02", "2024-01-12"), ("2024-02-08", "2024-02-20")]
)
def test_a_form_3_is_due_ten_days_after_the_event(event, due):
    assert form3_due(day(event)) == day(due)


def test_gifts_could_wait_for_the_form_5_until_the_rule_changed():
    assert deferrable("G", "disposed", day("2023-02-26"))
    assert not deferrable("G", "disposed", day("2023-02-27"))
    assert deferrable("G", "acquired", day("2024-05-01"))


@pytest.mark.parametrize(("code", "waits"), [("L", True), ("W", True), ("P", False), (None, False)])
def test_small_acquisitions_and_inheritances_may_wait(code, waits):
    assert deferrable(code, "acquired", day("2024-05-01")) is waits


days = st.dates(day("1996-01-01"), day("2045-12-31"))


@given(days, st.integers(0, 10))
def test_business_days_later_is_one_business_day_after_another(start, count):
    due = business_days_after(start, count)

    between = (due.toordinal() - start.toordinal()) if count else 0
    passed = [date.fromordinal(start.toordinal() + n) for n in range(1, between + 1)]
    assert sum(map(is_business_day, passed)) == count


@given(days)
def test_a_rolled_day_is_the_first_business_day_from_it_on(start):
    due = rolled(start)

    assert is_business_day(due)
    assert 0 <= (due - start).days <= 4
    assert rolled(due) == due


@given(days, days)
def test_a_later_trade_is_never_due_earlier(one, other):
    first, last = sorted((one, other))

    assert form4_due(first) <= form4_due(last) or first < day("2002-08-29") <= last


def test_the_federal_holidays_are_those_that_the_authority_knows():
    observed = holidays.country_holidays("US", years=YEARS)

    assert {d for d in observed if d.weekday() < 5} == FEDERAL_HOLIDAYS


CLOSED_BY_ORDER = """
    2003-12-26 2004-06-11 2007-01-02 2007-12-24 2008-12-26 2012-12-24 2014-12-26 2018-12-05 2018-12-24
    2019-12-24 2020-12-24 2024-12-24 2025-01-09 2025-12-24 2025-12-26
"""
"""Executive orders and days of mourning; 18 June 2021, closed by the law of the day before, is a holiday."""


def test_every_day_of_25_years_is_due_as_the_statute_and_the_orders_have_it():
    """Reckoned anew from 5 U.S.C. 6103, for each day from 2003 to 2027."""
    closed = {day(text) for text in CLOSED_BY_ORDER.split()}
    for year in range(2003, 2029):
        mondays = [_nth(year, 1, 3), _nth(year, 2, 3), _nth(year, 9, 1), _nth(year, 10, 2)]
        thanksgiving = _nth(year, 11, 4, weekday=3)
        memorial = _nth(year, 6, 1) - timedelta(days=7)  # no Monday of June is in May's last week
        fixed = [(1, 1), (7, 4), (11, 11), (12, 25), *([(6, 19)] if year >= 2021 else [])]
        observed = [_observed(date(year, *month_day)) for month_day in fixed]
        closed |= {*mondays, thanksgiving, memorial, *observed}

    def open_from(start, count=0):
        while count or start.weekday() > 4 or start in closed:
            start += timedelta(days=1)
            count -= bool(count) and start.weekday() < 5 and start not in closed
        return start

    for number in range((date(2028, 1, 1) - date(2003, 1, 1)).days):
        traded = date(2003, 1, 1) + timedelta(days=number)
        assert form4_due(traded) == open_from(traded, 2)
        assert form3_due(traded) == open_from(traded + timedelta(days=10))
        assert form5_due(traded) == open_from(traded + timedelta(days=45))


def _nth(year, month, nth, *, weekday=0):
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _observed(kept):
    return kept + timedelta(days={5: -1, 6: 1}.get(kept.weekday(), 0))


def test_exchanges_close_on_other_days_than_the_government():
    told = holidays.financial_holidays("NYSE", years=range(1990, 2041))
    days = (date(1990, 1, 1) + timedelta(days=n) for n in range(51 * 365 + 12))

    assert all(is_trading_day(d) == (d.weekday() < 5 and d not in told) for d in days)
    assert not is_trading_day(date(2024, 3, 29)), "Good Friday"
    assert is_trading_day(date(2024, 10, 14)), "Columbus Day"
