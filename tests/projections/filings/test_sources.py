"""One filing met in several sources is one filing, and the best of them stands."""

from datetime import UTC, datetime
from itertools import permutations

import pytest

from ledger.events import FilingReported
from ledger.readers import read
from projections import holdings, issuers, people, reconcile, stats
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import bought, filing, held, kinds, opening, shown, sold
from tests.simulator.renderings import as_html
from tests.simulator.writers import as_submission, as_xml

NAMELESS = {"accession": None, "filed_on": None}
SALE = filing(sold(1_000, 9_000), on="2024-03-01", filed="2024-03-04")


def from_page(said, **changed):
    """The filing as its rendering is read, by default without the number that no page prints."""
    reading = read(as_html(said), source="page.html").filing
    return reading.model_copy(update=changed)


def from_xml(said, accession=None):
    return read(as_xml(said), source="doc4.xml", accession=accession).filing


def accepted(said):
    """The filing as EDGAR's own submission, a day after it was signed."""
    moment = datetime(2024, 3, 5, 21, 0, tzinfo=UTC)
    whole = said.model_copy(update={"accepted_at": moment, "filed_on": moment.date()})
    return read(as_submission(whole), source="x.txt").filing


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_a_page_its_xml_and_its_submission_are_counted_once(order):
    sources = [from_page(SALE), from_xml(SALE), accepted(SALE)]

    answer = reconcile_filings([opening(), *(sources[n] for n in order)])

    assert (answer.totals.checked, answer.totals.agreed) == (1, 1)
    assert kinds(answer) == []


def test_the_xml_stands_though_the_page_was_known_a_day_before(told):
    page = from_page(SALE)

    (level,) = holdings(told(opening(), page, accepted(SALE))).holdings

    assert [ref.partition("#")[0] for ref in level.evidence] == [SALE.accession]
    early = told(opening(), page, accepted(SALE))
    (before,) = holdings(early, known_at="2024-03-04").holdings
    assert [ref.partition("#")[0] for ref in before.evidence] == [page.id]


def test_a_form_of_holdings_alone_is_counted_once_too():
    said = opening(10_000, held(300, how="By Trust"))

    answer = reconcile_filings([from_page(said), from_xml(said)])

    assert answer.totals.opening == 2


@pytest.mark.parametrize("owns", [9_001, 7_000])
def test_two_forms_of_other_figures_are_two_filings(owns):
    other = filing(sold(1_000, owns), on="2024-03-01")

    answer = reconcile_filings([opening(), from_page(SALE), from_xml(other)])

    assert answer.totals.checked == 2


def test_a_page_with_another_number_than_the_xml_is_another_filing():
    later = filing(bought(5, 9_005), on="2024-03-01")
    one = from_page(later, accession="0001000001-24-000077")
    two = from_xml(SALE, accession=SALE.accession)

    assert reconcile_filings([opening(), one, two]).totals.checked == 2


def test_a_better_source_under_one_number_is_read_again_whatever_comes_first(told):
    page = from_page(SALE, accession=SALE.accession)
    sources = [page, from_xml(SALE, SALE.accession)]
    first, other = (told(opening(), *order) for order in (sources, sources[::-1]))

    heads = [e.fact for e in first.events() if isinstance(e.fact, FilingReported)]
    assert [head.format for head in heads] == ["ownership-xml", "html", "ownership-xml"]
    assert shown(holdings(first).holdings) == shown(holdings(other).holdings)
    assert reconcile(first).totals == reconcile(other).totals


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_a_filing_met_with_its_number_and_without_is_one_filing_in_every_count(told, order):
    first = opening(10_000, held(300, how="By Trust"))
    sources = [from_xml(first), from_xml(first, first.accession), accepted(first)]

    ledger = told(*(sources[n] for n in order[:2]), from_xml(SALE), accepted(SALE))

    counted = stats(ledger)
    assert (counted.filings, counted.filings_by_form) == (2, {"3": 1, "4": 1})
    assert counted.repeated == (2 if 0 in order[:2] else 1)  # under one number it is read again
    assert (counted.totals.opening, counted.totals.agreed) == (2, 1)
    assert [one.filings for one in people(ledger).people] == [2]
    assert [one.filings for one in issuers(ledger).issuers] == [2]


def test_two_amendments_without_a_number_are_two_where_they_say_other_things(told):
    def amended(owns):
        again = filing(
            sold(1_000, owns),
            on="2024-03-01",
            filed="2024-04-02",
            form="4/A",
            original_on=SALE.filed_on,
        )
        return again.model_copy(update={"accession": f"0001000001-24-{owns:06d}"})

    one, other = amended(9_001), amended(9_002)
    ledger = told(
        opening(), accepted(SALE), from_xml(one), from_xml(one, one.accession), from_xml(other)
    )

    assert stats(ledger).filings_by_form == {"3": 1, "4": 1, "4/A": 2}
