"""Lines told late, where the position had nothing yet, or broke for another reason too."""

from projections.questions.reconcile import judged_filings, reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    gave,
    kinds,
    opening,
    plan_purchase,
    sold,
    split,
    the,
)

EXPLAINED = "BALANCE_BREAK_EXPLAINED"


def _levels(*filings):
    (judged,) = judged_filings(filings)
    (position,) = judged.folded.book.positions
    return [e.balance for e in position.entries], position.opened


def test_a_sale_from_before_the_first_report_ends_where_that_begins():
    first = filing(gave(100, 900), on="2024-03-01")
    late = filing(sold(400, 1_000), on="2024-01-10", filed="2024-04-01")

    assert kinds(reconcile_filings([first, late])) == []
    assert _levels(first, late) == ([1_000, 900], 1_400)


def test_a_sale_from_before_the_first_report_may_stand_beside_todays_total():
    first = filing(gave(100, 900), on="2024-03-01")
    late = filing(sold(400, 900), on="2024-01-10", filed="2024-04-01")

    assert kinds(reconcile_filings([first, late])) == []
    assert _levels(first, late) == ([1_000, 900], 1_400)


def test_a_total_of_neither_day_is_an_error_as_before():
    first = filing(gave(100, 900), on="2024-03-01")
    late = filing(sold(400, 950), on="2024-01-10", filed="2024-04-01")

    assert len(kinds(reconcile_filings([first, late]))) == 1


def test_a_total_may_count_a_plans_shares_and_a_sale_told_later():
    gift = filing(gave(100, 750, notes=plan_purchase(50, "2024-02")), on="2024-03-01")
    late = filing(sold(200, 850), on="2024-02-20", filed="2024-04-01")

    answer = reconcile_filings([opening(1_000), gift, late])

    told = the(answer, EXPLAINED)
    assert kinds(answer) == []
    assert (told.filing, told.difference, told.explanation.code) == (
        gift.accession,
        50,
        "EXPL_PLAN_PURCHASE",
    )


def test_a_total_may_count_a_plans_shares_and_a_sale_that_shows_todays_total():
    gift = filing(gave(100, 750, notes=plan_purchase(50, "2024-02")), on="2024-03-01")
    late = filing(sold(200, 750), on="2024-02-20", filed="2024-04-01")

    answer = reconcile_filings([opening(1_000), gift, late])

    assert kinds(answer) == []
    assert the(answer, EXPLAINED).difference == 50


def test_a_total_that_closes_its_day_may_count_a_plans_shares_and_a_sale_told_later():
    note = plan_purchase(50, "2024-02")
    day = filing(bought(100, 1_150, notes=note), bought(200, 1_150), on="2024-03-01")
    late = filing(sold(200, 850), on="2024-02-20", filed="2024-04-01")
    after = filing(gave(50, 1_100), on="2024-04-10")

    answer = reconcile_filings([opening(1_000), day, late, after])

    told = the(answer, EXPLAINED)
    assert kinds(answer) == []
    assert (told.filing, told.difference, told.explanation.code) == (
        day.accession,
        50,
        "EXPL_PLAN_PURCHASE",
    )


def test_a_sale_told_late_that_came_after_a_split_counts_new_shares():
    doubled = split("2:1", "2024-02-01")
    gift = filing(gave(100, 1_700, notes=doubled), on="2024-03-01")
    late = filing(sold(200, 1_800), on="2024-02-20", filed="2024-04-01")

    answer = reconcile_filings([opening(1_000), gift, late])

    told = the(answer, EXPLAINED)
    assert kinds(answer) == []
    assert (told.filing, told.difference, told.explanation.code) == (
        late.accession,
        1_000,
        "EXPL_SPLIT",
    )
    assert _levels(opening(1_000), gift, late)[0] == [1_000, 1_800, 1_700]


def test_a_purchase_told_late_beside_todays_total_explains_no_unstated_difference():
    gift = filing(gave(100, 777), on="2024-03-01")
    late = filing(bought(200, 777), on="2024-02-20", filed="2024-04-01")

    assert kinds(reconcile_filings([opening(1_000), gift, late])) != []
