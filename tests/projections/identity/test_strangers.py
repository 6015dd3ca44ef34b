"""Which names of vehicles can be one holder's, and which cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.identity.strangers import strangers
from projections.identity.vehicles import vehicle_key

NAMES = st.lists(
    st.sampled_from(
        "trust family llc lp spouse son daughter fund ii iii oak moss lane 401k".split()
    ),
    max_size=4,
).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By Larkin Trust", "By Ferrier LLC"),
        ("By Spouse", "By Ridgeway Partners LP"),
        ("By Spouse", "By Trust"),
        ("By Son", "By Daughter"),
        ("By Wife", "By Children"),
        ("By Pryce Family Trust", "By Oakhurst Trust"),
        ("By Anna Pryce Trust", "By Ben Pryce Trust"),
        ("By Harbor Fund II, L.P.", "By Harbor Fund III, L.P."),
        ("By Pryce 2011 Trust", "By Pryce 2014 Trust"),
        ("By 401(k) Plan", "By Ridgeway Partners LP"),
        ("By 401(k) Plan", "By GRAT"),
        ("By Savings Plan", "By Pryce Family Trust"),
    ],
)
def test_other_kinds_other_people_and_other_names_are_strangers(one, other):
    assert strangers(vehicle_key(one), vehicle_key(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By Trust", "By Revocable Trust"),
        ("By Trust", "By Edmund Pryce Living Trust"),
        ("By Pryce Trust", "By Edmund Pryce 2011 Trust"),
        ("By E. Pryce Trust", "By Edmund Pryce Trust"),
        ("By Harbor Lane Growth LLC", "By HL Growth LLC"),
        ("By Oakhurst Trust", "By Oakhrust Trust"),
        ("By Wife", "By Spouse"),
        ("By Daughter", "By Children"),
        ("By Family LLC", "By Family Limited Partnership"),
        ("By 401(k)", "By Savings Plan"),
        ("By 401(k) Plan", "By Trust"),
        ("By IRA", "By Roth IRA"),
        ("See footnote 1", "By Trust"),
    ],
)
def test_a_name_said_more_fully_or_shorter_or_misspelt_is_no_stranger(one, other):
    assert not strangers(vehicle_key(one), vehicle_key(other))


@given(NAMES, NAMES)
def test_it_never_matters_which_name_came_first(one, other):
    assert strangers(one, other) == strangers(other, one)
    assert not strangers(one, one)
