"""Plain-text ledgers: other programs add up what people held, and find every total that follows."""

import re
import shutil
import subprocess

import pytest
from click.testing import CliRunner

from cli.main import main
from ledger import Ledger
from ledger.filing import Issuer
from projections import reconcile
from tests.corpus import CORPUS, needs_corpus
from tests.projections.building import (
    JANE,
    JOHN,
    bought,
    filing,
    gave,
    granted,
    held,
    opening,
    plan_purchase,
    sold,
)
from tests.simulator import ERRORS, sequence

BALANCE = re.compile(r"^(\S+ balance \S+ )(\S+)", re.MULTILINE)
AT_POSTING = re.compile(r"( = )(\S+)")

HISTORY = (
    opening(1_000),
    filing(sold("100.5", "899.5"), bought(20, "919.5"), sold(19, "900.5"), on="2024-03-01"),
    filing(bought(100, "1000.5"), on="2024-05-06"),
    filing(gave(50, "950.5"), on="2024-04-02", filed="2024-07-01", form="5"),
    filing(sold("0.25", "960.25", notes=plan_purchase(10, "2024-06")), on="2024-07-10"),
    filing(bought(1, "9999.25"), on="2024-08-01"),
    filing(
        held(300, security='=1+2;"Class A" \\ 株式 | units, 2nd', how="By LLC"), on="2024-02-01"
    ),
    filing(granted(7, 7, security="401(k) $ plan"), by=(JANE, JOHN), on="2024-02-09"),
)


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LEDGER_DB", raising=False)

    def record(*filings):
        with Ledger.open("ledger.db") as ledger:
            ledger.record(filings)
            return reconcile(ledger).totals

    return record


def journal(kind, *arguments):
    done = CliRunner().invoke(main, ["export", "entries", "--format", kind, *arguments])
    assert done.exit_code == 0, done.output
    return done.stdout


def faults(text):
    """What beancount finds wrong with a ledger."""
    loader = pytest.importorskip("beancount.loader")
    return [error.message for error in loader.load_string(text)[1]]


def asserted(text, of=BALANCE):
    return len(of.findall(text))


def altered(text, of=BALANCE):
    """The ledger once for each asserted total, which is more by the smallest part of a share."""
    for found in of.finditer(text):
        yield text[: found.start(2)] + f"{found[2]}{_least(found[2])}" + text[found.end(2) :]


def _least(number):
    return "1" if "." in number else ".00000001"


def test_beancount_finds_every_total_that_follows(recorded):
    totals = recorded(*HISTORY)

    text = journal("beancount")

    assert faults(text) == []
    assert asserted(text) == totals.opening + totals.agreed + totals.explained
    assert totals.unexplained


def test_a_total_altered_by_a_share_or_the_least_part_of_one_makes_the_check_fail(recorded):
    recorded(*HISTORY)
    text = journal("beancount")

    by_a_share = BALANCE.sub(lambda found: f"{found[1]}1 + {found[2]}", text, count=1)

    assert len(faults(by_a_share)) == 1
    assert [len(faults(changed)) >= 1 for changed in altered(text)] == [True] * asserted(text)


def test_a_movement_altered_by_a_share_makes_the_check_fail(recorded):
    recorded(*HISTORY)
    text = journal("beancount")

    wrong = text.replace("  -100.5 ", "  -101.5 ").replace("  100.5 ", "  101.5 ")

    assert wrong != text
    assert faults(wrong)


def test_no_number_has_separators_and_there_are_no_lots(recorded):
    recorded(opening(1_234_567), filing(sold(1_000, 1_233_567), on="2024-03-01"))
    text = journal("beancount")

    assert "1234567" in text
    assert not re.search(r"\d,\d|\{", text)


def test_a_strangers_words_stay_inside_their_quotes(recorded):
    recorded(*HISTORY)
    entries = pytest.importorskip("beancount.loader").load_string(journal("beancount"))[0]

    names = {entry.meta["name"] for entry in entries if type(entry).__name__ == "Commodity"}
    assert '=1+2;"Class A" \\ 株式 | units, 2nd of ACME CORP' in names
    assert "401(k) $ plan of ACME CORP" in names


def test_each_line_leads_to_its_filing_on_sec_gov_where_that_has_a_number(recorded):
    first, known = opening(1_000), filing(sold(100, 900), on="2024-03-01")
    scanned = filing(sold(50, 850), on="2024-04-01", accession=None, format="scanned")
    recorded(first, known, scanned)
    load = pytest.importorskip("beancount.loader").load_string

    told = [e.meta for e in load(journal("beancount"))[0] if "source" in e.meta]
    heads = re.findall(
        r"^\d.*  ; (\S+)#I\.1(?:, address:(\S+))?$", journal("hledger"), re.MULTILINE
    )

    pages = {meta["source"].partition("#")[0]: meta.get("address") for meta in told}
    assert pages == {first.id: first.address, known.id: known.address, scanned.id: None}
    assert {name: page or None for name, page in heads} == pages
    assert known.accession in known.address


@pytest.mark.parametrize("seed", range(880_001, 880_013))
def test_beancount_finds_the_totals_of_simulated_lives(recorded, seed):
    kind = [None, *sorted(ERRORS)][seed % 7]
    totals = recorded(*sequence(seed, kind).filings)
    text = journal("beancount")

    assert faults(text) == []
    assert asserted(text) == totals.opening + totals.agreed + totals.explained


needs_hledger = pytest.mark.skipif(not shutil.which("hledger"), reason="hledger is not installed")


def hledger(text):
    """How hledger ends that checks a ledger."""
    done = subprocess.run(
        [shutil.which("hledger"), "-f", "-", "check", "assertions", "accounts", "commodities"],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"LC_ALL": "C.UTF-8"},
    )
    return done.returncode


@needs_hledger
def test_hledger_finds_the_same_totals(recorded):
    recorded(*HISTORY)
    text = journal("hledger")

    assert hledger(text) == 0
    assert asserted(text, AT_POSTING) == asserted(journal("beancount"))
    assert all(hledger(changed) for changed in altered(text, AT_POSTING))


@needs_corpus
def test_every_agreed_total_of_the_corpus_is_found_by_beancount(recorded):
    with Ledger.open("ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml")
        totals = reconcile(ledger).totals

    text = journal("beancount")

    assert faults(text) == []
    assert asserted(text) == totals.opening + totals.agreed + totals.explained
    plain = len(re.findall(r"^\S+ balance \S+ \S+ ~ 0", text, re.MULTILINE))
    assert plain > asserted(text) * 6 // 10


def test_issuers_whose_ciks_no_filing_says_have_commodities_of_their_own(recorded):
    recorded(
        filing(held(100), on="2024-01-05", issuer=Issuer(cik=None, name="Elm Corp", symbol=None)),
        filing(held(700), on="2024-02-05", issuer=Issuer(cik=None, name="OAK INC", symbol=None)),
        filing(
            held(90, how="By Trust"),
            on="2024-03-05",
            issuer=Issuer(cik=None, name="ELM CORP.", symbol=None),
        ),
    )

    told = re.findall(r"^\d\S+ commodity (\S+)\n  name: (.*)$", journal("beancount"), re.MULTILINE)

    assert len({commodity for commodity, _ in told}) == 2
    assert len({name.casefold().strip('".') for _, name in told}) == 2
