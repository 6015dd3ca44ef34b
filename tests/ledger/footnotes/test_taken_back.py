"""Shares that a company takes back by a right that it has: told as gone where the right was used."""

import pytest

from ledger.filing import Footnote
from ledger.footnotes.recognition import statements


def stated(text: str) -> list[tuple[str, str | None]]:
    told = statements([Footnote(id="F1", text=text)], None)
    return [(one.kind, one.direction) for one in told]


@pytest.mark.parametrize(
    "text",
    [
        "The Company exercised its right to repurchase 2,000 unvested shares at $0.01 per share.",
        "The issuer exercised its repurchase right with respect to 2,000 unvested shares.",
        "The Issuer exercised its repurchase option as to 2,000 of her unvested shares.",
        "The Company's right to repurchase 2,000 unvested shares was exercised on July 1, 2021.",
        "The repurchase right was exercised as to 2,000 shares.",
        "The company bought 2,000 unvested shares back at cost.",
        "2,000 unvested shares were purchased back by the company.",
        "The reporting person sold back 2,000 unvested shares to the company at cost.",
        "The company repurchased 2,000 unvested shares from the owner, a former officer.",
    ],
)
def test_shares_that_a_company_took_back_are_gone(text):
    assert stated(text) == [("forfeiture", "disposed")]


@pytest.mark.parametrize(
    "text",
    [
        "The company has the right to repurchase 2,000 unvested shares at cost.",
        "The company may exercise its right to repurchase 2,000 unvested shares.",
        "The company has not exercised its repurchase right as to 2,000 shares.",
        "The company waived its right to repurchase 2,000 unvested shares.",
        "The right to repurchase 2,000 shares may be exercised until 2022.",
        "The repurchase option lapsed as to 2,000 shares.",
        "The company exercised its right to repurchase 2,000 shares from a former employee.",
        "The company repurchased 2,000 unvested shares from other employees.",
        "The reporting person exercised an option to purchase 2,000 shares.",
        "The reporting person sold 2,000 shares and bought them back.",
    ],
)
def test_a_right_that_is_not_used_or_others_shares_take_nothing(text):
    assert stated(text) == []
