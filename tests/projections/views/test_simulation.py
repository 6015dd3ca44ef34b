"""A ledger lives through whatever happens to it, beside a model of it in memory.

Steps are drawn at random and shrunk where one fails: ingesting, repeating, reading again,
contradicting, taking back and bringing back by a clock that is set forth and back, being killed,
reopened, asked, rebuilt, asked read-only, sealed, backed up, restored, and damage to a copy.
After every step the log, the seals and the answers are those of the model.

LEDGER_SIMULATION says how many lives of how many steps, such as 2000x50 (default 12x20).
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger import Ledger
from ledger.errors import IntegrityFailure, UsageError
from ledger.filing import Issuer, Owner
from ledger.store.checkpoints import parsed
from projections import holdings, replay, stats, verify
from projections.views.catching_up import digest
from tests.filings import filing, row, submission

LIVES, STEPS = map(int, os.environ.get("LEDGER_SIMULATION", "12x20").split("x"))
numbers = st.integers(1, 30)
some = st.lists(numbers, min_size=1, max_size=4)


def issuer_of(number):
    """Three companies, of which every third filing is about the same."""
    return Issuer(cik=f"000000010{number % 3}", name=f"COMPANY {number % 3}", symbol=None)


def told(number, *, more=0, make=filing):
    """The filing of this number, by a person of its own: a purchase, and what is owned after it."""
    owner = Owner(cik=f"{number + 500:010}", name=f"OWNER {number}", director=True)
    rows = (row(1, shares_after=Decimal(100 * number + more)),)
    return make(number, issuer=issuer_of(number), owners=(owner,), rows=rows)


class Model:
    """What a ledger should know: each filing's total, whether it was read again, and what was taken back.

    `acts` are the moments at which each filing was taken back and brought back, in turns.
    """

    def __init__(self):
        self.totals, self.again, self.acts = {}, set(), {}

    @property
    def events(self):
        """Two for each reading of a filing, and one for each time it was taken or brought back."""
        acts = sum(map(len, self.acts.values()))
        return 2 * (len(self.totals) + len(self.again)) + acts

    @property
    def standing(self):
        """The filings that count."""
        return {n: total for n, total in self.totals.items() if not len(self.acts.get(n, ())) % 2}

    @property
    def issuers(self):
        """The companies that filings that count are about."""
        return {number % 3 for number in self.standing}


class Life(RuleBasedStateMachine):
    """One ledger, from its making to its end."""

    @initialize(chosen=some)
    def begin(self, chosen):
        """A ledger with something in it, or few lives would be of more than an empty one."""
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "ledger.db"
        self.model, self.seals, self.kept, self.looked_at = Model(), [], None, None
        self.clock = datetime(2026, 3, 1, tzinfo=UTC)
        self.ledger = Ledger.open(self.path)
        self.record_all(chosen)

    def record(self, *filings):
        return [outcome.status for outcome in self.ledger.record(filings)]

    def record_all(self, chosen):
        for number, status in zip(chosen, self.record(*map(told, chosen)), strict=True):
            assert (status == "recorded") == (number not in self.model.totals)
            self.model.totals.setdefault(number, 100 * number)

    @rule(chosen=some)
    def ingest_or_repeat(self, chosen):
        self.record_all(chosen)

    @precondition(lambda self: self.model.totals)
    @rule(data=st.data())
    def read_again_better(self, data):
        number = data.draw(st.sampled_from(sorted(self.model.totals)))
        (status,) = self.record(told(number, make=submission))
        assert status == ("already recorded" if number in self.model.again else "reread")
        self.model.again.add(number)

    @precondition(lambda self: set(self.model.totals) - self.model.again)
    @rule(data=st.data())
    def contradict(self, data):
        number = data.draw(st.sampled_from(sorted(set(self.model.totals) - self.model.again)))
        other = told(number, more=77).model_copy(update={"sha256": "f" * 64})

        assert self.record(other) == ["conflicting"]

    @rule(days=st.integers(-3_000, 3_000))
    def set_the_clock(self, days):
        self.clock += timedelta(days=days)

    @precondition(lambda self: self.model.totals)
    @rule(data=st.data())
    def take_or_bring_back(self, data):
        number = data.draw(st.sampled_from(sorted(self.model.totals)))
        acts = self.model.acts.get(number, [])
        try:
            self.ledger.retract(
                told(number).id, why="a draft", at=self.clock, undo=len(acts) % 2 == 1
            )
        except UsageError:
            assert self.clock < max(acts)
            return
        assert not acts or self.clock >= max(acts)
        self.model.acts[number] = [*acts, self.clock]

    @rule()
    def keep_a_seal(self):
        if self.model.totals:
            self.seals.append(self.ledger.seal(self.clock).text)
            assert self.ledger.verify(self.seals[0]).ok

    @rule()
    def back_up(self):
        self.path.with_name("kept.db").unlink(missing_ok=True)
        done = self.ledger.backup(self.path.with_name("kept.db"))
        assert done.events == self.model.events
        self.kept = deepcopy(self.model), len(self.seals)

    @precondition(lambda self: self.kept)
    @rule()
    def restore(self):
        self.ledger.close()
        shutil.copy(self.path.with_name("kept.db"), self.path)
        self.ledger = Ledger.open(self.path)
        before, (model, seals) = self.model, self.kept
        for kept in self.seals[seals:]:
            lost = parsed(kept).size > model.events
            assert self.ledger.verify(kept).ok != lost, before
        self.model, self.seals = deepcopy(model), self.seals[:seals]

    @rule()
    def reopen(self):
        self.ledger.close()
        self.ledger = Ledger.open(self.path)

    @rule(number=numbers)
    def be_killed_while_appending(self, number):
        """The bytes that a process leaves which dies before it commits."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as dying:
            dying.execute("BEGIN IMMEDIATE")
            dying.execute(
                "INSERT INTO stored_events VALUES (?, 1, 'filing', x'7b7d')", (f"dying/{number}",)
            )

    @rule()
    def ask(self):
        assert stats(self.ledger).filings == len(self.model.standing)

    @rule()
    def ask_read_only(self):
        with Ledger.open(self.path, read_only=True) as reader:
            assert stats(reader).issuers == len(self.model.issuers)

    @rule()
    def rebuild(self):
        assert stats(self.ledger).filings == len(self.model.standing)
        before = digest(self.ledger)

        assert replay(self.ledger).digest == before

    @precondition(lambda self: self.model.totals)
    @rule(seed=st.integers(0, 2**32))
    def damage_a_copy(self, seed):
        right = holdings(self.ledger)
        self.reopen()
        self.ledger.close()
        copy = shutil.copy(self.path, self.path.with_name("copy.db"))
        self.ledger = Ledger.open(self.path)
        content = bytearray(copy.read_bytes())
        chance = random.Random(seed)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        copy.write_bytes(content)
        try:
            with Ledger.open(copy, create=False) as damaged:
                assert holdings(damaged) == right
        except IntegrityFailure:
            pass
        for left in self.path.parent.glob("copy.db*"):
            left.unlink()

    @invariant()
    def all_is_as_the_model_has_it(self):
        """Looked at where a byte was written since, or the ledger was opened anew."""
        if self.state() != self.looked_at:
            self.the_log_is_what_was_acknowledged()
            self.everybody_holds_what_was_reported()
            self.looked_at = self.state()

    def state(self):
        return self.ledger, self.ledger.view("any").state(), self.model.events

    def the_log_is_what_was_acknowledged(self):
        found = verify(self.ledger)

        assert found.problems == ()
        assert found.events == self.model.events
        assert self.ledger.streams() == sorted(told(n).stream for n in self.model.totals)

    def everybody_holds_what_was_reported(self):
        held = {h.person["name"]: h.shares for h in holdings(self.ledger).holdings}

        assert held == {f"OWNER {n}": Decimal(total) for n, total in self.model.standing.items()}

    def teardown(self):
        self.ledger.close()
        self.folder.cleanup()


Life.TestCase.settings = settings(
    max_examples=LIVES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestLife = Life.TestCase
