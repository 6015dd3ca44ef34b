"""Who is judged for a question, and who waits: no more than it is about, and nobody who is altered."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure
from ledger.filing import Issuer, Owner
from projections import (
    check,
    explain,
    holdings,
    issuers,
    people,
    reconcile,
    replay,
    stats,
    verify,
)
from projections.questions.reconcile import worst
from projections.sql.tables import sql
from projections.views import workers
from projections.views.catching_up import current
from tests.filings import filing, row
from tests.projections.views.test_waiting import COMPANIES, PEOPLE, QUESTIONS, said, waiting

JANE, ROE = PEOPLE[0], PEOPLE[2]
EXAMPLE, OTHER = COMPANIES[0], COMPANIES[1]
LATER = Issuer(cik="0000000099", name="BIRCH CORP", symbol="BRCH")
MOE = Owner(cik="0000000009", name="MOE ANNA", director=True)


@pytest.fixture
def path(tmp_path):
    """A ledger of two companies that was asked, and then got filings about these and about a third."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record([filing(1, owners=(JANE,)), filing(2, issuer=OTHER, owners=(ROE,))])
        stats(ledger)
        assert waiting(ledger) == []
        ledger.record(
            [
                filing(3, owners=(JANE,), rows=(row(1, shares_after=1_100),)),
                filing(4, issuer=OTHER, owners=(ROE,), rows=(row(1, shares_after=9_000),)),
                filing(5, issuer=LATER, owners=(MOE,)),
            ]
        )
    return path


@pytest.fixture
def judged(monkeypatch):
    """The companies that are judged from now on, to be stored."""
    building, told = workers.built_of, []
    monkeypatch.setattr(
        workers, "built_of", lambda issuer, *rest: (told.append(issuer), building(issuer, *rest))[1]
    )
    return told


@pytest.mark.parametrize(
    ("whom", "companies"),
    [
        ({"person": "DOE JANE"}, [EXAMPLE.cik]),
        ({"issuer": "OTHR"}, [OTHER.cik]),
        ({"issuer": LATER.cik}, [LATER.cik]),
        ({"issuer": "BIRCH"}, [LATER.cik]),
        ({"person": MOE.cik}, [LATER.cik]),
        ({"person": "moe"}, [LATER.cik]),
        ({"person": "ROE", "issuer": "OTHER CORP"}, [OTHER.cik]),
        ({}, [EXAMPLE.cik, OTHER.cik, LATER.cik]),
    ],
)
@pytest.mark.parametrize("question", ["holdings", "history", "reconcile", "people", "issuers"])
def test_a_question_judges_the_companies_it_asks_about(
    path, judged, caplog, question, whom, companies
):
    caplog.set_level(logging.INFO, logger="projections")
    with Ledger.open(path) as ledger:
        first = QUESTIONS[question](ledger, **whom)
        assert judged == sorted(companies)
        assert sorted(waiting(ledger)) == sorted({EXAMPLE.cik, OTHER.cik, LATER.cik} - {*companies})
        assert f"judged now: {len(companies)}, that wait: {3 - len(companies)}" in caplog.text

        judged.clear()
        assert QUESTIONS[question](ledger, **whom) == first
        assert judged == []
        replay(ledger)
        assert waiting(ledger) == []
        assert QUESTIONS[question](ledger, **whom) == first


@pytest.mark.parametrize(
    "ask",
    [
        stats,
        sql,
        lambda ledger: worst(ledger, 1),
        lambda ledger: people(ledger, count=1),
        lambda ledger: explain(ledger, "LATE_FILING"),
        lambda ledger: said(lambda one: holdings(one, person="NOBODY"), ledger),
    ],
)
def test_what_is_asked_of_the_whole_ledger_judges_all(path, judged, ask):
    with Ledger.open(path) as ledger:
        holdings(ledger, person="DOE JANE")
        ask(ledger)

        assert judged == [EXAMPLE.cik, *sorted([OTHER.cik, LATER.cik])]
        assert waiting(ledger) == []


def test_a_finding_by_its_whole_id_is_told_without_the_companies_that_wait(path, judged):
    with Ledger.open(path) as ledger:
        found = reconcile(ledger, issuer="OTHR").findings
        for one in found:
            assert explain(ledger, one.id).findings[0].id == one.id
        assert found
        assert judged == [OTHER.cik]

        explain(ledger, found[0].id[:5])
        assert waiting(ledger) == []


def test_a_draft_is_held_against_its_own_company_alone(path, judged):
    with Ledger.open(path) as ledger:
        check(ledger, filing(9, owners=(JANE,)), today=date(2004, 12, 1))

        assert judged == [EXAMPLE.cik]


def test_who_may_only_read_is_told_what_needs_no_judging_and_the_rest_in_memory(path, caplog):
    with Ledger.open(path) as ledger:
        held = holdings(ledger, person="DOE JANE")
    with Ledger.open(path, read_only=True) as ledger:
        assert holdings(ledger, person="DOE JANE") == held
        assert "in memory" not in caplog.text
        assert len(issuers(ledger).issuers) == 3
        assert "in memory and not kept" in caplog.text
        assert holdings(ledger, person="DOE JANE") == held


def test_what_is_new_meanwhile_is_judged_for_whoever_reads_on(path):
    with Ledger.open(path) as ledger, Ledger.open(path) as other:
        model = current(ledger)
        before = [row.filings for row in model.rows([EXAMPLE.cik]).values()]
        other.record([filing(6, owners=(JANE,), rows=(row(1, shares_after=1_200),))])
        holdings(other, person=MOE.cik)
        assert EXAMPLE.cik in waiting(other)
        held = list(model.held([EXAMPLE.cik]))
        told = [one for _, own, _ in model.filings_of([EXAMPLE.cik]) for one in own]

        assert before == [2]
        assert len(told) == 3
        assert held == list(current(other).held([EXAMPLE.cik]))


ALTERED = {
    "nobody waits": "DELETE FROM view_waiting",
    "one waits no more": "DELETE FROM view_waiting WHERE issuer = '0000000002'",
    "one waits under another name": "UPDATE view_waiting SET said = replace(said, 'jane', 'mary')",
    "one waits too": "INSERT INTO view_waiting VALUES ('0000000123', '{}')",
    "a person's name is gone": "DELETE FROM view_called WHERE text LIKE '%doe%'",
    "a filing is gone": "DELETE FROM view_filings WHERE stream LIKE '%000003'",
}


@pytest.mark.parametrize("how", ALTERED)
def test_whoever_alters_who_waits_is_found_out(path, how):
    with Ledger.open(path) as ledger:
        holdings(ledger, person=MOE.cik)
        assert waiting(ledger) == [EXAMPLE.cik, OTHER.cik]
        assert verify(ledger).ok
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(ALTERED[how]).rowcount > 0

    for ask in (
        lambda ledger: holdings(ledger, person="DOE JANE"),
        lambda ledger: reconcile(ledger, issuer="EXMP"),
        stats,
    ):
        with Ledger.open(path) as ledger, pytest.raises(IntegrityFailure, match="read model"):
            ask(ledger)
    with Ledger.open(path) as ledger:
        assert any("read model" in problem for problem in verify(ledger).problems)
        replay(ledger)
        assert verify(ledger).ok
        assert len(issuers(ledger).issuers) == 3


def test_judging_that_fails_lets_them_wait(path, monkeypatch):
    with Ledger.open(path) as ledger:
        with monkeypatch.context() as broken:
            broken.setattr(workers, "judge", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                holdings(ledger, person="DOE JANE")
        assert len(waiting(ledger)) == 3

        assert holdings(ledger, person="DOE JANE").holdings[0].shares == 1_100
