"""A chart of filings shows what came late, what cannot be said, and how many totals close."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from projections import chart_of_filed, filed
from tests.projections.building import bought, filing, opening, plan_purchase, sold
from tests.projections.charts.test_steps import SVG, words

GOLDEN = Path(__file__).parent / "filed.svg"


@pytest.fixture
def year(told):
    """A year of Jane Doe: a filing that was late, an amendment, one of which no day is known."""
    forms = (
        opening(10_000),
        filing(bought(500, 10_500), on="2024-03-01"),
        filing(sold(200, 10_420, notes=plan_purchase(120, "2024-05")), on="2024-06-03"),
        filing(sold(20, 10_040), on="2024-09-03", filed="2024-12-02"),
        filing(bought(500, 10_500), on="2024-03-01", form="4/A", filed="2024-12-20"),
        filing(bought(7), period=None, on="2024-12-22", filed_on=None, signatures=[]),
    )
    return told(*forms)


def drawn(ledger, **asked):
    """The chart of a ledger's filings, as elements."""
    return ET.fromstring(chart_of_filed(filed(ledger, **asked)))


def said(tree):
    """What is said where a reader points at something."""
    return [e.text for e in tree.iter(f"{SVG}title")][1:]


def test_a_late_filing_has_another_mark_than_one_in_time(year):
    marks = {
        e.find(f"{SVG}title").text.partition(" (")[0]: e.get("class").split()[1]
        for e in drawn(year).iter(f"{SVG}path")
        if e.find(f"{SVG}title") is not None and "Form" in e.find(f"{SVG}title").text
    }

    assert marks["Form 4 of 2024-06-05, due 2024-06-05: in time"] == "agreed"
    assert marks["Form 4 of 2024-12-02, due 2024-09-05: late"] == "unexplained"
    assert marks["Form 4/A of 2024-12-20, no day by which it was due"] == "opening"


def test_bars_say_how_many_totals_close(year):
    tree = drawn(year)

    assert "2024-04-01 to 2024-06-30: 1 of 1 total close" in said(tree)
    assert {"1/1", "1/2"} <= {*words(tree)}


def test_what_has_no_day_is_not_drawn_and_that_is_said(year):
    told = words(drawn(year))

    assert "Not drawn, as no day is known: 1 filing" in told


def test_the_description_has_in_words_what_is_drawn(year):
    about = drawn(year).find(f"{SVG}desc").text

    assert "5 filings: 3 in time, 1 late, 1 of which that cannot be said" in about


def test_nothing_to_draw_is_said(year):
    assert "about nobody" in chart_of_filed(filed(year, known_at="2020-01-01"))


def test_the_same_answer_is_drawn_byte_for_byte_alike(year):
    assert chart_of_filed(filed(year)) == GOLDEN.read_text("utf-8").rstrip("\n")
