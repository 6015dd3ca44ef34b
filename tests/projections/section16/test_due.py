"""What is still to be filed: drafts, gifts that only a note tells, and insiders without a first statement."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta

import holidays
import pytest

from ledger.errors import UnknownReference, UsageError
from ledger.filing import Signature
from projections import due, json_of
from projections.section16.deadlines import form3_due, form4_due, form5_due, is_business_day
from tests.projections.building import (
    ACME,
    JANE,
    JOHN,
    MARY,
    bought,
    filing,
    gave,
    granted,
    held,
    note,
    opening,
    option,
    sold,
)

FIRST = opening(1_000)


def draft(*lines, signed=None, **said):
    """A document without a number and a filing day, signed on a day to come, or not at all."""
    signatures = [Signature(name="/s/ Jane Doe", signed_on=signed)]
    return filing(*lines, accession=None, filed_on=None, signatures=signatures, **said)


def told_of(answer):
    return [(one.form, one.due_on.isoformat(), one.late) for one in answer.due]


def test_a_sale_in_a_draft_is_due_on_the_second_business_day(told):
    ledger = told(FIRST, draft(sold(70, 930), on="2024-07-03"))

    answer = due(ledger, today="2024-07-05")
    assert told_of(answer) == [("4", "2024-07-08", False)]
    (one,) = answer.due
    assert (one.person, one.traded_on) == ({"cik": JANE.cik, "name": JANE.name}, date(2024, 7, 3))
    assert one.issuer["cik"] == ACME.cik
    assert told_of(due(ledger, today="2024-07-08")) == [("4", "2024-07-08", False)]
    assert told_of(due(ledger, today="2024-07-09")) == [("4", "2024-07-08", True)]


def test_once_it_is_filed_nothing_is_due(told):
    row = sold(70, 930)
    ledger = told(FIRST, draft(row, on="2024-07-03"), filing(row, on="2024-07-03"))

    assert due(ledger, today="2024-07-09").due == ()


def test_paper_that_was_signed_is_no_draft_and_a_holding_is_never_due(told):
    signed = draft(sold(70, 930), on="2024-03-01", signed=date(2024, 3, 4))
    ledger = told(FIRST, signed, draft(held(5, how="By Trust"), on="2024-07-03"))

    assert due(ledger, today="2024-07-09").due == ()


def test_what_is_signed_on_a_day_to_come_is_due_until_then(told):
    ledger = told(FIRST, draft(sold(70, 930), on="2024-07-03", signed=date(2024, 7, 8)))

    assert len(due(ledger, today="2024-07-05").due) == 1


def test_what_is_signed_by_now_was_filed_also_where_a_day_before_is_asked_about(told):
    ledger = told(FIRST, draft(sold(70, 930), on="2024-07-03", signed=date(2024, 7, 8)))

    assert due(ledger, today="2024-07-05", asked_on="2026-01-02").due == ()


@pytest.mark.parametrize(
    ("row", "on", "form", "by"),
    [
        (gave(70, 930, form_type="5"), "2020-05-04", "5", "2021-02-16"),
        (gave(70, 930), "2024-05-06", "4", "2024-05-08"),
        (bought(10, 1_010), "2020-05-04", "4", "2020-05-06"),
    ],
)
def test_the_form_and_the_day_are_those_of_the_rule_in_force(told, row, on, form, by):
    kind = "5" if form == "5" else "4"
    ledger = told(opening(1_000, on="2020-01-02"), draft(row, on=on, form=kind))

    assert told_of(due(ledger, today="2020-05-04")) == [(form, by, False)]


def test_a_draft_of_an_initial_statement_is_due_ten_days_after_the_event(told):
    ledger = told(FIRST, draft(held(50), on="2024-02-08", form="3", by=JOHN))

    assert told_of(due(ledger, today="2024-02-09")) == [("3", "2024-02-20", False)]


GIFT = note(
    "On May 6, 2024, 300 shares were given to a school.",
    "gift-note",
    300,
    direction="disposed",
    effective_from=date(2024, 5, 6),
    effective_to=date(2024, 5, 6),
    precision="day",
)


def test_a_gift_that_only_a_note_tells_is_due(told):
    ledger = told(FIRST, filing(sold(70, 630, notes=(GIFT,)), on="2024-06-03"))

    (one,) = due(ledger, today="2024-06-10").due
    assert (one.form, one.due_on, one.late) == ("4", date(2024, 5, 8), True)
    assert "only note.1 of" in one.why


def test_a_gift_that_a_row_reports_as_well_is_not(told):
    reported = filing(gave(300, 700), on="2024-05-06")
    ledger = told(FIRST, reported, filing(sold(70, 630, notes=(GIFT,)), on="2024-06-03"))

    assert due(ledger, today="2024-06-10").due == ()


def test_a_first_report_that_starts_from_nothing_asks_for_the_initial_statement(told):
    newcomer = filing(granted(500, 500), on="2024-09-03", by=JOHN)
    ledger = told(FIRST, newcomer)

    assert told_of(due(ledger, today="2024-09-05")) == [("3", "2024-09-13", False)]
    assert told_of(due(ledger, today="2024-09-16", person="ROE JOHN")) == [
        ("3", "2024-09-13", True)
    ]
    assert due(ledger, today="2024-09-16", person="DOE JANE").due == ()


def test_an_insider_of_long_who_is_first_met_here_owes_nothing(told):
    met_late = filing(sold(10, 490), on="2024-09-03", by=JOHN)
    awarded = filing(option("A", 50, 50), on="2024-09-04", by=MARY)
    with_form_3 = (opening(0, by=JANE), filing(bought(5, 5), on="2024-09-05"))

    assert due(told(FIRST, met_late, awarded), today="2024-10-01").due == ()
    assert due(told(*with_form_3), today="2024-10-01").due == ()
    early = filing(granted(500, 500), on="2024-02-01", by=JOHN)
    assert due(told(FIRST, early), today="2024-10-01").due == ()


def test_what_is_late_comes_first_and_the_horizon_cuts_only_what_is_not(told):
    ledger = told(
        FIRST,
        draft(sold(1, 999), on="2024-06-03"),
        draft(held(50), on="2024-07-01", form="3", by=JOHN),
        draft(sold(2, 998), on="2024-07-01", by=JANE, remarks="second"),
    )

    everything = due(ledger, today="2024-07-02")
    assert [one.due_on.isoformat() for one in everything.due] == [
        "2024-06-05",
        "2024-07-03",
        "2024-07-11",
    ]
    near = due(ledger, today="2024-07-02", within=3)
    assert [one.late for one in near.due] == [True, False]
    assert [one.late for one in due(ledger, today="2024-07-02", within=0).due] == [True]


def test_the_day_must_be_said_and_who_is_asked_about_must_be_here(told):
    ledger = told(FIRST)

    with pytest.raises(UsageError, match="from which day"):
        due(ledger, today=None)
    with pytest.raises(UsageError):
        due(ledger, today="2024-07-02", within=-1)
    with pytest.raises(UnknownReference):
        due(ledger, today="2024-07-02", person="NOBODY")


def test_the_answer_has_the_names_that_other_programs_rely_on(told):
    answer = json_of(due(told(FIRST, draft(sold(70, 930), on="2024-07-03")), today="2024-07-05"))

    (one,) = answer["due"]
    assert answer["schema"] == "ledger.due/1"
    assert {"person", "issuer", "form", "for", "traded_on", "due_on", "late"} <= set(one)
    assert one["for"] == "disposed 70 Common Stock (code S), of which a draft is here (I.1)"


CLOSINGS = (
    "2003-12-26 2004-06-11 2007-01-02 2007-12-24 2008-12-26 2012-12-24 2014-12-26 2018-12-05 "
    "2018-12-24 2019-12-24 2020-12-24 2024-12-24 2025-01-09 2025-12-24 2025-12-26"
).split()
"""Days of national mourning, and others on which an executive order closed the departments."""


def test_every_day_of_twenty_five_years_has_its_deadlines_on_days_that_edgar_is_open():
    years = range(2003, 2028)
    closed = set(holidays.country_holidays("US", years=[*years, 2028]))
    closed |= {date.fromisoformat(text) for text in CLOSINGS}
    begin, end = date(2003, 1, 1), date(2027, 12, 31)
    every = [begin + timedelta(days=n) for n in range((end - begin).days + 60)]
    opened = [day for day in every if day.weekday() < 5 and day not in closed]
    after = iter(opened)
    first, second, third = next(after), next(after), next(after)
    for day in every[: (end - begin).days + 1]:
        while first <= day:
            first, second, third = second, third, next(after)
        assert is_business_day(day) is (day.weekday() < 5 and day not in closed)
        assert form4_due(day) == second, day
    for day in every[: (end - begin).days - 60 : 7]:
        for found, wait in ((form3_due(day), 10), (form5_due(day), 45)):
            least = day + timedelta(days=wait)
            assert found == opened[bisect_left(opened, least)] <= least + timedelta(days=10), day
