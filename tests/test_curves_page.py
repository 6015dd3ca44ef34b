"""The page of sizes: its drawing shows what its table says, every row and nothing else."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

import pytest

from tests.curves_page import DRAWING, PAGE, WORKS, drawn, measured, row

TEXT = PAGE.read_text("utf-8")


def test_the_drawing_is_that_of_the_table():
    assert DRAWING.read_text("utf-8") == drawn(TEXT), "python -m tests.curves_page draws it anew"


def test_a_row_is_read_back_as_it_was_measured():
    costs = [(1234.56, 539.4), (3.25, 42), (0.04, 1041.6), (99.5, 7), (10, 8)]

    read = measured(row(3_042_347, 900_000, costs))

    assert [(m.seconds, m.memory) for (m,) in read.values()] == [
        (Decimal(1235), Decimal(539)),
        (Decimal("3.2"), Decimal(42)),
        (Decimal("0.0"), Decimal(1042)),
        (Decimal(100), Decimal(7)),
        (Decimal(10), Decimal(8)),
    ]
    assert {m.lines for (m,) in read.values()} == {Decimal(3_042_347)}


def test_a_mark_stands_for_every_figure():
    drawing = drawn(TEXT)
    sizes = len(measured(TEXT)["replay"])

    assert sizes >= 4
    for work in WORKS:
        assert len(re.findall(f"<title>{work}, ", drawing)) == 2 * sizes


def test_ten_times_the_lines_are_as_far_apart_whatever_the_size():
    rows = [row(n, n, [(n / 10_000, 100)] * 5) for n in (10_000, 100_000, 1_000_000)]

    curve = re.search(r'd="(M[^"]+)" class="edge opening"', drawn("\n".join(rows)))
    places = [tuple(map(Decimal, p.split())) for p in re.split("[ML]", curve[1])[1:]]
    steps = {(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in itertools.pairwise(places)}

    assert len(steps) == 1


@pytest.mark.parametrize("cell", ["3.5 s", "3.5 s, about 99 MiB"])
def test_a_row_that_lacks_a_figure_is_no_row_to_draw(cell):
    whole = row(10_000, 3_000, [(1, 50)] * 5)

    with pytest.raises(ValueError, match="argument"):
        measured(whole.replace("1.0 s, 50 MiB", cell, 1))
