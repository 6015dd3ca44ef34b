"""Every entry of real filings, cases and stories holds to its arithmetic; every history adds up."""

from tests.corpus import needs_cases, needs_corpus, needs_stories
from tests.invariants import cases, counted, real, stories


def told(capsys, name, count):
    with capsys.disabled():
        print(f"\n{name}: {count.entries:,} entries, {count.lines:,} lines add up")


@needs_corpus
def test_the_histories_of_real_filings_add_up(capsys):
    count = counted(real())

    assert count.faults == []
    assert count.entries > 2_000
    told(capsys, "corpus", count)


@needs_cases
def test_the_histories_of_the_acceptance_cases_add_up(capsys):
    count = counted(cases())

    assert count.faults == []
    told(capsys, "cases", count)


@needs_stories
def test_the_histories_of_stories_from_practice_add_up(capsys):
    count = counted(stories())

    assert count.faults == []
    told(capsys, "stories", count)
