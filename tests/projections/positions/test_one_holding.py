"""One holding stays one, whatever its lines are called, and two stay two."""

from decimal import Decimal

import pytest

from projections import holdings, reconcile
from projections.questions.reconcile import reconcile_filings
from tests.alarms import is_alarm
from tests.projections.building import (
    Note,
    bought,
    filing,
    granted,
    held,
    kinds,
    opening,
    shown,
    sold,
    the,
    units,
    vested,
    withheld,
)

FIRST, SECOND, THIRD = "2023-02-01", "2024-02-01", "2025-02-03"


def reported(ledger):
    """What is held at the end, nothing left out that is not nothing."""
    return {name: owns for name, owns in shown(holdings(ledger).holdings).items() if owns != "0"}


# --- plans and other vehicles named anew ------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("By 401(k)", "By 401(k) Plan"),
        ("401(k) Plan Trust", "By Company 401(k) Plan"),
        ("By DRIP", "By Dividend Reinvestment Plan"),
        ("By Profit Sharing Plan", "By Profit-Sharing Plan"),
        ("By ACME Corp Savings Plan", "By Savings Plan"),
    ],
)
def test_a_plan_that_accrues_under_another_name_is_one_plan(told, before, after):
    ledger = told(
        opening(9_000, held("840.125", how=before), on=FIRST),
        filing(bought(100, 9_100), held("871.5", how=after), on=SECOND),
    )

    assert reported(ledger) == {
        "Common Stock, direct": "9100",
        f"Common Stock, {after}": "871.5",
    }


def test_a_plan_that_moves_from_the_title_to_the_nature_is_one_plan(told):
    ledger = told(
        opening(9_000, held("840.125", title="Common Stock (401(k) Plan)"), on=FIRST),
        filing(bought(100, 9_100), held("871.5", how="By 401(k)"), on=SECOND),
    )

    assert reported(ledger) == {
        "Common Stock, direct": "9100",
        "Common Stock, By 401(k)": "871.5",
    }


def test_two_plans_reported_side_by_side_are_two(told):
    ledger = told(
        opening(
            9_000, held(840, how="By 401(k)"), held(200, how="By Excess 401(k) Plan"), on=FIRST
        ),
        filing(bought(100, 9_100), held(200, how="By Excess 401(k) Plan"), on=SECOND),
    )

    assert reported(ledger)["Common Stock, By 401(k)"] == "840"
    assert reported(ledger)["Common Stock, By Excess 401(k) Plan"] == "200"


def test_a_name_that_is_only_alike_is_shown_beside_the_other_and_both_say_so(told):
    ledger = told(
        opening(9_000, held(840, how="By Savings Plan"), on=FIRST),
        filing(bought(100, 9_100), held(910, how="By Savings and Investment Plan"), on=SECOND),
    )

    doubted = [h for h in holdings(ledger).holdings if h.ownership == "indirect"]
    assert [str(h.shares) for h in doubted] == ["840", "910"]
    assert set(doubted[0].findings) & set(doubted[1].findings)


def test_a_name_that_is_only_alike_is_the_same_where_its_balance_goes_on(told):
    ledger = told(
        opening(9_000, held(840, how="By Daughter"), on=FIRST),
        filing(sold(40, 800, how="By Daughters"), on=SECOND),
    )

    assert reported(ledger)["Common Stock, By Daughters"] == "800"
    assert len(holdings(ledger).holdings) == 2


def test_names_alike_that_stand_in_one_form_are_two_vehicles_and_no_doubt():
    both = [held(840, how="By Daughter"), held(300, how="By Daughters")]

    answer = reconcile_filings([opening(9_000, *both, on=FIRST)])

    assert kinds(answer) == []


# --- awards told apart by their notes ---------------------------------------------------

SPRING = Note("Granted on March 4, 2022; a quarter vests each year.")
AUTUMN = Note("Granted on September 6, 2022; a quarter vests each year.")
BY_TIME = Note("Time-based units granted on March 4, 2022.")
BY_GOALS = Note("Performance-based units granted on March 4, 2022; the target is shown.")


def test_units_of_two_grants_under_one_title_are_two_series():
    rsu = {"title": "Restricted Stock Units", "cites": "security"}
    vesting = filing(
        withheld(30, 970, notes=SPRING, **rsu),
        withheld(20, 950, notes=SPRING, **rsu),
        withheld(25, 575, notes=AUTUMN, **rsu),
        on=FIRST,
    )

    answer = reconcile_filings([vesting])

    assert kinds(answer) == []
    assert answer.totals.opening == 2


def test_equal_grants_of_one_day_told_apart_by_what_earns_them_vest_each_from_its_own(told):
    ledger = told(
        filing(
            units("A", 800, 800, notes=BY_TIME, cites="expires_on"),
            units("A", 800, 800, notes=BY_GOALS, cites="expires_on"),
            on="2022-03-04",
        ),
        filing(units("M", 400, 400, notes=BY_TIME, cites="expires_on"), on=FIRST),
        filing(units("M", 800, 0, notes=BY_GOALS, cites="expires_on"), on=SECOND),
    )

    assert sorted(str(h.shares) for h in holdings(ledger).holdings) == ["0", "400"]
    assert [str(h.shares) for h in holdings(ledger, as_of="2022-12-31").holdings] == ["800", "800"]


def test_a_wrong_total_in_one_of_two_series_is_found():
    filings = [
        filing(
            units("M", 300, 900, notes=SPRING, cites="expires_on"),
            units("M", 200, 640, notes=AUTUMN, cites="expires_on"),
            on=FIRST,
        ),
        filing(units("M", 200, 404, notes=AUTUMN, cites="expires_on"), on=SECOND),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) != []
    assert answer.totals.opening == 2


def test_a_running_total_of_all_units_is_one_holding_though_each_row_cites_its_grant():
    rsu = {"title": "Restricted Stock Units", "cites": "security"}
    filings = [
        filing(
            withheld(300, 1_700, notes=SPRING, **rsu),
            withheld(200, 1_500, notes=AUTUMN, **rsu),
            on=FIRST,
        ),
        filing(withheld(200, 1_300, notes=AUTUMN, **rsu), on=SECOND),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert (answer.totals.opening, answer.totals.agreed) == (1, 2)


def test_one_grant_in_other_words_is_one_series(told):
    again = Note("A quarter of the units awarded on March 4, 2022 vests each year.")
    ledger = told(
        filing(units("M", 300, 900, notes=SPRING, cites="expires_on"), on=FIRST),
        filing(units("M", 300, 600, notes=again, cites="expires_on"), on=SECOND),
    )

    assert reported(ledger) == {"Restricted Stock Units, direct": "600"}


def test_notes_on_the_title_that_speak_of_the_sale_split_nothing(told):
    plan = Note("Sold under a trading plan adopted on August 9, 2022.")
    broker = Note("Sold through a second broker.")
    ledger = told(
        filing(
            sold(100, 900, notes=plan, cites="security"),
            sold(50, 850, notes=broker, cites="security"),
            on=FIRST,
        )
    )

    assert reported(ledger) == {"Common Stock, direct": "850"}


# --- units that pay out another number than their target --------------------------------

TARGET = Note("Each unit is a right to one share. The number shown is the target.")


def result(rate):
    return Note(f"The committee certified results at {rate}% of target.")


def paid(shares, *notes, owns=0):
    rows = [
        vested(shares, 5_000 + shares),
        units("M", shares, owns, notes=notes, title="Performance Share Units"),
    ]
    return filing(*rows, on=THIRD)


@pytest.fixture
def award():
    row = units("A", 500, 500, notes=TARGET, cites="expires_on", title="Performance Share Units")
    return filing(row, on="2022-03-04")


@pytest.mark.parametrize(("earned", "rate", "difference"), [(700, 140, 200), (350, 70, -150)])
def test_units_end_with_what_was_earned_of_their_target(award, told, earned, rate, difference):
    payout = paid(earned, result(rate))

    answer = reconcile_filings([award, payout])

    found = the(answer, "BALANCE_BREAK_EXPLAINED")
    assert (found.difference, found.explanation.code) == (difference, "EXPL_PERFORMANCE_OUTCOME")
    assert kinds(answer) == []
    assert reported(told(award, payout)) == {"Common Stock, direct": str(5_000 + earned)}


def test_units_that_vest_by_time_alone_do_not_pay_out_more_than_were_held():
    row = units("A", 500, 500, notes=BY_TIME, cites="expires_on")
    payout = filing(
        vested(700, 5_700), units("M", 700, 0, notes=BY_TIME, cites="expires_on"), on=THIRD
    )

    answer = reconcile_filings([filing(row, on="2022-03-04"), payout])

    assert "EXPL_PERFORMANCE_OUTCOME" not in {
        f.explanation.code for f in answer.findings if f.explanation
    }


def test_restricted_stock_granted_beside_common_stock_needs_no_series_of_its_own(told):
    ledger = told(opening(1_000, on=FIRST), filing(granted(200, 1_200), on=SECOND))

    assert reported(ledger) == {"Common Stock, direct": "1200"}


# --- two direct totals of one class -----------------------------------------------------


def direct(ledger, on=None):
    return [str(h.shares) for h in holdings(ledger, as_of=on).holdings if h.ownership == "direct"]


def test_a_second_direct_total_is_no_second_holding_and_is_found(told):
    form = filing(sold(300, 5_700), held(4_400), on=SECOND)

    answer = reconcile_filings([form])

    found = the(answer, "CONFLICTING_TOTALS")
    assert (found.row, found.severity, found.difference) == ("I.2", "minor", -1_300)
    assert direct(told(form)) == ["5700"]


def test_a_line_that_no_balance_goes_on_to_is_the_wrong_one_whatever_its_title(told):
    filings = [
        filing(bought(100, 2_000), on=FIRST),
        filing(bought(50, 2_050), held(1_310, title="Common Stock, par value $.01"), on=SECOND),
        filing(sold(50, 2_000), on=THIRD),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["CONFLICTING_TOTALS"]
    assert direct(told(*filings)) == ["2000"]
    assert direct(told(*filings), on="2024-06-01") == ["2050"]


def test_the_row_is_wrong_where_the_holding_line_is_what_follows(told):
    filings = [
        opening(5_000, on=FIRST),
        filing(sold(300, 5_700), held(4_700), on=SECOND),
        filing(sold(200, 4_500), on=THIRD),
    ]

    answer = reconcile_filings(filings)

    assert [f.row for f in answer.findings if is_alarm(f)] == ["I.1"]
    assert direct(told(*filings)) == ["4500"]


def test_a_later_form_may_go_on_from_the_second_total_after_all(told):
    filings = [
        filing(sold(300, 5_700), held(4_400), on=SECOND),
        filing(sold(100, 4_300), on=THIRD),
    ]

    assert kinds(reconcile_filings(filings)) != []
    assert direct(told(*filings)) == ["4300"]


@pytest.mark.parametrize(
    "apart",
    [
        {"title": "Class B Common Stock"},
        {"notes": Note("IRA"), "cites": "ownership"},
        {"notes": Note("Restricted stock, unvested."), "cites": "security"},
        {"title": "Common Stock (ESPP)"},
    ],
)
def test_another_class_plan_or_a_note_that_says_so_is_a_second_holding(told, apart):
    form = filing(sold(300, 5_700), held(4_400, **apart), on=SECOND)

    assert kinds(reconcile_filings([form])) == []
    assert sorted(direct(told(form))) == ["4400", "5700"]


def test_the_lines_of_an_initial_statement_are_as_many_holdings(told):
    assert direct(told(opening(5_000, held(700), on=FIRST))) == ["5000", "700"]


def test_the_same_total_on_a_row_and_on_a_holding_line_is_said_twice():
    form = filing(sold(300, 5_700), held(5_700), on=SECOND)

    assert kinds(reconcile_filings([form])) == []


# --- names within notes -----------------------------------------------------------------


def in_trust(owns, name):
    """A line whose nature is only a sort of trust, and whose note says which."""
    how = "By grantor retained annuity trust"
    return held(owns, how=how, notes=Note(f"These shares are held by {name}."), cites="nature")


@pytest.mark.parametrize("who", ["Ida S. Lund", "Ida Lund", "Ida Lund, Jr.", "St. Brendan & Co."])
def test_a_trust_of_another_number_is_another_whatever_stops_are_in_its_name(told, who):
    fourth, ninth = f"the {who} Annuity Trust IV", f"the {who} Annuity Trust IX"
    filings = [
        opening(9_000, in_trust(26_000, fourth), in_trust(81_000, ninth), on=FIRST),
        filing(bought(100, 9_100), in_trust(26_000, ninth), on=SECOND),
    ]
    at_end = {h.holder: h.shares for h in holdings(told(*filings)).holdings if h.nature}

    assert at_end == {fourth: 26_000, ninth: 26_000}
    assert the(reconcile_filings(filings), "OPENING_MISMATCH").difference == -55_000


@pytest.mark.parametrize(
    "beside",
    [
        units("A", 62, "26356.605", title=None),
        units(None, None, "26356.605", title="Common Stock"),
        sold(100, 900, title=None),
    ],
    ids=["units whose title is not legible", "a derivative under the same title", "rows"],
)
def test_a_total_whose_title_is_not_legible_or_that_is_of_a_derivative_contradicts_nothing(
    told, beside
):
    title = "Common Stock" if beside.fields.get("security") else None
    ledger = told(filing(held(1_066, title=title), beside, on="2024-06-10"))

    assert "CONFLICTING_TOTALS" not in kinds(reconcile(ledger).findings)
    assert Decimal(1_066) in {row.shares for row in holdings(ledger)}
