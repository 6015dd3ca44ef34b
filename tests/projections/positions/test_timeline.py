"""A position's lines taken another way: what is decided anew, and every number that follows."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from projections.filings.records import ZERO
from projections.positions.entries import Posting
from projections.positions.reckoning import Taking, count_rows_below, leave_out, reckon
from projections.questions.reconcile import judged_filings
from tests.projections.building import bought, filing, granted, held, option, sold


def position(*filings):
    """The one position that filings tell of."""
    (judged,) = judged_filings(filings)
    (found,) = judged.folded.book.positions
    return found


def three():
    """Three sales of one form each, from 10,000."""
    return position(
        filing(sold(1_000, 9_000), on="2024-03-01"),
        filing(sold(100, 8_900), on="2024-04-01"),
        filing(sold(200, 8_700), on="2024-05-01"),
    )


def numbers(found):
    """Of each line what was there before it, what its total should be, what it is off by, and what is left."""
    return [(e.prior, e.expected, e.residual, e.balance) for e in found.entries]


PLAIN = [
    (None, None, 0, 9_000),
    (9_000, 8_900, 0, 8_900),
    (8_900, 8_700, 0, 8_700),
]


def test_a_line_taken_as_most_are_bears_no_mark():
    first, second, _ = three().entries
    taking = Taking(second)

    (posting,) = reckon([taking], Decimal(9_000))

    assert taking.usual
    plain = Posting(
        dossier=second.dossier,
        line=second.line,
        delta=Decimal(-100),
        claim=Decimal(8_900),
        unmeasured=False,
        day=date(2024, 4, 1),
        prior=Decimal(9_000),
        expected=Decimal(8_900),
        balance=Decimal(8_900),
    )
    for name in Posting.__struct_fields__:
        assert getattr(posting, name) == getattr(plain, name), name
    marked = Taking(first, moved_here=True), Taking(first, late=True), Taking(first, lot=True)
    assert not any(taking.usual for taking in marked)


def test_each_total_set_aside_moves_nothing_and_a_lot_never_does():
    first, second, third = three().entries
    aside = Taking(second, returned=third), Taking(second, rival=third), Taking(second, lot=True)
    for taking in aside:
        (posting,) = reckon([taking], Decimal(9_500))
        assert (posting.aside, posting.residual, posting.balance) == (True, -500, 9_400)
    (unknown,) = reckon([Taking(second, returned=third)], None)
    assert (unknown.expected, unknown.balance) == (None, 8_900)
    (lot,) = reckon([Taking(second, lot=True)], None)
    assert (lot.expected, lot.balance) == (None, None)
    (opened,) = reckon([Taking(first, opens=True)], Decimal(10_000))
    assert (opened.prior, opened.opening, opened.balance) == (None, True, 9_000)


def test_a_balance_counted_in_other_units_says_what_that_added():
    _, second, _ = three().entries
    (posting,) = reckon([Taking(second, scale=Fraction(2))], Decimal(4_500))
    assert (posting.scaled, posting.prior, posting.residual) == (4_500, 9_000, 0)


def test_totals_count_the_rows_below_them_all_or_those_of_their_day():
    days = "2024-03-01", "2024-03-04", "2024-03-04"
    rows = [sold(n, 9_000, on=day) for n, day in zip((100, 20, 3), days, strict=True)]
    entries = position(filing(*rows, on="2024-03-04")).entries
    takings = [Taking(e) for e in sorted(entries, key=lambda e: e.line.line)]

    count_rows_below(takings, "final")
    assert [t.beside for t in takings] == [-23, -3, 0]
    count_rows_below(takings, "date-final")
    assert [t.beside for t in takings] == [0, -3, 0]


def test_only_totals_leave_out_what_was_told_late():
    first, second, third = three().entries
    mute = position(filing(sold(5, None), on="2024-03-01")).entries[0]
    takings = [Taking(first), Taking(mute), Taking(second, "final")]

    leave_out(takings, [third])

    assert [t.left_out for t in takings] == [(third,), (), (third,)]
    assert [t.convention for t in takings] == ["left-out", "running", "final"]


def test_a_first_total_follows_from_what_a_continued_issuer_left():
    found = three()
    found.carry(Decimal(9_950), date(2024, 1, 2))

    assert numbers(found) == [(9_950, 8_950, 50, 9_000), *PLAIN[1:]]
    assert [e.opening for e in found.entries] == [False] * 3
    assert (found.opened, found.held_before, found.carried_on) == (9_950, 9_950, date(2024, 1, 2))


def test_a_total_is_set_aside_for_a_later_one_and_upheld_again():
    found = position(
        filing(sold(1_000, 9_000), on="2024-03-01"),
        filing(sold(100, 8_500), on="2024-04-01"),
        filing(sold(200, 8_300), on="2024-05-01"),
    )
    _, wrong, back = found.entries
    assert [e.residual for e in found.entries] == [0, -400, 0]

    found.set_aside(wrong, back)
    assert [e.residual for e in found.entries] == [0, -400, -400]
    assert [e.aside for e in found.entries] == [False, True, False]
    assert [e.balance for e in found.entries] == [9_000, 8_900, 8_300]
    assert found.confirming(wrong) is None

    found.uphold(wrong)
    assert [e.residual for e in found.entries] == [0, -400, 0]
    assert [e.balance for e in found.entries] == [9_000, 8_500, 8_300]
    assert found.confirming(wrong) is found.entries[2]


def test_a_line_given_up_leaves_the_next_total_to_open_the_position():
    found = three()
    first, second, third = found.entries

    (given,) = found.give_up([first])

    assert given.entry == first
    assert [e.line for e in found.entries] == [second.line, third.line]
    assert numbers(found) == [(None, None, 0, 8_900), (8_900, 8_700, 0, 8_700)]
    assert (found.opened, found.held_before, found.balance) == (9_000, 9_000, 8_700)

    found.give_up(found.entries)
    assert (found.entries, found.balance) == ([], None)


def test_a_line_given_up_amid_others_breaks_the_next_total_and_is_taken_in_again():
    found = three()
    _, second, third = found.entries

    given = found.give_up([second])
    assert numbers(found) == [PLAIN[0], (9_000, 8_800, -100, 8_700)]

    found.take_in(given, third)
    assert numbers(found) == PLAIN
    assert [e.moved_here for e in found.entries] == [False, True, False]
    found.take_in(found.give_up([third]), None)
    assert numbers(found) == PLAIN
    assert found.last_on == date(2024, 5, 1)


def test_a_total_narrowed_to_its_own_position_moves_what_opened_it():
    found = three()
    found.narrow(found.entries[0], Decimal(600), until=found.entries[1])

    assert [(e.scope, e.beside, e.convention) for e in found.entries[:2]] == [
        (600, 600, "class-total"),
        (None, 0, "running"),
    ]
    assert [e.balance for e in found.entries] == [8_400, 8_900, 8_700]
    assert [e.residual for e in found.entries] == [0, 600, 0]
    assert (found.opened, found.held_before) == (9_400, 9_400)


def test_totals_that_count_the_same_rows_break_at_another_of_them():
    rows = [sold(n, 8_000) for n in (100, 200, 300)]
    found = position(filing(held(9_000), on="2024-01-02", form="3"), filing(*rows, on="2024-03-01"))
    first, last = found.entries[1], found.entries[-1]
    assert [e.residual for e in found.entries] == [0, -400, 0, 0]

    found.break_at(first, last)

    assert [e.residual for e in found.entries] == [0, 0, 0, -400]
    assert [e.balance for e in found.entries][-1] == 8_000


def test_lots_alone_stand_from_a_line_on_where_the_position_begins_anew():
    found = position(
        filing(held(9_000), on="2024-01-02", form="3"),
        filing(granted(300, 300), on="2024-03-01"),
        filing(granted(400, 400), on="2024-04-01"),
    )
    assert [e.balance for e in found.entries] == [9_000, 9_300, 9_700]

    found.begin_anew(found.entries[2])

    assert [(e.lot, e.balance) for e in found.entries] == [
        (False, 9_000),
        (True, 9_300),
        (False, 400),
    ]
    assert found.entries[2].convention == "running"


def test_a_first_line_without_a_total_counts_what_it_lists_or_comes_second():
    grant = option("A", 500, 500, strike=10)
    listed = filing(option(None, 500, None, strike=10), on="2024-03-04", form="3")
    found = position(listed, filing(grant, on="2024-03-01", filed="2024-03-05"))

    assert [e.line.code for e in found.entries] == ["A", None]
    assert (found.opened, found.balance) == (ZERO, 500)
    assert [e.balance for e in found.entries] == [500, 500]


def test_strikes_are_those_of_the_days_until_a_line_shows_the_next():
    found = three()
    second, third = found.entries[1:]
    found.former += [(Decimal(30), second, None), (Decimal(20), third, date(2024, 4, 15))]

    days = "2024-03-31", "2024-04-01", "2024-04-14", "2024-04-15"
    assert [found.strike_on(date.fromisoformat(d), Decimal(15)) for d in days] == [30, 20, 20, 15]
    assert found.strike_on(None, Decimal(15)) == 15


def test_a_purchase_stirs_nothing_and_a_break_does():
    found = position(
        filing(sold(1_000, 9_000), on="2024-03-01"),
        filing(bought(100, 9_100), on="2024-04-01"),
        filing(bought(100, 9_777), on="2024-05-01"),
    )
    assert [found.stirred_by([e]) for e in found.entries] == [True, False, True]
