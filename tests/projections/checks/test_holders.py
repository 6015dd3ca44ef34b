"""Whose line it is: vehicles told apart by notes and balances, classes, series, titles."""

from itertools import permutations

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    Note,
    bought,
    filing,
    gave,
    granted,
    held,
    kinds,
    moved,
    opening,
    option,
    shown,
    sold,
    units,
    vested,
)


def trusts(words):
    """Three lines whose nature says only `Trust`, and whose notes tell the trusts apart."""
    notes = [Note(words.format(name)) for name in ("Ann", "Bob", "Cyd")]
    return [{"how": "Trust", "notes": one, "cites": "nature"} for one in notes]


NAMED = trusts("Held by the {} Doe 2010 Trust.")
FOR_CHILDREN = trusts("Held by a trust for the benefit of the reporting person's child {}.")


def shares(ledger):
    return sorted(int(h.shares) for h in holdings(ledger).holdings)


@pytest.mark.parametrize("three", [NAMED, FOR_CHILDREN], ids=["named", "for children"])
def test_three_equal_holdings_called_trust_are_three_vehicles(three, told):
    ledger = told(opening(10, *(held(9_686, **one) for one in three)))

    assert shares(ledger) == [10, 9_686, 9_686, 9_686]


@pytest.mark.parametrize("order", list(permutations(range(3))))
@pytest.mark.parametrize("three", [NAMED, FOR_CHILDREN], ids=["named", "for children"])
def test_three_trusts_stay_apart_in_whatever_order_a_later_filing_lists_them(three, order):
    sale = moved("S", "disposed", 686, 9_000, **three[0])
    lines = [sale, held(9_686, **three[1]), held(9_686, **three[2])]
    filings = [
        opening(10, *(held(9_686, **one) for one in three)),
        filing(*(lines[i] for i in order), on="2024-03-01"),
    ]

    answer = reconcile_filings(filings)

    assert answer.findings == ()
    assert (answer.totals.agreed, answer.totals.opening) == (3, 4)


@pytest.mark.parametrize("three", [NAMED, FOR_CHILDREN], ids=["named", "for children"])
def test_each_trust_goes_on_from_its_own_balance(three, told):
    ledger = told(
        opening(10, *(held(9_686, **one) for one in three)),
        filing(moved("S", "disposed", 686, 9_000, **three[1]), on="2024-03-01"),
        filing(moved("S", "disposed", 86, 9_600, **three[2]), on="2024-04-01"),
        filing(moved("S", "disposed", 1_000, 8_000, **three[1]), on="2024-05-01"),
    )

    assert shares(ledger) == [10, 8_000, 9_600, 9_686]


def test_holders_told_apart_only_by_balance_are_joined_by_balance():
    filings = [
        opening(10, held(700, how="By Trust"), held(300, how="By Trust")),
        filing(
            moved("S", "disposed", 50, 250, how="By Trust"),
            moved("S", "disposed", 50, 650, how="By Trust"),
            on="2024-03-01",
        ),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert answer.totals.agreed == 2


@pytest.mark.parametrize(
    "later",
    ["by trust", "Trust", "Held by Trust", "By Trust (1)", "Shares held in trust", "TRUSTS"],
)
def test_one_vehicle_in_other_words_is_the_same_vehicle(later):
    filings = [
        opening(10, held(700, how="By Trust")),
        filing(moved("S", "disposed", 50, 650, how=later), on="2024-03-01"),
    ]

    assert reconcile_filings(filings).totals.agreed == 1


def test_funds_whose_names_differ_by_a_numeral_are_two():
    filings = [
        opening(10, held(700, how="Growth Fund I, L.P."), held(700, how="Growth Fund II, L.P.")),
        filing(moved("S", "disposed", 50, 650, how="By Growth Fund II LP"), on="2024-03-01"),
        filing(moved("S", "disposed", 20, 680, how="By Growth Fund I LP"), on="2024-04-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert answer.totals.agreed == 2


@pytest.mark.parametrize(
    "later",
    [
        "COMMON STOCK",
        "Common Stock, par value $.001",
        "Common Stock, $0.001 par value per share",
        "Common Sotck",
        "Acme Corp Common Stock",
        "Common Shares",
        "Common Stock (1)",
    ],
)
def test_one_class_in_other_words_is_the_same_class(later):
    filings = [opening(1_000), filing(bought(50, 1_050, title=later), on="2024-03-01")]

    assert reconcile_filings(filings).totals.agreed == 1


def test_two_lettered_classes_are_two(told):
    a, b = {"title": "Class A Common Stock"}, {"title": "Class B Common Stock"}
    ledger = told(
        filing(held(1_000, **a), held(1_000, **b), form="3", on="2024-01-02"),
        filing(sold(100, 900, **b), on="2024-03-01"),
    )

    assert shown(holdings(ledger).holdings) == {
        "Class A Common Stock, direct": "1000",
        "Class B Common Stock, direct": "900",
    }


def test_a_total_of_the_whole_class_is_understood_and_taken_apart(told):
    filings = (
        opening(10_000, held(4_000, how="By Trust")),
        filing(sold(1_000, 13_000), on="2024-03-01"),
        filing(sold(500, 12_500), on="2024-04-01"),
    )

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert {f.explanation.code for f in answer.findings} == {"EXPL_CONVENTION"}
    assert shares(told(*filings)) == [4_000, 8_500]


# --- series of derivatives ------------------


def test_options_of_one_title_are_apart_by_strike_and_expiry(told):
    first, second = {"strike": 10}, {"strike": 12, "expires": "2035-03-01"}
    ledger = told(
        filing(option("A", 5_000, 5_000, **first), on="2024-03-01"),
        filing(option("A", 3_000, 3_000, **second), on="2024-04-01"),
        filing(vested(1_000, 1_000), option("M", 1_000, 4_000, **first), on="2024-05-01"),
    )

    assert shares(ledger) == [1_000, 3_000, 4_000]


def test_a_total_over_all_series_of_a_title_is_a_scope_and_no_error():
    filings = [
        filing(option("A", 5_000, 5_000), on="2024-03-01"),
        filing(option("A", 3_000, 8_000, strike=12), on="2024-04-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert [f.kind for f in answer.findings] == ["DERIV_POST_SCOPE"]


def test_a_split_that_rebases_strike_and_number_keeps_the_series(told):
    filings = (
        filing(option("A", 10_000, 10_000, strike=20), on="2024-03-01"),
        filing(vested(1_000, 1_000), option("M", 1_000, 19_000, strike=10), on="2024-09-03"),
    )

    assert kinds(reconcile_filings(filings)) == []
    assert shares(told(*filings)) == [1_000, 19_000]


def test_units_of_one_title_are_apart_by_what_their_notes_say_of_the_award():
    def award(year):
        return {"notes": Note(f"Vests in four parts from March {year}."), "cites": "exercisable_on"}

    filings = [
        filing(units("A", 400, 400, **award(2025)), on="2024-03-01"),
        filing(units("A", 800, 800, **award(2026)), on="2025-03-03"),
        filing(vested(100, 100), units("M", 100, 300, **award(2025)), on="2025-03-04"),
        filing(vested(200, 300), units("M", 200, 600, **award(2026)), on="2026-03-03"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert (answer.totals.checked, answer.totals.agreed) == (3, 3)


def test_options_past_their_expiry_are_held_no_more(told):
    ledger = told(filing(option("A", 500, 500, expires="2026-03-01"), on="2024-03-01"))

    def on(day):
        (held_then,) = holdings(ledger, as_of=day).holdings
        return held_then

    assert (on("2026-03-01").shares, on("2026-03-02").shares) == (500, 0)
    assert on("2026-03-02").basis == "lapsed, inferred"


def test_a_derivative_still_claimed_after_its_expiry_is_a_finding():
    filings = [
        filing(option("A", 500, 500, expires="2026-03-02"), on="2024-03-01"),
        filing(option(None, None, 500, expires="2026-03-02"), on="2026-06-01"),
    ]

    assert kinds(reconcile_filings(filings)) == ["EXPIRED_STILL_HELD"]


def test_an_option_gone_after_its_expiry_lapsed_without_a_report():
    filings = [
        filing(option("A", 500, 500, expires="2026-03-02"), on="2024-03-01"),
        filing(option(None, None, 0, expires="2026-03-02"), on="2026-06-01"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert answer.findings[0].explanation.code == "EXPL_LAPSE"


def test_an_exercise_in_one_table_only_is_a_finding_and_in_both_is_none():
    award = filing(option("A", 3_000, 3_000), on="2024-02-01")
    stock = filing(granted(500, 500), on="2024-02-02")
    both = filing(vested(1_000, 1_500), option("M", 1_000, 2_000), on="2024-03-01")
    one = filing(option("M", 1_000, 2_000), on="2024-03-01")
    other = filing(vested(980, 1_480), option("M", 1_000, 2_000), on="2024-03-01")

    assert kinds(reconcile_filings([award, stock, both])) == []
    assert kinds(reconcile_filings([award, stock, one])) == ["EXERCISE_COUNTERPART_MISSING"]
    assert kinds(reconcile_filings([award, stock, other])) == ["EXERCISE_QUANTITY_MISMATCH"]


# --- conversions, and a whole with its parts ------------------------------------------------

FUND, OTHER_FUND = {"how": "By Growth Fund I"}, {"how": "By Growth Fund II"}
PREFERRED = {
    "title": "Series A Preferred Stock",
    "strike": None,
    "expires": None,
    "underlying": "Class B Common Stock",
}
CLASS_B = PREFERRED | {
    "title": "Class B Common Stock",
    "underlying": "Class A Common Stock",
    "marked": "acquired",
}


def converted(shares, into, **who):
    return option("C", shares, 0, underlying_shares=into, **PREFERRED | who)


def test_preferred_stock_may_become_a_class_that_is_a_derivative_itself():
    """Converted under C, the new class acquired under J: both sides stand in Table II."""
    given = converted(400, 300, **FUND), converted(60, 45, **OTHER_FUND)
    whole = option("J", 300, 300, **CLASS_B | FUND)
    part = option("J", 45, 45, **CLASS_B | OTHER_FUND)

    def answer(*lines):
        return kinds(reconcile_filings([filing(*given, *lines, on="2024-03-01")]))

    assert answer(whole, part) == []
    assert answer(whole) == ["EXERCISE_COUNTERPART_MISSING"]


@pytest.fixture
def together():
    """An initial statement with two funds on one line, in shares of the underlying class."""
    lead = Note("Growth Fund I holds 400 shares and Growth Fund II holds 60 shares.")
    line = PREFERRED | {"how": "See Footnote", "underlying_shares": 345}
    return opening(0, option(None, None, None, notes=lead, cites="nature", **line))


def test_a_whole_that_a_later_filing_tells_by_its_parts_is_held_no_more(together, told):
    apart = filing(converted(400, 300, **FUND), converted(60, 45, **OTHER_FUND), on="2024-03-01")

    ledger = told(together, apart)

    assert shares(ledger) == [0, 0, 0, 0]
    assert sorted(int(h.shares) for h in holdings(ledger, as_of="2024-02-01").holdings) == [0, 345]
    infos = [f.kind for f in reconcile_filings([together, apart]).findings]
    assert "OPENING_INFERRED" not in infos


def test_a_whole_is_kept_where_the_parts_do_not_add_up_to_it(together, told):
    apart = filing(converted(400, 300, **FUND), converted(80, 60, **OTHER_FUND), on="2024-03-01")

    assert shares(told(together, apart)) == [0, 0, 0, 345]


def test_a_series_that_expired_is_in_no_total_of_its_title():
    old = option(None, None, 4_000, expires="2024-02-01")
    kept = option(None, None, 6_000, expires="2030-02-01")
    grant = filing(option("A", 5_000, 11_000, expires="2034-06-03"), on="2024-06-03")
    later = filing(option("M", 1_000, 4_000, expires="2034-06-03"), on="2025-06-03")

    answer = reconcile_filings([filing(old, kept, on="2024-01-10"), grant, later])

    assert [f.kind for f in answer.findings if f.filing == grant.accession] == ["DERIV_POST_SCOPE"]
    assert answer.totals.unexplained == 0


TRUST = {"how": "By Family Trust"}


def test_a_holding_line_may_stand_alone_where_rows_add_the_class():
    filings = [
        filing(bought(500, 2_400), held(400, **TRUST), on="2024-01-10"),
        filing(held(2_000), held(400, **TRUST), on="2025-06-03"),
        filing(bought(100, 2_500), held(400, **TRUST), on="2025-09-03"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert answer.totals.unexplained == 0


def test_a_holding_line_stands_alone_where_nothing_can_have_moved_to_the_others():
    filings = [
        filing(bought(500, 2_400), held(400, **TRUST), on="2024-01-10"),
        filing(held(2_000), held(400, **TRUST), on="2025-06-03"),
    ]

    (found,) = [f for f in reconcile_filings(filings).findings if f.difference]

    assert (found.kind, found.explanation.code) == ("BALANCE_BREAK_EXPLAINED", "EXPL_CONVENTION")


def test_what_moved_between_two_holdings_once_moves_between_them_no_second_time():
    filings = [
        opening(10_000, held(3_000, **TRUST)),
        filing(held(8_000), held(5_000, **TRUST), on="2024-03-01"),
        filing(sold(700, 5_300), held(5_000, **TRUST), on="2024-06-03"),
    ]

    answer = reconcile_filings(filings)

    assert len(kinds(answer)) == 1
    assert (answer.totals.explained, answer.totals.unexplained) == (2, 1)


def test_a_total_of_the_class_may_add_what_another_holding_had_before_the_filings_next_row():
    filings = [
        opening(10_000, held(3_000, **TRUST)),
        filing(
            gave(4_000, 9_000),
            moved("G", "acquired", 4_000, 7_000, price=0, **TRUST),
            on="2024-06-03",
        ),
        filing(bought(100, 13_100), held(7_000, **TRUST), on="2024-09-03"),
    ]

    answer = reconcile_filings(filings)

    assert kinds(answer) == []
    assert answer.totals.unexplained == 0


def unread(*notes):
    """Lines of one size "By Trust", each under a note of the nature whose text is not at hand."""
    lines = [held(700, how="By Trust", notes=Note(text), cites="nature") for text in notes]
    return filing(*lines, on="2024-06-03", footnotes=())


def test_notes_without_a_text_tell_equal_holdings_apart_by_which_they_are():
    told = reconcile_filings([unread("Of the first child.", "Of the second child.")])
    same = reconcile_filings([unread("Of a child.", "Of a child.")])

    assert kinds(told) == []
    assert kinds(same) == ["VEHICLE_AMBIGUOUS"]


def test_numbers_tell_vehicles_apart_where_no_note_is_cited():
    lines = [held(503, how="UTMA for Child"), held(503, how="UTMA for Child (2)")]

    assert kinds(reconcile_filings([filing(*lines, on="2024-06-03")])) == []


def test_notes_on_the_totals_tell_holdings_apart_like_others_without_a_text():
    lines = [held(700, how="By Trust", notes=Note(text)) for text in ("Of one.", "Of another.")]
    told = [filing(*lines, on="2024-06-03", footnotes=())]

    assert kinds(reconcile_filings(told)) == []
