"""What was stored is compared with what was meant to the last event, however many there are."""

import pytest

from ledger.errors import IntegrityFailure
from ledger.store import seals

GOLDEN = "c716296b43f5c16bd2db5dbabaf1e395ecd1425de6ec799dba48908eb20d9468"
"""The digest of two events as it was first computed."""


def states(count):
    return [(f"2004/{number}", 1, "filing", b"{}") for number in range(count)]


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_234])
def test_what_lies_there_as_it_was_meant_is_let_pass(count):
    seals.require(states(count), iter(states(count)))


@pytest.mark.parametrize("place", [0, 499, 500, 1_233])
def test_the_event_that_is_another_is_named(place):
    found = states(1_234)
    found[place] = (*found[place][:3], b'{"price":"1"}')

    with pytest.raises(IntegrityFailure, match=f"2004/{place}: what was stored is not"):
        seals.require(states(1_234), found)


@pytest.mark.parametrize("count", [1, 500, 1_000])
def test_one_too_few_or_too_many_is_named(count):
    with pytest.raises(IntegrityFailure, match=f"2004/{count - 1}"):
        seals.require(states(count), states(count - 1))
    with pytest.raises(IntegrityFailure, match=f"2004/{count}"):
        seals.require(states(count), states(count + 1))


def test_the_digest_of_an_append_is_for_ever_the_same_and_that_of_its_keys_and_states():
    many, parts = seals.Digest(), states(1_234)
    for state in parts:
        many.add(seals.key(*state), state[3])

    assert seals.digest_of(parts) == many.hexdigest()
    assert seals.digest_of(states(2)) == GOLDEN
