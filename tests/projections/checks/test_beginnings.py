"""How far back a holding goes that only a holding line told."""

from projections import holdings, reconcile
from tests.projections.building import (
    bought,
    filing,
    held,
    into_trust,
    note,
    opening,
    option,
    sold,
)

TRUST = {"how": "By Trust"}


def on(ledger, day, known_at=None):
    """What is held on a day, each holding with its number or bounds and its basis."""
    return {
        h.nature or h.security: (
            str(h.shares) if h.shares is not None else f"{h.shares_low}..{h.shares_high}",
            h.basis,
        )
        for h in holdings(ledger, as_of=day, known_at=known_at).holdings
    }


def test_what_a_holding_line_shows_was_held_before_the_form_was_signed(told):
    ledger = told(filing(sold(10, 90), held(700, **TRUST), on="2024-05-14", filed="2024-05-16"))

    assert on(ledger, "2024-05-14")["By Trust"] == ("700", "inferred")
    assert on(ledger, "2024-01-10")["By Trust"] == ("700", "inferred")
    assert on(ledger, "2024-05-16")["By Trust"] == ("700", "reported")
    assert "By Trust" not in on(ledger, "2023-05-01")


def test_nothing_is_carried_back_before_it_is_known(told):
    ledger = told(
        filing(bought(10, 100), on="2024-02-01"),
        filing(sold(10, 90), held(700, **TRUST), on="2024-05-14"),
    )

    assert "By Trust" not in on(ledger, "2024-03-01", known_at="2024-05-01")
    assert "By Trust" in on(ledger, "2024-03-01")


def test_an_initial_statement_that_left_it_out_bounds_it_and_the_line_is_told(told):
    ledger = told(
        opening(100, on="2024-01-03"),
        filing(sold(10, 90), held(700, **TRUST), on="2024-05-14"),
    )

    assert "By Trust" not in on(ledger, "2024-01-03")
    assert on(ledger, "2024-02-01")["By Trust"] == ("0..700", "inferred")
    assert on(ledger, "2024-05-20")["By Trust"] == ("700", "reported")
    assert [f.kind for f in reconcile(ledger).findings if f.row == "I.2"] == ["OPENING_INFERRED"]


def test_shares_that_a_note_moved_there_on_a_day_were_there_from_that_day_on(told):
    moved = note(
        "On March 6, 2024 the owner contributed 700 shares to a family trust.",
        "trust-contribution",
        700,
        direction="disposed",
        counterpart="a family trust",
        effective_from="2024-03-06",
        effective_to="2024-03-06",
        precision="day",
    )
    ledger = told(
        filing(bought(10, 1_000), on="2024-02-01"),
        filing(sold(10, 290, notes=moved), held(700, **TRUST), on="2024-05-14"),
    )

    assert on(ledger, "2024-03-05") == {"Common Stock": ("1000", "reported")}
    assert on(ledger, "2024-03-06")["By Trust"] == ("700", "inferred")
    assert on(ledger, "2024-03-06")["Common Stock"] == ("300", "derived")


def test_shares_that_moved_on_an_unknown_day_were_in_one_place_or_the_other(told):
    ledger = told(
        filing(bought(10, 1_000), on="2024-02-01"),
        filing(sold(10, 290, notes=into_trust(700)), held(700, **TRUST), on="2024-05-14"),
    )

    assert on(ledger, "2024-03-05") == {
        "Common Stock": ("300..1000", "derived"),
        "By Trust": ("0..700", "inferred"),
    }


def test_an_option_that_a_holding_line_shows_is_not_older_than_its_grant(told):
    listed = option(None, 500, 500, expires="2034-03-01")
    ledger = told(filing(sold(10, 90), listed, on="2024-05-14"))

    titled = "Employee Stock Option (right to buy)"
    assert on(ledger, "2024-03-01")[titled] == ("500", "inferred")
    assert titled not in on(ledger, "2024-02-28")
