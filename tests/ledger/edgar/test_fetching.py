"""Filings brought from EDGAR: each once, whole, and in the end all of them, whatever goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

pytest.importorskip("httpx2")
pytest.importorskip("stamina")

from ledger import Ledger
from ledger.edgar.client import Client, Manners
from ledger.edgar.fetching import Fetched, fetch, follow
from ledger.edgar.folder import Folder
from ledger.edgar.pace import Pace
from ledger.errors import EdgarRefused, EdgarSilent, UsageError
from tests.ledger.edgar import misbehaving as bad
from tests.ledger.edgar.misbehaving import ANYWHERE, Edgar, serving
from tests.simulator import sequence

QUICK = Manners(
    tries=3,
    first_wait=timedelta(milliseconds=1),
    most_wait=timedelta(milliseconds=2),
    connect_within=timedelta(milliseconds=300),
    answer_within=timedelta(milliseconds=300),
    longest=timedelta(seconds=1),
    whole_within=timedelta(milliseconds=1_500),
)
WORLD = sequence(7)
FILINGS = [filing for filing in WORLD.filings if filing.filed_on and filing.accepted_at][:32]
PERSON = FILINGS[0].owners[0].cik or ""
ISSUER = FILINGS[0].issuer.cik or ""
FIRST, LAST = FILINGS[0].filed_on, FILINGS[-1].filed_on
assert FIRST
assert LAST
THEIRS = [f for f in FILINGS if PERSON in {o.cik for o in f.owners}]


@pytest.fixture
def edgar() -> Iterator[Edgar]:
    with serving(FILINGS) as server:
        yield server


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path


def client(server: Edgar, place: Path) -> Client:
    pace = Pace(place / "pace", each_second=5_000)
    return Client("Ann Doe ann@example.com", mirror=server.url, manners=QUICK, pace=pace)


def fetched(server: Edgar, place: Path, **asked: object) -> Fetched:
    place.mkdir(exist_ok=True)
    with Ledger.open(place / "ledger.db") as ledger, client(server, place) as asking:
        return fetch(ledger, Folder(place / "edgar"), asking, **(asked or {"persons": [PERSON]}))  # type: ignore[arg-type]


def followed(server: Edgar, place: Path, today: date = LAST, since: date | None = FIRST) -> Fetched:
    with Ledger.open(place / "ledger.db") as ledger, client(server, place) as asking:
        return follow(ledger, Folder(place / "edgar"), asking, today=today, since=since)


def recorded(place: Path) -> set[str]:
    with Ledger.open(place / "ledger.db") as ledger:
        assert ledger.verify().ok
        return {stream.partition("/")[2] for stream in ledger.streams()}


def names(filings: list[object]) -> set[str]:
    return {filing.accession for filing in filings}  # type: ignore[attr-defined]


# --- what is asked for -----------------------------------------------------------------


def test_a_persons_filings_are_brought_once_and_recorded(edgar, place):
    done = fetched(edgar, place)

    assert recorded(place) == names(THEIRS)
    assert (done.listed, done.skipped, done.ended) == (len(THEIRS), 0, None)
    assert sum(part.recorded for part in done.ingested) == len(THEIRS)
    assert edgar.agents.pop().endswith(" Ann Doe ann@example.com")


def test_a_company_is_named_by_its_ticker_or_cik(edgar, place):
    by_ticker = fetched(edgar, place / "a", issuers=[FILINGS[0].issuer.symbol.lower()])
    by_cik = fetched(edgar, place / "b", issuers=[ISSUER.lstrip("0")])

    assert recorded(place / "a") == recorded(place / "b") == names(FILINGS)
    assert by_ticker.requests == by_cik.requests + 1


def test_what_is_here_is_never_fetched_again_and_an_unchanged_list_is_not_sent(edgar, place):
    fetched(edgar, place)
    edgar.asked.clear()
    done = fetched(edgar, place)

    assert edgar.fetched() == []
    assert (done.requests, done.skipped) == (1, len(THEIRS))


def test_a_file_that_came_and_was_not_recorded_is_recorded_without_asking(edgar, place):
    fetched(edgar, place)
    (place / "ledger.db").unlink()
    edgar.asked.clear()
    fetched(edgar, place)

    assert edgar.fetched() == []
    assert recorded(place) == names(THEIRS)


def test_older_parts_of_a_list_are_read_where_they_reach_the_day(edgar, place):
    edgar.part = 5
    newest = sorted(THEIRS, key=lambda f: (f.filed_on, f.accession))[-3:]
    few = fetched(edgar, place / "a", persons=[PERSON], since=newest[0].filed_on)
    fetched(edgar, place / "b")

    assert few.requests == 1 + few.listed
    assert recorded(place / "b") == names(THEIRS)


def test_only_the_forms_asked_for_are_brought_with_their_amendments(edgar, place):
    fetched(edgar, place, issuers=[ISSUER], forms=["3"])

    assert recorded(place) == names([f for f in FILINGS if f.form in ("3", "3/A")])


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"persons": ["HOFMANN REID"]}, "is no CIK"),
        ({"persons": ["12345"]}, "EDGAR has no CIK 0000012345"),
        ({"issuers": ["NOSUCH"]}, "EDGAR lists no ticker 'NOSUCH'"),
    ],
)
def test_who_cannot_be_found_is_said(edgar, place, asked, says):
    with pytest.raises(UsageError, match=says):
        fetched(edgar, place, **asked)


def test_who_asks_must_be_reachable(place):
    for contact in ("", "Ann Doe", "Ann\r\nHost: x ann@", "Änn ann@example.com"):
        with pytest.raises(UsageError, match="a name and a mail address"):
            Client(contact)


# --- every day's -----------------------------------------------------------------------


def test_every_day_since_one_is_followed_and_a_day_is_asked_for_once(edgar, place):
    followed(edgar, place)
    days = len(edgar.days())
    edgar.asked.clear()
    followed(edgar, place, since=None)

    assert recorded(place) == names(FILINGS)
    assert len(list((place / "edgar/lists/days").iterdir())) == days
    assert not [path for path in edgar.asked if path.endswith((".idx", ".txt"))]


def test_a_quarter_that_is_over_is_not_asked_for_again(edgar, place):
    followed(edgar, place)
    edgar.asked.clear()
    followed(edgar, place, since=None)

    assert len([path for path in edgar.asked if path.endswith("index.json")]) == 1


def test_the_last_day_of_a_quarter_is_found_though_its_index_comes_after_the_next_ones(place):
    first = next(f for f in FILINGS if f.filed_on and f.filed_on > FIRST)
    late = first.model_copy(
        update={"filed_on": date(2016, 9, 30), "accession": f"{first.accession[:-6]}999991"}
    )
    next_day = first.model_copy(
        update={"filed_on": date(2016, 10, 3), "accession": f"{first.accession[:-6]}999992"}
    )
    with serving([next_day]) as edgar:
        followed(edgar, place, today=date(2016, 10, 3), since=date(2016, 9, 1))
        followed(edgar, place, today=date(2016, 10, 4), since=None)
        edgar.filings.append(late)
        followed(edgar, place, today=date(2016, 10, 5), since=None)

    assert recorded(place) == {late.accession, next_day.accession}


def test_a_day_that_was_missed_is_found_and_filled(edgar, place):
    followed(edgar, place)
    missed = next((place / "edgar/lists/days").iterdir())
    missed.unlink()
    later = [f for f in FILINGS if f"{f.filed_on:%Y%m%d}" in missed.name]
    edgar.filings.append(later[0].model_copy(update={"accession": "0009999999-99-999999"}))
    edgar.asked.clear()
    followed(edgar, place, since=None)

    assert recorded(place) == {*names(FILINGS), "0009999999-99-999999"}
    assert len([path for path in edgar.asked if path.endswith(".txt")]) == 1


@pytest.mark.parametrize("copied", [0, 12], ids=["no-ledger", "an-older-copy"])
def test_a_ledger_that_lacks_days_that_were_finished_is_given_them_from_the_folder(
    edgar, place, copied
):
    followed(edgar, place)
    (place / "ledger.db").unlink()
    with Ledger.open(place / "ledger.db") as ledger:
        files = sorted((place / "edgar/filings").rglob("*.txt"))
        early = {f.accession for f in FILINGS[:copied]}
        ledger.ingest(*[file for file in files if file.stem in early])
    edgar.asked.clear()
    followed(edgar, place, since=None)

    assert recorded(place) == names(FILINGS)
    assert not [path for path in edgar.asked if path.endswith((".idx", ".txt"))]


def test_what_could_not_be_recorded_when_a_day_was_finished_is_not_tried_every_time(edgar, place):
    spoiled = next(f for f in FILINGS if f.filed_on == LAST)
    file = place / f"edgar/filings/{spoiled.accession[11:13]}".replace("filings/", "filings/20")
    file.mkdir(parents=True)
    (file / f"{spoiled.accession}.txt").write_text("a letter")
    first = followed(edgar, place)
    again = followed(edgar, place, since=None)

    assert recorded(place) == names(FILINGS) - {spoiled.accession}
    assert [len(r.problems) for one in (first, again) for r in one.ingested if r.problems] == [1]


def test_what_came_today_is_taken_from_the_feed_though_it_repeats_and_skips(place):
    today = LAST
    todays = [f for f in FILINGS if f.filed_on == today]
    with serving(FILINGS, today) as edgar:
        edgar.feed = [todays[0], *FILINGS[:2], todays[0]]
        followed(edgar, place, since=today)
        assert recorded(place) == names([todays[0], *FILINGS[:2]])

        edgar.today = None
        done = followed(edgar, place, today + timedelta(days=1), since=None)

    assert recorded(place) >= names(todays)
    assert done.ended is None


def test_a_clock_that_jumps_leaves_no_gap(edgar, place):
    followed(edgar, place)
    followed(edgar, place, today=FIRST - timedelta(days=4_000), since=None)
    followed(edgar, place, today=LAST + timedelta(days=40), since=None)

    assert recorded(place) == names(FILINGS)


def test_a_first_day_that_cannot_be_read_is_said_and_not_taken_for_today(edgar, place):
    followed(edgar, place)
    (place / "edgar/lists/since").write_text("")
    edgar.asked.clear()

    with pytest.raises(UsageError, match="say --since DAY again"):
        followed(edgar, place, since=None)
    assert edgar.asked == []


# --- a bad day -------------------------------------------------------------------------

PASSING = {
    "429 without Retry-After": bad.busy,
    "429 with Retry-After": bad.busy_for("0"),
    "429 with a Retry-After that is no number": bad.busy_for("\u00b3"),
    "503": bad.broken,
    "a page instead of the filing": bad.a_page_instead,
    "cut short": bad.cut_short,
    "told too short": bad.told_short,
    "another filing": bad.another_filing,
    "packed otherwise than it says": bad.packed_wrong,
    "hangs": bad.hangs,
    "hangs up": bad.hangs_up,
}
LASTING = {
    **PASSING,
    "overlong": bad.overlong,
    "dripping": bad.drips,
    "moved to another host": bad.moved_to("http://127.0.0.1:9/elsewhere.txt"),
    "moved in a circle": lambda handler, _: handler.say(302, b"", Location=handler.path),
}


def path_of(filing: object) -> str:
    number = filing.accession  # type: ignore[attr-defined]
    return f"/Archives/edgar/data/{int(PERSON)}/{number.replace('-', '')}/{number}.txt"


@pytest.mark.parametrize("fault", PASSING, ids=str)
def test_what_passes_costs_a_request_more_and_nothing_else(edgar, place, fault):
    edgar.faults[path_of(THEIRS[1])].append(PASSING[fault])
    done = fetched(edgar, place)

    assert recorded(place) == names(THEIRS)
    assert (done.problems, done.ended) == ((), None)


@pytest.mark.parametrize("fault", LASTING, ids=str)
def test_what_lasts_costs_one_filing_and_the_next_run_has_it(edgar, place, fault):
    one = THEIRS[1]
    edgar.faults[path_of(one)].extend([LASTING[fault]] * 20)
    done = fetched(edgar, place)
    assert recorded(place) == names(THEIRS) - {one.accession}
    assert one.accession in done.problems[0].problem
    assert done.ended is None

    edgar.faults.clear()
    fetched(edgar, place)
    assert recorded(place) == names(THEIRS)


def test_a_filing_that_moved_on_the_same_host_is_followed(edgar, place):
    one = THEIRS[1]
    edgar.faults[path_of(one)].append(bad.moved_to(f"{path_of(one)}?moved"))
    fetched(edgar, place)

    assert recorded(place) == names(THEIRS)


def test_being_refused_ends_the_run_at_once_and_the_next_one_goes_on(edgar, place):
    edgar.faults[path_of(THEIRS[2])].append(bad.refused)
    done = fetched(edgar, place)
    here = recorded(place)
    assert isinstance(done.ended, EdgarRefused)
    assert "--contact" in str(done.ended)
    assert 0 < len(here) < len(THEIRS)

    fetched(edgar, place)
    assert recorded(place) == names(THEIRS)


def test_being_asked_to_stay_away_for_long_ends_the_run(edgar, place):
    edgar.faults[path_of(THEIRS[0])].append(bad.busy_for("3600"))

    assert "1:00:00" in str(fetched(edgar, place).ended)


def test_a_time_to_come_back_is_reckoned_from_the_servers_own_clock(edgar, place):
    def later(handler, _):
        handler.send_response_only(429)
        handler.send_header("Date", "Mon, 06 May 2030 10:00:00 GMT")
        handler.send_header("Retry-After", "Mon, 06 May 2030 11:30:00 GMT")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    edgar.faults[path_of(THEIRS[0])].append(later)

    assert "1:30:00" in str(fetched(edgar, place).ended)


def test_a_network_that_went_away_is_not_asked_for_every_filing(edgar, place):
    edgar.faults[ANYWHERE].extend([bad.hangs_up] * 9_000)
    edgar.faults[ANYWHERE].appendleft(lambda handler, body: handler.say(200, body))
    done = fetched(edgar, place)

    assert isinstance(done.ended, EdgarSilent)
    assert len(done.problems) == 3
    assert done.requests == 1 + 3 * QUICK.tries


def test_a_server_too_busy_for_anything_is_not_asked_for_every_filing(edgar, place):
    for one in THEIRS:
        edgar.faults[path_of(one)].extend([bad.busy] * 20)
    done = fetched(edgar, place)

    assert isinstance(done.ended, EdgarSilent)
    assert "too busy" in str(done.ended)
    assert len(done.problems) == 3
    assert done.requests == 1 + 3 * QUICK.tries

    edgar.faults.clear()
    fetched(edgar, place)
    assert recorded(place) == names(THEIRS)


def test_filings_that_are_wrong_by_themselves_end_no_run(edgar, place):
    """Three in a row would end every later run at the same place."""
    for one in THEIRS[:-1]:
        edgar.faults[path_of(one)].extend([bad.a_page_instead] * 20)
    done = fetched(edgar, place)

    assert done.ended is None
    assert recorded(place) == {THEIRS[-1].accession}


@pytest.mark.parametrize(
    "body", [b'{"cik": "77", "filings": {}}', b"[" * 200_000, b'{"a": ' + b"9" * 90_000 + b"}"]
)
def test_what_is_no_list_of_theirs_is_asked_for_again(edgar, place, body):
    path = f"/submissions/CIK{PERSON}.json"
    edgar.faults[path].append(lambda handler, _: handler.say(200, body))
    assert fetched(edgar, place / "once").ended is None
    edgar.faults[path].extend([lambda handler, _: handler.say(200, body)] * 20)
    done = fetched(edgar, place / "lasting")

    assert "no list that can be read" in str(done.ended)
    assert recorded(place / "once") == names(THEIRS)


def test_a_list_that_never_comes_ends_a_day_without_marking_it_done(edgar, place):
    day = f"{FIRST:%Y%m%d}"
    path = f"/Archives/edgar/daily-index/{FIRST.year}/QTR{(FIRST.month + 2) // 3}/form.{day}.idx"
    edgar.faults[path].extend([lambda handler, body: handler.say(200, body[:-40])] * 3)
    done = followed(edgar, place)
    assert "cut short" in str(done.ended)
    assert recorded(place) == set()

    followed(edgar, place, since=None)
    assert recorded(place) == names(FILINGS)


def test_nobody_answering_is_said_soon_with_what_to_do(place):
    with serving(FILINGS) as edgar:
        pass
    done = fetched(edgar, place)

    assert "cannot be reached" in str(done.ended)
    assert "run it again" in str(done.ended)
    assert getattr(done.ended, "exit_code", 0) == 5
    assert done.requests == 2 < QUICK.tries


def test_a_server_that_answered_before_is_given_all_tries(place):
    with serving(FILINGS) as edgar, client(edgar, place) as asking:
        asking.get("www.sec.gov", "/nothing", fault=lambda _: "")
        edgar.shutdown()
        edgar.server_close()
        before = asking.requests
        with pytest.raises(EdgarSilent, match="no answer"):
            asking.get("www.sec.gov", "/nothing", fault=lambda _: "")

    assert asking.requests - before == QUICK.tries
