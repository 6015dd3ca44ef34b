"""A question judges the companies it asks about; the others wait, and no answer tells the difference.

Beside each ledger that is asked in any order stands one whose companies are all judged at once: both must say
the same to the byte, and have the same rows once everything is judged.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import count
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger import Filing, Ledger
from ledger.errors import AmbiguousReference, IntegrityFailure, LedgerError
from ledger.filing import Issuer, Owner
from ledger.review import Remark
from projections import (
    check,
    diff,
    due,
    events,
    explain,
    filed,
    history,
    holdings,
    issuers,
    json_of,
    people,
    reconcile,
    replay,
    review,
    stakes,
    stats,
    verify,
)
from projections.questions.reconcile import worst
from projections.views.catching_up import catch_up, digest
from projections.views.gate import kept_in_memory, view_of
from tests.filings import filing, row

# --- a ledger in which names are shared, borne in turn, and now and then no number is said ------------

COMPANIES = (
    Issuer(cik="0000000002", name="EXAMPLE CORP", symbol="EXMP"),
    Issuer(cik="0000000077", name="OTHER CORP", symbol="OTHR"),
    Issuer(
        cik="0000000077", name="OTHER HOLDINGS INC", symbol="OTHH", former_names=("OTHER CORP",)
    ),
    Issuer(cik="0000000088", name="EXAMPLE CORP", symbol="NEWX"),
    Issuer(cik=None, name="OTHER CORP", symbol="OTHR"),
    Issuer(cik=None, name="ELM TRUST", symbol=None),
    Issuer(cik="0000000055", name="ELM TRUST", symbol="EXMP"),
)
PEOPLE = (
    Owner(cik="0000000003", name="DOE JANE", director=True),
    Owner(cik="0000000003", name="DOE SMITH JANE", director=True),
    Owner(cik="0000000004", name="ROE RICHARD", director=True),
    Owner(cik="0000000005", name="DOE JANE", director=True),
    Owner(cik=None, name="DOE JANE", director=True),
    Owner(cik=None, name="ROE RICHARD", officer=True, officer_title="CFO"),
    Owner(cik=None, name="POE MARY", director=True),
)
TEXTS = (
    *("0000000002", "77", "EXMP", "OTHR", "NEWX", "EXAMPLE CORP", "OTHER", "elm", "HOLDINGS"),
    *("3", "0000000004", "DOE JANE", "JANE", "ROE", "SMITH JANE DOE", "POE MARY", "NOBODY", "CORP"),
)


def a_filing(number: int, company: int, owners: tuple[int, ...], shares: int, day: int) -> Filing:
    """One of a few companies, of some people; totals follow, or not, as it happens."""
    rows = (row(1, shares_after=1_000 + 100 * shares, effective_on=date(2004, 10, day)),)
    said = {"rows": rows, "owners": tuple(PEOPLE[one] for one in owners)}
    said["period"] = date(2004, 10, day)
    if not owners or PEOPLE[owners[0]].cik is None:
        said |= {"accession": None, "format": "scanned"}
    return filing(number, issuer=COMPANIES[company], **said)


filings = st.builds(
    lambda company, owners, shares, day: (company, tuple(owners), shares, day),
    st.integers(0, len(COMPANIES) - 1),
    st.lists(st.integers(0, len(PEOPLE) - 1), max_size=2, unique_by=lambda n: PEOPLE[n].name),
    st.integers(0, 4),
    st.integers(1, 28),
)

QUESTIONS = {
    "holdings": holdings,
    "history": history,
    "reconcile": reconcile,
    "people": people,
    "issuers": issuers,
    "events": events,
    "filed": filed,
    "stakes": stakes,
    "due": lambda ledger, **whom: due(ledger, today=date(2004, 11, 1), **whom),
    "then": lambda ledger, **whom: reconcile(ledger, known_at="2004-10-20", **whom),
    "diff": lambda ledger, **whom: diff(
        ledger, known_from="2004-10-10", known_to="2005-01-01", **whom
    ),
}


class Ask(NamedTuple):
    """A question, and whom it names."""

    question: str
    person: str | None
    issuer: str | None


names, questions = st.sampled_from(TEXTS), st.sampled_from(sorted(QUESTIONS))
asks = st.one_of(
    st.builds(Ask, questions, names, st.none()),
    st.builds(Ask, questions, st.none(), names),
    st.builds(Ask, questions, st.one_of(st.none(), names), st.one_of(st.none(), names)),
)


class Named(NamedTuple):
    """Something that is no person and no company is asked about: one of what there is, by its place."""

    what: str
    place: int


others = st.builds(
    Named,
    st.sampled_from(
        [
            "finding",
            "part of a finding",
            "filing",
            "row",
            "holding",
            "kind",
            "draft",
            "all",
            "worst",
        ]
    ),
    st.integers(0, 60),
)


class Changed(NamedTuple):
    """A filing that is there, by its place, is taken back, or back again, or read anew, or its finding accepted."""

    how: str
    place: int


changes = st.builds(
    Changed, st.sampled_from(["taken back", "read anew", "accepted"]), st.integers(0, 60)
)
steps = st.lists(
    st.one_of(*[st.lists(filings, min_size=2, max_size=5)] * 2, *[asks] * 3, others, changes),
    min_size=6,
    max_size=16,
)


class Twins:
    """A ledger that is asked as it comes, and one of which everything is judged as soon as it is recorded."""

    def __init__(self, asked: Ledger, judged: Ledger) -> None:
        self.both = self.asked, self.judged = asked, judged
        self.recorded: list[Filing] = []
        self.away: set[str] = set()
        self._minutes = count()

    def record(self, made: list[Filing]) -> None:
        """Record filings in both."""
        self.recorded += made
        for ledger in self.both:
            ledger.record(made)
        catch_up(self.judged)

    def change(self, change: Changed) -> None:
        """Take a filing back or again, read it anew, or accept a finding."""
        at = datetime(2026, 1, 1, 9, next(self._minutes) % 60, tzinfo=UTC)
        if change.how == "accepted":
            found = sorted(one.id for one in reconcile(self.judged).findings)
            for ledger in self.both if found else ():
                ledger.review(found[change.place % len(found)], Remark("accepted"), by="Ann", at=at)
            catch_up(self.judged)
            return
        one = self.recorded[change.place % len(self.recorded)]
        for ledger in self.both:
            if change.how == "read anew":
                ledger.record([one.model_copy(update=self._anew(one))])
            else:
                ledger.retract(one.id, why="a mistake", undo=one.id in self.away, at=at)
        if change.how == "taken back":
            self.away ^= {one.id}
        catch_up(self.judged)

    def _anew(self, one: Filing) -> dict[str, object]:
        """What a better reading has: the next of the people, and of the companies."""
        whose = PEOPLE.index(one.owners[0]) if one.owners else 0
        owners = (PEOPLE[(whose + 1) % len(PEOPLE)],)
        return {"reader_version": one.reader_version + 1, "owners": owners}

    def answers(self, ask: Ask | Named) -> list[str]:
        """What each says, as text."""
        question = self._named(ask) if isinstance(ask, Named) else self._about(ask)
        return [said(question, ledger) for ledger in self.both]

    def _about(self, ask: Ask):
        whom = {"person": ask.person, "issuer": ask.issuer}
        return lambda ledger: QUESTIONS[ask.question](ledger, **whom)

    def _named(self, ask: Named):
        def one(things):
            return things[ask.place % len(things)] if things else "0123abcd"

        found = sorted(f.id for f in reconcile(self.judged, status="all").findings)
        held = sorted(h.position for h in holdings(self.judged).holdings)
        there = [f.id for f in self.recorded]
        draft = a_filing(9_000, ask.place % len(COMPANIES), (ask.place % len(PEOPLE),), 3, 9)
        return {
            "finding": lambda ledger: explain(ledger, one(found)),
            "part of a finding": lambda ledger: review(ledger, one(found)[:5]),
            "filing": lambda ledger: explain(ledger, one(there)),
            "row": lambda ledger: explain(ledger, f"{one(there)}#I.1"),
            "holding": lambda ledger: explain(ledger, one(held)),
            "kind": lambda ledger: explain(ledger, "LATE_FILING"),
            "draft": lambda ledger: check(ledger, draft, today=date(2004, 12, 1)),
            "all": lambda ledger: [stats(ledger), people(ledger), issuers(ledger)],
            "worst": lambda ledger: worst(ledger, ask.place),
        }[ask.what]


def said(question, ledger) -> str:
    """What is answered, or why nothing is, as text."""
    try:
        answer = question(ledger)
    except IntegrityFailure:
        raise
    except LedgerError as error:
        among = error.candidates if isinstance(error, AmbiguousReference) else ()
        return f"{type(error).__name__}: {error.what}, {error.remedy}, {among}"
    told = answer if isinstance(answer, list) else [answer]
    return json.dumps([json_of(one) for one in told], sort_keys=True, default=str)


JUDGED = ("persons", "findings", "totals", "holdings")
TABLES = (
    *("filings", "names", "marks", "owners", "called", "issuers", "parts", "shared", "root"),
    *("waiting", *JUDGED),
)


def stored(ledger: Ledger) -> dict[str, list[str]]:
    """Every row of the read model, as it lies there."""
    view = view_of(ledger)
    return {t: sorted(map(repr, view.query(f"SELECT * FROM view_{t}"))) for t in TABLES}


WAITED = {"asked": 0, "asked while some waited": 0}


def go_through(twins: Twins, steps) -> None:
    """Do what is said, comparing each answer, and at the end all that is stored."""
    numbers = count(1)
    twins.record([a_filing(next(numbers), 0, (0,), 0, 1), a_filing(next(numbers), 1, (2,), 1, 2)])
    holdings(twins.asked)
    for step in steps:
        if isinstance(step, list):
            twins.record([a_filing(next(numbers), *one) for one in step])
        elif isinstance(step, Changed):
            twins.change(step)
        else:
            mine, theirs = twins.answers(step)
            assert mine == theirs, step
            WAITED["asked"] += 1
            WAITED["asked while some waited"] += bool(waiting(twins.asked))
    catch_up(twins.asked)
    assert digest(twins.asked) == digest(twins.judged)
    assert_same(stored(twins.asked), stored(twins.judged), steps)
    assert waiting(twins.asked) == []


def assert_same(rows, others, steps) -> None:
    """The same rows; what an earlier reading said may be in one index, and is not judged by."""
    anew = any(isinstance(step, Changed) and step.how == "read anew" for step in steps)
    for table in JUDGED if anew else TABLES:
        assert rows[table] == others[table], table


def waiting(ledger: Ledger) -> list[str]:
    """The issuers that wait."""
    return [key for (key,) in view_of(ledger).query("SELECT issuer FROM view_waiting")]


often = settings(
    max_examples=24,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
seldom = settings(often, max_examples=4)


@often
@given(steps=steps)
def test_in_whatever_order_it_is_asked_a_ledger_answers_as_one_that_is_judged_whole(
    steps, tmp_path_factory
):
    folder = tmp_path_factory.mktemp("twins")
    with Ledger.open(folder / "asked.db") as asked, Ledger.open(folder / "judged.db") as judged:
        go_through(Twins(asked, judged), steps)
        kept = stored(asked)
        told = digest(asked)
        assert verify(asked).ok

        assert replay(asked).digest == told
        assert_same(stored(asked), kept, steps)


@seldom
@given(steps=steps)
def test_so_does_one_that_keeps_its_answers_in_memory(steps, tmp_path_factory):
    folder = tmp_path_factory.mktemp("twins")
    with Ledger.open(folder / "asked.db") as asked, Ledger.open(folder / "judged.db") as judged:
        kept_in_memory(asked)
        go_through(Twins(asked, judged), steps)


SCHEMAS = count()


@seldom
@given(steps=steps)
def test_so_does_one_on_a_server(steps, postgres_url, tmp_path_factory):
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        (schema,) = connection.execute("SELECT current_schema()").fetchone()
        connection.execute(f"DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema}")
    folder = tmp_path_factory.mktemp("twins")
    with Ledger.open(postgres_url) as asked, Ledger.open(folder / "judged.db") as judged:
        go_through(Twins(asked, judged), steps)
        assert replay(asked).digest == digest(judged)


def test_some_of_those_questions_were_asked_while_others_waited():
    if WAITED["asked"] > 100:
        assert WAITED["asked while some waited"] > 5
