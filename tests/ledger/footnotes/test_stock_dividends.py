"""Shares that a stock dividend, a split or a bonus issue brought, where a note counts them."""

import pytest

from tests.ledger.footnotes.notes import stated

DAY = "2022-05-16"


@pytest.mark.parametrize(
    "note",
    [
        "Includes 260 shares received as a stock dividend on May 16, 2022.",
        "Includes 260 shares issued on May 16, 2022 in a share dividend.",
        "On May 16, 2022 the reporting person received 260 shares pursuant to the stock dividend.",
        "The total reflects 260 bonus shares allotted on May 16, 2022.",
        "Includes 260 shares acquired through the bonus issue of May 16, 2022.",
        "260 shares were credited on May 16, 2022 as a result of the stock split.",
        "Includes a stock dividend of 260 shares paid on May 16, 2022.",
        "260 of the shares were received by way of a capitalisation issue on May 16, 2022.",
    ],
)
def test_shares_counted_have_their_amount_and_their_day(note):
    told = [s for s in stated(note) if s.shares is not None]

    assert [(s.kind, s.shares, s.direction) for s in told] == [("stock-dividend", 260, "acquired")]
    assert [str(s.effective_from) for s in told] == [DAY]


@pytest.mark.parametrize(
    "note",
    [
        "Includes 260 shares acquired through dividend reinvestment on May 16, 2022.",
        "Includes 260 restricted shares, adjusted for the 3-for-2 stock split of May 16, 2022.",
        "The reporting person received 260 shares as an annual bonus on May 16, 2022.",
        "260 shares will be issued as a stock dividend on May 16, 2022.",
        "Includes 260 shares acquired under the employee stock purchase plan on May 16, 2022.",
        "Includes dividend equivalents on 260 units.",
    ],
)
def test_other_dividends_splits_and_bonuses_are_none(note):
    assert "stock-dividend" not in [s.kind for s in stated(note)]


def test_with_its_rate_it_is_a_split_of_so_many_shares():
    (said,) = stated("Includes 260 shares resulting from a 5% stock dividend paid on May 16, 2022.")

    assert (said.kind, said.ratio, said.shares) == ("split", "21:20", 260)


@pytest.mark.parametrize(
    "note",
    [
        "0.4 of a share was paid in cash in lieu of a fraction resulting from the reverse split.",
        "In lieu of 0.6 of a share that resulted from the stock dividend she received cash.",
    ],
)
def test_a_fraction_paid_in_cash_was_never_held(note):
    assert stated(note) == ()


def test_a_whole_share_beside_cash_for_a_fraction_came():
    told = stated(
        "Includes 12 shares received in a stock dividend, and cash was paid for fractions."
    )

    assert [(s.kind, s.shares) for s in told] == [("stock-dividend", 12)]
