"""Vehicles that leave the record: unknown from then on, and the holding says why."""

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import Note, bought, filing, held, note, opening, the

LISTED = opening(
    5_000, held(2_000, how="By Son"), held(900, how="By Family Trust"), held(300, how="By Spouse")
)


def no_longer(text, shares=None, **stated):
    """A note that something is not reported any more."""
    return note(text, "reporting-withdrawal", shares, direction="disposed", **stated)


def by(ledger, nature, **asked):
    return next(h for h in holdings(ledger, **asked).holdings if h.nature == nature)


@pytest.mark.parametrize(
    ("said", "nature"),
    [
        (no_longer("Shares held by the family trust will no longer be reported."), "By Family Trust"),
        (no_longer("His son no longer shares his household.", counterpart="son"), "By Son"),
        (no_longer("2,000 shares are no longer required to be reported.", 2_000), "By Son"),
        (Note("Transferred to his former wife under an order of the court."), "By Spouse"),
        (Note("TRANSFERRED TO HIS FORMER\nWIFE UNDER AN ORDER OF THE COURT."), "By Spouse"),
    ],
    ids=["named", "by counterpart", "by number", "former spouse", "capitals"],
)  # fmt: skip
def test_what_a_vehicle_holds_is_unknown_once_it_is_not_reported(said, nature, told):
    form = filing(bought(100, 5_100, notes=said), on="2024-03-04")

    ledger = told(LISTED, form)
    now = by(ledger, nature)

    assert (now.shares, now.basis, now.coverage) == (None, "no longer reported", "ended")
    assert now.findings == (the(reconcile_filings([LISTED, form]), "REPORTING_SCOPE_CHANGE").id,)
    assert by(ledger, nature, as_of="2024-02-01").basis == "reported"
    others = {h.nature for h in holdings(ledger).holdings if h.basis == "reported"}
    assert others == {"", "By Son", "By Family Trust", "By Spouse"} - {nature}


def test_the_trust_is_the_one_that_the_form_lists_no_more(told):
    resigned = no_longer("He resigned as trustee.", counterpart="trust")
    ledger = told(LISTED, filing(bought(100, 5_100, notes=resigned), on="2024-03-04"))

    assert by(ledger, "By Family Trust").basis == "no longer reported"


@pytest.mark.parametrize(
    ("named", "listed"),
    [("Alder Trust", ()), ("trust", (held(40, how="By Elm Trust"),))],
    ids=["another by its name", "one that the form still lists"],
)
def test_a_note_about_another_trust_takes_none_off_the_record(named, listed, told):
    resigned = no_longer("He resigned there.", counterpart=named)
    form = filing(bought(100, 5_100, notes=resigned), *listed, on="2024-03-04")

    assert by(told(LISTED, form), "By Family Trust").basis == "reported"


def test_a_vehicle_that_is_listed_again_is_held_again(told):
    gone = no_longer("Shares held by the family trust will no longer be reported.")
    ledger = told(
        LISTED,
        filing(bought(100, 5_100, notes=gone), on="2024-03-04"),
        filing(bought(100, 5_200), held(950, how="By Family Trust"), on="2024-06-03"),
    )

    assert by(ledger, "By Family Trust").shares == 950
    assert by(ledger, "By Family Trust", as_of="2024-04-01").shares is None


def test_a_vehicle_that_a_form_merely_leaves_out_stays(told):
    ledger = told(LISTED, filing(bought(100, 5_100), on="2024-03-04"))

    assert by(ledger, "By Son").shares == 2_000


def test_a_note_that_names_no_vehicle_takes_none_off_the_record(told):
    vague = no_longer("Certain shares will no longer be reported.")
    ledger = told(LISTED, filing(bought(100, 5_100, notes=vague), on="2024-03-04"))

    assert {h.basis for h in holdings(ledger).holdings} == {"reported"}
