"""No rule is dead: each fires on something that the project, or what lies beside it, has."""

import pytest

from projections.questions.reconcile import reconcile_filings
from tests.firing import beside, fired, own, places
from tests.projections.rare import RARE


@pytest.mark.parametrize("habit", RARE)
def test_a_rare_habit_is_told_for_what_it_is(habit):
    found = [f.kind for f in reconcile_filings(RARE[habit].filings).findings]

    assert (RARE[habit].finds in found) if RARE[habit].finds else found == []


def test_every_rule_fires():
    silent = set(places().values()) - fired(own(300))
    for _, filings in beside() if silent else ():
        silent -= fired(filings)

    assert sorted(map(str, silent)) == []
