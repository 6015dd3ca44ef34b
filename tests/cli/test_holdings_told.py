"""What the table of holdings says of those whose form, or whose name, no line tells."""

from pathlib import Path

import msgspec
from click.testing import CliRunner

from cli.commands.holdings import _summed
from cli.main import main
from ledger import Ledger
from projections import holdings
from projections.questions.class_sums import class_sums
from tests.stories.telling import stories

TWO_DIRECT = """
# two direct holdings of one class, of which the next total goes on from one
3 2010-01-02
 Common Stock | = 20,000
 Common Stock | = 3,000
4 2010-02-01
 Common Stock | S -600 @20 = 19,400
"""
TWO_IN_THE_SAME_WORDS = """
# two lines for a child's trust, alike in words and number, of which no later form lists both
5 2019-12-31
 Common Stock | = 9,000
 Common Stock, By Child's Trust | = 634
 Common Stock, By Child's Trust | = 634
"""
WITH_A_TRUST = """
# a direct holding beside a trust's
3 2010-01-02
 Common Stock | = 20,000
 Common Stock, By Trust | = 3,000
"""


def recorded(told: str, tmp_path: Path) -> Path:
    """A ledger of one story."""
    (tmp_path / "told.txt").write_text(told)
    (story,) = stories(tmp_path / "told.txt")
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(story.filings)
    return tmp_path / "ledger.db"


def test_a_holding_that_may_be_one_with_another_direct_one_names_it_so(tmp_path):
    database = recorded(TWO_DIRECT, tmp_path)

    told = CliRunner().invoke(main, ["--db", str(database), "holdings"]).stdout

    assert "possibly the same as the other direct one" in told
    assert "“”" not in told


def test_a_holding_that_may_be_one_with_another_of_its_words_says_so(tmp_path):
    database = recorded(TWO_IN_THE_SAME_WORDS, tmp_path)

    told = CliRunner().invoke(main, ["--db", str(database), "holdings"]).stdout

    assert told.count("possibly the same as the other in the same words") == 2


def test_what_no_line_says_how_it_is_held_is_neither_direct_nor_by_vehicles(tmp_path):
    with Ledger.open(recorded(WITH_A_TRUST, tmp_path)) as ledger:
        direct, trust = holdings(ledger).holdings
    unsaid = msgspec.structs.replace(trust, ownership=None, nature="")

    (stated,), (whole,) = class_sums([direct, trust]), class_sums([direct, unsaid])

    assert (whole.shares, whole.direct, whole.indirect) == (23_000, 20_000, 0)
    assert (
        _summed(whole) == "Common Stock in all: 23,000 (20,000 direct, 3,000 in a form not stated)"
    )
    assert _summed(stated) == "Common Stock in all: 23,000 (20,000 direct, 3,000 by vehicles)"
