"""What is held on a day: the number, why, since when, and on which lines it rests."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from projections.findings.explanations import Explanation
from projections.positions.balances import Levels, in_order, level_on, running, strike_on
from projections.positions.entries import reference
from projections.positions.reports import holding_of
from projections.positions.rulings import Displaced, Emptied, Multiplied, Ruling
from projections.questions.reconcile import judged_filings
from tests.projections.building import (
    bought,
    filing,
    gave,
    granted,
    held,
    note,
    opening,
    option,
    plan_purchase,
    sold,
    units,
)


def judged(*filings):
    """The one position that filings tell of, and the rulings on it."""
    (issuer,) = judged_filings(filings)
    (position,) = issuer.folded.book.positions
    return position, issuer.folded.rulings


def told(found, day):
    """What is held on a day: the number or its bounds, the basis, and since when."""
    position, rulings = found
    level = level_on(position, date.fromisoformat(day), rulings)
    since = level.since and str(level.since)
    if level.shares is None and level.low is not None:
        return (level.low, level.high), level.basis, since
    return level.shares, level.basis, since


SPRING = opening(10_000), filing(sold(1_000, 9_000), on="2024-03-01")


def test_a_balance_that_no_total_shows_rests_on_the_last_line_and_the_last_report():
    late = filing(gave(100, 9_900), on="2024-02-01", filed="2024-03-20")
    position, rulings = judged(*SPRING, late)
    _, gift, sale = in_order(position)

    level = level_on(position, date(2024, 3, 10), rulings)

    assert (level.shares, level.basis, level.since) == (8_900, "derived", date(2024, 3, 1))
    assert level.entry is gift
    assert level.evidence == (reference(sale), reference(gift))


def test_a_balance_that_a_total_shows_rests_on_that_alone():
    position, rulings = judged(*SPRING)

    level = level_on(position, date(2024, 3, 10), rulings)

    assert (level.shares, level.basis, level.since) == (9_000, "reported", date(2024, 3, 1))
    assert level.evidence == (reference(position.entries[1]),)


def test_rows_of_one_form_that_go_back_in_time_are_summed_by_their_days():
    rows = bought(300, 10_300, on="2024-03-05"), sold(500, 9_800, on="2024-03-01")
    found = judged(opening(10_000), filing(*rows, on="2024-03-05"))

    assert [(e.day.day, level) for e, level in running(found[0])] == [
        (2, 10_000),
        (1, 9_500),
        (5, 9_800),
    ]
    assert told(found, "2024-03-04") == (9_500, "derived", "2024-03-01")
    assert told(found, "2024-03-05") == (9_800, "derived", "2024-03-05")


def test_rows_that_open_a_position_are_summed_by_their_days_too():
    rows = bought(300, 1_300, on="2024-03-05"), sold(500, 800, on="2024-03-01")
    found, _ = judged(filing(*rows, on="2024-03-05"))
    assert [(e.day.day, level) for e, level in running(found)] == [(1, 500), (5, 800)]

    unknown, _ = judged(filing(sold(5, None), on="2024-03-01"), filing(held(100), on="2024-04-01"))
    assert [level for _, level in running(unknown)] == [None, 100]
    mute = sold(5, None, on="2024-03-05"), sold(7, None, on="2024-03-01")
    assert [level for _, level in running(judged(filing(*mute, on="2024-03-05"))[0])] == [None] * 2


def test_a_total_as_of_its_filing_shows_the_balance_of_a_later_day():
    late = filing(gave(100, 8_900), on="2024-02-01", filed="2024-03-20")
    position, rulings = judged(*SPRING, late)

    level = level_on(position, date(2024, 3, 10), rulings)

    assert (level.shares, level.basis) == (8_900, "reported")
    assert level.evidence == (reference(in_order(position)[1]),)


def test_what_left_on_some_day_of_a_month_may_be_there_until_its_end():
    in_may = {"effective_from": "2024-05-01", "effective_to": "2024-05-31", "precision": "month"}
    words = "In May 200 shares were contributed to a family trust."
    went = note(words, "trust-contribution", 200, direction="disposed", **in_may)
    found = judged(*SPRING, filing(sold(100, 8_700, notes=went), on="2024-06-03"))

    assert told(found, "2024-04-30") == (9_000, "reported", "2024-03-01")
    assert told(found, "2024-05-01")[0] == (8_800, 9_000)
    assert told(found, "2024-05-31")[0] == (8_800, 9_000)
    assert told(found, "2024-06-01")[0] == 8_800


def test_before_a_first_total_counts_what_bounds_it_and_what_only_later_totals_have():
    left = filing(sold(300, None), on="2024-07-01")
    position, rulings = judged(filing(held(700), on="2024-06-03", filed="2024-06-03"), left)
    rulings.bound(position.entries[0])
    assert told((position, rulings), "2024-05-01")[0] == (300, 700)

    later = filing(sold(100, 625, notes=plan_purchase(25, "2024-02")), on="2024-07-01")
    found = judged(filing(held(700), on="2024-06-03", filed="2024-06-03"), later)
    assert told(found, "2024-01-31")[0] == 700
    assert told(found, "2024-03-01")[0] == (700, 725)


def test_a_difference_that_has_a_name_unsettles_no_day_before_it():
    position, rulings = judged(*SPRING, filing(sold(100, 8_500), on="2024-06-03"))
    last = position.entries[-1]
    for confidence, shown in (("likely", 9_000), ("none", (8_600, 9_000))):
        named = Explanation("EXPL_FILER_ERROR", confidence, ())
        rulings.rule(last, Ruling("unexplained", named))
        assert told((position, rulings), "2024-05-01")[0] == shown


def test_a_fraction_of_a_share_is_held_and_one_share_may_be_less():
    assert told(judged(opening("0.5")), "2024-01-02")[0] == Decimal("0.5")
    position, rulings = judged(opening(1))
    rulings.bound(position.entries[0])
    assert told((position, rulings), "2024-01-02")[0] == (0, 1)


def emptied(begins, ends, shares=None):
    """A holding of 9,000 shares from March on that went into another one."""
    days = [day and date.fromisoformat(day) for day in (begins, ends)]
    position, rulings = judged(*SPRING)
    rulings.empty(position.entries[-1], Emptied(*days, "X#I.1", shares and Decimal(shares)))
    return position, rulings


def test_what_another_holding_took_up_in_some_days_is_gone_at_their_end():
    found = emptied("2024-05-02", "2024-05-31")

    assert told(found, "2024-05-01") == (9_000, "reported", "2024-03-01")
    assert told(found, "2024-05-02") == ((0, 9_000), "derived", "2024-03-01")
    assert told(found, "2024-05-30") == ((0, 9_000), "derived", "2024-03-01")
    assert told(found, "2024-05-31") == (0, "derived", "2024-05-31")
    assert told(emptied("2024-05-02", None), "2024-05-02") == (0, "derived", None)
    assert Levels(*found).on(None).evidence[-1] == "X#I.1"


def test_of_a_part_that_another_holding_took_up_the_rest_stays():
    found = emptied("2024-05-02", "2024-05-31", 2_000)

    assert told(found, "2024-05-01") == (9_000, "reported", "2024-03-01")
    assert told(found, "2024-05-30")[0] == (7_000, 9_000)
    assert told(found, "2024-05-31")[0] == 7_000
    assert told(emptied("2024-05-02", None, 2_000), "2024-06-30")[0] == (7_000, 9_000)


@pytest.mark.parametrize("likely", [True, False])
def test_what_a_misplaced_line_would_change_counts_from_its_day(likely):
    position, rulings = judged(*SPRING)
    change = Displaced(Decimal(-400), date(2024, 4, 2), "X#I.1", likely)
    rulings.displace(position.entries[-1], change)
    found = position, rulings

    assert told(found, "2024-04-01") == (9_000, "reported", "2024-03-01")
    assert told(found, "2024-04-02")[0] == (8_600 if likely else (8_600, 9_000))
    level = Levels(*found).on(None)
    assert (level.evidence[-1], level.entry) == ("X#I.1", position.entries[-1])
    rulings.displace(position.entries[-1], change._replace(before=position.entries[0], likely=True))
    level = Levels(*found).on(None)
    assert (level.since, level.entry) == (date(2024, 1, 2), position.entries[0])


def test_between_the_days_of_a_split_that_no_line_shows_both_numbers_may_be():
    position, rulings = judged(*SPRING)
    days = date(2024, 5, 2), date(2024, 5, 31)
    rulings.multiply(position.entries[-1], Multiplied(Fraction(3, 2), *days, "X#I.1"))
    found = position, rulings

    assert told(found, "2024-05-01") == (9_000, "reported", "2024-03-01")
    assert told(found, "2024-05-02") == ((9_000, 13_500), "derived", "2024-03-01")
    assert told(found, "2024-05-31") == (13_500, "derived", "2024-05-31")
    assert strike_on(position, date(2024, 5, 30), rulings, Decimal(30)) == 30
    assert strike_on(position, date(2024, 5, 31), rulings, Decimal(30)) == 20
    assert strike_on(position, None, rulings, Decimal(30)) == 20
    assert strike_on(position, None, rulings, None) is None
    earlier = Multiplied(Fraction(5), date(2024, 2, 1), date(2024, 2, 9), "X#I.1")
    rulings.multiply(position.entries[0], earlier)
    assert strike_on(position, date(2024, 2, 15), rulings, Decimal(30)) == 6
    assert strike_on(position, None, rulings, Decimal(30)) == 20


def test_a_total_that_counts_more_bounds_what_is_held_by_what_later_left():
    later = filing(sold(3_000, None), on="2024-05-01"), filing(bought(200, 7_200), on="2024-06-03")
    position, rulings = judged(opening(10_000), *later)
    rulings.bound(position.entries[0])
    found = position, rulings

    assert told(found, "2024-01-02") == ((3_000, 10_000), "derived", "2024-01-02")
    assert told(found, "2024-06-03") == (7_200, "reported", "2024-06-03")
    rulings.bound(position.entries[2])
    assert told(found, "2024-06-03") == ((0, 7_200), "derived", "2024-06-03")


def test_what_only_a_later_total_has_in_it_may_be_there_from_its_day_on():
    plan = filing(sold(100, 8_925, notes=plan_purchase(25, "2024-02")), on="2024-06-03")
    found = judged(*SPRING, plan)

    assert told(found, "2024-01-31") == (10_000, "reported", "2024-01-02")
    assert told(found, "2024-02-01")[0] == (10_000, 10_025)
    assert told(found, "2024-02-29")[0] == (10_000, 10_025)
    assert told(found, "2024-03-01")[0] == 9_025
    assert told(found, "2024-06-03") == (8_925, "reported", "2024-06-03")


def test_an_option_is_held_on_the_day_it_expires_and_on_none_after():
    found = judged(filing(option("A", 500, 500, expires="2030-06-30"), on="2024-03-01"))

    assert told(found, "2030-06-30") == (500, "reported", "2024-03-01")
    assert told(found, "2030-07-01") == (0, "lapsed, inferred", "2030-07-01")
    assert strike_on(found[0], None, found[1], None) == 10


def test_units_are_vested_after_the_day_that_stands_for_an_expiry():
    found = judged(filing(units("A", 500, 500, expires_on="2030-06-30"), on="2024-03-01"))

    assert told(found, "2030-06-30") == (500, "reported", "2024-03-01")
    assert told(found, "2030-07-01") == (0, "vested, inferred", "2030-07-01")


def test_an_option_that_is_listed_after_it_expired_is_held_as_listed():
    grant = filing(option("A", 500, 500, expires="2024-06-30"), on="2024-03-01")
    again = filing(option(None, 500, 500, expires="2024-06-30"), on="2024-07-01")
    last_day = filing(option("M", 100, 400, expires="2024-06-30"), on="2024-06-30")

    assert told(judged(grant, again), "2024-07-05")[:2] == (500, "reported")
    assert told(judged(grant, last_day), "2024-06-30")[:2] == (400, "reported")
    assert told(judged(grant, last_day), "2024-07-05")[:2] == (0, "lapsed, inferred")


def test_nobody_holds_less_than_nothing():
    position, rulings = judged(opening(1_000), filing(sold(200, 800), on="2024-03-01"))
    last = position.entries[-1]
    for gone, shown in ((Decimal("800.5"), 0), (Decimal(801), None), (Decimal(900), None)):
        rulings.displace(last, Displaced(-gone, date(2024, 4, 2), "X#I.1", likely=True))
        level = level_on(position, date(2024, 4, 2), rulings)
        assert (level.shares, level.low, level.high) == (shown, shown, shown)
    rulings.displace(last, Displaced(Decimal(-900), date(2024, 4, 2), "X#I.1", likely=False))
    level = level_on(position, date(2024, 4, 2), rulings)
    assert (level.shares, level.low, level.high) == (None, 0, 800)


def test_of_nothing_that_may_be_less_nothing_is_held():
    position, rulings = judged(opening(200), filing(sold(200, 0), on="2024-03-01"))
    change = Displaced(Decimal(-50), date(2024, 4, 2), "X#I.1", likely=False)
    rulings.displace(position.entries[-1], change)

    level = level_on(position, date(2024, 4, 2), rulings)

    assert (level.shares, level.low, level.high) == (0, 0, 0)


def test_a_title_that_begins_with_the_companys_name_is_no_other_holding():
    (entry,) = judged(filing(held(700, title="ACME Corp Common Stock"), on="2024-06-03"))[0].entries
    (plain,) = judged(filing(held(700), on="2024-06-03"))[0].entries

    assert holding_of(entry.dossier, entry.line) == holding_of(plain.dossier, plain.line)


def test_a_first_award_was_not_there_before_and_a_holding_line_was_for_a_year():
    award = judged(filing(granted(300, 300), on="2024-06-03"))
    assert level_on(award[0], date(2024, 6, 2), award[1]) is None
    line = judged(filing(held(700), on="2024-06-03"))
    first = line[0].entries[0].day - timedelta(days=366)
    assert level_on(line[0], first, line[1]).shares == 700
    assert level_on(line[0], first - timedelta(days=1), line[1]) is None
