"""Amounts in shares and in dollars that a data set has on other lines than theirs."""

from __future__ import annotations

from decimal import Decimal
from time import perf_counter

import pytest

from ledger.readers.datasets import amounts
from ledger.readers.datasets.sheets import Entry
from tests.filings import filing, holding_row, row
from tests.ledger.readers.datasets.test_reader import in_order, told
from tests.parity import alike
from tests.simulator.quarters import quarter

_TERMS = {"table": "II", "underlying": "Common Stock", "exercise_price": Decimal("2.5")}


def held(line, title, *, shares=None, value=None, **said):
    """A holding of Table II in shares or in dollars, over as many shares as they are or buy."""
    under = shares if shares is not None else value / Decimal("2.5")
    counted = {"shares_after": shares, "value_after": value}
    usual = {"security": title, "underlying_shares": under, **_TERMS, **counted}
    return holding_row(line, **usual | said)


def option(line, shares, **said):
    return held(line, "Stock Option (right to buy)", shares=Decimal(shares), **said)


def note(line, value, **said):
    return held(line, "9% Convertible Note", value=Decimal(value), **said)


def read(*rows, packed=True):
    written = filing(rows=rows)
    (found,), said, _ = told(quarter([written], packed=packed))
    assert said == []
    return found, written


def test_dollars_go_back_to_the_lines_of_what_is_owed():
    found, written = read(
        note(1, 50_000, cited={"value_after": ("F1",)}),
        option(2, 4_000),
        option(3, 700, cited={"shares_after": ("F1",)}),
        note(4, 12_500),
    )

    assert alike(found, "data-set") == alike(in_order(written), "data-set")
    assert [r.cited.get("value_after") for r in found.rows] == [("F1",), None, None, None]
    assert [r.cited.get("shares_after") for r in found.rows] == [None, None, ("F1",), None]
    assert [[(p.field, p.printed, p.effect) for p in r.repairs] for r in found.rows] == [
        [("shares_after", "4000.0", "repaired")],
        [("shares_after", "700.0", "repaired"), ("value_after", "12500.0", "repaired")],
        [("shares_after", "", "repaired")],
        [("value_after", "", "repaired")],
    ]


def test_amounts_that_moved_go_back_apart_from_totals():
    sold = {**_TERMS, "code": "J", "direction": "disposed", "shares_after": Decimal(0)}
    paid = {"shares": None, "value": Decimal(10_000), "underlying_shares": Decimal(4_000)}
    moved = {"shares": Decimal(300), "underlying_shares": Decimal(300)}

    found, written = read(
        row(1, security="Senior Debenture", **sold | paid),
        row(2, security="Warrant", **sold | moved),
    )

    assert alike(found, "data-set") == alike(in_order(written), "data-set")
    assert {p.field for r in found.rows for p in r.repairs} == {"shares"}


def test_notes_alone_are_told_apart_by_what_their_dollars_buy():
    counted = held(1, "8% Convertible Note", shares=Decimal(9), underlying_shares=Decimal(120))

    found, written = read(counted, note(2, 50_000))

    assert alike(found, "data-set") == alike(in_order(written), "data-set")


def test_what_lies_under_a_transaction_says_nothing_of_its_total():
    sold = {**_TERMS, "code": "J", "direction": "disposed", "security": "5% Senior Note"}
    lots = [Decimal(1_000), Decimal(25_000)]
    first, second = (
        {"shares": None, "value": lot, "underlying_shares": lot / Decimal("2.5")} for lot in lots
    )

    found, _ = read(
        row(1, **sold | first | {"shares_after": None, "value_after": lots[1]}),
        row(2, **sold | second | {"shares_after": Decimal(0)}),
    )

    assert [(r.value, r.value_after, r.shares_after) for r in found.rows] == [
        (lots[0], None, None),
        (lots[1], None, None),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        (option(1, 4_000), option(2, 700)),
        (note(1, 50_000), note(2, 12_500)),
        (option(1, 4_000), held(2, "Stock Option", shares=None, value=Decimal(1))),
    ],
    ids=["all in shares", "all in dollars", "each where it belongs"],
)
def test_amounts_in_their_places_stay(rows):
    found, written = read(*rows, packed=False)

    assert alike(found, "data-set") == alike(in_order(written), "data-set")
    assert not any(r.repairs for r in found.rows)


def test_an_amount_of_which_nothing_tells_whose_it_is_is_unknown():
    found, _ = read(
        holding_row(1, shares_after=Decimal(5)),
        holding_row(2, shares_after=None, value_after=Decimal(90)),
        holding_row(3, shares_after=Decimal(7)),
    )

    assert [(r.shares_after, r.value_after) for r in found.rows] == [(None, None)] * 3
    told_of = [[(p.field, p.printed, p.effect) for p in r.repairs] for r in found.rows]
    assert told_of[0] == [
        ("shares_after", "5.0", "field unknown"),
        ("value_after", "90.0", "field unknown"),
    ]
    assert told_of[2] == [("shares_after", "", "field unknown")]


def test_what_every_distribution_has_on_a_line_is_known():
    owed = {"security": "Promissory Note", "shares_after": None, "exercise_price": None}
    found, _ = read(
        held(1, "x", shares=Decimal(1), **owed | {"value_after": Decimal(90)}),
        held(2, "x", shares=Decimal(3), **owed | {"shares_after": Decimal(5)}),
        option(3, 40),
        option(4, 41),
    )

    assert [r.shares_after for r in found.rows] == [None, None, 40, 41]
    assert [r.value_after for r in found.rows] == [None] * 4


def test_marks_of_early_reports_go_back_to_the_lines_for_form_5():
    rows = [row(1, form_type="4", timeliness="E"), row(2, form_type="5")]
    other = [row(1, form_type="5", timeliness="E"), row(2, form_type="4")]

    found, _ = read(*rows, packed=False)
    placed, _ = read(*other, packed=False)

    assert [r.timeliness for r in found.rows] == [None, "E"]
    assert [r.timeliness for r in placed.rows] == ["E", None]
    assert not any(r.repairs for r in placed.rows)


def test_thousands_of_lines_are_not_looked_into():
    lines = [
        Entry("s", "a", n, {"SHRS_OWND_FOLWNG_TRANS": "1" if n < 2_000 else ""})
        for n in range(4_000)
    ]
    for entry in lines[:2_000]:
        entry.cells["VALU_OWND_FOLWNG_TRANS"] = "2"
    began = perf_counter()

    found = amounts.put_right(lines)

    assert perf_counter() - began < 5
    assert {p.effect for _, said in found for p in said} == {"field unknown"}
