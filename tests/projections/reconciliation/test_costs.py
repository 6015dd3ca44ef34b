"""The weights of the search: what each judgement is good against, and that each weight counts."""

from unittest import mock

import pytest

from projections.reconciliation import costs
from tests.projections.reconciliation.borders import STORIES
from tests.weights import PAGE, STEPS, as_it_is, listed, otherwise, shown, weights

GOOD_AGAINST = {
    "a cited amount": (-9, "BALANCE_BREAK_EXPLAINED"),
    "an amount on another line": (10, "BALANCE_BREAK_EXPLAINED"),
    "an amount the wrong way": (15, "BALANCE_BREAK_EXPLAINED"),
    "an amount that is the row's own": (0, "BALANCE_BREAK_EXPLAINED"),
    "an amount left unused": (-9, "BALANCE_BREAK_EXPLAINED"),
    "a composition": (32, "BALANCE_BREAK_EXPLAINED"),
    "an exclusion": (28, "BALANCE_BREAK_EXPLAINED"),
    "shares reported before": (32, "BALANCE_BREAK_EXPLAINED"),
    "a change of form with a note": (7, "BALANCE_BREAK_EXPLAINED"),
    "a change of form without a note": (30, "BALANCE_BREAK_EXPLAINED"),
    "a change of form in two filings": (35, "BALANCE_BREAK_EXPLAINED"),
    "a change of form in two filings long apart": (36, "BALANCE_BREAK_EXPLAINED"),
    "a vehicle that begins": (38, "BALANCE_BREAK_EXPLAINED"),
    "a vehicle that ended": (37, "BALANCE_BREAK_EXPLAINED"),
    "a total that adds a vehicle": (40, "BALANCE_BREAK_EXPLAINED"),
    "a line that adds none": (40, "BALANCE_BREAK_EXPLAINED"),
    "a number before it was amended": (17, "BALANCE_BREAK_EXPLAINED"),
    "a line under the wrong holder": (12, "DI_SWAP"),
    "a total that goes on from another holding": (24, "DI_SWAP"),
    "a total that goes on from another holding's round number": (42, "DI_SWAP"),
    "a movement told elsewhere": (27, "BALANCE_BREAK_EXPLAINED"),
    "a split with a note": (8, "BALANCE_BREAK_EXPLAINED"),
    "a split of two positions": (11, "BALANCE_BREAK_EXPLAINED"),
    "a fraction": (11, "ROUNDING"),
    "a lapse": (10, "BALANCE_BREAK_EXPLAINED"),
    "a former title": (27, "BALANCE_BREAK_EXPLAINED"),
    "a note without an amount": (30, "BALANCE_BREAK_EXPLAINED"),
    "a standing note": (50, "BALANCE_BREAK_EXPLAINED"),
    "accrual in a plan": (31, "BALANCE_BREAK_EXPLAINED"),
    "results with a note": (11, "BALANCE_BREAK_EXPLAINED"),
    "results without a note": (35, "BALANCE_BREAK_EXPLAINED"),
    "a habit": (45, "BALANCE_BREAK_EXPLAINED"),
    "a letter against its code": (5, "AD_CODE_CONTRADICTION"),
    "a row the other way": (35, "AD_CODE_CONTRADICTION"),
    "a row that stands twice": (20, "DUPLICATE_ROW"),
    "a total without its row": (36, "MISSED_OWN_ROW"),
    "a total with its row twice": (38, "DOUBLE_APPLIED_ROW"),
    "a total without the row before": (38, "PRIOR_ROW_OMITTED"),
    "an amount with the row before": (28, "PRIOR_ROW_OMITTED"),
    "a total with the row before again": (39, "PRIOR_ROW_DOUBLED"),
    "a letter of the row before": (9, "BALANCE_BREAK_EXPLAINED"),
    "two digits of a total": (30, "TRANSPOSED_DIGITS"),
    "two digits of an amount": (31, "TRANSPOSED_DIGITS"),
    "two digits of an amount, refuted": (77, "TRANSPOSED_DIGITS"),
    "a row the other way, refuted": (80, "ISOLATED_TOTAL_ERROR"),
    "a digit of a scan": (29, "SCAN_QUALITY"),
    "a digit too many": (32, "MAGNITUDE_ERROR"),
    "two digits of a total that returns": (20, "TRANSPOSED_DIGITS"),
    "a wrong sum carried on": (42, "MISSED_OWN_ROW"),
    "the lot alone": (30, "LOT_ONLY"),
    "price and shares": (20, "PRICE_SUSPECT"),
    "the other table": (12, "EXERCISE_QUANTITY_MISMATCH"),
    "depositary shares at a stated ratio": (7, "BALANCE_BREAK_EXPLAINED"),
    "depositary shares at a whole ratio": (30, "BALANCE_BREAK_EXPLAINED"),
    "twenty depositary shares": (30, "BALANCE_BREAK_EXPLAINED"),
    "nineteen depositary shares": (80, "OPENING_MISMATCH"),
    "four amounts": (-39, "BALANCE_BREAK_EXPLAINED"),
    "five amounts": (5, "OPENING_MISMATCH"),
    "the fourteenth amount": (-59, "BALANCE_BREAK_EXPLAINED"),
    "the fifteenth amount": (-59, "OPENING_MISMATCH"),
    "dividends of a fifth": (30, "BALANCE_BREAK_EXPLAINED"),
    "dividends of more than a fifth": (44, "SPLIT_UNMODELLED"),
    "a fraction without a word": (61, "BALANCE_BREAK_AMBIGUOUS"),
    "plan shares of the limit": (30, "BALANCE_BREAK_EXPLAINED"),
    "plan shares beyond the limit": (80, "OPENING_MISMATCH"),
    "accrual of a quarter": (31, "BALANCE_BREAK_EXPLAINED"),
    "accrual of more than a quarter": (80, "OPENING_MISMATCH"),
    "contributions of the law's limit": (30, "BALANCE_BREAK_EXPLAINED"),
    "contributions beyond the law's limit": (80, "OPENING_MISMATCH"),
    "a fund that falls by a tenth": (30, "BALANCE_BREAK_EXPLAINED"),
    "a fund that falls by more than a tenth": (80, "OPENING_MISMATCH"),
    "sides as far apart as they may be": (36, "BALANCE_BREAK_EXPLAINED"),
    "sides farther apart": (80, "BALANCE_BREAK"),
    "shares put apart": (8, "BALANCE_BREAK_EXPLAINED"),
    "a split alone": (44, "SPLIT_UNMODELLED"),
    "a split alone of a hundred": (44, "SPLIT_UNMODELLED"),
    "a split alone of fewer": (80, "OPENING_MISMATCH"),
}
"""By story, the least cost of a rival beside which the judgement stays, and what it is."""


@pytest.mark.parametrize("story", STORIES)
def test_a_judgement_stands_beside_rivals_from_a_certain_cost_on(story):
    cost, kinds = GOOD_AGAINST[story]
    against, alone = as_it_is(story, cost)

    assert " ".join(sorted({kind for kind, *_ in alone})) == kinds
    assert against == cost


@pytest.mark.parametrize("name", weights())
def test_a_weight_that_is_altered_by_a_step_is_noticed(name):
    told = listed(PAGE.read_text("utf-8"))
    step = STEPS.get(name, 1)
    for change in (step, -step):
        story = told[name, change]
        before = as_it_is(story, GOOD_AGAINST[story][0])
        with mock.patch.object(costs, name, weights()[name] + change):
            assert otherwise(story, before), f"{name} {change}: {story}"


def test_the_page_lists_the_weights_as_they_are():
    text = PAGE.read_text("utf-8")

    assert list(dict.fromkeys(name for name, _ in listed(text))) == list(weights())
    assert all(f"| `{name}` | {shown(value)} |" in text for name, value in weights().items())
