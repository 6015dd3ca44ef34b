"""A plan that a later report calls another sort of plan: one account, or two beside each other."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, held, kinds, note, shown, sold

THRIFT, SAVINGS, BONUS = "By Thrift Plan", "By Company Savings Plan", "Profit Sharing Plan"


def forms(*told):
    """One sale of ten shares every half year, beside what each plan is said to hold."""
    days = ("2023-02-01", "2023-08-01", "2024-02-01", "2024-08-01")
    return [
        filing(
            sold(10, 4_000 - 10 * n), *(held(owns, how=how) for how, owns in plans.items()), on=day
        )
        for n, (plans, day) in enumerate(zip(told, days, strict=False))
    ]


def plans_held(ledger):
    held_now = shown(holdings(ledger).holdings)
    return {words.split(", ")[1]: n for words, n in held_now.items() if "direct" not in words}


@pytest.mark.parametrize(
    ("former", "now"),
    [
        (THRIFT, SAVINGS),
        (BONUS, "401(k)"),
        ("Retirement Plan", "Held in KSOP"),
        ("401(k) Plan", BONUS),
        ("ESOP", "By Employee Savings and Investment Plan"),
    ],
)
def test_a_plan_that_goes_on_under_another_sorts_name_is_held_once(told, former, now):
    filings = forms({former: 1_200}, {former: 1_231}, {now: 1_262}, {now: 1_290})

    assert kinds(reconcile_filings(filings)) == []
    assert plans_held(told(*filings)) == {now: "1290"}


def test_of_two_plans_the_one_that_is_still_told_was_not_renamed(told):
    filings = forms({THRIFT: 1_200, "ESOP": 1_180}, {SAVINGS: 1_236, "ESOP": 1_205})

    assert plans_held(told(*filings)) == {SAVINGS: "1236", "ESOP": "1205"}


def test_a_plan_that_is_called_by_its_first_name_again_is_one_all_along(told):
    filings = forms({THRIFT: 1_200}, {SAVINGS: 1_231}, {THRIFT: 1_262})

    assert plans_held(told(*filings)) == {THRIFT: "1262"}


@pytest.mark.parametrize("both", [0, 2])
def test_plans_that_ever_stand_side_by_side_are_two(told, both):
    steps = [{THRIFT: 1_200}, {SAVINGS: 1_225}, {}]
    steps[both] = {THRIFT: 1_210, SAVINGS: 1_240} if both else {THRIFT: 1_200, SAVINGS: 1_205}

    assert sorted(plans_held(told(*forms(*steps)))) == [SAVINGS, THRIFT]


def test_a_level_that_does_not_go_on_is_another_plans(told):
    filings = forms({THRIFT: 1_200}, {SAVINGS: 96})

    assert kinds(reconcile_filings(filings)) == []
    assert plans_held(told(*filings)) == {THRIFT: "1200", SAVINGS: "96"}


@pytest.mark.parametrize("level", [1_610, 1_040])
def test_a_level_near_the_former_ones_leaves_a_doubt(told, level):
    filings = forms({THRIFT: 1_200}, {SAVINGS: level})

    assert kinds(reconcile_filings(filings)) == ["VEHICLE_AMBIGUOUS"]
    assert len(plans_held(told(*filings))) == 2


@pytest.mark.parametrize(
    "other", ["By Deferred Compensation Plan", "By IRA", "ESPP", "By Savings Plan of Spouse"]
)
def test_a_plan_of_a_sort_that_no_savings_plan_becomes_is_another(told, other):
    filings = forms({"By 401(k)": 1_200}, {other: 1_231})

    assert len(plans_held(told(*filings))) == 2


def test_a_plan_renamed_after_a_distribution_that_its_note_tells_is_one(told):
    said = "Reflects a distribution of 402.25 shares from the plan on May 3, 2023."
    paid = note(said, "distribution", "402.25", direction="disposed", effective_from="2023-05-03")
    before = forms({THRIFT: 1_200})[0]
    renamed = filing(
        sold(10, 3_990), held("797.75", how=SAVINGS, notes=[paid]), on="2023-08-01", part=2
    )

    assert plans_held(told(before, renamed)) == {SAVINGS: "797.75"}
    assert kinds(reconcile_filings([before, renamed])) == []


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ("By Directors Deferred Compensation Plan", "By Deferred Comp. Plan"),
        ("By Nonqualified Plan", "By Executive Deferred Compensation Plan"),
        ("By Rabbi Trust", "By Excess Benefit Plan"),
        ("By Rollover IRA", "By IRA"),
        ("By Limited Partnership", "By Family LP"),
        ("By Trust", "By Revocable Trust"),
    ],
)
def test_a_holder_told_in_fewer_or_other_words_near_its_level_leaves_a_doubt(told, former, now):
    filings = forms({former: 1_200}, {now: 1_226})

    assert kinds(reconcile_filings(filings)) == ["VEHICLE_AMBIGUOUS"]
    assert len(plans_held(told(*filings))) == 2


@pytest.mark.parametrize(
    ("former", "now", "level"),
    [
        ("By Rollover IRA", "By IRA", 96),
        ("By Trust", "By Family Trust", 9_600),
        ("By IRA", "By Spouse's IRA", 1_226),
        ("By LP", "By Foundation", 1_226),
        ("By Rabbi Trust", "By 401(k) Plan", 1_226),
    ],
)
def test_holders_of_other_sorts_people_or_sizes_are_two(told, former, now, level):
    filings = forms({former: 1_200}, {now: level})

    assert kinds(reconcile_filings(filings)) == []
    assert len(plans_held(told(*filings))) == 2
