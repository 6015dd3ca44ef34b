"""Shares that a note says left a plan, or came from it, and those that were gained there."""

import pytest

from tests.ledger.footnotes.notes import kinds, only


@pytest.mark.parametrize(
    "note",
    [
        "Reflects a distribution of 412.6 shares from the 401(k) Plan on June 5, 2023.",
        "Reflects the withdrawal of 412.6 shares out of the reporting person's savings plan.",
        "Total reflects an in-kind distribution of 412.6 common shares from the ESOP.",
        "She withdrew 412.6 shares from the 401(k) plan on June 5, 2023.",
        "412.6 shares were paid out of the deferred compensation plan on June 5, 2023.",
    ],
)
def test_what_was_paid_out_of_a_plan_is_not_held_there(note):
    said = only(note)

    assert (said.kind, said.direction, str(said.shares)) == ("distribution", "disposed", "412.6")


@pytest.mark.parametrize(
    "note",
    [
        "Includes 412.6 shares received in a distribution from the 401(k) Plan.",
        "412.6 shares received as a distribution from the 401(k) Plan.",
        "Includes 412.6 shares received by way of a distribution from the savings plan.",
        "Includes 412.6 shares received upon distribution from the deferred compensation plan.",
        "On June 5, 2023 she received a distribution of 412.6 shares from the savings plan.",
    ],
)
def test_what_came_out_of_a_plan_to_the_owner_was_acquired(note):
    said = only(note)

    assert (said.kind, said.direction) == ("distribution", "acquired")


@pytest.mark.parametrize(
    "note",
    [
        "Includes 412.6 shares acquired with dividends paid on shares held in the 401(k) plan.",
        "Includes 412.6 shares acquired under the 401(k) plan with dividends from the fund.",
        "Reflects 412.6 shares credited to the savings plan from dividends.",
    ],
)
def test_what_dividends_brought_into_a_plan_is_a_plans(note):
    assert only(note).kind == "plan-units"


@pytest.mark.parametrize(
    "note",
    [
        "A withdrawal of 40 shares from the plan is permitted each year.",
        "Withdrawals of up to 40 shares from the 401(k) plan are allowed annually.",
        "She is permitted to withdraw 40 shares from the 401(k) plan each year.",
        "A distribution of 40 shares from the trust is made each year.",
        "A yearly distribution of 40 shares from the trust is provided for by its terms.",
    ],
)
def test_what_a_plan_or_a_trust_permits_is_no_payout(note):
    assert kinds(note) == []
