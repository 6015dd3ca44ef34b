"""Who is in the ledger, and who was probably meant where a name was mistyped."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from ledger.errors import UnknownReference
from ledger.filing import Issuer
from projections import holdings, issuers, people, reconcile, review
from projections.questions.nearest import nearest
from tests.projections.building import (
    JANE,
    JOHN,
    bought,
    filing,
    held,
    opening,
    person,
    sold,
)

ELM = Issuer(cik="0002000077", name="ELM CORP", symbol="ELM")


@pytest.fixture
def ledger(told):
    """Jane at two companies with a slip at one, John at one, and somebody without a CIK."""
    nameless = JOHN.model_copy(update={"cik": None, "name": "Poe Edgar"})
    return told(
        opening(1_000),
        filing(sold(100, 950), on="2024-03-01"),
        opening(500, issuer=ELM, part=2, on="2024-02-01"),
        filing(bought(10, 10), held(20, how="By Trust"), on="2024-05-01", by=(JOHN, JANE)),
        filing(held(7), on="2024-01-09", by=nameless, accession="0001000777-24-000001"),
    )


def test_everybody_is_there_with_filings_positions_and_findings(ledger):
    told = {one.person["name"]: one for one in people(ledger).people}
    grave = [f for f in reconcile(ledger).findings if f.severity in ("minor", "major", "critical")]

    assert [*told] == ["DOE JANE", "Poe Edgar", "ROE JOHN"]
    jane = told["DOE JANE"]
    assert [issuer["symbol"] for issuer in jane.issuers] == ["ACME", "ELM"]
    assert (jane.filings, jane.last_filing_on) == (4, date(2024, 5, 3))
    assert (told["ROE JOHN"].filings, told["ROE JOHN"].positions) == (1, 2)
    assert told["Poe Edgar"].person["cik"] is None
    assert jane.critical + jane.major + jane.minor == len(grave) > 0


def test_every_company_is_there_with_people_and_how_its_totals_fare(ledger):
    acme, elm = issuers(ledger).issuers
    totals = reconcile(ledger, issuer="ACME").totals

    assert (acme.issuer["symbol"], acme.people, acme.filings) == ("ACME", 3, 4)
    assert (acme.checked, acme.unexplained, acme.opening) == (
        totals.checked,
        totals.unexplained,
        totals.opening,
    )
    assert (elm.people, elm.last_filing_on, elm.findings) == (1, date(2024, 2, 3), 0)


DESK = {"LATE_FILING": "minor", "BALANCE_BREAK": "critical", "OPENING_INFERRED": "major"}


@pytest.mark.parametrize("ranked", [{}, DESK, {"LATE_FILING": "info"}])
def test_findings_are_counted_as_grave_as_reconcile_tells_them_to_who_asks(ledger, ranked):
    first = reconcile(ledger).findings[0]
    review(ledger, first.id, accept=True, by="Ann")
    companies = [
        (one, {"issuer": one.issuer["cik"]}) for one in issuers(ledger, severities=ranked).issuers
    ]
    everybody = [
        (one, {"person": one.person["cik"] or one.person["name"]})
        for one in people(ledger, severities=ranked).people
    ]

    for one, whom in (*companies, *everybody):
        told = Counter(f.severity for f in reconcile(ledger, severities=ranked, **whom).findings)
        assert one.findings == told.total(), whom
        assert (one.critical, one.major, one.minor) == (
            told["critical"],
            told["major"],
            told["minor"],
        ), whom
    assert any(one.findings for one, _ in everybody)


def test_a_late_filing_is_as_grave_in_every_count_as_where_it_is_told(told):
    prompt = filing(sold(70, 930), on="2024-03-01")
    late = filing(sold(70, 860), on="2024-05-01", filed="2024-06-12")
    ledger = told(opening(1_000), prompt, late)
    (found,) = reconcile(ledger, kinds=["LATE_FILING"]).findings
    ranked = {"LATE_FILING": "critical"}

    assert (found.filing, found.severity) == (late.id, "minor")
    for (one,) in (people(ledger).people, issuers(ledger).issuers):
        assert (one.minor, one.critical) == (1, 0)
    for (one,) in (
        people(ledger, severities=ranked).people,
        issuers(ledger, severities=ranked).issuers,
    ):
        assert (one.minor, one.critical) == (0, 1)


def test_what_is_put_to_rest_counts_no_more_however_grave_it_is_to_who_asks(told):
    late = filing(sold(70, 930), on="2024-03-01", filed="2024-04-12")
    ledger = told(opening(1_000), late)
    (found,) = reconcile(ledger, kinds=["LATE_FILING"]).findings
    review(ledger, found.id, accept=True, by="Ann", at=datetime(2026, 1, 5, 17, tzinfo=UTC))

    for ranked in ({}, {"LATE_FILING": "critical"}):
        (one,) = people(ledger, severities=ranked).people
        (at,) = issuers(ledger, severities=ranked).issuers
        assert (one.minor, one.critical, at.minor, at.critical) == (0, 0, 0, 0)


def test_a_person_is_told_at_one_company_and_a_company_by_one_person(ledger):
    (jane,) = people(ledger, person="DOE JANE", issuer="ELM").people
    (acme,) = issuers(ledger, person="ROE JOHN").issuers

    assert (jane.filings, jane.findings) == (1, 0)
    assert acme.issuer["symbol"] == "ACME"
    assert [one.person["name"] for one in people(ledger, issuer="ELM").people] == ["DOE JANE"]


def test_as_tables_they_have_a_row_for_each(ledger):
    assert [row.person_name for row in people(ledger)] == ["DOE JANE", "Poe Edgar", "ROE JOHN"]
    assert [row.issuer_symbol for row in issuers(ledger)] == ["ACME", "ELM"]


def test_a_page_of_them_tells_of_each_what_the_whole_list_does(ledger):
    for ask, told in ((people, people(ledger).people), (issuers, issuers(ledger).issuers)):
        pages = [ask(ledger, count=1, after=after) for after in range(len(told))]

        assert [next(iter(getattr(page, ask.__name__))) for page in pages] == [*told]
        assert getattr(ask(ledger, count=1, after=99), ask.__name__) == ()


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Hofman Reed", "HOFFMANN REED A"),
        ("reed hoffmannn", "HOFFMANN REED A"),
        ("Hofmfann", "HOFFMANN REED A"),
        ("hoffmannreed", "HOFFMANN REED A"),
        ("MacAllister", "MCALLISTER JO"),
    ],
)
def test_of_a_mistyped_name_the_nearest_is_offered_first(told, asked, meant):
    names = ("HOFFMANN REED A", "HUFFNAGEL ROD", "MCALLISTER JO", "REEDER HOMER")
    ledger = told(
        *(filing(held(n), on="2024-01-02", by=person(n, one)) for n, one in enumerate(names, 20))
    )

    with pytest.raises(UnknownReference) as told_so:
        holdings(ledger, person=asked)
    assert f"the nearest here: 00010000{20 + names.index(meant)} {meant}" in str(told_so.value)


@pytest.mark.parametrize("asked", ["Acmee", "amce", "acmme corp"])
def test_of_a_mistyped_company_the_nearest_is_offered(told, asked):
    ledger = told(opening(10), opening(5, issuer=ELM, part=2))

    with pytest.raises(UnknownReference) as told_so:
        holdings(ledger, issuer=asked)
    assert "ACME" in str(told_so.value)
    assert "ELM" not in str(told_so.value)


def test_what_is_like_nobody_is_told_how_to_list_everybody(ledger):
    with pytest.raises(UnknownReference) as told_so:
        holdings(ledger, person="Zbigniew Quux")

    assert "nearest" not in str(told_so.value)
    assert str(told_so.value).endswith("(nor to a name like it; `ledger people` lists all)")


def test_a_short_word_is_taken_for_no_other():
    assert nearest(["fig"], {1: ["fog"], 2: ["fig tree"]}) == [2]
    assert nearest([""], {1: ["oak"]}) == []
