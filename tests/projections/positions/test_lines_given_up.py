"""A line that goes to another position leaves nothing behind that speaks of it."""

from projections.questions.reconcile import judged_filings
from tests.simulator import worlds


def test_a_total_set_aside_stands_where_the_line_that_returned_is_posted_elsewhere():
    made = worlds._made(1539, issuers=1, people=12, years=6, episodes=30, habits={})

    [judged] = judged_filings([worlds.filing_of(draft) for draft in made.ordered()])

    for position in judged.folded.book.positions:
        lines = {id(entry.line) for entry in position.entries}
        returned = [entry.returned for entry in position.entries if entry.returned]
        assert lines.issuperset(id(entry.line) for entry in returned)
