"""What holds for any filings: no leak from the future, no order, every claim once, no drift.

Worlds come from the simulator; a failing seed is all it takes to see one again.
"""

import gc
import json
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import Ledger
from ledger.processes import collector_paused
from projections import diff, explain, history, holdings, json_of, reconcile, replay
from projections.questions.reconcile import judged_filings, reconcile_filings
from projections.views import rules
from projections.views.catching_up import catch_up, digest
from projections.views.gate import view_of
from tests.simulator import MADE, Unsuitable, sequence

usual = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
some = settings(max_examples=24, **usual)
few = settings(max_examples=6, **usual)
seeds = st.integers(0, 999)
kinds = st.sampled_from([None, None, *MADE])
percents = st.integers(0, 100)
END_OF_TIME = "9999-12-30"
chunks = st.lists(st.integers(2, 12), min_size=1, max_size=8)


def filings_of(seed, kind=None):
    """A short world with that error, or without where none of its filings can carry it."""
    try:
        return sequence(seed, kind).filings
    except Unsuitable:
        return sequence(seed).filings


@pytest.fixture
def ledgers(tmp_path):
    """Makes one ledger after another, each closed when the next one is asked for."""
    made = []

    def new():
        for opened in made:
            opened.close()
        path = tmp_path / f"{len(made)}.db"
        made.append(Ledger.open(path))
        return made[-1]

    yield new
    for opened in made:
        opened.close()


def moment_in(filings, percent):
    """The moment by which so many percent of the filings were known."""
    return filings[(len(filings) - 1) * percent // 100].known.at


def claims_something(row):
    """Whether a line says what is left, in shares or in dollars."""
    return row.shares_after is not None or row.value_after is not None


def text(answer):
    return json.dumps(json_of(answer), sort_keys=True)


def answers(ledger, **asked):
    """Everything the ledger says, as text."""
    return [text(ask(ledger, **asked)) for ask in (holdings, history, reconcile)]


# --- the future never shows -----------------------------------------------------------------


@some
@given(seed=seeds, kind=kinds, percent=percents)
def test_findings_at_a_moment_rest_only_on_what_was_known_by_then(seed, kind, percent):
    filings = filings_of(seed, kind)
    moment = moment_in(filings, percent)
    known = [filing for filing in filings if filing.known.at <= moment]

    everything = reconcile_filings(filings, known_at=moment)
    only_that = reconcile_filings(known, known_at=moment)

    assert text(everything) == text(only_that)


@few
@given(seed=seeds, kind=kinds, percent=percents)
def test_answers_at_a_moment_rest_only_on_what_was_known_by_then(seed, kind, percent, ledgers):
    filings = filings_of(seed, kind)
    moment = moment_in(filings, percent)
    ledger = ledgers()
    ledger.record(filings)
    of_everything = answers(ledger, known_at=moment)

    ledger = ledgers()
    ledger.record([filing for filing in filings if filing.known.at <= moment])

    assert of_everything == answers(ledger, known_at=moment)


@few
@given(seed=seeds, kind=kinds)
def test_nothing_differs_between_a_moment_and_itself(seed, kind, ledgers):
    filings = filings_of(seed, kind)
    ledger = ledgers()
    ledger.record(filings)

    moment = moment_in(filings, 60)

    assert diff(ledger, known_from=moment, known_to=moment).changes == ()


# --- order never matters ------------------------------------------------------------------------


@some
@given(seed=seeds, kind=kinds, shuffle=seeds)
def test_findings_are_the_same_in_whatever_order_filings_come(seed, kind, shuffle):
    filings = filings_of(seed, kind)
    shuffled = Random(shuffle).sample(filings, len(filings))

    assert text(reconcile_filings(shuffled)) == text(reconcile_filings(filings))


@few
@given(seed=seeds, kind=kinds, shuffle=seeds)
def test_a_replay_is_the_same_in_whatever_order_filings_were_recorded(seed, kind, shuffle, ledgers):
    filings = filings_of(seed, kind)
    ledger = ledgers()
    ledger.record(filings)
    in_order = replay(ledger)

    ledger = ledgers()
    for filing in Random(shuffle).sample(filings, len(filings)):
        ledger.record([filing])
    shuffled = replay(ledger)

    assert shuffled.digest == in_order.digest
    assert shuffled.totals == in_order.totals


# --- every claim once -----------------------------------------------------------------------------


@few
@given(seed=seeds, kind=kinds, sizes=chunks)
def test_what_is_stored_of_a_judgement_is_what_judging_again_says(seed, kind, sizes, ledgers):
    filings = filings_of(seed, kind)
    ledger = ledgers()
    for size in sizes:
        ledger.record(filings[:size])
        catch_up(ledger)
        people = [{}, *({"person": p} for p in {o.cik for f in filings[:size] for o in f.owners})]
        for asked in people:
            stored = reconcile(ledger, **asked)
            judged = reconcile(ledger, **asked, known_at=END_OF_TIME)

            assert (stored.totals, stored.findings) == (judged.totals, judged.findings)


@few
@given(seed=seeds, kind=kinds)
def test_every_claim_is_counted_once(seed, kind, ledgers):
    filings = filings_of(seed, kind)
    ledger = ledgers()
    ledger.record(filings)

    totals = reconcile(ledger).totals
    entries = [e for p in history(ledger).positions for e in p.entries if e.verdict]
    claims = {(f.id, r.ref) for f in filings for r in f.rows if claims_something(r)}

    assert totals.checked == (
        totals.agreed + totals.explained + totals.ambiguous + totals.unexplained
    )
    assert totals.checked + totals.opening == len(entries)
    assert len({(e.filing, e.row) for e in entries}) == len(entries)
    assert {(e.filing, e.row) for e in entries} <= claims


@few
@given(seed=seeds, kind=kinds)
def test_a_claim_that_is_not_counted_was_replaced_or_repeated(seed, kind, ledgers):
    filings = filings_of(seed, kind)
    ledger = ledgers()
    ledger.record(filings)
    counted = {(e.filing, e.row) for p in history(ledger).positions for e in p.entries if e.verdict}
    left_out = {
        f.id
        for f in filings
        for r in f.rows
        if claims_something(r) and (f.id, r.ref) not in counted
    }

    found = reconcile(ledger).findings
    named = {source.partition("#")[0] for f in found for source in (f.filing, *f.evidence)}
    amended = {f.id for f in filings if f.form.endswith("/A")}

    assert left_out <= named | amended


@few
@given(seed=seeds, kind=kinds)
def test_every_residual_is_the_claim_less_what_was_expected(seed, kind, ledgers):
    ledger = ledgers()
    ledger.record(filings_of(seed, kind))

    for position in history(ledger).positions:
        for entry in position.entries:
            if entry.claimed is not None and entry.expected is not None:
                assert entry.residual == entry.claimed - entry.expected
            if entry.verdict == "agreed":
                assert not entry.residual


@some
@given(seed=seeds, kind=kinds)
def test_the_terms_of_an_explanation_sum_to_its_difference(seed, kind):
    for finding in reconcile_filings(filings_of(seed, kind)).findings:
        if finding.kind in ("BALANCE_BREAK_EXPLAINED", "ROUNDING") and finding.difference:
            assert finding.explanation is not None
            assert sum(t.shares for t in finding.explanation.terms) == finding.difference


# --- the read model never drifts ---------------------------------------------------------------------

TABLES = ("filings", "names", "marks", "owners", "persons", "issuers", "findings", "totals")


def stored(ledger):
    """Every row of the read model, as it lies there."""
    view = view_of(ledger)
    return {t: sorted(map(repr, view.query(f"SELECT * FROM view_{t}"))) for t in TABLES}


def test_what_other_rules_judged_is_judged_again_and_that_is_said(ledgers, monkeypatch, caplog):
    ledger = ledgers()
    ledger.record(filings_of(1))
    catch_up(ledger)
    judged = stored(ledger)
    with view_of(ledger).transaction() as transaction:
        transaction.execute("UPDATE view_findings SET kind = 'BY_OTHER_RULES'")
    catch_up(ledger)
    assert stored(ledger) != judged
    assert not caplog.messages

    monkeypatch.setattr(rules, "edition", lambda: "of other rules")
    catch_up(ledger)

    assert stored(ledger) == judged
    assert ["every issuer is judged again" in said for said in caplog.messages] == [True]


@few
@given(seed=seeds, kind=kinds, sizes=chunks)
def test_catching_up_again_and_again_gives_the_bytes_of_a_replay(seed, kind, sizes, ledgers):
    filings = [
        *filings_of(seed, kind),
        *filings_of(seed + 1_000),
    ]
    waiting = Random(seed).sample(filings, len(filings))
    ledger = ledgers()
    while waiting:
        size = sizes[len(waiting) % len(sizes)]
        ledger.record(waiting[:size])
        waiting = waiting[size:]
        catch_up(ledger)
    told, rows = digest(ledger), stored(ledger)

    rebuilt = replay(ledger)

    assert (told, rows) == (rebuilt.digest, stored(ledger))


@few
@given(seed=seeds, kind=kinds)
def test_asking_changes_nothing(seed, kind, ledgers):
    ledger = ledgers()
    ledger.record(filings_of(seed, kind))
    before = replay(ledger).digest

    first = answers(ledger)
    for finding in reconcile(ledger).findings[:5]:
        assert explain(ledger, finding.id).findings[0].id == finding.id

    assert answers(ledger) == first
    assert digest(ledger) == before


# --- the truth -------------------------------------------------------------------------------------------


def test_holdings_on_the_days_of_claims_are_what_the_filers_truly_held(ledgers, capsys):
    asked, wrong = 0, []
    for seed in range(30):
        made = sequence(seed)
        ledger = ledgers()
        ledger.record(made.filings)
        days = sorted({r.effective_on for f in made.filings for r in f.rows if r.effective_on})
        for day in days[seed % 3 :: 3]:
            for found in holdings(ledger, as_of=day).holdings:
                claim = made.truth.claims.get(tuple(found.evidence[0].split("#")))
                if claim is None or found.last_claim_on != day or found.basis != "reported":
                    continue
                true = made.truth.positions[claim.position].balance(day)
                asked += 1
                if found.shares != true:
                    wrong.append((seed, found.evidence[0], found.shares, true))

    right = 100 * (asked - len(wrong)) / asked
    with capsys.disabled():
        print(f"\n{right:.1f}% of {asked:,} holdings on the days of their claims are true")
    assert asked > 120
    assert right > 97, wrong


def load_whatever_a_judgement_needs():
    """Judge once: modules that are loaded at their first use leave cycles of their own."""
    for _ in judged_filings(sequence(0).filings):
        pass


@pytest.fixture
def frozen():
    """The collector looks at what is made from here on, not at all that other tests have made."""
    load_whatever_a_judgement_needs()
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@some
@given(seed=seeds, kind=kinds)
def test_a_judgement_leaves_nothing_for_the_cycle_collector(seed, kind, frozen):
    """Replay works without the collector, so that what it drops must go by itself."""
    filings = filings_of(seed, kind)
    gc.collect()
    with collector_paused():
        for _ in judged_filings(filings):
            pass
        assert gc.collect() == 0
