"""Lines under a wrong form of ownership that give up just what the other one held."""

from projections import holdings, reconcile
from tests.projections.building import filing, kinds, opening, option, shown, the

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
