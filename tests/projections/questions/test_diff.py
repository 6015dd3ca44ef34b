"""What changed between two moments of knowledge, and which filings changed it."""

from datetime import date

from projections import diff
from tests.projections.building import JANE, JOHN, bought, filing, held, opening, sold, split

FIRST = opening(1_000)


FROM_THEN_TO_NOW = {"known_from": "2024-02-15", "known_to": "2024-12-31"}
MARCH, MAY = f"{JANE.cik}-24-030301", f"{JANE.cik}-24-050301"


def causes(ledger, **asked):
    """By what a holding became, the filings that made it so."""
    changes = diff(ledger, **FROM_THEN_TO_NOW | asked).changes
    return {c.after: c.because for c in changes if c.what == "holding"}


def test_every_filing_of_the_period_that_moved_a_holding_is_named_in_order(told):
    ledger = told(
        FIRST,
        filing(sold(100, 900), on="2024-03-01"),
        filing(sold(200, 700), on="2024-05-01"),
    )

    assert causes(ledger) == {"700": (MARCH, MAY)}


def test_a_filing_that_only_repeats_the_total_did_not_change_it(told):
    ledger = told(
        FIRST, filing(sold(100, 900), on="2024-03-01"), filing(held(900), on="2024-05-01")
    )

    assert causes(ledger) == {"900": (MARCH,)}


def test_what_others_file_at_the_issuer_changes_nothing_of_a_persons_holding(told):
    ledger = told(
        FIRST,
        opening(50, by=JOHN),
        filing(bought(5, 55), on="2024-02-20", by=JOHN),
        filing(sold(100, 900), on="2024-03-01"),
        filing(bought(5, 60), on="2024-05-01", by=JOHN),
    )

    assert causes(ledger) == {
        "60": (f"{JOHN.cik}-24-022201", f"{JOHN.cik}-24-050301"),
        "900": (MARCH,),
    }
    assert causes(ledger, person="DOE JANE") == {"900": (MARCH,)}


def test_a_holding_that_was_taken_back_names_the_amendment_that_did_so(told):
    ledger = told(
        FIRST,
        filing(sold(100, 900), on="2024-02-01"),
        filing(bought(5, 55), on="2024-02-28", by=JOHN),
        filing(
            on="2024-02-01",
            filed="2024-03-05",
            form="4/A",
            original_on=date(2024, 2, 3),
            remarks="The Form 4 filed on February 3, 2024 was filed in error and is withdrawn.",
        ),
    )

    assert causes(ledger, person="DOE JANE") == {"1000": (f"{JANE.cik}-24-030501",)}


def test_what_anothers_filing_settles_for_a_person_names_that_filing(told):
    ledger = told(
        FIRST,
        opening(50, by=JOHN),
        filing(sold(10, 1_990), on="2024-02-02"),
        filing(bought(5, 105, notes=split("2-for-1", "2024-01-20")), on="2024-02-20", by=JOHN),
        filing(bought(5, 110), on="2024-05-01", by=JOHN),
    )

    changes = diff(ledger, person="DOE JANE", **FROM_THEN_TO_NOW).changes

    assert changes
    assert {c.because for c in changes} == {(f"{JOHN.cik}-24-022201",)}


def test_a_finding_names_the_filing_of_another_with_which_it_appeared(told):
    joint = filing(sold(100, 900), on="2024-03-01", by=(JANE, JOHN))
    ledger = told(FIRST, joint, filing(bought(7, 3_113), on="2024-05-01", by=(JOHN, JANE)))

    changes = diff(ledger, person="DOE JANE", **FROM_THEN_TO_NOW).changes

    broken = [c.because for c in changes if "BALANCE" in (c.after or "")]
    assert broken
    assert all(because == (f"{JOHN.cik}-24-050301",) for because in broken)


def test_nothing_is_named_where_no_filing_became_known(told):
    ledger = told(FIRST, filing(sold(100, 900), on="2024-02-01"))

    assert diff(ledger, **FROM_THEN_TO_NOW).changes == ()


def test_a_vehicle_and_a_class_in_other_letters_are_the_same_holding(told):
    trust, again = "By Family Trust", "BY THE FAMILY TRUST"
    ledger = told(
        FIRST,
        filing(held(500, how=trust), sold(100, 900), on="2024-02-01"),
        filing(
            sold(50, 450, how=again, title="COMMON STOCK"),
            sold(100, 800, title="Common Stock, par value $0.01"),
            on="2024-03-01",
        ),
    )

    changes = diff(ledger, **FROM_THEN_TO_NOW).changes
    told_of = [(c.change, c.before, c.after) for c in changes if c.what == "holding"]
    assert sorted(told_of) == [("changed", "500", "450"), ("changed", "900", "800")]
