"""A chart of stakes shows who holds how much: ranges as ranges, doubt as doubt, unknown as unknown."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from projections import chart_of_stakes, stakes
from projections.charts.stakes import charts_of_stakes
from tests.projections.building import (
    JOHN,
    bought,
    filing,
    gave,
    held,
    into_trust,
    opening,
    person,
    plan_purchase,
    sold,
)
from tests.projections.charts.test_steps import SVG, words

GOLDEN = Path(__file__).parent / "stakes.svg"


@pytest.fixture
def insiders(told):
    """Jane, who gave to a trust that no line shows, and John, whose total has a slip."""
    return told(
        opening(10_000, held(4_000, how="By Family Trust")),
        filing(sold(200, 10_420, notes=plan_purchase(620, "2024-05")), on="2024-06-03"),
        filing(gave(250, 10_170, notes=into_trust(250, "an annuity trust")), on="2024-08-01"),
        opening(2_000, by=JOHN),
        filing(sold(500, 1_400), on="2024-04-01", by=JOHN),
    )


def drawn(ledger, **asked):
    """The chart of a ledger's stakes, as elements."""
    return ET.fromstring(chart_of_stakes(stakes(ledger, **asked)))


def lines(tree):
    """How each line is drawn."""
    return [e.get("class") for e in tree.iter(f"{SVG}path") if "line" in e.get("class", "")][:-2]


def test_each_insider_has_a_strip_that_says_how_much_they_hold_at_last(insiders):
    told = words(drawn(insiders))

    assert told[0] == "ACME CORP [ACME], Common Stock"
    assert {"DOE JANE", "at last 14,170 to 14,420"} <= {*told}
    assert {"ROE JOHN", "at last 1,400, in doubt"} <= {*told}


def test_a_range_is_a_band_and_no_line(insiders):
    bands = [e.text for e in drawn(insiders).iter(f"{SVG}title")][1:]

    assert "2024-05-01: 14,000 to 14,620" in bands
    assert "2024-08-01: 14,170 to 14,420" in bands


def test_what_rests_on_a_total_in_doubt_is_dashed(insiders):
    assert lines(drawn(insiders, person="ROE JOHN")) == ["line", "line guess"]


def test_what_is_unknown_is_hatched_to_the_roof(told):
    tree = drawn(told(filing(bought(5, None), on="2024-03-01")))

    assert "at last unknown" in words(tree)
    assert lines(tree) == []
    assert len([e for e in tree.iter(f"{SVG}rect") if e.get("fill")]) == 2  # one is the legend's


def test_the_description_has_in_words_what_is_drawn(insiders):
    about = drawn(insiders).find(f"{SVG}desc").text

    assert "DOE JANE, Common Stock: 2024-01-02 to 2024-08-01, at last 14,170 to 14,420" in about


def test_nothing_to_draw_is_said(insiders):
    assert "nothing is reported" in chart_of_stakes(stakes(insiders, known_at="2020-01-01"))


def test_the_same_answer_is_drawn_byte_for_byte_alike(insiders):
    assert chart_of_stakes(stakes(insiders)) == GOLDEN.read_text("utf-8").rstrip("\n")


def test_many_strips_are_drawn_in_pieces_that_fit_a_printed_page(told):
    who = [person(100 + n, f"INSIDER {n:02}") for n in range(30)]
    answer = stakes(told(*(opening(1_000 + n, by=one) for n, one in enumerate(who))))

    pieces = [ET.fromstring(piece) for piece in charts_of_stakes(answer)]
    whole = ET.fromstring(chart_of_stakes(answer))

    sizes = [tuple(map(float, piece.get("viewBox").split()[2:])) for piece in pieces]
    assert len(pieces) > 1
    assert all(height <= 1.2 * width for width, height in sizes)
    named = [
        text.text for piece in pieces for text in piece.iter() if text.text in {w.name for w in who}
    ]
    assert sorted(named) == sorted(one.name for one in who)
    ids = [one.get("id") for piece in pieces for one in piece.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    days = [
        {t.text for t in drawing.iter() if t.text and t.text[:2] == "20"}
        for drawing in (*pieces, whole)
    ]
    assert all(one == days[0] for one in days)


def test_what_fits_one_page_is_one_piece_and_the_whole(insiders):
    assert charts_of_stakes(stakes(insiders)) == [chart_of_stakes(stakes(insiders))]
