"""A balance that rests on a total which nothing explains says so, until a later one goes back."""

import pytest

from projections import explain, holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    kinds,
    opening,
    plan_purchase,
    sold,
    split,
    the,
)

BEGUN = opening(52_340)


def doubted(ledger, **asked):
    return [(str(h.shares), h.doubted) for h in holdings(ledger, **asked).holdings]


SLIPS = [
    pytest.param("TRANSPOSED_DIGITS", sold(1_200, 51_410), id="two digits exchanged"),
    pytest.param("MISSED_OWN_ROW", sold(1_200, 52_340), id="its own row left out"),
    pytest.param("DOUBLE_APPLIED_ROW", sold(1_200, 49_940), id="its own row twice"),
]


@pytest.mark.parametrize(("kind", "slip"), SLIPS)
def test_a_slip_that_nothing_was_filed_after_is_the_balance_and_in_doubt(kind, slip, told):
    wrong = filing(slip, on="2024-03-05")
    ledger = told(BEGUN, wrong)

    total = str(slip.fields["shares_after"])

    assert kinds(reconcile_filings([BEGUN, wrong])) == [kind]
    assert doubted(ledger) == [(total, True)]
    assert doubted(ledger, as_of="2024-03-04") == [("52340", False)]


@pytest.mark.parametrize(("kind", "slip"), SLIPS)
def test_a_balance_that_goes_on_from_a_slip_is_in_doubt_with_it(kind, slip, told):
    after = slip.fields["shares_after"] - 140
    filings = (BEGUN, filing(slip, on="2024-03-05"), filing(sold(140, after), on="2024-06-04"))
    ledger = told(*filings)

    found = the(reconcile_filings(filings), kind)

    assert doubted(ledger) == [(str(after), True)]
    assert "in doubt from here on" in balance(ledger, found)


@pytest.mark.parametrize(("kind", "slip"), SLIPS)
def test_a_later_total_that_goes_back_behind_a_slip_ends_the_doubt(kind, slip, told):
    filings = (BEGUN, filing(slip, on="2024-03-05"), filing(sold(140, 51_000), on="2024-06-04"))
    ledger = told(*filings)

    found = the(reconcile_filings(filings), kind)

    assert doubted(ledger) == [("51000", False)]
    assert "no balance rests on it" in balance(ledger, found)


def balance(ledger, finding):
    (line,) = (ln for ln in explain(ledger, finding.id).lines if ln.label == "Balance")
    return line.text


def test_a_right_total_beside_a_wrong_amount_is_in_no_doubt(told):
    wrong = filing(sold(1_920, 51_050), on="2024-03-05")
    later = filing(sold(50, 51_000), on="2024-06-04")

    found = the(reconcile_filings([BEGUN, wrong, later]), "TRANSPOSED_DIGITS")

    assert "1,290" in found.message
    assert doubted(told(BEGUN, wrong, later)) == [("51000", False)]


@pytest.mark.parametrize(
    "fair",
    [
        sold(1_200, 51_140),
        bought(1_200, 54_040, notes=plan_purchase(500, "2024-02")),
        sold(1_000, 103_680, notes=split("2:1", "2024-02-20")),
    ],
    ids=["follows", "a note closes it", "a split"],
)
def test_a_total_that_follows_or_is_explained_is_in_no_doubt(fair, told):
    (shown,) = doubted(told(BEGUN, filing(fair, on="2024-03-05")))

    assert shown == (str(fair.fields["shares_after"]), False)
