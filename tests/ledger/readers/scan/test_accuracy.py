"""Many filings in many layouts, each more or less damaged: exact, unknown, silently wrong."""

from collections import Counter

import pytest

from ledger.readers.scan import reader as scanned
from tests.scans.accuracy import tally
from tests.scans.agreement import fields
from tests.scans.filings import filing
from tests.scans.misreading import misread
from tests.scans.renderer import LAYOUTS, LEVELS, render

SEEDS = range(5000, 5010)

FLOOR = {"clean": 0.985, "worn": 0.975, "damaged": 0.955, "ruined": 0.885}
"""The least share of fields read exactly, in any layout; a hundred filings each gave a little more."""


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("level", ["clean", "worn"])
def test_nothing_is_silently_wrong_in_a_scan_that_lost_letters_or_moved_columns(layout, level):
    verdicts, wrong = tally(layout, level, SEEDS)

    assert [case for case in wrong if case[0] == "silent"] == []
    assert verdicts["exact"] / sum(verdicts.values()) >= FLOOR[level]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("level", ["damaged", "ruined"])
def test_a_damaged_scan_loses_fields_but_hardly_ever_without_a_word(layout, level):
    verdicts, wrong = tally(layout, level, SEEDS)
    total = sum(verdicts.values())
    silent = sum(case[0] == "silent" for case in wrong)

    assert verdicts["exact"] / total >= FLOOR[level]
    assert silent / total <= (0.003 if level == "damaged" else 0.008)


def test_a_rendering_is_the_same_for_the_same_seed():
    truth = filing(7)
    once, again = (render(truth, layout="tabs", noise=LEVELS["ruined"], seed=7) for _ in range(2))

    assert once == again
    assert once != render(truth, layout="tabs", noise=LEVELS["ruined"], seed=8)


@pytest.mark.parametrize("layout", ["spaced", "wrapped"])
def test_lone_letters_misread_as_real_programs_do_cost_no_figure_and_invent_none(layout):
    verdicts: Counter[str] = Counter()
    for seed in range(7_100, 7_120):
        truth = filing(seed)
        text = misread(render(truth, layout=layout, noise=LEVELS["clean"], seed=seed), seed=seed)
        read = scanned.read(text.encode(), source=f"misread/{seed}").filing
        for field in fields(truth, read):
            verdicts[field.verdict] += field.key

    assert verdicts["silent"] == 0
    assert verdicts["exact"] * 100 > sum(verdicts.values()) * 96
