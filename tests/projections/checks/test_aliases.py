"""One person under two numbers: suspected where name and balance both go on."""

import pytest

from ledger.filing import Owner
from projections import holdings
from projections.checks.aliases import alike
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import bought, filing, kinds, opening, person, the

ANN = person(41, "PEREGRINE ANN L")
MARRIED = person(41, "PEREGRINE-HOLT ANN L")
LOUISE = person(42, "PEREGRINE ANN LOUISE")
OTHER = person(43, "PEREGRINE BETH")


def under(owner, shares, owns, on, part=1):
    return filing(bought(shares, owns), on=on, by=owner, part=part)


def test_a_balance_carried_on_under_a_like_name_is_one_suspicion_that_both_holdings_cite(told):
    filings = (opening(1_400, by=ANN), under(LOUISE, 100, 1_500, "2024-03-01"))

    found = the(reconcile_filings(filings), "OWNER_ALIAS_SUSPECTED")

    assert ANN.cik in found.message
    for held in holdings(told(*filings)).holdings:
        assert found.id in held.findings
    assert [str(h.shares) for h in holdings(told(*filings)).holdings] == ["1400", "1500"]


def test_what_the_other_number_reports_explains_what_a_later_total_has_more():
    answer = reconcile_filings(
        [
            opening(1_400, by=ANN),
            under(MARRIED, 50, 1_450, "2024-02-01"),
            under(LOUISE, 100, 1_550, "2025-03-03"),
            under(MARRIED, 10, 1_560, "2026-04-01"),
        ]
    )

    assert kinds(answer) == ["OWNER_ALIAS_SUSPECTED"]
    assert the(answer, "BALANCE_BREAK_EXPLAINED").difference == 100


@pytest.mark.parametrize(
    ("owner", "owns"), [(OTHER, 1_500), (LOUISE, 1_640)], ids=["another name", "another balance"]
)
def test_either_alone_is_no_suspicion(owner, owns):
    answer = reconcile_filings([opening(1_400, by=ANN), under(owner, 100, owns, "2024-03-01")])

    assert kinds(answer) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PEREGRINE ANN L", "Peregrine Ann"),
        ("PEREGRINE A", "PEREGRINE ANN LOUISE"),
        ("Peregrine, Ann L.", "PEREGRINE ANN"),
    ],
)
def test_names_that_can_be_one_persons(one, other):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PEREGRINE ANN L", "PEREGRINE ANN M"),
        ("PEREGRINE JOHN", "PEREGRINE JOHN JR"),
        ("PEREGRINE ANN", "PELHAM ANN"),
        ("OAK GROVE FUND II", "OAK GROVE FUND III"),
        ("OAK GROVE FUND", "OAK HILL FUND"),
        ("PEREGRINE", "PEREGRINE ANN"),
    ],
)
def test_names_that_cannot(one, other):
    assert not alike(one, other)


def test_an_owner_without_a_number_and_a_name_is_no_reason_to_stop():
    nameless = Owner(cik=None, name=None, director=True)
    forms = [
        opening(1_400, by=ANN),
        filing(bought(100, 1_500), on="2024-03-01", by=OTHER, owners=(nameless,)),
    ]

    assert "OWNER_ALIAS_SUSPECTED" not in kinds(reconcile_filings(forms))
