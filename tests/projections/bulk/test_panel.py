"""The monthly panel: one pass that says what asking month by month says."""

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from ledger import Ledger
from ledger.filing import Signature
from projections import holdings
from projections.answers import Holding
from projections.bulk.panel import spans
from projections.bulk.tables import TABLES, Asked
from projections.questions.reconcile import judged_filings
from projections.snapshots.snapshot import Snapshots
from projections.views.catching_up import steady
from tests.corpus import CORPUS, needs_corpus
from tests.projections.building import (
    JANE,
    JOHN,
    bought,
    filing,
    gave,
    into_trust,
    opening,
    plan_purchase,
    sold,
)
from tests.projections.building import held as held_line
from tests.samples import size
from tests.simulator import sequence
from tests.stories.telling import story_of, texts

FIRST, LAST = date(1999, 1, 1), date(2026, 6, 30)
STORIES = sorted((Path(__file__).parents[2] / "stories").glob("*.txt"))


def months_of(judged, first=FIRST, last=LAST):
    """The panel of one issuer by month, each position once; and the ends of all its months."""
    found: dict[date, list[Holding]] = defaultdict(list)
    for span in spans(Snapshots(judged), first, last):
        for month in span.months:
            if span.counted:
                found[month].append(span.holding)
    return found


def ends(first, last):
    """The last days of the months of some years."""
    starts = [date(y, m, 1) for y in range(first, last + 1) for m in range(1, 13)]
    return [date.fromordinal(following.toordinal() - 1) for following in starts[1:]]


def differing(filings, draw):
    """Months in which the panel and a question of their own day do not agree."""
    for judged in judged_filings(filings):
        panel = months_of(judged)
        days = [e.day for p in judged.folded.book.positions for e in p.entries if e.day]
        if days:
            around = ends(max(min(days).year - 2, 1999), min(max(days).year + 2, 2026))
            around = [month for month in around if month <= LAST]
            for month in draw.sample(around, min(size(6, 12), len(around))):
                asked = Snapshots(judged).on(
                    month
                )  # which tells none apart: the panel has no such column
                if sorted(map(repr, panel[month])) != sorted(map(repr, asked)):
                    yield month


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_the_panel_says_of_stories_what_their_months_say(path):
    draw = Random(path.stem)

    wrong = {
        title: months
        for title, said in [*texts(path)][:: size(6, 3)]
        if (months := list(differing(story_of(title, said).filings, draw)))
    }

    assert wrong == {}


@pytest.mark.parametrize("seed", range(770_001, 770_009))
def test_the_panel_says_of_simulated_lives_what_their_months_say(seed):
    assert list(differing(sequence(seed).filings, Random(seed))) == []


@pytest.fixture
def ledger(told):
    return told(
        opening(1_000),
        filing(gave(400, 600, notes=into_trust(400)), on="2024-02-05"),
        filing(sold(100, owns=510, notes=plan_purchase(10, "2024-05")), on="2024-06-10"),
        filing(held_line(700, how="By LLC"), by=(JANE, JOHN), form="3", on="2024-03-04"),
        filing(bought(50, owns=560), on="2024-08-01"),
    )


def rows(ledger, **asked):
    table = TABLES["panel"]
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(ledger, Asked(**asked))]


def test_the_panel_ends_with_the_month_before_the_last_filing(ledger):
    months = sorted({row["month_end"] for row in rows(ledger)})

    assert months[-1] == date(2024, 7, 31)
    assert rows(ledger, since=date(2024, 4, 9), until=date(2024, 5, 31))[0]["month_end"] == date(
        2024, 4, 30
    )
    assert {
        r["month_end"] for r in rows(ledger, since=date(2024, 4, 9), until=date(2024, 5, 31))
    } == {
        date(2024, 4, 30),
        date(2024, 5, 31),
    }


def test_a_signature_of_years_to_come_adds_no_months_that_are_not_over(told):
    ahead = {"filed_on": None, "signatures": [Signature(name="Jane", signed_on=date(2085, 5, 2))]}
    ledger = told(opening(1_000), filing(sold(100, owns=900), on="2024-02-05", **ahead))

    assert max(row["month_end"] for row in rows(ledger)) <= datetime.now(UTC).date()


def test_joint_owners_have_a_row_each_and_are_counted_once(ledger):
    joint = [r for r in rows(ledger, until=date(2024, 4, 30)) if r["nature"] == "By LLC"]
    april = [r for r in joint if r["month_end"] == date(2024, 4, 30)]

    assert {r["person_cik"] for r in april} == {JANE.cik, JOHN.cik}
    assert [r["shares"] for r in april] == [Decimal(700)] * 2
    assert sum(r["shares"] for r in april if r["counted"]) == 700
    assert {r["owners"] for r in april} == {2}


def test_a_month_between_two_reports_is_told_as_far_as_it_is_known(ledger):
    direct = {
        r["month_end"]: (r["shares"], r["shares_low"], r["shares_high"])
        for r in rows(ledger)
        if r["ownership"] == "direct"
    }

    assert direct[date(2024, 4, 30)] == (600, 600, 600)
    assert direct[date(2024, 5, 31)] == (None, 600, 610)
    assert direct[date(2024, 6, 30)] == (510, 510, 510)


def test_the_panel_as_known_then_knows_no_later_filing(ledger):
    known = rows(ledger, known_at=date(2024, 5, 10))

    assert max(r["month_end"] for r in known) == date(2024, 2, 29)
    assert {r["shares"] for r in known if r["ownership"] == "direct"} == {1_000, 600}


@needs_corpus
def test_a_hundred_person_months_of_the_corpus_are_as_holdings_has_them(tmp_path):
    draw = Random(20_260_630)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml")
        panel = [row for row in rows(ledger) if row["person_cik"]]
        drawn = {
            (row["person_cik"], row["issuer_cik"], row["month_end"])
            for row in draw.sample(panel, 100)
        }
        with steady(ledger):  # each company is judged for the first of its months
            asked_of = {
                about: holdings(ledger, person=about[0], issuer=about[1], as_of=about[2]).holdings
                for about in sorted(drawn)
            }
        for (person, issuer, month), asked in asked_of.items():
            told = [
                (row["position"] or "", row["shares"], row["shares_low"], row["basis"])
                for row in panel
                if (row["person_cik"], row["issuer_cik"], row["month_end"])
                == (person, issuer, month)
            ]
            assert sorted(told, key=str) == sorted(
                ((h.position, h.shares, h.shares_low, h.basis) for h in asked), key=str
            )
