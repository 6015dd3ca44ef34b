"""Whatever is done to the file: no question answers from it calmly, and `verify` names it."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ledger import Ledger
from ledger.errors import IntegrityFailure, LedgerError
from ledger.filing import Issuer, Owner
from projections import diff, explain, history, holdings, json_of, reconcile, replay, stats, verify
from projections.questions.events import records
from projections.questions.reconcile import worst
from tests.filings import filing, row

OTHER = Issuer(cik="0000000077", name="OTHER CORP", symbol="OTHR")
ROE = Owner(cik="0000000004", name="ROE RICHARD", director=True)


def told():
    """Filings of two people at two issuers, one of them at both, with a total that breaks."""
    yield filing(1)
    yield filing(2, rows=(row(1, shares_after=5_000),))
    yield filing(3, issuer=OTHER)
    yield filing(4, issuer=OTHER, owners=(ROE,))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A ledger that was caught up, and what every question answers."""
    path = tmp_path_factory.mktemp("whole") / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record(told())
        answers = {name: ask(ledger) for name, ask in QUESTIONS.items()}
        assert verify(ledger).ok
    return path, answers


@pytest.fixture
def path(whole, tmp_path):
    return shutil.copy(whole[0], tmp_path / "ledger.db")


def finding(ledger):
    return explain(ledger, FINDING[0])


FINDING: list[str] = []


def reconciled(ledger):
    found = reconcile(ledger)
    FINDING[:] = FINDING or [found.findings[0].id]  # that of the whole ledger, asked first
    return json_of(found)


QUESTIONS = {
    "reconcile": reconciled,
    "the gravest finding": lambda ledger: worst(ledger, 1),
    "the gravest but one": lambda ledger: worst(ledger, 2, 1),
    "holdings": lambda ledger: json_of(holdings(ledger)),
    "holdings of a person": lambda ledger: json_of(holdings(ledger, person="DOE JANE")),
    "holdings at an issuer": lambda ledger: json_of(holdings(ledger, issuer="EXAMPLE CORP")),
    "history": lambda ledger: json_of(history(ledger, person="DOE JANE")),
    "diff": lambda ledger: json_of(diff(ledger, known_from="2004-10-01", known_to="2005-10-01")),
    "stats": lambda ledger: json_of(stats(ledger)),
    "explain a finding": finding,
    "explain a row": lambda ledger: explain(ledger, "0000000001-04-000002#I.1"),
    "filing": lambda ledger: ledger.filing("0000000001-04-000002"),
    "events": lambda ledger: list(records(ledger)),
    "events of a filing": lambda ledger: [*ledger.events(stream=filing(2).stream)],
}


def altered(path, sql):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(sql)


def asked(path):
    """What every question says now: an answer, or the error it ends with."""
    said = {}
    for name, ask in QUESTIONS.items():
        with Ledger.open(path) as ledger:
            try:
                said[name] = ask(ledger)
            except IntegrityFailure as error:
                said[name] = error
    return said


def assert_none_is_wrong(path, answers, *, refusing=()):
    said = asked(path)
    for name, answer in said.items():
        if isinstance(answer, IntegrityFailure):
            assert answer.where
            assert answer.remedy
        else:
            assert answer == answers[name], name
    for name in refusing:
        assert isinstance(said[name], IntegrityFailure), name


@pytest.mark.parametrize("put", ["an older copy", "another ledger"])
@pytest.mark.parametrize("checkpointed", [False, True])
def test_of_a_file_written_over_in_place_while_it_is_open_nothing_wrong_is_told(
    path, tmp_path, put, checkpointed
):
    """As `cp` does it. What is told is either ledger's, or refused; what is recorded then may be lost."""
    other = shutil.copy(path, tmp_path / "other.db")
    if put == "another ledger":
        other.unlink()
        with Ledger.open(other) as ledger:
            ledger.record([filing(2, issuer=OTHER), *map(filing, range(20, 60))])
    with Ledger.open(path) as ledger:
        ledger.record(map(filing, range(5, 40)))
        right = [told_by(ledger)]
        if checkpointed:
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with Ledger.open(other) as instead:
            right.append(told_by(instead))
        with Path(path).open("r+b") as file:
            file.truncate()
            file.write(other.read_bytes())
        assert_each_is_one_of(right, told_by(ledger))
        with suppress(LedgerError):
            ledger.record([filing(61)])
    gc.collect()
    with suppress(LedgerError), Ledger.open(path) as ledger:
        if not verify(ledger).ok:
            assert_each_is_one_of(right, told_by(ledger))


def told_by(ledger):
    """What some questions say, None where it is refused."""
    said = {}
    for name in ("holdings", "stats", "reconcile", "filing", "events"):
        with suppress(IntegrityFailure):
            said[name] = QUESTIONS[name](ledger)
    return said


def assert_each_is_one_of(right, said):
    for name, answer in said.items():
        assert answer in [answers[name] for answers in right], name


SECOND = "originator_id = '2004/0000000001-04-000002'"
LOG = {
    "an event edited": (
        "UPDATE stored_events SET state = CAST(replace(state, '\"5000\"', '\"9000\"') AS BLOB) "
        f"WHERE {SECOND}"
    ),
    "a row removed": f"DELETE FROM stored_events WHERE {SECOND} AND originator_version = 2",
    "a filing removed": f"DELETE FROM stored_events WHERE {SECOND}",
    "two events swapped": (
        f"UPDATE stored_events SET originator_version = 9 WHERE {SECOND} AND originator_version = 1;"
        f"UPDATE stored_events SET originator_version = 1 WHERE {SECOND} AND originator_version = 2;"
        f"UPDATE stored_events SET originator_version = 2 WHERE {SECOND} AND originator_version = 9"
    ),
    "a topic changed": (
        f"UPDATE stored_events SET topic = 'sale' WHERE {SECOND} AND originator_version = 2"
    ),
    "a state that is no JSON": (
        f"UPDATE stored_events SET state = x'7b' WHERE {SECOND} AND originator_version = 2"
    ),
    "a state that is nothing": (
        f"UPDATE stored_events SET state = NULL WHERE {SECOND} AND originator_version = 1"
    ),
}
TOUCHED = {
    *("reconcile", "holdings", "holdings of a person", "holdings at an issuer", "history", "diff"),
    *("explain a row", "filing", "events"),
}


@pytest.mark.parametrize("how", LOG)
def test_a_log_altered_below_its_seals_is_answered_by_no_question_that_touches_it(whole, path, how):
    altered(path, LOG[how])

    assert_none_is_wrong(path, whole[1], refusing=TOUCHED)
    with Ledger.open(path) as ledger:
        assert not verify(ledger).ok
        with pytest.raises(IntegrityFailure):
            replay(ledger)


@pytest.mark.parametrize("caught_up", [True, False])
def test_a_forged_filing_is_answered_by_nobody(path, caught_up):
    if not caught_up:
        altered(path, "DELETE FROM tracking")
    altered(
        path,
        "INSERT INTO stored_events SELECT '2004/0000000001-04-000009', originator_version, topic, "
        f"state FROM stored_events WHERE {SECOND}",
    )

    said = asked(path)

    assert {name for name, answer in said.items() if isinstance(answer, IntegrityFailure)} >= {
        *("holdings", "reconcile", "stats", "events"),
    }


def test_a_log_cut_short_with_its_seals_no_longer_goes_with_its_read_model(whole, path):
    altered(
        path, "DELETE FROM stored_events WHERE rowid > 9; DELETE FROM seals; DELETE FROM tracking"
    )
    altered(path, "INSERT INTO tracking VALUES ('holdings', 11)")

    assert_none_is_wrong(path, whole[1], refusing=TOUCHED)


ROWS = {
    "a filing's row deleted": "DELETE FROM view_filings WHERE stream LIKE '%000002'",
    "a filing given to another": "UPDATE view_filings SET issuer = '0000000077' WHERE stream LIKE '%02'",
    "an issuer renamed": "UPDATE view_issuers SET name = 'EXAMPLE CROP' WHERE issuer = '0000000002'",
    "an issuer deleted": "DELETE FROM view_issuers WHERE issuer = '0000000002'",
    "a person renamed": "UPDATE view_persons SET name_key = 'ROE JANE' WHERE issuer = '0000000077'",
    "a person deleted": "DELETE FROM view_persons WHERE issuer = '0000000077'",
    "findings deleted": "DELETE FROM view_findings",
    "the gravest finding deleted": "DELETE FROM view_findings WHERE severity = 'critical'",
    "the gravest finding made light": "UPDATE view_findings SET severity = 'info' WHERE severity = 'critical'",
    "two findings made one another": "UPDATE view_findings SET severity = CASE severity WHEN 'critical' THEN 'info' ELSE 'critical' END WHERE severity IN ('critical', 'info')",
    "a finding given to nobody": "UPDATE view_findings SET issuer = 'x' WHERE severity = 'critical'",
    "a filing given to nobody": "UPDATE view_filings SET issuer = 'x' WHERE stream LIKE '%02'",
    "a finding's words altered": "UPDATE view_findings SET body = lower(body)",
    "a person's totals altered": "UPDATE view_totals SET totals = replace(totals, ':1', ':2')",
    "totals altered": "UPDATE view_issuers SET totals = replace(totals, ':1', ':2')",
    "owners deleted": "DELETE FROM view_owners",
    "a name added": "INSERT INTO view_names VALUES ('0000000002', 'OTHER', 7)",
    "a bucket altered": "UPDATE view_shared SET digest = 'x' WHERE bucket > 100",
    "a bucket removed": "DELETE FROM view_shared WHERE bucket > 100",
    "a mark in another bucket": "UPDATE view_marks SET bucket = 1 + bucket WHERE mark = (SELECT min(mark) FROM view_marks)",
    "a person added": "INSERT INTO view_persons VALUES ('0000000002', 'x', 'ROE RICHARD', 'ROE RICHARD', 1, 1, '', '{}')",
    "a mark altered": "UPDATE view_marks SET mark = 'x' WHERE mark = (SELECT min(mark) FROM view_marks)",
    "the position no number": "UPDATE tracking SET notification_id = NULL WHERE application_name LIKE 'holdings%'",
    "the position moved": "UPDATE tracking SET notification_id = 10 WHERE application_name LIKE 'holdings%'",
    "the root replaced": "UPDATE view_root SET root = 'x'",
    "the root removed": "DELETE FROM view_root",
    "what is held altered": "UPDATE view_holdings SET body = lower(body)",
    "what is held given to another": "UPDATE view_holdings SET owners = replace(owners, '4', '5')",
    "what is held left out": "DELETE FROM view_holdings WHERE place = 0 AND issuer = '0000000077'",
    "what is held told of other days": "UPDATE view_holdings SET last = '2004-01-01'",
    "all that is held deleted": "DELETE FROM view_holdings",
    "the table of what is held dropped": "DROP TABLE view_holdings",
    "a part replaced": "UPDATE view_parts SET findings = 'x' WHERE issuer = '0000000002'",
    "topics altered": "UPDATE view_root SET topics = '{\"purchase\": 3}'",
    "a table dropped": "DROP TABLE view_persons",
    "a table renamed": "ALTER TABLE view_filings RENAME TO filings",
}


@pytest.mark.parametrize("how", ROWS)
def test_a_read_model_that_was_altered_is_named_and_never_believed(whole, path, how):
    altered(path, ROWS[how])

    assert_none_is_wrong(path, whole[1])
    with Ledger.open(path) as ledger:
        found = verify(ledger)
        assert not found.ok
        assert any("read model" in problem for problem in found.problems)

        replay(ledger)

        assert holdings(ledger)
    assert_none_is_wrong(path, whole[1])
    with Ledger.open(path) as ledger:
        assert verify(ledger).ok or "no part of a ledger" in verify(ledger).problems[0]


INDEXES = [
    *("sqlite_autoindex_view_filings_1", "view_filings_issuer", "view_findings_id"),
    *("view_findings_issuer", "view_marks_bucket", "sqlite_autoindex_stored_events_1"),
    *("sqlite_autoindex_view_persons_1", "sqlite_autoindex_view_holdings_1"),
]


def as_it_was(path, before, index):
    """The file with the pages of an index as an earlier state of it had them: writes that were lost."""
    content, old = bytearray(path.read_bytes()), before.read_bytes()
    page = int.from_bytes(content[16:18])  # https://www.sqlite.org/fileformat.html, 1.3
    with closing(sqlite3.connect(path)) as connection:
        asked = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        ((number,),) = connection.execute(asked, (index,))
    content[(number - 1) * page : number * page] = old[(number - 1) * page : number * page]
    path.write_bytes(content)


@pytest.mark.parametrize("index", INDEXES)
def test_an_index_that_lost_what_was_written_last_hides_nothing(whole, path, tmp_path, index):
    before = shutil.copy(whole[0], tmp_path / "before.db")
    with Ledger.open(path) as ledger:
        ledger.record([filing(2, rows=(row(1, shares_after=7_000),), reader_version=2), filing(5)])
        answers = {name: ask(ledger) for name, ask in QUESTIONS.items() if ask is not finding}
        answers["explain a finding"] = explain(ledger, FINDING[0])
    as_it_was(path, before, index)

    assert_none_is_wrong(path, answers)
    with Ledger.open(path) as ledger:
        assert not verify(ledger).ok


def test_an_index_of_another_ledger_is_no_index_of_this_one(whole, path, tmp_path):
    with Ledger.open(tmp_path / "other.db") as other:
        other.record([filing(number) for number in (7, 8, 9, 10)])
        holdings(other)
    for index in INDEXES:
        copy = shutil.copy(path, tmp_path / "copy.db")
        as_it_was(copy, tmp_path / "other.db", index)
        assert_none_is_wrong(copy, whole[1])


@pytest.mark.parametrize("how", ROWS)
def test_what_was_altered_is_never_carried_on_by_catching_up(path, how):
    altered(path, ROWS[how])
    with Ledger.open(path) as ledger:
        ledger.record([filing(5), filing(6, issuer=OTHER)])
        try:
            holdings(ledger)
        except LedgerError:
            return
        assert not verify(ledger).ok


def test_a_read_model_that_is_not_there_yet_is_not_called_checked(tmp_path):
    with Ledger.open(tmp_path / "new.db") as ledger:
        ledger.record(told())
        found = verify(ledger)

        assert found.ok
        assert "the read model" not in found.covered
        holdings(ledger)
        assert "the read model" in verify(ledger).covered


@pytest.fixture
def unnumbered(tmp_path):
    """A ledger whose only filing gives its issuer no CIK, and that was asked."""
    path = tmp_path / "unnumbered.db"
    with Ledger.open(path) as ledger:
        ledger.record([filing(1, issuer=Issuer(cik=None, name="OTHER CORP", symbol=None))])
        assert stats(ledger).issuers == 1
    return path


def test_a_name_that_gets_a_number_later_takes_its_filings_there(unnumbered):
    with Ledger.open(unnumbered) as ledger:
        ledger.record([filing(2, issuer=OTHER)])

        assert stats(ledger).issuers == 1
        assert verify(ledger).ok


def test_what_was_altered_under_a_name_is_not_taken_to_its_number(unnumbered):
    altered(unnumbered, "UPDATE view_owners SET owner = '0000000099'")

    with Ledger.open(unnumbered) as ledger:
        ledger.record([filing(2, issuer=OTHER)])
        with pytest.raises(IntegrityFailure, match="name:other"):
            stats(ledger)


ON_A_SERVER = [
    *(ROWS[how] for how in ("the gravest finding made light", "a table dropped")),
    (
        "UPDATE stored_events SET state = convert_to(replace(convert_from(state, 'UTF8'), "
        f"'\"5000\"', '\"9000\"'), 'UTF8') WHERE {SECOND}"
    ),
]
"""The log comes last: what was altered before is mended by building the read model anew."""


def test_what_was_altered_on_a_server_is_answered_by_nobody(postgres_url):
    psycopg = pytest.importorskip("psycopg")
    with Ledger.open(postgres_url) as ledger:
        ledger.record(told())
        answers = {name: ask(ledger) for name, ask in QUESTIONS.items()}
    for sql in ON_A_SERVER:
        with Ledger.open(postgres_url) as ledger:
            replay(ledger)
            assert verify(ledger).ok
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(sql)
        assert_none_is_wrong(postgres_url, answers)
        gc.collect()  # an error that is kept keeps its connection
        with Ledger.open(postgres_url) as ledger:
            assert not verify(ledger).ok
    gc.collect()


def test_the_read_model_of_another_log_is_none_of_this_ones(whole, path, tmp_path):
    other = tmp_path / "other.db"
    with Ledger.open(other) as ledger:
        ledger.record([filing(9)])
        assert stats(ledger).filings == 1
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS other", (str(other),))
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'view%'"
            )
        ]
        for name in (*names, "tracking"):
            connection.execute(f"DELETE FROM main.{name}")
            connection.execute(f"INSERT INTO main.{name} SELECT * FROM other.{name}")

    assert_none_is_wrong(path, whole[1], refusing=["stats", "holdings", "reconcile"])
    with Ledger.open(path) as ledger:
        assert any("read model" in problem for problem in verify(ledger).problems)
        replay(ledger)
    assert_none_is_wrong(path, whole[1])


def test_what_a_trigger_could_alter_is_not_judged(whole, path):
    altered(
        path,
        "CREATE TRIGGER later AFTER INSERT ON view_holdings BEGIN "
        "UPDATE view_holdings SET first = '2030-01-01' WHERE rowid = new.rowid; END",
    )
    assert_none_is_wrong(path, whole[1])

    with Ledger.open(path) as ledger:
        ledger.record([filing(5)])
        with pytest.raises(IntegrityFailure, match="the trigger later"):
            holdings(ledger)


@pytest.mark.parametrize("index", ["view_marks", "view_owners"])
def test_kin_that_is_not_found_again_is_missed(path, index):
    with closing(sqlite3.connect(path)) as connection:
        ((kin,),) = connection.execute("SELECT kin FROM view_issuers WHERE cik = '0000000077'")
    assert kin == '["0000000002"]'
    altered(path, f"DELETE FROM {index} WHERE issuer = '0000000002'")

    with Ledger.open(path) as ledger:
        ledger.record([filing(5, issuer=OTHER)])
        with pytest.raises(IntegrityFailure, match="not what was written"):
            stats(ledger)
