"""What the explanations say of the code itself is so: where they can be read, they are."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.events import TOPICS
from ledger.readers.ownership_xml.elements import FIELDS
from projections.answers import HistoryEntry, Holding
from projections.positions.entries import Entry, Posting
from projections.positions.rulings import Ruling
from projections.questions.reconcile import judged_filings
from tests.projections.building import filing, opening, sold
from tests.test_layers import MODULES, ROOT, breaches, callee, imports, name_of, nodes_of

DOCS = ROOT / "docs"
SCHEMA = (DOCS / "explanation" / "event-schema.md").read_text("utf-8")
GOLDEN = ROOT / "tests" / "ledger" / "store" / "golden" / "stored-events.tsv"
STORED = [line.split("\t") for line in GOLDEN.read_text("utf-8").splitlines() if line]


def section(page: str, title: str) -> str:
    return page.partition(f"## {title}\n")[2].partition("\n## ")[0]


# --- the keys of a state -------------------------------------------------------------------


@pytest.mark.parametrize(("topic", "state"), [(row[0], row[-1]) for row in STORED])
def test_the_keys_of_a_state_stand_in_the_order_of_its_class(topic, state):
    assert "keys in the order of the\nevent class" in SCHEMA
    declared = list(TOPICS[topic].model_fields)

    keys = [key for key in json.loads(state) if key in declared]

    assert keys == sorted(keys, key=declared.index)


# --- who draws the tables ------------------------------------------------------------------


def test_rich_shows_progress_and_measures_text_and_draws_no_table():
    decision = (DOCS / "decisions" / "0007-dependencies.md").read_text("utf-8")
    assert "`cli/formats/text.py` draws the tables itself" in decision

    used = {
        (name_of(path), name)
        for path in MODULES
        for name, _ in imports(path)
        if name.split(".")[0] == "rich"
    }

    assert used == {
        ("cli/formats/text.py", "rich.cells"),
        ("cli/progress.py", "rich.console"),
        ("cli/progress.py", "rich.progress"),
    }


# --- which files a new column touches ------------------------------------------------------

COLUMNS = sorted({name for part, name, _ in FIELDS.values() if part == "row"})
TITLE = "When the form gains a column"
LISTED = re.findall(r"^\| `([\w/.]+)` \|", section(SCHEMA, TITLE), re.MULTILINE)
MORE = re.findall(r"`([\w/]+(?:/|\.py))`", section(SCHEMA, TITLE).rpartition("Some columns")[2])


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_passes_through_the_files_that_the_page_names(column):
    assert [f for f in LISTED if not re.search(rf"\b{column}\b", read(ROOT / f))] == []


@pytest.mark.parametrize("column", ["equity_swap", "timeliness", "underlying_value"])
def test_a_column_that_no_rule_asks_for_is_named_nowhere_else(column):
    naming = [name_of(path) for path in MODULES if re.search(rf"\b{column}\b", read(path))]

    assert [f for f in naming if not any(f.startswith(place) for place in (*LISTED, *MORE))] == []


def read(path: Path) -> str:
    return path.read_text("utf-8")


# --- three layers, and one writer ----------------------------------------------------------

RECKONED = {"prior", "expected", "balance", "residual"}


def test_what_is_filed_judged_and_published_are_types_of_their_own_that_never_change():
    page = read(DOCS / "explanation" / "claims-and-movements.md")
    assert "Each is a type of its own, and the numbers have one writer" in page
    layers = (Entry, Posting, Ruling, HistoryEntry, Holding)

    assert all(layer.__struct_config__.frozen for layer in layers)
    assert not RECKONED & set(Entry.__struct_fields__)
    assert set(Posting.__struct_fields__) >= RECKONED
    assert not RECKONED & set(Ruling.__struct_fields__)
    assert not issubclass(HistoryEntry, Entry)


def test_the_numbers_of_a_timeline_have_one_writer():
    """A posting is made, or made otherwise, where it is reckoned, and nowhere else."""
    assert set(breaches(MODULES, writes_postings)) == {"projections/positions/reckoning.py"}


def writes_postings(path: Path) -> Iterator[str]:
    """Where a file makes a posting, or gives another one of its numbers."""
    for call in nodes_of(path):
        if isinstance(call, ast.Call):
            altered = callee(call) in ("replace", "_replace")
            if callee(call) == "Posting" or (altered and RECKONED & {k.arg for k in call.keywords}):
                yield f"line {call.lineno}"


# --- claims and movements ------------------------------------------------------------------


def balance_of(*filings):
    (judged,) = judged_filings([opening(900), *filings])
    (position,) = judged.folded.book.positions
    return position.balance


def test_a_claim_that_follows_moves_nothing_and_one_that_does_not_is_the_latest_word():
    page = read(DOCS / "explanation" / "claims-and-movements.md")
    assert "A claim is never silently believed" in page
    assert "the balance goes on from\nit, with the residual shown beside it" in page
    assert "When a later total returns to the line before it, it is\nset aside" in page
    silent, agreed, broken = (filing(sold(100, o), on="2024-03-01") for o in (None, 800, 750))
    after = filing(sold(50, 750), on="2024-04-01")

    assert balance_of(silent) == balance_of(agreed) == 800
    assert balance_of(broken) == 750
    assert balance_of(broken, after) == balance_of(agreed, after) == 750
