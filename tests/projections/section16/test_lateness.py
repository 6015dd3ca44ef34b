"""What is late, from which day, and what has no deadline."""

from datetime import date

import pytest

from ledger.filing import Issuer
from projections.questions.reconcile import reconcile_filings
from projections.section16.deadlines import fiscal_year_end, form4_due
from tests.projections.building import (
    ACME,
    Note,
    bought,
    filing,
    gave,
    granted,
    held,
    moved,
    opening,
    sold,
)


def late(*filings):
    """The messages of the filings that came too late."""
    return [f.message for f in reconcile_filings(filings).findings if f.kind == "LATE_FILING"]


def closing_in(month_and_day):
    return Issuer(**ACME.model_dump() | {"fiscal_year_end": month_and_day})


@pytest.mark.parametrize(
    ("traded", "due", "why"),
    [
        ("2018-12-04", "2018-12-07", "a day of mourning between"),
        ("2019-12-23", "2019-12-27", "the departments closed on Christmas Eve"),
        ("2020-12-23", "2020-12-29", "Christmas Eve and Christmas, then a weekend"),
    ],
)
def test_days_on_which_the_government_was_closed_are_no_business_days(traded, due, why):
    assert form4_due(date.fromisoformat(traded)) == date.fromisoformat(due), why


@pytest.mark.parametrize(
    ("period", "year_end", "ends"),
    [
        ("2019-12-31", "1231", "2019-12-31"),
        ("2019-06-12", "1231", "2019-12-31"),  # the day of a transaction stands there
        ("2019-09-28", "0930", "2019-09-30"),  # a year of 52 weeks
        ("2020-01-03", "1231", "2020-01-03"),  # one of 53
        ("2019-11-15", "0229", "2020-02-29"),
        ("2019-06-30", None, "2019-06-30"),
        ("2019-06-12", None, "2020-06-10"),  # nobody knows: the latest it could be
    ],
)
def test_a_period_that_is_no_year_end_belongs_to_the_year_that_ends_next(period, year_end, ends):
    assert fiscal_year_end(date.fromisoformat(period), year_end) == date.fromisoformat(ends)


def test_an_annual_statement_dated_by_its_gift_is_due_after_the_year():
    statement = filing(
        gave(100, 9_900), on="2021-06-11", filed="2022-02-14", form="5", issuer=closing_in("1231")
    )

    assert late(opening(on="2020-01-02"), statement) == []


@pytest.mark.parametrize("rows", [(), (held(10_000),)], ids=["nothing", "a holding"])
def test_an_annual_statement_that_reports_no_transaction_was_not_due(rows):
    assert late(opening(), filing(*rows, on="2024-12-31", filed="2025-06-02", form="5")) == []


def test_a_sale_that_a_form_5_marks_as_due_on_a_form_4_had_two_days():
    sale = filing(sold(100, 9_900, on="2024-05-01"), on="2024-12-31", filed="2025-02-03")
    statement = sale.model_copy(update={"form": "5"})  # the row keeps its mark of a Form 4

    assert late(opening(), statement) == ["due 2024-05-03 on Form 4, filed 2025-02-03"]


def test_a_form_5_that_takes_a_sale_for_its_own_is_late_and_one_with_a_plan_or_a_gift_is_not():
    def year(row):
        return late(opening(), filing(row, on="2024-12-31", filed="2025-02-03", form="5"))

    spring = {"on": "2024-05-01", "form_type": "5"}
    late_on_form_4 = ["due 2024-05-03 on Form 4, filed 2025-02-03"]

    assert year(sold(100, 9_900, **spring)) == late_on_form_4
    assert year(gave(100, 9_900, **spring)) == late_on_form_4
    assert year(granted(100, 10_100, **spring)) == late_on_form_4
    assert year(granted(100, 100, how="By 401(k) Plan", **spring)) == []
    assert year(moved("G", "acquired", 100, 10_100, price=0, **spring)) == []


def test_a_sale_on_a_form_4_is_never_early_and_a_reinvestment_marked_so_may_be():
    def spring(row):
        return late(opening(), filing(row, on="2024-05-01", filed="2024-07-01"))

    assert spring(sold(100, 9_900, form_type="5")) == ["due 2024-05-03, filed 2024-07-01"]
    assert spring(granted(8, 10_008, form_type="5")) == []


def test_time_runs_from_the_deemed_execution_within_three_business_days():
    def by_plan(deemed):
        trade = sold(100, 9_900, on="2024-03-01", deemed_execution_on=deemed)
        return filing(trade, on="2024-03-01", filed="2024-03-07")

    assert late(opening(), by_plan("2024-03-05")) == []
    assert late(opening(), by_plan("2024-03-07")) == ["due 2024-03-05, filed 2024-03-07"]


@pytest.mark.parametrize(
    "words",
    [
        "Acquired through a dividend reinvestment plan.",
        "A change in form only, exempt under Rule 16a-13.",
        "Bought under a plan in a transaction exempt by Rule 16b-3(c).",
    ],
)
def test_what_need_not_be_reported_is_never_late(words):
    row = moved("J", "acquired", 8, 10_008, notes=Note(words), cites="code")

    assert late(opening(), filing(row, on="2024-03-01", filed="2024-06-03")) == []


def test_a_sale_of_what_dividends_had_bought_is_late_as_any_other():
    words = Note("Includes shares acquired under the dividend reinvestment plan (Rule 16a-11).")
    sale = sold(8, 9_992, notes=words, cites="shares")

    assert late(opening(), filing(sale, on="2024-03-01", filed="2024-06-03")) == [
        "due 2024-03-05, filed 2024-06-03"
    ]


def test_shares_that_a_plan_credits_under_code_j_are_never_late():
    row = moved("J", "acquired", 8, 108, how="By 401(k) Plan")

    assert late(opening(), filing(row, on="2024-03-01", filed="2024-06-03")) == []


def test_an_award_exempt_from_short_swing_rules_is_late_all_the_same():
    award = granted(8, 10_008, notes=Note("Exempt under Rule 16b-3(d)."), cites="code")

    assert len(late(opening(), filing(award, on="2024-03-01", filed="2024-06-03"))) == 1


def test_what_happened_before_the_insider_became_one_has_no_deadline_of_its_own():
    early = bought(100, 10_100, on="2024-03-01")
    before = Note("Took place before the registration of the class; reported under Rule 16a-2(a).")
    noted = bought(100, 10_200, on="2024-03-01", notes=before, cites="code")

    assert late(opening(on="2024-03-04"), filing(early, on="2024-03-07")) == []
    assert late(filing(noted, on="2024-03-07")) == []


def test_a_form_3_that_corrects_the_original_is_not_late():
    words = Note("The original Form 3 showed 20 shares too many.")
    again = opening(9_980, held(0, notes=words, how="By Spouse"), filed="2024-11-04")

    assert late(again) == []
