"""What a chart shows of a history, without colour, scripts or anything from elsewhere."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from ledger.filing import Issuer
from projections import chart, history
from projections.charts.sheet import INKS
from projections.charts.steps import charts
from tests.projections.building import (
    Note,
    bought,
    filing,
    held,
    opening,
    option,
    person,
    plan_purchase,
    sold,
    split,
)

SVG = "{http://www.w3.org/2000/svg}"
UNDATED = {"period": None, "filed_on": None, "signatures": []}
GOLDEN = Path(__file__).parent / "position.svg"


@pytest.fixture
def life(told):
    """A year of Jane Doe: a purchase, a plan's purchase, a slip, and a trust of its own."""
    trust = {"how": "By Family Trust"}
    return told(
        opening(10_000, held(4_000, **trust)),
        filing(bought(500, 10_500), on="2024-03-01"),
        filing(sold(200, 10_420, notes=plan_purchase(120, "2024-05")), on="2024-06-03"),
        filing(sold(20, 10_040), on="2024-09-03", filed="2024-12-02"),
        filing(bought(100, 4_100, **trust), on="2024-10-01"),
    )


def drawn(ledger, **asked):
    """The chart of a ledger's histories, as elements."""
    return ET.fromstring(chart(history(ledger, **asked)))


def said(tree):
    """What is said where a reader points at something."""
    return [e.text for e in tree.iter(f"{SVG}title")][1:]


def marks(tree):
    """The marks of claims: their verdict, and what is said of them."""
    paths = (e for e in tree.iter(f"{SVG}path") if e.get("class", "").startswith("mark"))
    named = ((e.get("class").split()[1], e.find(f"{SVG}title").text) for e in paths)
    return [(verdict, text) for verdict, text in named if "#" in text]


def height(tree):
    """How high a drawing is."""
    return int(tree.get("viewBox").split()[3])


def words(tree):
    """Every text that is seen."""
    return [e.text for e in tree.iter(f"{SVG}text")]


def test_every_claim_has_a_mark_of_its_verdict_that_says_where_it_stands(life):
    told = marks(drawn(life))

    assert [verdict for verdict, _ in told] == [
        *("opening", "agreed", "explained", "unexplained"),
        *("opening", "agreed"),
    ]
    assert told[2][1] == "2024-06-03: 10,420, explained (0001000001-24-060501#I.1)"


def test_the_title_and_the_description_say_in_words_what_is_drawn(life):
    tree = drawn(life, known_at="2024-07-01")

    title, about = tree.find(f"{SVG}title"), tree.find(f"{SVG}desc")
    assert title.text == "DOE JANE at ACME CORP [ACME], as known on 2024-07-01"
    assert "Common Stock, direct: 2024-01-02 to 2024-06-03, at last 10,420" in about.text
    assert "1 opening, 1 agreed, 1 explained" in about.text
    assert tree.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"


def test_what_the_public_learned_late_is_hatched_and_says_until_when(life):
    assert "2024-09-03, not known before 2024-12-02" in said(drawn(life))


def test_a_movement_without_a_day_is_a_bar_over_the_days_it_may_have_been_on(life):
    assert "espp-purchase, between 2024-05-01 and 2024-05-31" in said(drawn(life))


def test_a_finding_flies_its_id(life):
    named = {f for p in history(life).positions for e in p.entries for f in e.findings}

    assert named & {text.split(" +")[0] for text in words(drawn(life))}


def test_a_split_is_marked(told):
    row = bought(100, 2_100, notes=split("2:1", "2024-02-15"))
    ledger = told(opening(1_000), filing(row, on="2024-03-01"))

    assert "split" in words(drawn(ledger))


def test_drawn_in_pieces_each_position_has_its_own_with_the_days_of_all(life):
    answer = history(life)
    pieces, whole = [ET.fromstring(one) for one in charts(answer)], drawn(life)
    ids = [e.get("id") for piece in pieces for e in piece.iter() if e.get("id")]

    assert len(pieces) == len(answer.positions) == 2
    assert [marks(piece) for piece in pieces] == [marks(whole)[:4], marks(whole)[4:]]
    assert len(ids) == len(set(ids))
    named = [[w for w in words(one) if w.startswith("2024-")] for one in (*pieces, whole)]
    assert named[0] == named[1] == named[2][: len(named[0])]
    assert ["opening" in words(piece) for piece in pieces] == [False, True]
    assert sum(map(height, pieces)) == height(whole)


def test_in_pieces_nothing_to_draw_is_said_once(told):
    (only,) = charts(history(told(opening(1_000)), known_at="2020-01-01"))

    assert "Nothing is reported" in only


def test_a_long_title_goes_on_in_further_lines_above_its_panel(told):
    how = "By the Jane and John Doe Living Trust dated October 27, 2009, as amended, for their children"
    short, long = (
        drawn(told(opening(1_000), filing(held(10, how=name), on="2024-03-01")))
        for name in ("By Trust", how)
    )
    titles = [e.text for e in long.iter(f"{SVG}text") if e.get("class") == "title"]

    assert titles[0] == "DOE JANE: Common Stock, direct"
    assert len(titles) == 3
    assert " ".join(titles[1:]) == f"DOE JANE: Common Stock, {how}"
    assert max(map(len, titles)) <= 90
    assert height(long) > height(short)


def test_the_mark_of_a_total_that_does_not_follow_lies_over_those_about_it(told):
    rows = (bought(5, 1_005), sold(5, 1_400), bought(5, 1_005), bought(5, 1_010))
    verdicts = [
        verdict for verdict, _ in marks(drawn(told(opening(1_000), filing(*rows, on="2024-03-01"))))
    ]

    assert "unexplained" in verdicts
    assert verdicts[-1] == "unexplained"


def test_an_unknown_balance_is_a_band_and_no_line(told):
    ledger = told(filing(option("A", 500, None), on="2024-03-01"), opening(None))

    assert any(text.startswith("unknown from") for text in said(drawn(ledger)))


def test_nothing_to_draw_is_said(told):
    assert "Nothing is reported" in chart(history(told(opening(1_000)), known_at="2020-01-01"))


def test_what_has_no_day_is_not_drawn_and_is_named_below(told):
    ledger = told(
        opening(1_000),
        filing(held(110, title="Class B Common Stock"), on="2024-03-01", **UNDATED),
    )
    tree = drawn(ledger)
    (line,) = [text for text in words(tree) if text.startswith("Not drawn")]

    assert line.startswith("Not drawn, as no day is known: 1 line of DOE JANE: Class B")
    assert line in tree.find(f"{SVG}desc").text
    assert "Class B" not in tree.find(f"{SVG}title").text
    assert not [text for _, text in marks(tree) if "110" in text]


def test_a_total_without_a_day_among_others_does_not_borrow_their_day(told):
    ledger = told(opening(1_000), filing(held(1_010), on="2024-03-01", **UNDATED))

    assert [text for _, text in marks(drawn(ledger)) if text.startswith("no day is known: 1,010")]


def test_the_words_of_strangers_stay_words(told):
    hostile = "<script>alert(1)</script>\u202eEVIL\u202c \x07&quot;]]>"
    issuer = Issuer(cik="0002000009", name=hostile, symbol="EVIL")
    row = held(100, how=hostile, title=hostile)
    form = filing(row, on="2024-01-02", form="3", by=person(9, hostile), issuer=issuer)

    svg = chart(history(told(form)))

    assert {e.tag.removeprefix(SVG) for e in ET.fromstring(svg).iter()} <= {
        *("svg", "title", "desc", "style", "defs", "pattern", "rect", "path", "g", "text")
    }
    assert not re.search("[\u202a-\u202e\x07]", svg)


def test_it_loads_nothing_and_runs_nothing(life):
    assert not re.search(r"href|script|@import|url\((?!#hatch)|\son\w+=", chart(history(life)))


def test_the_same_answer_is_drawn_byte_for_byte_alike(life):
    assert chart(history(life)) == GOLDEN.read_text("utf-8").rstrip("\n")


# --- colours -----------------------------------------------------------------------------


def _light(colour):
    """The relative luminance of a colour, by WCAG 2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """How much two colours differ, from 1 to 21, by WCAG 2."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_texts_and_marks_stand_out_from_the_paper(theme):
    paper = INKS["paper"][theme]

    assert contrast(INKS["text"][theme], paper) >= 7
    assert contrast(INKS["faint"][theme], paper) >= 4.5
    for verdict in ("opening", "agreed", "explained", "ambiguous", "unexplained", "line"):
        assert contrast(INKS[verdict][theme], paper) >= 3, verdict


def test_who_holds_by_a_note_alone_is_named_above_the_drawing(told):
    oak, elm = (
        held(shares, how="See footnote", notes=Note(f"Held by {name}."), cites="nature")
        for shares, name in ((4_000, "Oak Partners IV, LP"), (700, "Elm Partners V, LP"))
    )
    answer = history(told(opening(10_000, oak, elm)))

    assert {p.holder for p in answer.positions} == {
        None,
        "Oak Partners IV, LP",
        "Elm Partners V, LP",
    }
    assert "See footnote: Oak Partners IV, LP" in chart(answer)
    assert "See footnote: Elm Partners V, LP" in chart(answer)


def test_no_flag_at_the_right_edge_lies_over_the_one_before_it(told):
    days = ("2024-08-03", "2024-10-03", "2024-10-29")
    slips = [filing(sold(20, 9_000 - 777 * n), on=day) for n, day in enumerate(days)]
    drawing = ET.fromstring(chart(history(told(opening(10_000), *slips))))
    spans = []
    for one in drawing.iter(f"{SVG}text"):
        if re.fullmatch(r"[0-9a-f]{8}( \+\d+)?", one.text or ""):
            x, width = float(one.get("x")), 6.8 * len(one.text)
            left = x - width if one.get("text-anchor") == "end" else x
            spans.append((one.get("y"), left, left + width))

    assert len(spans) > 1
    for lane in {y for y, _, _ in spans}:
        own = sorted((left, right) for y, left, right in spans if y == lane)
        assert all(before[1] <= after[0] for before, after in pairwise(own))
