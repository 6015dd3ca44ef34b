"""Several loaders append to one ledger at once: every filing is there once, and whole."""

import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

import pytest

from ledger import Ledger
from ledger.ingestion import ingest
from tests.documents import submission_text
from tests.filings import folder_of, xml

SPAWN = multiprocessing.get_context("spawn")
FILINGS = 24


@pytest.fixture(scope="module")
def loaders():
    """Three processes."""
    with ProcessPoolExecutor(3, mp_context=SPAWN) as pool:
        yield pool


def load(url, paths):
    """What a loader of its own reports, which appends a few filings at a time."""
    ingest._BATCH = 8
    with Ledger.open(url) as ledger:
        done = ledger.ingest(*paths)
    return Counter(
        recorded=done.recorded,
        here=done.already_recorded,
        reread=done.reread,
        conflicting=done.conflicting,
        aside=len(done.set_aside),
        events=done.events,
    )


def test_loaders_of_the_same_filings_record_each_of_them_once(loaders, store_url, tmp_path):
    forms = sorted(folder_of(tmp_path / "forms", FILINGS).iterdir())
    with Ledger.open(tmp_path / "alone.db") as alone:
        alone.ingest(*forms)
        expected = list(alone.states())
    orders = [forms, forms[::-1], forms[9:] + forms[:9]]

    done = sum(loaders.map(load, [store_url] * 3, orders), Counter())

    assert done == {"recorded": FILINGS, "here": 2 * FILINGS, "events": len(expected)}
    with Ledger.open(store_url) as ledger:
        assert list(ledger.states()) == expected
        assert ledger.verify().ok
        assert ledger.ingest(*forms).already_recorded == FILINGS


def test_loaders_of_several_sources_leave_the_best_one_standing(loaders, store_url, tmp_path):
    forms = sorted(folder_of(tmp_path / "forms", FILINGS).iterdir())
    better = tmp_path / "better"
    better.mkdir()
    for number, path in enumerate(forms, start=1):
        text = submission_text(xml(number), accession=path.stem)
        (better / f"{path.stem}.txt").write_bytes(text)
    orders = [forms, sorted(better.iterdir())[::-1], forms[::-1]]

    done = sum(loaders.map(load, [store_url] * 3, orders), Counter())

    assert done["recorded"] == FILINGS
    assert done["recorded"] + done["reread"] + done["here"] == 3 * FILINGS
    assert not done["conflicting"]
    assert not done["aside"]
    with Ledger.open(store_url) as ledger:
        assert {ledger.filing(path.stem).format for path in forms} == {"submission"}
        assert ledger.head() >= done["events"] == ledger.verify().events
        assert ledger.verify().ok
