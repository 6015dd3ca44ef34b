"""Drafts that first report a vehicle, with a note on what went into it."""

from datetime import date

import pytest

from tests.projections.building import bought, filing, held, note, opening, sold
from tests.projections.questions.drafting import drafted, hinted, the_draft

TRUST = {"how": "By Family Trust"}
MOVED = (
    "Represents 4,200 shares transferred on May 28, 2024 to the reporting person's family trust."
)


def into(words):
    """A note on shares that went into a vehicle on a day of May."""
    moved_on = date(2024, 5, 28)
    days = {"effective_from": moved_on, "effective_to": moved_on, "precision": "day"}
    return note(words, "trust-contribution", 4_200, direction="disposed", **days)


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        ([held(4_020, **TRUST, notes=into(MOVED))], "4,200 went into it by note 1"),
        ([sold(200, 3_820, **TRUST, notes=into(MOVED))], "it held 4,020 before this row"),
        ([held(4_200, **TRUST, notes=into(MOVED))], None),
        ([sold(200, 4_000, **TRUST, notes=into(MOVED))], None),
        # more than went in, of which the note says that it is only a part
        ([held(9_000, **TRUST, notes=into("Includes 4,200 shares put into trust."))], None),
        # two of which each may have got some
        (
            [
                held(2_000, **TRUST, notes=into(MOVED)),
                held(2_200, how="By GRAT", notes=into(MOVED)),
            ],
            None,
        ),
        # a row of a day before
        ([sold(200, 700, **TRUST, notes=into(MOVED), effective_on=date(2024, 5, 20))], None),
    ],
)
def test_a_new_trust_with_another_number_than_its_note_says_went_in_is_asked_after(
    told, rows, asked
):
    hints = hinted(the_draft(told(opening(10_000)), drafted(*rows)))

    assert (asked in hints["received"]) if asked else ("received" not in hints)


def test_a_trust_known_before_may_hold_any_number(told):
    ledger = told(opening(10_000, held(5_000, **TRUST)))

    draft = the_draft(ledger, drafted(held(9_000, **TRUST, notes=into(MOVED))))

    assert "received" not in hinted(draft)


def test_what_went_in_before_an_earlier_form_may_have_gone_since(told):
    ledger = told(opening(10_000), filing(bought(100, 10_100), on="2024-05-29"))

    draft = the_draft(ledger, drafted(held(4_020, **TRUST, notes=into(MOVED))))

    assert "received" not in hinted(draft)
