"""A person who files more forms in one day than are weighed against each other at once."""

from decimal import Decimal
from random import Random

import pytest

from projections.questions.holdings import held
from projections.questions.reconcile import judged_filings
from projections.questions.subject import day_of
from tests.alarms import is_alarm
from tests.stories.telling import stories


def sales(count: int, seed: int) -> tuple[list[str], int]:
    """Forms of one day, each of one sale, in the order of their balances; and what is left."""
    rng, left = Random(seed), 100_000
    forms = []
    for _ in range(count):
        sold = rng.randrange(3, 60) * 7
        left -= sold
        forms.append(f"4 2016-03-02\n Common Stock | S -{sold} @20 = {left}")
    return forms, left


@pytest.mark.parametrize("order", ["as they came", "the last one first", "at random"])
def test_sixty_forms_of_one_day_go_on_from_each_other_in_any_order(tmp_path, order):
    forms, left = sales(60, seed=7)
    if order == "the last one first":
        forms.reverse()
    elif order == "at random":
        Random(3).shuffle(forms)
    path = tmp_path / "told.txt"
    path.write_text("\n".join(["# sixty", "3 2015-03-02", " Common Stock | = 100,000", *forms]))
    (story,) = stories(path)

    (judged,) = judged_filings(story.filings)

    assert not [finding for finding in judged.findings if is_alarm(finding)]
    (holding,) = held(judged, day_of("2016-04-01"), None)
    assert holding.shares == Decimal(left)


def test_what_goes_round_in_a_circle_is_posted_as_it_came(tmp_path):
    forms = []
    for _ in range(30):
        forms.append("4 2016-03-02\n Common Stock | P +70 @20 = 1,070")
        forms.append("4 2016-03-02\n Common Stock | S -70 @21 = 1,000")
    path = tmp_path / "told.txt"
    path.write_text("\n".join(["# round", "3 2015-03-02", " Common Stock | = 1,000", *forms]))
    (story,) = stories(path)

    (judged,) = judged_filings(story.filings)

    (holding,) = held(judged, day_of("2016-04-01"), None)
    assert holding.shares == Decimal(1_000)
