"""Lines under a wrong form of ownership or class that carry on what the other one held."""

import pytest

from projections import holdings, reconcile
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    gave,
    granted,
    held,
    into_trust,
    kinds,
    opening,
    option,
    shown,
    sold,
    the,
)

PREFERRED = {"title": "Series A Preferred Stock", "strike": None, "expires": None}
BY_TRUST = {"how": "By Trust"}


def converted(shares, owns, **said):
    return option("C", shares, owns, **PREFERRED, **said)


def test_a_lot_converted_under_the_wrong_form_is_held_no_more(told):
    ledger = told(
        opening(
            100,
            option(None, None, 12_600, **PREFERRED),
            option(None, None, 15_300, **PREFERRED, **BY_TRUST),
        ),
        filing(converted(12_600, 0), converted(15_300, 0), on="2024-03-07"),
    )

    answer = reconcile(ledger)

    assert the(answer, "DI_SWAP").row == "II.2"
    assert answer.totals.unexplained == 0
    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "100",
        "Series A Preferred Stock, direct": "0",
        "Series A Preferred Stock, By Trust": "0",
    }


def test_a_lot_of_another_size_is_nobody_elses(told):
    ledger = told(
        opening(
            100,
            option(None, None, 12_600, **PREFERRED),
            option(None, None, 15_300, **PREFERRED, **BY_TRUST),
        ),
        filing(converted(12_600, 0), converted(15_200, 0), on="2024-03-07"),
    )

    assert "DI_SWAP" not in kinds(reconcile(ledger))
    assert shown(holdings(ledger).holdings)["Series A Preferred Stock, By Trust"] == "15300"


# --- before a later form shows it ---------------------------------------------------------

VOTING, OTHER = {"title": "Class A Common Stock"}, {"title": "Class B Common Stock"}


def classes(first, second):
    return filing(held(first, **VOTING), held(second, **OTHER), on="2024-01-02", form="3")


@pytest.mark.parametrize(
    ("start", "trade", "kind"),
    [
        (opening(8_230, held(31_415, how="By Trust")), sold(1_250, 30_165), "DI_SWAP"),
        (opening(27_140, held(6_310, how="By Spouse")), bought(420, 6_730), "DI_SWAP"),
        (classes(16_845, 3_720), sold(900, 15_945, **OTHER), "WRONG_CLASS"),
    ],
)
def test_a_last_total_that_carries_on_another_holding_names_the_slip_and_doubts_both(
    told, start, trade, kind
):
    ledger = told(start, filing(trade, on="2024-03-07"))

    found = the(reconcile(ledger), kind)

    assert found.explanation.confidence == "likely"
    assert found.evidence[0].startswith(start.id)
    assert [h.doubted for h in holdings(ledger).holdings] == [True, True]
    assert [h.doubted for h in holdings(ledger, as_of="2024-02-01").holdings] == [False, False]


def test_a_round_number_that_two_holdings_share_names_the_slip_with_little_confidence(told):
    ledger = told(classes(40_000, 7_000), filing(sold(2_000, 38_000, **OTHER), on="2024-03-07"))

    assert the(reconcile(ledger), "WRONG_CLASS").explanation.confidence == "low"


@pytest.mark.parametrize(
    ("start", "trade", "meant"),
    [
        (
            opening(8_230, held(31_415, how="By Trust")),
            sold(1_250, 30_165),
            {"Common Stock, direct": "8230", "Common Stock, By Trust": "30165"},
        ),
        (
            classes(16_845, 3_720),
            sold(900, 15_945, **OTHER),
            {"Class A Common Stock, direct": "15945", "Class B Common Stock, direct": "3720"},
        ),
        (
            classes(40_000, 7_000),
            sold(2_000, 38_000, **OTHER),
            {
                "Class A Common Stock, direct": "38000..40000",
                "Class B Common Stock, direct": "7000..38000",
            },
        ),
    ],
)
def test_of_such_a_total_the_holdings_are_what_it_means_or_a_range_where_it_is_round(
    told, start, trade, meant
):
    assert shown(holdings(told(start, filing(trade, on="2024-03-07"))).holdings) == meant


def test_every_row_that_runs_on_from_such_a_total_counts_where_it_belongs(told):
    rows = sold(1_250, 30_165), sold(165, 30_000)
    ledger = told(opening(8_230, held(31_415, how="By Trust")), filing(*rows, on="2024-03-07"))

    assert shown(holdings(ledger).holdings) == {
        "Common Stock, direct": "8230",
        "Common Stock, By Trust": "30000",
    }
    assert shown(holdings(ledger, as_of="2024-03-06").holdings) == {
        "Common Stock, direct": "8230",
        "Common Stock, By Trust": "31415",
    }


def test_a_total_near_another_holding_or_beside_its_own_line_names_no_slip(told):
    start = opening(8_230, held(31_415, how="By Trust"))
    near = filing(sold(1_250, 30_160), on="2024-03-07")
    beside = filing(sold(1_250, 30_165), held(31_415, how="By Trust"), on="2024-03-07")

    for trade in (near, beside):
        assert "DI_SWAP" not in kinds(reconcile(told(start, trade)))


def test_a_line_shown_to_be_of_another_class_is_told_under_that_class(told):
    ledger = told(
        classes(16_845, 3_720),
        filing(sold(900, 15_945, **OTHER), on="2024-03-07"),
        filing(sold(145, 15_800, **VOTING), on="2024-05-07"),
    )

    assert kinds(reconcile(ledger)) == ["WRONG_CLASS"]
    assert shown(holdings(ledger, as_of="2024-04-01").holdings) == {
        "Class A Common Stock, direct": "15945",
        "Class B Common Stock, direct": "3720",
    }


def test_a_row_of_another_holding_says_nothing_of_the_lot_before_it():
    """It stands as direct after a first grant, and goes: then the grant was all that there was."""
    trust = {"how": "By Ferrier Trust"}
    filings = [
        filing(held(37_040, **trust), form="3", on="2024-01-02"),
        filing(granted(1_000, 1_000), on="2024-03-04"),
        filing(sold(9_000, 28_040), on="2024-05-06"),
        filing(bought(1_300, 29_340, **trust), on="2024-08-05"),
    ]

    assert kinds(reconcile_filings(filings)) == ["DI_SWAP"]


def _beside_a_contribution(gift):
    """A gift that is missing from the wrong holding, and a note of 5,600 shares that went to a trust."""
    elm, oak = {"how": "By Elm Trust"}, {"how": "By Oak Trust"}
    return reconcile_filings(
        [
            opening(4_900, held(5_600, **BY_TRUST), held(2_300, **elm), held(5_800, **oak)),
            filing(
                gave(gift, 4_900),
                held(0, notes=into_trust(5_600, "the Elm Trust"), **BY_TRUST),
                held(7_900, **elm),
                held(5_800 - gift, **oak),
                on="2024-03-04",
            ),
        ]
    )


def test_a_row_counted_in_another_holding_is_no_change_of_form_that_a_note_tells_of_others():
    assert "DI_SWAP" in kinds(_beside_a_contribution(200))


def test_a_row_of_just_so_many_as_a_note_says_changed_form_may_be_meant_by_it():
    assert "DI_SWAP" not in kinds(_beside_a_contribution(5_600))
