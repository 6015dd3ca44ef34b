"""Points for commas in figures of whole shares, and what the lines around them confirm."""

from decimal import Decimal

from ledger.filing import Repair, Row
from ledger.readers.scan.points import pointless

DAMAGED = Repair(
    field="shares", printed="2.883", effect="field unknown", why="the print is damaged"
)


def moved(shares, left, *repairs):
    return Row(
        table="I",
        line=1,
        holding=False,
        security="Common Stock",
        direction="disposed",
        shares=shares and Decimal(shares),
        shares_after=Decimal(left),
        repairs=repairs,
    )


def test_a_total_that_the_next_line_follows_from_confirms_no_amount_before_it():
    first, second = pointless([moved(None, 701_966, DAMAGED), moved(23_790, 678_176)])

    assert (first.shares, first.shares_after, second.shares) == (2_883, 701_966, 23_790)
    assert [repair.effect for repair in first.repairs] == ["doubtful"]


def test_an_amount_by_which_a_total_follows_stands():
    (_, second) = pointless([moved(None, "40.500", DAMAGED), moved("2.883", "37.617")])

    assert (second.shares, second.repairs) == (Decimal("2.883"), ())
