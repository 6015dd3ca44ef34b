"""Answers about a whole ledger: the same however little of them is in memory, and never all of it."""

import tracemalloc
from contextlib import contextmanager
from operator import itemgetter

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli.commands import holdings as commands
from cli.commands.reconcile import report, together
from cli.main import main
from ledger import Ledger
from ledger.errors import OutputUnwritable
from ledger.filing import Issuer, Owner
from ledger.processes import Labour
from projections import filed, holdings, reconcile
from projections.findings import pile
from projections.findings.finding import worst_first
from projections.findings.pile import Pile
from projections.questions import subject
from projections.questions.reconcile import Wanted, reconciled, verdicts
from projections.views import digests
from projections.views.catching_up import catch_up
from tests.filings import filing
from tests.simulator import stream

FORMATS = ("table", "json", "ndjson", "csv", "md", "html")


@pytest.fixture(name="small")
def _small(monkeypatch):
    """As little in memory as can be: three things, two packed together, one issuer read at a time."""
    monkeypatch.setattr(pile, "MOST", 3)
    monkeypatch.setattr(pile, "_PAGE", 2)
    monkeypatch.setattr(commands, "_CITED", 40)
    monkeypatch.setattr(digests, "FILINGS", 1)


@pytest.fixture(name="market", scope="module")
def _market(tmp_path_factory):
    """A ledger of some simulated companies, by its path."""
    path = tmp_path_factory.mktemp("market") / "ledger.db"
    with Ledger.open(path) as ledger:
        ledger.record([*stream(1, 700)])
        catch_up(ledger)
    return path


@given(st.lists(st.tuples(st.integers(0, 5), st.text(max_size=3))))
def test_a_pile_gives_all_in_their_order_as_often_as_asked(things):
    whole = Pile(tuple[int, str], itemgetter(0))
    most, pile.MOST = pile.MOST, 3
    try:
        for one in things:
            whole.add(one)
        told = [[*whole], [*whole]]
    finally:
        pile.MOST = most

    assert told == [sorted(things, key=itemgetter(0))] * 2
    assert len(whole) == len(things)


def test_two_may_look_through_a_pile_at_once(small):
    whole = Pile(int, lambda number: number)
    for number in range(20):
        whole.add(19 - number)

    assert [*zip(whole, whole, strict=True)] == [(n, n) for n in range(20)]


def test_where_there_is_no_room_for_a_pile_that_is_said(small, monkeypatch):
    def full():
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pile.tempfile, "TemporaryFile", full)
    whole = Pile(int, lambda number: number)
    whole.add(1)
    whole.add(2)

    with pytest.raises(OutputUnwritable, match="No space left on device"):
        whole.add(3)


def answers(path):
    """Everything that `reconcile` says of a ledger, format by format, and counted."""
    run = lambda *asked: CliRunner().invoke(main, ["--db", str(path), "reconcile", *asked])  # noqa: E731
    by = [run("--by", name).stdout for name in ("person", "issuer", "kind")]
    return (
        [run("--format", kind).stdout for kind in FORMATS],
        by,
        run("--fail-on", "minor").exit_code,
    )


def test_every_format_is_the_same_byte_for_byte_however_little_is_in_memory(market, request):
    roomy = answers(market)
    request.getfixturevalue("small")

    assert answers(market) == roomy
    assert all(map(len, roomy[0]))


def test_findings_come_in_the_order_of_all_of_them_sorted_at_once(market, small):
    with Ledger.open(market) as ledger:
        everything = [finding for one in verdicts(ledger) for finding in one.findings]
        told = reconcile(ledger).findings

    assert len(told) > 100
    assert list(told) == worst_first(everything)


def test_the_roundings_of_a_position_stand_at_the_first_of_them(market, small):
    with Ledger.open(market) as ledger:
        told = reconcile(ledger).findings
        groups = [*together(told)]

    assert sorted(f.id for group in groups for f in group) == sorted(f.id for f in told)
    assert [told.index(group[0]) for group in groups] == sorted(told.index(g[0]) for g in groups)
    assert all(len(group) == 1 or {f.kind for f in group} == {"ROUNDING"} for group in groups)


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (("holdings", "--all"), FORMATS),
        (("holdings", "--known-at", "2017-03-01"), ["json"]),
        (("filed",), ["json", "table"]),  # these two are judged for the question
    ],
)
def test_holdings_and_filings_are_the_same_however_little_is_in_memory(
    market, request, asked, kinds
):
    run = lambda kind: CliRunner().invoke(main, ["--db", str(market), *asked, "--format", kind])  # noqa: E731
    roomy = [run(kind).stdout for kind in kinds]
    request.getfixturevalue("small")

    assert [run(kind).stdout for kind in kinds] == roomy
    assert all(len(told) > 1_000 for told in roomy)


def test_what_python_is_told_is_the_same_however_little_is_in_memory(market, request):
    with Ledger.open(market) as ledger:
        roomy = holdings(ledger), filed(ledger)
        request.getfixturevalue("small")

        assert (holdings(ledger), filed(ledger)) == roomy
    assert all((roomy[0].holdings, roomy[0].sums, roomy[1].filed))


def test_who_watches_is_told_how_much_of_a_ledger_is_judged_for_a_question(market, monkeypatch):
    told = []

    @contextmanager
    def watched(doing):
        told.append(doing)
        yield lambda done, total: told.append((done, total))

    with Ledger.open(market) as ledger:
        ledger.labour = Labour(1, watched)
        reconcile(ledger, known_at="2005-01-01")
        monkeypatch.setattr(subject, "_FILINGS", 1)
        reconcile(ledger, known_at="2005-01-01")

    assert told == ["Judging for this question", *((n, told[-1][1]) for n in range(1, len(told)))]
    assert told[-1][0] == told[-1][1]


def peak(path, issuers):
    """The most bytes in use at once while a ledger, with these companies too, is reconciled into a table."""
    with Ledger.open(path) as ledger:
        ledger.record(
            filing(
                1_000 * issuer + number,
                issuer=Issuer(cik=f"{issuer:010}", name=f"EXAMPLE {issuer}"),
                owners=(Owner(cik=f"{1_000 * issuer + number:010}", name=f"DOE {number}"),),
                rows=12,
            )
            for issuer in issuers
            for number in range(15)
        )
        catch_up(ledger)
        tracemalloc.start()
        try:
            told = report(ledger, *reconciled(ledger, Wanted()))
            written = sum(1 for _ in told.records)
            for block in told.blocks():
                written += sum(1 for _ in getattr(block, "rows", ()))
            return tracemalloc.get_traced_memory()[1], written
        finally:
            tracemalloc.stop()


def test_four_times_the_findings_take_no_more_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(pile, "MOST", 200)
    monkeypatch.setattr(pile, "_PAGE", 2)
    monkeypatch.setattr(digests, "FILINGS", 15)

    few, told = peak(tmp_path / "ledger.db", range(1, 7))
    many, all_told = peak(tmp_path / "ledger.db", range(7, 25))

    assert all_told >= 4 * told > 4_000
    assert many < 1.4 * few
