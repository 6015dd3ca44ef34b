"""One movement is used once, however often notes and rows tell of it."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.projections.building import bought, filing, gave, kinds, note, opening, sold, the

FIRST = opening(20_000)


def on(day, kind, shares, text, **said):
    return note(text, kind, shares, effective_from=day, effective_to=day, precision="day", **said)


def plan(shares=85, day="2024-03-29"):
    text = f"The total includes {shares} shares bought for him by the stock purchase plan."
    return on(day, "espp-purchase", shares, text, direction="acquired")


def to(whom, shares=260):
    text = f"On February 9, 2024 {shares} shares were given to his {whom}."
    said = {"direction": "disposed", "counterpart": f"his {whom}"}
    return on("2024-02-09", "gift-note", shares, text, **said)


def judged(*second, first=None, third=()):
    return reconcile_filings(
        [
            FIRST,
            first or filing(sold(500, 19_585, notes=plan()), on="2024-04-02"),
            filing(*second, on="2024-07-02"),
            *third,
        ]
    )


def test_a_plan_purchase_that_two_forms_tell_of_is_in_the_first_total_alone():
    answer = judged(sold(100, 19_570, notes=plan()))

    found = the(answer, "BALANCE_BREAK")
    assert (found.difference, found.severity) == (85, "major")
    assert "counts the 85 of its note already" in found.message


def test_a_note_carried_on_beside_a_total_that_does_not_count_it_again_is_nothing():
    assert kinds(judged(sold(100, 19_485, notes=plan()))) == []


def test_as_many_shares_bought_on_another_day_are_another_purchase():
    assert kinds(judged(sold(100, 19_570, notes=plan(day="2024-06-28")))) == []


def test_a_first_total_of_a_later_day_holds_what_its_note_says_it_does():
    first = filing(sold(500, 19_585, notes=plan()), on="2024-04-02")
    later = filing(sold(100, 19_570, notes=plan()), on="2024-07-02")

    assert "BALANCE_BREAK" in kinds(reconcile_filings([first, later]))


def test_what_the_first_form_left_out_of_its_total_may_enter_the_next():
    left_out = filing(sold(500, 19_500, notes=plan()), on="2024-04-02")

    assert kinds(judged(sold(100, 19_485, notes=plan()), first=left_out)) == []


@pytest.mark.parametrize("kind", ["gift-note", "trust-contribution", "form-change"])
def test_a_gift_by_its_own_row_is_not_given_a_second_time_by_a_note(kind):
    row = filing(gave(260, 19_740, on="2024-02-09"), on="2024-02-09")
    text = "On February 9, 2024 260 shares went to a trust for his niece."
    again = on("2024-02-09", kind, 260, text, direction="disposed")

    answer = judged(sold(100, 19_380, notes=again), first=row)

    assert "BALANCE_BREAK_EXPLAINED" not in {f.kind for f in answer.findings}
    assert "PRIOR_ROW_DOUBLED" in kinds(answer)


def test_a_sale_of_the_day_and_size_of_a_gift_is_not_that_gift():
    row = filing(sold(260, 19_740, on="2024-02-09"), on="2024-02-09")

    assert kinds(judged(sold(100, 19_380, notes=to("niece")), first=row)) == []


def test_a_purchase_of_a_month_that_a_row_tells_is_that_row():
    row = filing(bought(85, 20_085, on="2024-03-29"), on="2024-04-02")
    text = "Includes 85 shares bought under the plan in March 2024."
    month = note(
        text,
        "espp-purchase",
        85,
        effective_from="2024-03-01",
        effective_to="2024-03-31",
        precision="month",
    )

    assert len(kinds(judged(sold(100, 20_070, notes=month), first=row))) == 1


def test_two_gifts_of_one_day_and_size_to_two_people_are_two():
    first = filing(sold(500, 19_240, notes=to("niece")), on="2024-04-02")

    assert kinds(judged(sold(100, 18_880, notes=to("nephew")), first=first)) == []
    assert kinds(judged(sold(100, 18_880, notes=to("niece")), first=first)) == ["BALANCE_BREAK"]


@pytest.mark.parametrize(
    ("day", "told"), [("2024-04-05", "BALANCE_BREAK_AMBIGUOUS"), ("2024-04-01", None)]
)
def test_what_a_note_dates_after_its_form_explains_no_total_of_it_for_certain(day, told):
    first = filing(sold(500, 19_585, notes=plan(day=day)), on="2024-04-02", filed="2024-04-03")

    found = kinds(judged(sold(100, 19_485), first=first))

    assert found == ([told] if told else [])
