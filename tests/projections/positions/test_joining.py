"""Rows that go on from one another, although their words, order or fractions differ."""

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    Note,
    bought,
    filing,
    held,
    kinds,
    note,
    opening,
    person,
    sold,
    units,
)

VESTED = Note("The units are vested and are delivered a year after the director leaves.")
MISTYPED = Note("The units are vested and are delivered ayear after the director leaves.")


def shares(ledger):
    return [holding.shares for holding in holdings(ledger).holdings]


def accrued(shares, owns, on, words=VESTED):
    return filing(units("A", shares, owns, notes=words, cites="expires_on"), on=on)


def test_units_that_accrue_in_fractions_are_one_award_though_a_note_is_mistyped():
    filings = [
        accrued("100.25", "1000.250", "2024-03-01"),
        accrued("10.111", "1010.362", "2024-06-03", MISTYPED),  # a thousandth more than the sum
        accrued("10.222", "1020.584", "2024-09-02"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert [f.kind for f in answer.findings] == ["OPENING_INFERRED", "ROUNDING"]
    assert (answer.totals.opening, answer.totals.checked) == (1, 2)


def test_a_fraction_lost_within_a_filing_does_not_cut_its_award_in_two():
    both = filing(
        units("A", "20.004", "120.004", on="2024-03-01"),
        units("A", "5.001", "125.006", on="2024-03-02"),
        on="2024-03-02",
    )

    answer = reconcile_filings([both, accrued("1", "126.006", "2024-06-03", VESTED)])

    assert kinds(answer) == []
    assert (answer.totals.opening, answer.totals.checked) == (1, 2)


def test_totals_in_whole_shares_of_a_plan_that_counts_fractions_are_one_holding(told):
    plan = {"how": "By 401(k) Plan"}
    lots = [bought("14.19", 3_673, **plan), bought("15.56", 3_689, **plan)]

    ledger = told(filing(*lots, on="2024-03-01"))

    assert shares(ledger) == [3_689]


def test_a_total_returns_to_no_earlier_line_where_it_follows_but_for_a_fraction():
    filings = [
        accrued("100", "1000.000", "2024-03-01"),
        accrued("10", "1010.300", "2024-06-03"),
        accrued("10", "1020.301", "2024-09-02"),
    ]

    found = reconcile_filings(filings).findings

    expected = {f.filing: str(f.expected) for f in found if f.kind == "ROUNDING"}
    assert list(expected.values()) == ["1010", "1020.3"]


def test_the_second_part_of_a_days_report_waits_for_the_first_however_much_that_breaks():
    """Three trusts change form in the first part; the direct holding is sold in both."""
    trusts = [{"how": f"By {name} Trust"} for name in ("Ash", "Elm", "Oak")]
    moved_on = note("Adjusted for changes in form under Rule 16a-13.", "form-change")
    first = filing(
        sold(400, 9_600),
        *(held(5_000, notes=moved_on, **trust) for trust in trusts),
        on="2024-03-01",
        part=1,
    )
    second = filing(sold(600, 9_000), on="2024-03-01", part=2)
    start = opening(10_000, *(held(7_000, **trust) for trust in trusts))

    answer = reconcile_filings([start, first, second])

    direct = [f for f in answer.findings if f.ownership == "direct"]
    assert direct == []
    assert answer.totals.explained == 3


def test_a_row_that_cites_a_note_goes_on_from_a_row_that_does_not(told):
    sale = {"how": "By Trust"}
    joint = Note("These shares are held by the Doe Family Trust.")

    ledger = told(
        filing(
            sold(1_000, 50_000, **sale),
            sold(500, 49_500, notes=joint, cites="nature", **sale),
            on="2024-03-01",
        )
    )

    assert shares(ledger) == [49_500]


def test_a_class_named_in_full_on_the_first_row_is_the_class_of_the_next(told):
    ledger = told(
        filing(
            bought(100, 5_100, title="Class B Common Stock (“Common Stock”)"),
            bought(200, 5_300),
            on="2024-03-01",
        )
    )

    assert shares(ledger) == [5_300]


def test_a_report_of_one_row_of_another_of_that_day_repeats_it():
    whole = [bought(100, 10_100, price=12), bought(200, 10_300, price=13)]

    def told(first, then):
        filings = [filing(*rows, on="2024-03-01", part=n) for n, rows in ((1, first), (2, then))]
        return kinds(reconcile_filings([opening(10_000), *filings]))

    assert told(whole, whole[1:]) == told(whole[1:], whole) == ["DOUBLE_REPORTED"]


def test_a_total_that_does_not_follow_in_a_plan_is_no_second_account():
    answer = reconcile_filings(
        [
            filing(
                bought(8, 540, how="401(k) Plan", on="2024-02-01"),
                bought(18, 18, how="401(k) Plan", on="2024-02-20"),
                on="2024-02-20",
            )
        ]
    )

    assert kinds(answer) == ["LOT_ONLY"]


def test_a_fund_that_the_notes_call_by_a_short_name_is_one_holder():
    whole = Note('Held directly by Alder Ventures II, L.P. ("Alder II"), whose partner he is.')
    short = Note("Held directly by Alder II.")
    called = Note('Alder Ventures II, L.P. ("Alder II") and others made these sales.')
    start = opening(500, held(9_000, how="See footnote", notes=whole))
    sale = sold(1_200, 9_000, how="See footnote", notes=short)
    later = filing(sale, held(500, notes=called), on="2024-03-01")

    answer = reconcile_filings([start, later])

    assert kinds(answer) == ["MISSED_OWN_ROW"]


def test_a_fund_that_a_note_calls_by_the_end_of_its_name_is_the_same_owners_when_one_joins():
    fund, manager, partner = (
        person(n, name)
        for n, name in ((61, "BIRCH II LP"), (62, "BIRCH II GP LP"), (63, "ROE JOHN"))
    )
    in_full = Note("These shares are held of record by Birch II LP.")
    short = Note("These shares are held of record by II LP.")
    filings = [
        filing(
            bought(500, 90_500, notes=in_full, cites="ownership"),
            on="2024-03-01",
            by=(fund, manager),
        ),
        filing(
            bought(100, 91_400, notes=short, cites="ownership"),
            on="2024-06-03",
            by=(fund, manager, partner),
        ),
    ]

    assert kinds(reconcile_filings(filings)) == ["BALANCE_BREAK"]
