"""The log as records: each event beside the filing that reports it."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from ledger import Ledger
from ledger.events import TOPICS
from ledger.filing import Filing, Footnote, Issuer, Owner, Row, Statement
from projections.questions.events import records
from projections.questions.titles import title, titles

NOTE = "Includes 2,500 shares bought in July 2004 and 70 from a trust."


def filing(number=1, **changed):
    said = {
        "sha256": f"{number:064x}",
        "format": "ownership-xml",
        "reader_version": 1,
        "accession": f"0001000001-04-{number:06d}",
        "form": "4",
        "filed_on": date(2004, 8, 2),
        "issuer": Issuer(cik="0002000001", name="ACME CORP", symbol="ACME"),
        "owners": (Owner(cik="0001000001", name="DOE JANE"),),
        "footnotes": (Footnote(id="F1", text=NOTE),),
        "rows": (
            Row(
                table="I",
                line=1,
                security="Common Stock",
                effective_on=date(2004, 7, 30),
                code="P",
                shares=Decimal(100),
                direction="acquired",
                shares_after=Decimal("2600.5"),
                ownership="direct",
                cited={"shares_after": ("F1",)},
            ),
        ),
        "statements": (
            Statement(
                note="F1",
                kind="espp-purchase",
                start=9,
                end=42,
                shares=Decimal(2500),
                direction="acquired",
                effective_from=date(2004, 7, 1),
                effective_to=date(2004, 7, 31),
                precision="month",
            ),
        ),
    }
    return Filing(**(said | changed))


@pytest.fixture
def log(tmp_path):
    with Ledger.open(tmp_path / "ledger.db") as opened:
        yield opened


def test_every_record_has_every_key_whatever_the_event(log):
    log.record([filing()])

    keys = [list(record) for record in records(log)]

    assert keys[0] == keys[1] == keys[2]


def test_the_filing_its_rows_and_its_statements_are_told_apart_by_their_basis(log):
    log.record([filing()])

    told = [(r["event"], r["row"], r["basis"], r["shares"]) for r in records(log)]

    assert told == [
        ("filing", None, "filing", None),
        ("purchase", "I.1", "row", "100"),
        ("espp-purchase", "note.1", "footnote", "2500"),
    ]


def test_a_row_keeps_its_movement_and_its_claim_apart(log):
    log.record([filing()])

    row = list(records(log))[1]

    assert (row["direction"], row["shares"], row["shares_after"]) == ("acquired", "100", "2600.5")
    assert (row["effective_from"], row["effective_to"]) == ("2004-07-30", "2004-07-30")
    assert (row["known_at"], row["known_basis"]) == ("2004-08-02", "filing-date")
    assert (row["footnotes"], row["ref"]) == (["F1"], "0001000001-04-000001#I.1")
    assert row["value_after"] is None


def test_a_statement_quotes_its_words_and_keeps_its_interval(log):
    log.record([filing()])

    statement = list(records(log))[2]

    assert statement["text"] == "2,500 shares bought in July 2004 "
    assert (statement["effective_from"], statement["effective_to"]) == ("2004-07-01", "2004-07-31")
    assert statement["precision"] == "month"


def test_reading_on_from_the_middle_of_a_filing_still_knows_whose_it_is(log):
    log.record([filing(), filing(2)])

    assert list(records(log, after=1)) == list(records(log))[1:]
    assert [r["position"] for r in records(log, after=4)] == [5, 6]


def test_only_the_named_streams_are_told_in_the_order_of_the_log(log):
    log.record([filing(number) for number in (1, 2, 3)])
    wanted = {filing(3).stream, filing(1).stream}

    told = list(records(log, streams=wanted))

    assert [r["position"] for r in told] == [1, 2, 3, 7, 8, 9]
    assert list(records(log, streams=())) == []


def test_a_rereading_tells_its_reason_and_heads_its_own_rows(log):
    log.record([filing()])
    log.record([filing(reader_version=2, form="4/A")])

    again = list(records(log))[3:]

    assert [r["event"] for r in again] == ["filing-reread", "purchase", "espp-purchase"]
    assert again[0]["reason"]
    assert {r["form"] for r in again} == {"4/A"}


def test_every_kind_of_event_can_be_told(log):
    kinds = [topic for topic, cls in TOPICS.items() if issubclass(cls, Statement)]
    log.record([filing(statements=[Statement(note="F1", kind=k, start=0, end=8) for k in kinds])])

    assert [r["event"] for r in records(log)][2:] == kinds


def test_a_filing_is_called_by_its_form_and_the_day_it_was_known(log):
    log.record([filing(), filing(2, accession=None)])
    scan = filing(2, accession=None)

    assert titles(log, ["0001000001-04-000001#I.1", scan.id, "4fea1e72", ""]) == {
        "0001000001-04-000001": "Form 4 filed 2004-08-02",
        scan.id: "Form 4 filed 2004-08-02",
    }
    assert title("5", filing(filed_on=None).known) == "Form 5 undated"


# --- whose clock -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "day"),
    [
        ("2025-01-15T20:45:00-05:00", "2025-01-15"),
        ("2025-01-15T22:05:00-05:00", "2025-01-15"),
        ("2025-07-15T20:45:00-04:00", "2025-07-15"),
        ("2025-01-16T00:05:00-05:00", "2025-01-16"),
    ],
)
def test_a_filing_accepted_in_the_evening_bears_the_day_of_edgars_clock(accepted, day):
    moment = datetime.fromisoformat(accepted)

    known = filing(accepted_at=moment).known

    assert title("4", known) == f"Form 4 accepted {day}"
    assert (known.on.isoformat(), known.words) == (day, f"{day} {accepted[11:16]} Eastern")
