"""JSON Schemas: one for every answer, and every answer as its own says."""

import copy
import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from cli.main import main
from cli.schemas import names, schema_of
from ledger import Ledger
from ledger.errors import UnknownReference
from projections import (
    diff,
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
    stakes,
    stats,
)
from tests.projections.building import filing, gave, into_trust, opening, plan_purchase, sold
from tests.schemas import FOLDER, faults, written
from tests.test_layers import MODULES


@pytest.fixture
def answers(tmp_path):
    """Every answer about one ledger, as JSON."""
    filings = (
        opening(1_000),
        filing(sold(100, 950, notes=plan_purchase(50, "2024-02")), on="2024-03-01"),
        filing(gave(250, 690, notes=into_trust(250)), on="2024-04-01"),
    )
    between = {"known_from": "2024-01-10", "known_to": "2024-12-31"}
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(filings)
        found = reconcile(ledger)
        stories = [explain(ledger, finding.id) for finding in found.findings]
        asked = (events(ledger), holdings(ledger), history(ledger), stats(ledger), replay(ledger))
        asked += (people(ledger), issuers(ledger), stakes(ledger), filed(ledger))
        return list(map(json_of, (found, *asked, diff(ledger, **between), *stories)))


@pytest.mark.parametrize("command", ["reconcile", "show", "explain", "retract", "holdings"])
def test_a_schema_is_found_by_the_name_of_its_command_too(command):
    printed = CliRunner().invoke(main, ["schema", command])

    assert printed.exit_code == 0
    assert json.loads(printed.output)["properties"]["schema"]


def test_the_records_of_a_filing_carry_its_address(tmp_path):
    where = ["--db", str(tmp_path / "ledger.db")]
    shares = opening(1_000)
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record([shares])

    shown = CliRunner().invoke(main, [*where, "show", shares.accession, "--format", "csv"]).output

    (row,) = csv.DictReader(io.StringIO(shown))
    assert row["filing"] == shares.accession
    assert row["address"] == shares.address
    assert row["address"].startswith("https://www.sec.gov/Archives/edgar/data/")


def test_every_answer_is_as_its_schema_says(answers):
    assert len(answers) > 8
    for answer in answers:
        assert faults(answer) == []


def test_a_number_a_missing_field_and_a_day_that_is_none_are_faults(answers):
    (answer,) = (a for a in answers if a["schema"] == "ledger.holdings/1")
    for field, wrong in (("shares", 950.0), ("shares", "1e3"), ("since", "1 March"), ("table", 1)):
        spoilt = copy.deepcopy(answer)
        spoilt["holdings"][0][field] = wrong
        assert faults(spoilt), (field, wrong)
    del answer["holdings"][0]["basis"]
    assert faults(answer)


def test_a_field_that_is_added_is_no_fault(answers):
    for answer in answers:
        assert faults(answer | {"added": 1}) == []


def test_every_answer_in_the_code_has_a_schema_of_its_name():
    said = {
        name
        for path in MODULES
        for name in re.findall(r'"ledger\.(\w+)/1"', path.read_text("utf-8"))
    }

    assert said == set(names())


def test_the_files_of_the_docs_are_what_the_program_prints():
    assert {path.name: path.read_text("utf-8") for path in FOLDER.glob("*")} == written()


def test_a_description_has_no_indentation_of_its_source():
    told = [word for name in names() for word in _descriptions(schema_of(name))]

    assert len(told) > 100
    assert [words for words in told if re.search(r"\n +", words)] == []


def _descriptions(part):
    """Every description in a schema."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "description" and isinstance(value, str):
                yield value
            else:
                yield from _descriptions(value)
    elif isinstance(part, list):
        for value in part:
            yield from _descriptions(value)


def test_a_schema_is_printed_by_its_name_as_it_is_or_as_json():
    run = CliRunner().invoke

    for asked in (["ledger.holdings/1"], ["holdings", "--format", "json"]):
        assert json.loads(run(main, ["schema", *asked]).output) == schema_of("holdings")


def test_a_name_that_no_answer_has_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownReference) as refusal:
        schema_of("balances")

    assert "holdings" in refusal.value.remedy
