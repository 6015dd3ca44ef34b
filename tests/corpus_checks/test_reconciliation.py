"""How the totals of real filings fare, and what some of them are known to hold."""

from collections import defaultdict

import pytest

from ledger import Ledger
from projections import history, holdings, reconcile
from tests.alarms import is_alarm
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus
FAIR = {"agreed", "explained"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    with Ledger.open(tmp_path_factory.mktemp("real") / "ledger.db") as opened:
        opened.ingest(CORPUS / "ownership_xml", CORPUS / "submissions")
        yield opened


@pytest.fixture(scope="module")
def filings(ledger):
    """Every filing by its name."""
    names = [stream if ":" in stream else stream[5:] for stream in ledger.streams()]
    return {filing.id: filing for filing in map(ledger.filing, names)}


@pytest.fixture(scope="module")
def answer(ledger):
    return reconcile(ledger)


@pytest.fixture(scope="module")
def entries(ledger):
    """Every claim's entry by filing and row, with the position it lies on."""
    return {
        (entry.filing, entry.row): (entry, position.position)
        for position in history(ledger).positions
        for entry in position.entries
        if entry.verdict
    }


@pytest.fixture(scope="module")
def grave(answer):
    """The kinds above info that each filing raises."""
    found = defaultdict(list)
    for finding in answer.findings:
        if is_alarm(finding):
            found[finding.filing].append(finding.kind)
    return found


def test_nine_totals_in_ten_follow_or_are_explained(answer, capsys):
    totals = answer.totals
    share = 100 * (totals.agreed + totals.explained) / totals.checked
    with capsys.disabled():
        print(
            f"\n{totals.checked:,} totals of real filings: {totals.agreed:,} agreed, "
            f"{totals.explained} explained, {totals.ambiguous} ambiguous, "
            f"{totals.unexplained} unexplained; {totals.opening} opening; {share:.1f}% accounted for"
        )

    assert totals.checked > 1_000
    assert share >= 90


def test_every_claim_is_counted_once(answer, entries):
    totals = answer.totals

    assert totals.checked == (
        totals.agreed + totals.explained + totals.ambiguous + totals.unexplained
    )
    assert len(entries) == totals.checked + totals.opening


def test_what_is_unexplained_is_named_by_a_finding(answer, entries):
    covered = {finding.revised_by for finding in answer.findings}

    bare = [
        key
        for key, (entry, _) in entries.items()
        if entry.verdict in ("unexplained", "ambiguous") and not entry.findings
    ]
    assert [key for key in bare if key[0] not in covered] == []


def test_a_sale_marked_acquired_raises_its_contradiction_and_nothing_else(grave):
    assert grave["0001209191-13-014365"] == ["AD_CODE_CONTRADICTION"]


def test_annual_statements_whose_rows_all_show_the_year_end_raise_nothing(filings, grave):
    found = 0
    for filing in filings.values():
        rows = defaultdict(list)
        for row in filing.rows if filing.form == "5" else ():
            if not row.holding:
                rows[row.table, row.security, row.nature, row.expires_on].append(row.shares_after)
        if any(len(after) >= 4 and len(set(after)) == 1 for after in rows.values()):
            found += 1
            assert grave[filing.id] == [], filing.id
    assert found >= 3


def test_rows_that_continue_past_the_limit_join(filings, entries):
    joined = 0
    for first in filings.values():
        if sum(row.table == "I" for row in first.rows) < 30:
            continue
        for second in filings.values():
            same = (second.owners[0].cik, second.issuer.cik, second.period, second.form)
            if second is first or same != (
                first.owners[0].cik,
                first.issuer.cik,
                first.period,
                first.form,
            ):
                continue
            begun = {
                entries[first.id, r.ref][1] for r in first.rows if (first.id, r.ref) in entries
            }
            for row in second.rows:
                entry, position = entries.get((second.id, row.ref), (None, None))
                if position in begun:
                    joined += 1
                    assert not entry.residual, (second.id, row.ref)
                    assert entry.verdict in FAIR, (second.id, row.ref)
    assert joined >= 2


def test_equal_holdings_called_trust_stay_apart(ledger, filings):
    found = 0
    for filing in filings.values():
        equal = defaultdict(int)
        for row in filing.rows:
            if row.holding and row.nature == "Trust" and row.shares_after is not None:
                equal[row.shares_after] += 1
        most = {shares: count for shares, count in equal.items() if count >= 3}
        if not most:
            continue
        found += 1
        asked = {"person": filing.owners[0].cik, "issuer": filing.issuer.cik}
        held = holdings(ledger, **asked, known_at=filing.known.at)
        for shares, count in most.items():
            same = [h for h in held.holdings if h.nature == "Trust" and h.shares == shares]
            assert len(same) == count, (filing.id, shares)
            assert len({h.position for h in same}) == count
    assert found >= 1


def test_both_sides_of_a_conversion_within_one_table_are_no_contradiction(filings, grave):
    """Units that become Class B stock, which itself stands in Table II."""
    for name in ("0001209191-12-001744", "0001209191-12-006885", "0001140361-20-021384"):
        assert name in filings
        assert "AD_CODE_CONTRADICTION" not in grave[name]


def test_critical_findings_are_few(answer):
    assert sum(finding.severity == "critical" for finding in answer.findings) <= 3
