"""An amount that a total holds, or leaves out, explains no difference by its size alone."""

import pytest

from projections.questions.reconcile import reconcile_filings
from projections.reconciliation import search
from tests.projections.building import filing, kinds, note, opening, sold, the

FIRST = opening(10_000)
AFTER = filing(sold(100, 10_210), on="2024-09-02")
BACK = filing(sold(100, 9_500), on="2024-09-02")


def includes(shares, **said):
    return note(f"Includes {shares} restricted shares.", "composition", shares, **said)


def excludes(shares):
    return note(f"Excludes {shares} restricted shares.", "exclusion", shares)


def judged(*notes, before=(), after=()):
    """A total 710 too high over a note, after a form with its own note."""
    return reconcile_filings(
        [
            FIRST,
            filing(sold(200, 9_800, notes=before), on="2024-03-01"),
            filing(sold(200, 10_310, notes=notes), on="2024-06-03"),
            *after,
        ]
    )


@pytest.mark.parametrize("after", [(), (AFTER,)])
def test_a_composition_of_the_size_of_a_difference_is_one_explanation_among_others(after):
    answer = judged(includes(710), after=after)

    found = the(answer, "BALANCE_BREAK_AMBIGUOUS")
    assert (found.severity, found.explanation.confidence) == ("minor", "low")
    assert kinds(answer) == ["BALANCE_BREAK_AMBIGUOUS"]


@pytest.mark.parametrize("before", [excludes(710), includes(40)])
def test_an_earlier_note_and_the_totals_after_it_bear_it_out(before):
    answer = judged(includes(710), before=before, after=(AFTER,))

    assert kinds(answer) == []
    assert the(answer, "BALANCE_BREAK_EXPLAINED").explanation.code == "EXPL_VEST_COMPOSITION"


def test_the_same_composition_told_before_brings_nothing_now():
    answer = judged(includes(710), before=includes(710), after=(AFTER,))

    assert kinds(answer) == ["BALANCE_BREAK_AMBIGUOUS"]


def test_what_a_total_never_held_is_not_gone_because_another_number_was_left_out_before():
    filings = [
        FIRST,
        filing(sold(200, 9_800, notes=excludes(3_000)), on="2024-03-01"),
        filing(sold(200, 8_890, notes=excludes(710)), on="2024-06-03"),
        filing(sold(100, 8_790), on="2024-09-02"),
    ]

    assert kinds(reconcile_filings(filings)) == ["BALANCE_BREAK_AMBIGUOUS"]


def test_a_note_that_says_what_earlier_reports_left_out_says_that_it_came_in():
    assert kinds(judged(includes(710, direction="acquired"))) == []


def test_a_total_that_the_next_one_goes_back_from_is_wrong_whatever_it_is_made_of():
    answer = judged(includes(710), before=excludes(710), after=(BACK,))

    assert "BALANCE_BREAK_EXPLAINED" not in {f.kind for f in answer.findings}
    assert len(kinds(answer)) == 1


def test_of_explanations_that_weigh_the_same_the_first_that_is_found_is_told(monkeypatch):
    """Whatever the hash seed: they stand in no set."""
    closing = search._closing

    def echoed(*asked):
        for found in closing(*asked):
            yield found
            for number in range(9):
                again = (t._replace(text=f"{t.text}, echo {number}") for t in found.terms)
                yield found._replace(terms=tuple(again))

    alone = the(judged(includes(710)), "BALANCE_BREAK_AMBIGUOUS")
    monkeypatch.setattr(search, "_closing", echoed)

    assert the(judged(includes(710)), "BALANCE_BREAK_AMBIGUOUS").explanation.terms == (
        alone.explanation.terms
    )
