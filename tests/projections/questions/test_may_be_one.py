"""Two holdings that may be one are not added up as if both were there."""

from decimal import Decimal
from pathlib import Path

from projections.questions.class_sums import class_sums
from projections.questions.holdings import held
from projections.questions.reconcile import judged_filings
from projections.questions.subject import day_of
from tests.stories.telling import stories

TOLD = """
# a fund of the spouse's, under another name from the second form on
3 2015-03-02
 Common Stock | = 1,000
 Common Stock, By Spouse's fund | = 500
4 2016-03-02
 Common Stock | P +100 @20 = 1,100
 Common Stock, By Oldacre Fund LP | = 500

# two funds, which stand side by side
3 2015-03-02
 Common Stock | = 1,000
 Common Stock, By Spouse's fund | = 500
 Common Stock, By Oldacre Fund LP | = 500
4 2016-03-02
 Common Stock | P +100 @20 = 1,100
"""


def sums(number: int, tmp_path: Path) -> tuple[Decimal | None, Decimal, Decimal | None]:
    path = tmp_path / "told.txt"
    path.write_text(TOLD)
    story = list(stories(path))[number]
    (judged,) = judged_filings(story.filings)
    (found,) = class_sums(held(judged, day_of("2016-04-01"), None))
    return found.shares, found.shares_low, found.shares_high


def test_what_may_be_one_holding_is_there_once_at_least_and_twice_at_most(tmp_path):
    assert sums(0, tmp_path) == (None, 1_600, 2_100)


def test_what_stands_side_by_side_is_there_twice(tmp_path):
    assert sums(1, tmp_path) == (2_100, 2_100, 2_100)
