"""The fast decoder of replay reads what was validated when it was written, field for field."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import BaseModel

from ledger import Ledger
from ledger.events import FilingReported, NoteStated, RowReported
from ledger.recording import events_of
from projections.answers import plain_json
from projections.filings.decoding import dossiers, dossiers_of, is_indexed, mentions
from projections.filings.records import Dossier, Head, Line, Stated
from tests.corpus import CORPUS, needs_corpus
from tests.projections.building import (
    bought,
    filing,
    held,
    into_trust,
    option,
    plan_purchase,
    sold,
    units,
)
from tests.simulator import sequence, world


def plain(value):
    """A pydantic or msgspec value as plain JSON, keys that only one side knows left to it."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if hasattr(value, "__struct_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return plain_json(value)


def narrowed(slim, whole):
    """The fields of `whole` that `slim` has too, at every depth."""
    if isinstance(slim, dict) and isinstance(whole, dict):
        return {key: narrowed(slim[key], whole[key]) for key in slim}
    if isinstance(slim, list) and isinstance(whole, list) and len(slim) == len(whole):
        return [narrowed(a, b) for a, b in zip(slim, whole, strict=True)]
    return whole


def without_remarks(said):
    """What is decoded but for the remarks, which a form's only line is given as a note on its total."""
    cited = said.get("cited") or {}
    of_notes = {column: [n for n in ids if n != "remarks"] for column, ids in cited.items()}
    return said | ({"cited": {c: ids for c, ids in of_notes.items() if ids}} if cited else {})


def says_none(row: RowReported):
    """Whether a row stands where a form lists nothing, as "No securities are beneficially owned"."""
    listed = row.code or row.shares_after or row.value_after or row.underlying_shares
    return not listed and (row.security or "").casefold().startswith(("no ", "none"))


def agree(dossier: Dossier, events):
    """Hold one decoded filing against the events it was decoded from."""
    reports = [n for n, e in enumerate(events) if isinstance(e, FilingReported)]
    head, body = events[reports[-1]], events[reports[-1] + 1 :]
    listed = [e for e in body if isinstance(e, RowReported)]
    rows = [row for row in listed if not says_none(row)]
    notes = [e for e in body if isinstance(e, NoteStated)]
    assert dossier.id == head.id
    assert dossier.known == head.known
    assert (len(dossier.lines), len(dossier.statements)) == (len(rows), len(notes))
    pairs = [
        (dossier.head, head),
        *zip(dossier.lines, rows, strict=True),
        *zip(dossier.statements, notes, strict=True),
    ]
    for slim, whole in pairs:
        said = plain(slim)
        if slim is dossier.head and not rows and listed:
            assert said.pop("no_securities_owned") == (head.form[0] == "3")
        assert without_remarks(said) == narrowed(without_remarks(said), plain(whole))
    for line, row in zip(dossier.lines, rows, strict=True):
        assert line.ref == row.ref
    for stated, note in zip(dossier.statements, notes, strict=True):
        assert stated.ref == note.ref


def test_every_field_of_a_filing_is_read_alike():
    made = filing(
        bought("100.25", "1100.5", notes=(plan_purchase(500, "2024-05"), into_trust(70))),
        sold(5, price=None, on="2024-02-29"),
        held(None, how="By 401(k)", value_after="12.5"),
        option("A", 100, 100, exercisable_on="2025-03-01"),
        units(None, None, 7),
        on="2024-03-01",
        remarks="A remark.",
        not_subject_to_section16=True,
    )

    (dossier,) = dossiers_of([made])

    agree(dossier, events_of(made))
    assert dossier.lines[0].movement == Decimal("100.25")
    assert dossier.lines[1].movement == -5
    assert (dossier.day, dossier.base_form, dossier.amends) == (date(2024, 3, 3), "4", False)


@pytest.mark.parametrize("seed", range(30))
def test_simulated_filings_are_read_alike(seed):
    made = sequence(seed)
    found = {dossier.stream: dossier for dossier in dossiers_of(made.filings)}

    for one in made.filings:
        agree(found[one.stream], events_of(one))


def test_a_stored_filing_is_read_as_its_last_reading(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        first = filing(bought(100, 1_100), on="2024-03-01")
        ledger.record([first])
        ledger.record(
            [filing(bought(101, 1_101), held(7, how="By IRA"), on="2024-03-01", reader_version=2)]
        )

        (dossier,) = dossiers(ledger.states())

        assert [line.shares_after for line in dossier.lines] == [1_101, 7]
        agree(dossier, [event.fact for event in ledger.events()])


def test_stored_worlds_are_read_alike(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(world(3, people=3, years=3).filings)
        agree_all(ledger)


def test_the_issuer_alone_is_the_one_of_the_last_reading(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.record(world(3, people=3, years=1).filings)
        first = filing(bought(100, 1_100), on="2024-03-01")
        again = first.model_copy(
            update={
                "reader_version": 9,
                "issuer": first.issuer.model_copy(update={"name": "Read Again Co"}),
            }
        )
        ledger.record([first])
        ledger.record([again])

        about = list(mentions(s for s in ledger.states() if is_indexed(s[2])))
        named = {one.stream: one.issuer for one in about}

        assert named == {d.stream: d.head.issuer for d in dossiers(ledger.states())}
        assert named[first.stream].name == "Read Again Co"
        assert {one.stream: one.owners for one in about} == {
            d.stream: [owner.cik for owner in d.head.owners if owner.cik]
            for d in dossiers(ledger.states())
        }


@needs_corpus
def test_every_real_filing_is_read_alike(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        ledger.ingest(*(CORPUS / name for name in ("ownership_xml", "submissions", "seeds")))
        assert agree_all(ledger) > 500


def agree_all(ledger):
    """Hold every stored filing against its events; how many there are."""
    events = {}
    for event in ledger.events():
        events.setdefault(event.fact.originator_id, []).append(event.fact)
    found = list(dossiers(ledger.states()))
    assert {d.stream for d in found} == set(events)
    for dossier in found:
        agree(dossier, events[dossier.stream])
    return len(found)


def test_every_slim_field_is_a_field_of_the_event():
    for slim, whole in ((Head, FilingReported), (Line, RowReported), (Stated, NoteStated)):
        assert set(slim.__struct_fields__) <= set(whole.model_fields)


def test_a_property_worked_out_once_can_be_asked_of_its_class():
    asked = [name for name, found in vars(Line).items() if type(found).__name__ == "kept"]

    assert asked
    assert all(type(getattr(Line, name)).__name__ == "kept" for name in asked)
