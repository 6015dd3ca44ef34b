"""What may wait for Form 5, for how long, and what it is due for when it was never told."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.filing import Issuer, Owner
from projections import due, reconcile
from projections.section16.deadlines import deferrable, next_year_end, six_months_after
from tests.projections.building import (
    JANE,
    bought,
    filing,
    held,
    kinds,
    moved,
    note,
    opening,
    option,
    sold,
    vested,
)
from tests.projections.section16.test_due import FIRST, draft, told_of


def small(shares, owns, *, price, **said):
    """A small acquisition, as Form 5 has it."""
    return moved("L", "acquired", shares, owns, price=price, **{"form_type": "5"} | said)


def one_due(ledger, today):
    (one,) = due(ledger, today=today).due
    return one.form, one.due_on.isoformat(), one.unless


def year(on, filed, ends="2023-12-31"):
    """A Form 5 in time, by which the fiscal year is known to end."""
    return filing(
        moved("G", "acquired", 5, 1_005, price=0, form_type="5"),
        on=on,
        form="5",
        period=ends,
        filed=filed,
    )


YEAR_KNOWN = year("2023-06-01", "2024-02-05")


@pytest.mark.parametrize(
    ("code", "direction", "traded", "waits"),
    [
        ("G", "disposed", "2023-02-26", True),
        ("G", "disposed", "2023-02-27", False),
        ("G", "acquired", "2024-05-06", True),
        ("W", "acquired", "2024-05-06", True),
        ("Z", "disposed", "2024-05-06", True),
        ("L", "acquired", "2024-05-06", True),
        ("A", "acquired", "2002-08-28", True),
        ("A", "acquired", "2002-08-29", False),
        ("M", "acquired", "2002-05-01", False),
        ("S", "disposed", "2002-05-01", False),
    ],
)
def test_what_may_wait_is_what_the_rule_of_the_day_lets_wait(code, direction, traded, waits):
    assert deferrable(code, direction, date.fromisoformat(traded)) is waits


def test_a_fiscal_year_ends_on_the_next_day_of_its_name_also_in_leap_years():
    assert next_year_end(date(2024, 1, 3), "1231") == date(2024, 12, 31)
    assert next_year_end(date(2024, 12, 31), "1231") == date(2024, 12, 31)
    assert next_year_end(date(2024, 2, 29), "0229") == date(2024, 2, 29)
    assert next_year_end(date(2024, 3, 1), "0229") == date(2025, 2, 28)
    assert six_months_after(date(2024, 8, 31)) == date(2025, 2, 28)


def test_a_small_acquisition_waits_for_the_form_5_of_its_year(told):
    ledger = told(
        opening(1_000, on="2023-01-03"),
        YEAR_KNOWN,
        draft(small(100, 1_105, price=20), on="2024-05-06", form="5"),
    )

    assert one_due(ledger, "2024-05-07") == (
        *("5", "2025-02-14"),
        "unless more is bought or a sale follows by 2024-11-06",
    )
    assert one_due(ledger, "2025-01-07")[2] is None


def test_it_may_wait_on_a_form_4_as_well(told):
    ledger = told(FIRST, YEAR_KNOWN, draft(small(100, 1_100, price=20), on="2024-05-06"))

    assert one_due(ledger, "2025-01-07") == ("5", "2025-02-14", None)


def test_ten_thousand_dollars_in_six_months_are_the_most(told):
    first = draft(small(300, 1_300, price=20), on="2024-05-06", form="5")
    second = draft(small(250, 1_550, price=20), on="2024-09-10", form="5", remarks="second")
    ledger = told(FIRST, YEAR_KNOWN, first, second)

    answer = due(ledger, today="2024-09-11")
    assert told_of(answer) == [("4", "2024-09-12", False)] * 2
    assert sorted(one.unless or "" for one in answer.due) == [
        "",
        "it was a small acquisition (Rule 16a-6), and could wait no longer since 2024-09-10",
    ]


def test_what_was_reported_and_what_is_older_than_six_months_counts_no_more(told):
    reported = filing(small(300, 1_300, price=20), on="2024-01-10", filed="2024-01-12")
    old = draft(small(300, 1_600, price=20), on="2024-02-01", form="5")
    new = draft(small(250, 1_850, price=20), on="2024-09-10", form="5", remarks="second")

    answer = due(told(FIRST, YEAR_KNOWN, reported, old, new), today="2024-09-11")
    assert [one.form for one in answer.due] == ["5", "5"]


def test_a_sale_within_six_months_ends_the_waiting_and_a_gift_does_not(told):
    waits = draft(small(100, 1_100, price=20), on="2024-05-06", form="5")
    gift = filing(moved("G", "disposed", 10, 1_090, price=0), on="2024-06-03")
    sale = filing(sold(10, 1_080), on="2024-06-10")

    assert one_due(told(FIRST, YEAR_KNOWN, waits, gift), "2025-01-02")[0] == "5"
    assert one_due(told(FIRST, YEAR_KNOWN, waits, sale), "2024-07-02")[:2] == ("4", "2024-06-12")


def test_a_purchase_marked_for_form_5_is_small_or_is_due_at_once(told):
    dear = draft(bought(1_000, 2_000, price=20, form_type="5"), on="2024-05-06", form="5")
    cheap = draft(bought(100, 1_100, price=20, form_type="5"), on="2024-05-06", form="5")

    assert one_due(told(FIRST, YEAR_KNOWN, dear), "2024-05-07") == ("4", "2024-05-08", None)
    assert one_due(told(FIRST, YEAR_KNOWN, cheap), "2025-01-07")[0] == "5"


def test_what_has_no_price_waits_if_it_was_small(told):
    ledger = told(
        FIRST, YEAR_KNOWN, draft(small(100, 1_100, price=None), on="2024-05-06", form="5")
    )

    assert one_due(ledger, "2024-05-07")[2].startswith("if it cost no more than $10,000")


def test_a_sale_is_never_for_form_5_however_it_is_marked(told):
    ledger = told(FIRST, YEAR_KNOWN, draft(sold(10, 990, form_type="5"), on="2024-05-06", form="5"))

    assert one_due(ledger, "2024-05-07") == ("4", "2024-05-08", None)


def test_a_form_that_told_of_no_small_acquisition_in_time_was_late(told):
    def twice(shares):
        rows = (
            small(shares, 1_000 + shares, price=20),
            small(shares, 1_000 + 2 * shares, price=20, on="2024-09-10"),
        )
        return filing(*rows, on="2024-05-06", form="5", period="2024-12-31", filed="2025-02-05")

    lost, kept = twice(300), twice(200)

    (late,) = [f for f in reconcile(told(FIRST, lost)).findings if f.kind == "LATE_FILING"]
    assert late.message == "due 2024-09-12 on Form 4, filed 2025-02-05"
    assert "LATE_FILING" not in kinds(reconcile(told(FIRST, kept)))


def test_a_fiscal_year_is_taken_from_the_forms_5_and_an_unknown_one_is_said(told):
    gift = draft(moved("G", "acquired", 10, 1_010, price=0), on="2024-08-05", form="5")
    june = year("2023-06-01", "2023-08-01", ends="2023-06-30")
    a_trade = year("2023-03-31", "2024-02-05", ends="2023-03-31")

    assert one_due(told(FIRST, june, gift), "2024-08-06") == ("5", "2025-08-14", None)
    for known in ((FIRST,), (FIRST, a_trade)):
        form, on, unless = one_due(told(*known, gift), "2024-08-06")
        assert (form, on) == ("5", "2025-02-14")
        assert "31 December is taken" in unless


def test_a_day_in_january_belongs_to_the_year_that_begins(told):
    gift = draft(moved("G", "acquired", 10, 1_010, price=0), on="2024-01-03", form="5")

    assert (
        one_due(told(opening(1_000, on="2023-01-03"), YEAR_KNOWN, gift), "2024-01-04")[1]
        == "2025-02-14"
    )


def test_the_rows_of_a_draft_are_one_form_for_each_day_of_trading(told):
    rows = (sold(10, 990), sold(20, 970), sold(30, 940, on="2024-07-05"))
    ledger = told(FIRST, draft(*rows, on="2024-07-03"))

    answer = due(ledger, today="2024-07-05")
    assert [(one.traded_on.isoformat(), one.due_on.isoformat()) for one in answer.due] == [
        ("2024-07-03", "2024-07-08"),
        ("2024-07-05", "2024-07-09"),
    ]
    assert answer.due[0].why == (
        "disposed 10 Common Stock (code S) and 1 more row, of which a draft is here (I.1 to I.2)"
    )


def test_a_holding_that_belonged_on_the_initial_statement_is_late_until_it_is_filed(told):
    late = held(50, how="By Trust", form_type="3")
    said = {"on": "2024-12-31", "form": "5"}
    ledger = told(FIRST, draft(late, **said))

    assert told_of(due(ledger, today="2025-01-10")) == [("5", "2024-01-12", True)]
    assert due(told(FIRST, draft(late, **said), filing(late, **said)), today="2025-03-10").due == ()
    assert due(told(FIRST, draft(held(50, how="By Trust"), **said)), today="2025-01-10").due == ()


def gift_in_may(year, direction):
    return note(
        f"In May {year}, 300 shares were given to a school.",
        "gift-note",
        300,
        direction=direction,
        effective_from=date(year, 5, 1),
        effective_to=date(year, 5, 31),
        precision="month",
    )


def test_a_gift_of_which_only_the_month_is_told_is_due_by_its_last_day(told):
    teller = filing(sold(70, 630, notes=(gift_in_may(2024, "disposed"),)), on="2024-06-10")

    (one,) = due(told(FIRST, teller), today="2024-06-20").due
    assert (one.form, one.due_on, one.traded_on, one.late) == ("4", date(2024, 6, 4), None, True)
    in_a_row = filing(moved("G", "disposed", 200, 800, price=0), on="2024-05-20")
    assert due(told(FIRST, in_a_row, teller), today="2024-06-20").due == ()


def test_whether_a_gift_was_made_or_received_decides_and_is_said_where_it_is_unknown(told):
    unknown = filing(sold(70, 630, notes=(gift_in_may(2024, None),)), on="2024-06-10")
    received = filing(sold(70, 1_230, notes=(gift_in_may(2024, "acquired"),)), on="2024-06-10")

    assert one_due(told(FIRST, unknown), "2024-06-20")[::2] == (
        *("4",),
        "a gift received may wait for Form 5",
    )
    assert one_due(told(FIRST, YEAR_KNOWN, received), "2024-06-20") == ("5", "2025-02-14", None)


def test_the_other_half_of_an_exercise_is_due_and_what_is_whole_is_not(told):
    options = opening(1_000, option(None, 100, 500))
    half = filing(option("M", 100, 400), on="2024-05-06")
    whole = filing(option("M", 100, 400), vested(100, 1_100), on="2024-05-06")

    (one,) = due(told(options, half), today="2024-05-10").due
    assert (one.form, one.due_on, one.late) == ("4", date(2024, 5, 8), True)
    assert one.why.startswith("the other half of an exercise: 100 under code M")
    assert one.unless == "unless it was settled in cash, or the rest was withheld"
    assert due(told(options, whole), today="2024-05-10").due == ()


HOME = Issuer(cik="0002000088", name="NORDVIK ASA", symbol="NVKA", foreign_symbol="NORV")
FUND = Owner(cik="0001000088", name="HALYARD FUND", ten_percent_owner=True)


def at_home(who, *lines, **said):
    return draft(*lines, by=who, issuer=HOME, **said)


def test_insiders_of_a_foreign_issuer_owe_forms_unless_home_reports_are_accepted(told):
    first = opening(500, on="2026-03-18", filed="2026-03-18", issuer=HOME)
    row = sold(10, 490)

    form, on, unless = one_due(told(first, at_home(JANE, row, on="2026-04-06")), "2026-04-07")
    assert (form, on) == ("4", "2026-04-08")
    assert unless == "unless what its home country publishes is accepted instead"
    assert due(told(first, at_home(FUND, row, on="2026-04-06")), today="2026-04-07").due == ()
    assert due(told(first, at_home(JANE, row, on="2026-02-02")), today="2026-04-07").due == ()
