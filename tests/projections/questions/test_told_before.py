"""Drafts with a trade like one that a form told days before."""

from tests.projections.building import bought, filing, gave, opening, sold
from tests.projections.questions.drafting import drafted, hinted, the_draft


def test_a_trade_like_one_told_days_before_is_asked_after_alone_or_in_lots(told):
    ledger = told(opening(10_000), filing(sold(700, 9_300, price=20), on="2024-06-03"))

    def again(*rows, **said):
        return hinted(the_draft(ledger, drafted(*rows, on="2024-06-05", **said)))

    once = again(sold(700, 8_600, price=20))["told"]
    assert once.startswith("700 disposed at 20 on 2024-06-03 (code S) stand in a form already")
    assert "told" in again(sold(300, 9_000, price="19.5"), sold(400, 8_600, price="20.5"))
    assert "told" in again(sold(700, 8_600, price="20.04")), "20.04, rounded"
    others = (
        sold(700, 8_600, price="20.4"),
        sold(600, 8_700, price=20),
        bought(700, 10_000, price=20),
    )
    assert not any("told" in again(other) for other in others)


def test_a_gift_like_one_told_is_asked_after_only_of_the_same_day(told):
    ledger = told(opening(10_000), filing(gave(700, 9_300), on="2024-06-03"))

    def again(on):
        return hinted(the_draft(ledger, drafted(gave(700, 8_600), on=on)))

    assert "told" in again("2024-06-03")
    assert "told" not in again("2024-06-05")
