"""An issuer with very many insiders: what each of them costs does not grow with their number."""

import cProfile
import pstats
from datetime import date

from ledger.filing import Signature
from projections.questions.reconcile import judged_filings
from tests.projections.building import bought, filing, held, person

SIGNED = ("/s/ {given} {family}", "/s/ {given} Q. {family}", "Pat Clerk, attorney for {family}")


def crowd(people):
    """So many insiders, of whom many share a name; each has a first form and two trades."""
    for number in range(people):
        family, given = f"Doe{number % 40}", f"Given{number}"
        by = person(number, f"{family} {given} Quincy")
        name = SIGNED[number % 3].format(family=family, given=given)
        said = {"by": by, "signatures": [Signature(name=name, signed_on=date(2024, 1, 4))]}
        own = 1_000 + 7 * number
        yield filing(held(own), on="2024-01-02", form="3", **said)
        for more, on in ((5, "2024-03-01"), (9, "2024-06-03")):
            own += more + number
            yield filing(bought(more + number, own), on=on, **said)


def calls(people):
    """How many calls judging them takes."""
    filings = list(crowd(people))
    profile = cProfile.Profile()
    with profile:
        list(judged_filings(filings))
    return pstats.Stats(profile).total_calls


def test_three_times_as_many_insiders_take_three_times_as_long():
    calls(2)

    assert calls(300) < 3.3 * calls(100)
