"""The same charts for a telephone: nothing lies beside the sheet, nothing over something else."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from projections import chart, chart_of_filed, chart_of_stakes, filed, history, stakes
from projections.charts.sheet import BROAD, NARROW
from tests.projections.building import (
    JOHN,
    bought,
    filing,
    gave,
    held,
    into_trust,
    opening,
    plan_purchase,
    sold,
)
from tests.projections.charts.test_steps import SVG, words

TRUST = (
    "By the Jane and John Doe Living Trust dated October 27, 2009, as amended, for their children"
)
LETTER = {"": 7.0, "title": 8.0, "small": 6.2}
"""How wide a letter is, at most on an average."""

CHARTS = {
    "history": (history, chart),
    "stakes": (stakes, chart_of_stakes),
    "filed": (filed, chart_of_filed),
}


@pytest.fixture
def life(told):
    """Eighteen years of Jane and John Doe: many shares, a long name, gifts, slips."""
    years = [
        filing(sold(20_000 + n, 300_000_000 - n * 1_000_000), on=f"{2005 + n}-03-01")
        for n in range(18)
    ]
    forms = [
        opening(300_000_000, held(4_000, how=TRUST), on="2005-01-03"),
        *years,
        filing(sold(200, 10_420, notes=plan_purchase(620, "2024-05")), on="2024-06-03"),
        filing(gave(250, 10_170, notes=into_trust(250, "an annuity trust")), on="2024-08-01"),
        filing(bought(100, 4_100, how=TRUST), on="2024-10-01"),
        opening(2_000, by=JOHN),
        filing(sold(500, 1_400), on="2024-04-01", by=JOHN),
    ]
    return told(*forms)


def drawn(ledger, called, on=NARROW):
    """A chart of all that a ledger has."""
    ask, draw = CHARTS[called]
    return ET.fromstring(draw(ask(ledger), on))


def moved(tree):
    """Every text, with how far what it stands in was moved."""
    parents = {child: parent for parent in tree.iter() for child in parent}
    for one in tree.iter(f"{SVG}text"):
        at = re.findall(r"[\d.-]+", parents[one].get("transform") or "0 0")
        yield one, float(at[0]), float(at[1])


def extents(tree):
    """Where each text is: its line, from where to where, and its words."""
    for one, right, down in moved(tree):
        letter = LETTER[next((k for k in ("title", "small") if k in one.get("class", "")), "")]
        width, x = letter * len(one.text), float(one.get("x")) + right
        left = {"end": x - width, "middle": x - width / 2}.get(one.get("text-anchor"), x)
        yield float(one.get("y")) + down, left, left + width, one.text


@pytest.mark.parametrize("called", CHARTS)
def test_every_text_stands_on_the_sheet_and_over_no_other(life, called):
    tree = drawn(life, called)
    width = float(tree.get("viewBox").split()[2])
    lines = {}
    for y, left, right, said in extents(tree):
        assert left >= 0, said
        assert right <= width + 5, said
        lines.setdefault(y, []).append((left, right, said))

    assert width == NARROW.width / 10
    for beside in lines.values():
        assert all(one[1] <= other[0] + 2 for one, other in pairwise(sorted(beside))), beside


@pytest.mark.parametrize("called", CHARTS)
def test_it_says_what_the_broad_one_says_and_may_stand_beside_it(life, called):
    narrow, broad = drawn(life, called), drawn(life, called, BROAD)
    ids = [{e.get("id") for e in tree.iter() if e.get("id")} for tree in (narrow, broad)]

    assert narrow.find(f"{SVG}title").text == broad.find(f"{SVG}title").text
    assert not ids[0] & ids[1]
    hatched = {e.get("fill") for e in narrow.iter(f"{SVG}rect")} - {None}
    assert hatched <= {f"url(#{one})" for one in ids[0]}


def test_a_bar_counts_as_many_years_as_it_needs_to_say_how_many_totals_close(life):
    labels = {
        called: [w for w in words(drawn(life, "filed", on)) if re.fullmatch(r"\d+/\d+", w)]
        for called, on in (("narrow", NARROW), ("broad", BROAD))
    }

    assert 3 <= len(labels["narrow"]) < len(labels["broad"])
    counted = [sum(int(w.partition("/")[2]) for w in some) for some in labels.values()]
    assert counted[0] == counted[1]


def test_a_title_of_two_lines_leaves_its_panel_below_it(life):
    tree = drawn(life, "filed")
    titles = [float(e.get("y")) for e in tree.iter(f"{SVG}text") if e.get("class") == "title"]
    lines = [
        float(re.match(r"M[\d.]+ ([\d.]+)L", e.get("d"))[1])
        for e in tree.iter(f"{SVG}path")
        if e.get("class") == "grid"
    ]

    assert len(titles) == 4
    assert min(lines) > titles[1]
    assert not [y for y in lines if titles[2] - 10 < y < titles[3] + 5]
