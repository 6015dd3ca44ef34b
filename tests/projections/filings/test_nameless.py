"""Filings of a set that came without its owners: which one an amendment amends."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.filing import Signature
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import filing, kinds, sold

FILED = date(2024, 3, 3)
WORDS = "/s/ Ann Agent, attorney-in-fact for Jo Roe"


def nameless(*rows, filed=FILED, signed=WORDS, **said):
    whole = filing(*rows, on="2024-03-01", filed=filed.isoformat(), **said)
    signatures = (Signature(name=signed, signed_on=filed),)
    return whole.model_copy(
        update={"owners": (), "filed_on": filed, "signatures": signatures, "accepted_at": None}
    )


def amendment(*rows, **said):
    cited = {"form": "4/A", "original_on": FILED.isoformat(), "filed": date(2024, 3, 20)}
    return nameless(*rows, **cited | said)


ORIGINAL = nameless(sold(1_000, 9_000))
OTHER = nameless(sold(1_000, 4_000), part=2, signed="/s/ Ann Agent, attorney-in-fact for Sam Poe")
AMENDS = amendment(sold(1_100, 8_900))


def test_an_amendment_takes_the_place_of_the_filing_of_that_day_signed_in_its_words():
    answer = reconcile_filings([ORIGINAL, OTHER, AMENDS])

    (change,) = [f for f in answer.findings if f.kind == "AMENDMENT_CHANGES_HISTORY"]
    assert change.evidence == (ORIGINAL.id,)
    assert "AMENDMENT_ORPHAN" not in [f.kind for f in answer.findings]


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ([OTHER], "another signature"),
        ([ORIGINAL, nameless(sold(1_000, 7_000), part=2)], "two that are signed so"),
        ([nameless(sold(1_000, 9_000), filed=date(2024, 3, 4))], "filed on another day"),
        ([filing(sold(1_000, 9_000), on="2024-03-01")], "it names its owner"),
    ],
)
def test_otherwise_nobody_knows_what_it_amends(others, why):
    answer = reconcile_filings([*others, AMENDS])

    (orphan,) = [f for f in answer.findings if f.kind == "AMENDMENT_ORPHAN"]
    assert orphan.filing == AMENDS.id, why
    assert "names nobody" in orphan.message


def test_an_agent_who_does_not_say_for_whom_tells_of_nobody():
    agent = "/s/ Ann Agent, attorney-in-fact"
    filings = [nameless(sold(1_000, 9_000), signed=agent), amendment(sold(1, 8), signed=agent)]

    assert "AMENDMENT_ORPHAN" in [f.kind for f in reconcile_filings(filings).findings]


def test_two_filings_of_one_signature_are_two_people_s_where_neither_amends():
    filings = [ORIGINAL, nameless(sold(50, 20), filed=date(2024, 4, 2))]

    assert kinds(reconcile_filings(filings)) == []
