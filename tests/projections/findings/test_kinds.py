"""Every kind of finding: the story that provokes it, and the neighbour that does not.

The reference shows each story with its finding, word for word and figure for figure;
`python -m tests.projections.kinds` writes those examples anew.
"""

import pytest

from projections.findings.kinds import KINDS
from projections.questions.reconcile import reconcile_filings
from tests.projections.kinds.simulated import grave
from tests.projections.kinds.stories import STORIES, Simulated, Written, told
from tests.projections.kinds.telling import PAGE, example, examples
from tests.simulator.total_errors import TOTAL_ERRORS

every_kind = pytest.mark.parametrize("kind", KINDS)

AFTERWARDS = {"OPENING_MISMATCH", "DERIV_OVER_EXERCISED"}
"""Kinds that show only where a later filing meets the one that is wrong."""

IN_A_TOTAL = {error.name for error in TOTAL_ERRORS} - {"opening-misstated"}
OF_A_TOTAL = [
    kind
    for kind, story in STORIES.items()
    if isinstance(story, Simulated) and story.error in IN_A_TOTAL
]


def test_every_kind_has_its_story():
    assert list(STORIES) == list(KINDS)


@every_kind
def test_the_story_of_a_kind_provokes_it_and_nothing_else_that_is_grave(kind):
    filings, finding, *_ = told(kind)

    findings = reconcile_filings(filings).findings
    elsewhere = [f for f in findings if (f.filing, f.row) != (finding.filing, finding.row)]

    assert finding.id in {f.id for f in findings}
    assert (finding.kind, finding.severity) == (kind, KINDS[kind].severity)
    assert grave(elsewhere) == []


@every_kind
def test_the_finding_stands_where_the_error_is(kind):
    _, finding, _, world = told(kind)
    story = STORIES[kind]

    if isinstance(story, Written):
        assert (finding.filing, finding.row) == (story.filings[-1].id, story.row)
    elif world.error and kind not in AFTERWARDS:
        assert finding.filing == world.error.filing
        assert finding.row in (world.error.row, None)


@every_kind
def test_the_arithmetic_of_a_finding_adds_up(kind):
    filings, finding, *_ = told(kind)
    if finding.difference is None or finding.expected is None:
        return

    rows = {(f.id, row.ref): row for f in filings for row in f.rows}

    assert finding.difference == finding.reported - finding.expected
    if not finding.row.startswith("II") or kind != "EXERCISE_QUANTITY_MISMATCH":
        assert finding.reported == rows[finding.filing, finding.row].shares_after


@pytest.mark.parametrize("kind", OF_A_TOTAL)
def test_a_wrong_total_is_told_with_the_number_that_was_true(kind):
    _, finding, _, world = told(kind)

    claim = world.truth.claims[finding.filing, finding.row]

    assert (finding.expected, finding.reported) == (claim.true, claim.claimed)


@every_kind
def test_the_same_filings_without_the_error_raise_no_alarm(kind):
    _, finding, innocent, _ = told(kind)
    story = STORIES[kind]
    ordinary = isinstance(story, Simulated) and story.error is None

    findings = reconcile_filings(innocent).findings
    there = [f for f in findings if (f.kind, f.filing) == (kind, finding.filing)]

    assert grave(findings) == []
    assert ordinary or there == []


@every_kind
def test_the_reference_shows_the_story_as_it_goes(kind):
    assert examples(PAGE.read_text("utf-8"))[kind] == example(kind)
