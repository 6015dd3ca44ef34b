"""What is held at last is told as it was stored: the very answer that judging again would give."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from ledger import Ledger
from ledger.errors import AmbiguousReference
from ledger.readers import read
from projections import holdings, issuers, json_of, people, replay
from projections import judgement as judging
from projections.views.catching_up import steady
from projections.views.memory import Memory
from tests.corpus import CORPUS, needs_corpus
from tests.projections.building import ACME, JANE, bought, filing, held, option
from tests.samples import size
from tests.simulator import ERRORS, sequence, world
from tests.stories.telling import story_of, texts

asked = importlib.import_module("projections.questions.holdings")
STORIES = sorted((Path(__file__).parents[2] / "stories").glob("*.txt"))
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAYS = [NOW, datetime(2017, 3, 1, tzinfo=UTC), datetime(2003, 1, 2, tzinfo=UTC)]
"""When it is asked: what has expired by then is another answer."""


def judged_again(ledger, memory, **about):
    """The answer of a program that stores none; what it judged for one question serves its next."""

    def judged(ledger, who, today):
        return asked.judged_parts(ledger, who, None, today)

    with pytest.MonkeyPatch.context() as patch, steady(ledger, memory):
        patch.setattr(asked, "stored_parts", judged)
        return holdings(ledger, **about)


def questions_of(ledger):
    """About everybody, about each person and each company, and each person at each."""
    yield {}
    whose = [row.person.get("cik") or row.person["name"] for row in people(ledger).people]
    where = [row.issuer["cik"] for row in issuers(ledger).issuers if row.issuer["cik"]]
    yield from ({"person": who} for who in whose)
    yield from ({"issuer": which} for which in where)
    for row in people(ledger).people:
        if row.person["cik"]:
            yield from (
                {"person": row.person["cik"], "issuer": at["cik"]}
                for at in row.issuers
                if at["cik"]
            )


def compared(ledger, days=DAYS):
    """How many answers were compared, byte by byte."""
    count, memory = 0, Memory()
    with pytest.MonkeyPatch.context() as patch:
        for now in days:
            patch.setattr(asked, "_now", lambda now=now: now)
            for about in questions_of(ledger):
                try:
                    told = holdings(ledger, **about)
                except AmbiguousReference:
                    with pytest.raises(AmbiguousReference):
                        judged_again(ledger, memory, **about)
                    continue
                again = judged_again(ledger, memory, **about)
                assert told == again, about
                assert msgspec.json.encode(json_of(told)) == msgspec.json.encode(json_of(again))
                count += 1
    return count


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


@pytest.mark.parametrize("error", [None, *[*ERRORS][:: size(8, 4)]])
def test_simulated_holdings_are_told_as_judging_them_again_would(error, ledger):
    filings = sequence(5, error).filings
    half = len(filings) // 2
    ledger.record(filings[:half])
    holdings(ledger)
    ledger.record(filings[half:])

    assert compared(ledger) >= 9


def test_companies_that_follow_one_another_are_told_as_judging_them_again_would(ledger):
    ledger.record(world(3).filings)

    assert compared(ledger, DAYS[:1]) > 3


@pytest.mark.parametrize("page", STORIES[:: size(2, 1)], ids=lambda page: page.stem)
def test_the_holdings_of_a_story_are_told_as_judging_them_again_would(page, tmp_path):
    for number, (title, said) in enumerate([*texts(page)][:: size(24, 12)]):
        with Ledger.open(tmp_path / f"{number}.db") as ledger:
            ledger.record(story_of(title, said).filings)
            assert compared(ledger, DAYS[:2]) > 2, title


@needs_corpus
def test_real_holdings_are_told_as_judging_them_again_would(ledger):
    found = (CORPUS / "ownership_xml").glob("*.xml")
    ledger.record(read(path.read_bytes(), source=path.name).filing for path in sorted(found))

    assert compared(ledger, DAYS[:1]) > 100


@pytest.fixture
def judgements(monkeypatch):
    """Which companies are judged: how many filings each judgement was of."""
    made = []
    real = judging.judge

    def counting(dossiers, **given):
        own = list(dossiers)
        made.append(len(own))
        return real(own, **given)

    monkeypatch.setattr(judging, "judge", counting)
    monkeypatch.setattr("projections.views.workers.judge", counting)
    return made


DAY = "2004-03-01"
OTHER = ACME.model_copy(update={"cik": "0000000078", "name": "OTHER CORP", "symbol": "OTH"})


def test_nothing_is_judged_for_what_is_stored_and_only_what_is_new_else(ledger, judgements):
    ledger.record([filing(held(100), on=DAY), filing(held(70), on="2004-03-02", issuer=OTHER)])
    holdings(ledger)
    assert judgements == [1, 1]

    holdings(ledger, person=JANE.cik)
    holdings(ledger)
    assert judgements == [1, 1]

    ledger.record([filing(bought(10, 110), on="2004-06-01")])
    assert {h.shares for h in holdings(ledger, person=JANE.cik).holdings} == {110, 70}
    assert judgements == [1, 1, 2]


def test_another_day_or_moment_is_judged(ledger, judgements):
    ledger.record([filing(held(100), on="2004-03-01")])
    holdings(ledger)

    assert holdings(ledger, as_of="2004-03-01").holdings[0].shares == 100
    assert not holdings(ledger, known_at="2004-01-01").holdings
    assert len(judgements) == 3


def test_an_option_is_told_as_lapsed_from_the_day_after_its_last(ledger, monkeypatch):
    ledger.record([filing(option("A", 500, 500, expires="2014-03-01"), on="2004-03-01")])

    for day, shares in (("2014-03-01", 500), ("2014-03-02", 0)):
        noon = datetime.fromisoformat(f"{day}T17:00:00+00:00")
        monkeypatch.setattr(asked, "_now", lambda noon=noon: noon)
        assert [h.shares for h in holdings(ledger).holdings] == [shares]


def test_what_is_held_is_stored_alike_however_it_came_there(tmp_path):
    filings = sequence(11).filings
    rows = []
    for name, pieces in (("at once", [filings]), ("one by one", [[one] for one in filings])):
        with Ledger.open(tmp_path / f"{name}.db") as ledger:
            for piece in pieces:
                ledger.record(piece)
                holdings(ledger)
            rows.append(stored(ledger))
            replay(ledger)
            rows.append(stored(ledger))

    assert rows[0]
    assert rows[0] == rows[1] == rows[2] == rows[3]


def stored(ledger):
    view = importlib.import_module("projections.views.gate").view_of(ledger)
    return sorted(view.query("SELECT * FROM view_holdings"))
