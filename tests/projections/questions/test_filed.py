"""What was filed: each filing with its due day, and its totals as a reconciliation counts them."""

import pytest

from projections import filed, reconcile
from tests.projections.building import (
    JOHN,
    bought,
    filing,
    opening,
    plan_purchase,
    sold,
)

VERDICTS = ("checked", "agreed", "explained", "ambiguous", "unexplained", "opening")


@pytest.fixture
def year(told):
    """A year of Jane Doe, in time but once, and a Form 3 of John Roe."""
    return told(
        opening(10_000),
        filing(bought(500, 10_500), on="2024-03-01"),
        filing(sold(200, 10_420, notes=plan_purchase(120, "2024-05")), on="2024-06-03"),
        filing(sold(20, 10_040), on="2024-09-03", filed="2024-12-02"),
        opening(70, by=JOHN, on="2024-10-01"),
    )


def test_a_filing_is_in_time_or_late_by_the_day_it_was_due(year):
    told = {str(one.filed_on): (str(one.due_on), one.row, one.late) for one in filed(year).filed}

    assert told["2024-03-03"] == ("2024-03-05", "I.1", False)
    assert told["2024-12-02"] == ("2024-09-05", "I.1", True)


def test_late_is_what_the_findings_call_late(year):
    late = {one.filing for one in filed(year).filed if one.late}

    assert late == {f.filing for f in reconcile(year, kinds=["LATE_FILING"]).findings}


def test_the_totals_of_all_filings_are_those_of_the_reconciliation(year):
    answer, totals = filed(year), reconcile(year).totals

    assert [sum(getattr(one, v) for one in answer.filed) for v in VERDICTS] == [
        getattr(totals, v) for v in VERDICTS
    ]


def test_a_persons_filings_are_theirs_alone(year):
    assert [one.form for one in filed(year, person="ROE JOHN").filed] == ["3"]


def test_of_an_amendment_and_of_what_has_no_day_it_is_not_said_whether_it_was_late(told):
    ledger = told(
        opening(10_000),
        filing(bought(500, 10_500), on="2024-03-01"),
        filing(bought(400, 10_400), on="2024-03-01", form="4/A", filed="2024-08-01"),
        filing(bought(1), period=None, on="2024-09-01", filed_on=None, signatures=[]),
    )
    amended, undated = (
        [one for one in filed(ledger).filed if test(one)]
        for test in (lambda one: one.form == "4/A", lambda one: one.filed_on is None)
    )

    assert [(one.due_on, one.late) for one in amended] == [(None, None)]
    assert [one.late for one in undated] == [None]


def test_only_what_was_public_then_was_filed(year):
    assert len(filed(year, known_at="2024-04-01").filed) == 2
