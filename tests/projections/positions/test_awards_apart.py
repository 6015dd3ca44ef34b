"""Derivatives of one title, strike and expiry: one award, or several whose totals stand apart."""

import pytest

from projections import holdings, reconcile
from projections.positions.entries import begins_with
from projections.questions.reconcile import judged_filings
from tests.alarms import is_alarm
from tests.projections.building import Note, filing, kinds, opening, option

UNITS = {"title": "Restricted Stock Units", "strike": None, "expires": "2031-11-30"}


def faults(answer):
    """What is found beside the stock that an exercise gave, which these forms leave out."""
    return [kind for kind in kinds(answer) if kind != "EXERCISE_COUNTERPART_MISSING"]


def held_of(ledger):
    return sorted(int(h.shares) for h in holdings(ledger).holdings)


@pytest.mark.parametrize(
    ("expires", "begins"),
    [("2032-02-22", False), ("2032-02-23", True), ("2032-03-08", True), ("2032-03-09", False)],
)
def test_a_term_ends_a_week_from_the_day_of_its_grant_at_most(expires, begins):
    grant = filing(option("A", 500, 500, expires=expires), on="2024-03-01")
    (judged,) = judged_filings([grant])
    (position,) = judged.folded.book.positions

    assert begins_with(position.entries[0].line) is begins


def test_options_first_exercisable_on_other_days_are_other_grants(told):
    ledger = told(
        filing(
            option("M", 600, 900, exercisable_on="2020-03-02"),
            option("M", 250, 0, exercisable_on="2021-03-02"),
            option("M", 900, 0, exercisable_on="2020-03-02"),
            on="2024-08-14",
        )
    )

    assert faults(reconcile(ledger)) == []
    assert held_of(ledger) == [0, 0]


@pytest.mark.parametrize("cites", ["security", "exercise_price", "expires_on"])
def test_notes_on_the_terms_tell_awards_of_one_expiry_apart(cites, told):
    first = Note("Vests in four equal parts from the spring of 2022.")
    second = Note("Vests in twelve equal parts from the autumn of 2023.")
    ledger = told(
        filing(
            option("M", 531, 3_184, notes=first, cites=cites),
            option("M", 41, 405, notes=second, cites=cites),
            on="2024-08-25",
        )
    )

    assert faults(reconcile(ledger)) == []
    assert held_of(ledger) == [405, 3_184]


def test_notes_on_how_units_left_do_not_tell_awards_apart_wherever_they_stand(told):
    founders = {"title": "Founder Units", "strike": None, "expires": None, "nature": "By Quill LLC"}
    gone = Note("Given up without payment when the merger closed.")
    turned = Note("Each unit became one share when the merger closed.")
    cites = "exercise_price price exercisable_on"
    ledger = told(
        opening(0, option(None, None, 90_000, **founders), on="2024-03-04"),
        filing(
            option("D", 31_400, 56_800, notes=gone, cites=cites, **founders),
            option("M", 58_600, 0, notes=turned, cites=cites, **founders),
            on="2024-08-25",
        ),
    )

    wrong = [f for f in reconcile(ledger).findings if is_alarm(f) and f.row == "II.1"]
    assert [f.reported for f in wrong] == [56_800]
    assert held_of(ledger) == [0, 0]


def test_an_award_met_later_beside_one_known_by_another_note_is_its_own(told):
    first, second = Note("Vests from the spring of 2022."), Note("Vests from the autumn of 2023.")
    said = {"cites": "exercisable_on"}
    ledger = told(
        filing(option("M", 531, 3_184, notes=first, **said), on="2024-02-25"),
        filing(
            option("M", 531, 2_653, notes=first, **said),
            option("M", 41, 405, notes=second, **said),
            on="2024-08-25",
        ),
    )

    assert faults(reconcile(ledger)) == []
    assert held_of(ledger) == [405, 2_653]


def test_units_of_which_no_total_runs_on_from_another_are_as_many_awards_and_it_is_said(told):
    ledger = told(
        filing(
            option("M", 216, 1_081, **UNITS),
            option("M", 285, 1_424, **UNITS),
            option("M", 78, 78, **UNITS),
            on="2024-08-20",
        )
    )

    answer = reconcile(ledger)

    assert faults(answer) == []
    assert held_of(ledger) == [78, 1_081, 1_424]
    assert [f.row for f in answer.findings if f.kind == "DERIV_POST_SCOPE"] == ["II.2", "II.3"]


def test_one_total_that_is_off_among_rows_that_run_on_is_no_award(told):
    ledger = told(
        filing(
            option("M", 100, 9_000),
            option("M", 120, 8_880),
            option("M", 95, 8_751),
            on="2024-08-20",
        )
    )

    assert faults(reconcile(ledger)) == ["BALANCE_BREAK"]
    assert held_of(ledger) == [8_751]


def test_a_class_of_stock_in_table_two_is_one_holding_whatever_its_totals_say(told):
    class_b = {"title": "Class B Common Stock", "strike": None, "expires": None}
    ledger = told(
        filing(
            option("C", 4_000, 285_000, **class_b),
            option("C", 2_000, 262_000, **class_b),
            on="2024-09-03",
        )
    )

    assert faults(reconcile(ledger)) != []
    assert held_of(ledger) == [262_000]


# --- one award whose rows give its terms in part -----------------------------------------


def test_units_earned_the_day_they_are_first_reported_are_one_award(told):
    """The grant's row has an expiry, the row of what vested none; the total runs on."""
    undated = {"title": "Restricted Stock Units", "strike": None, "expires": None}
    ledger = told(
        filing(
            option("A", 9_000, 9_000, **UNITS),
            option("M", 7_200, 1_800, notes=Note("Not applicable."), cites="expires_on", **undated),
            on="2024-12-15",
        ),
        filing(option("M", 1_800, 0, **UNITS), on="2025-01-01"),
    )

    assert faults(reconcile(ledger)) == []
    assert held_of(ledger) == [0]


def test_a_new_grant_as_large_as_the_old_one_that_vests_is_another(told):
    new, old = Note("Vests on the day of the 2025 meeting."), Note("Vested in full on 1 June.")
    undated = {"title": "Restricted Stock Units", "strike": None, "expires": None}
    ledger = told(
        filing(
            option("A", 1_000, 1_000, notes=new, cites="expires_on", **UNITS),
            option("M", 1_000, 0, notes=old, cites="expires_on", **undated),
            on="2024-06-01",
        )
    )

    assert faults(reconcile(ledger)) == []
    assert held_of(ledger) == [0, 1_000]


@pytest.mark.parametrize("first", [(3_250, 0), (25_000, 50_000)])
@pytest.mark.parametrize("second", [(3_375, 3_375), (50_000, 200_000)])
def test_awards_apart_are_no_slip_of_the_pen_by_chance(first, second, told):
    """Half of an award may vest, or amounts be so round that a digit more makes the difference."""
    ledger = told(
        filing(option("M", *first, **UNITS), option("M", *second, **UNITS), on="2024-08-05")
    )

    assert faults(reconcile(ledger)) == []
    assert held_of(ledger) == sorted([first[1], second[1]])
