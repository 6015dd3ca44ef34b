"""One title or holder in other words, with a wrong total in between: a finding, and no second holding.

And words that only look alike, each with totals of its own: two holdings, of which nothing is found.
"""

from __future__ import annotations

import pytest

from tests.stories.asking import Asked
from tests.stories.telling import story_of

_SAME_TITLES = (
    ("Common Stock", "Common Stock, par value $.01"),
    ("Common Stock", "Common Shares"),
    ("Common Stock", "Com Stk"),
    ("Common Stock", "PMBT"),
    ("Common Stock", "Pemberley Tools Common"),
    ("Class A Common Stock", "Cl A Common"),
    ("Class A Common Stock", "Common Class A"),
    ("Ordinary Shares", "Ordinary Shares, nominal value $0.01"),
    ("8.5% Series A Cumulative Preferred", "Series A 8.5% Cumulative Preferred Stock"),
    ("American Depositary Shares", "ADS"),
    ("Class B Non-Voting Common Stock", "Class B Common Stock (non-voting)"),
    ("Subordinate Voting Shares", "Subordinated Voting Shares"),
)
_OTHER_TITLES = (
    ("Common Stock", "Preferred Stock"),
    ("Class A Common Stock", "Class A-1 Common Stock"),
    ("Series A-1 Preferred Stock", "Series A-2 Preferred Stock"),
    ("Series AA Preferred", "Series BB Preferred"),
    ("Voting Common Stock", "Non-Voting Common Stock"),
    ("Multiple Voting Shares", "Subordinate Voting Shares"),
    ("Tracking Stock Group A", "Tracking Stock Group B"),
    ("5.5% Preferred Stock", "6.5% Preferred Stock"),
    ("Special Common Stock", "Common Stock"),
)
_SAME_HOLDERS = (
    ("By Spouse", "By Wife"),
    ("By Spouse", "By Spuose"),
    ("Joint with spouse", "Jointly with spouse"),
    ("By Spouse's Trust", "By trust of spouse"),
    ("By Spouse's IRA", "By IRA of spouse"),
    ("By 401(k)", "401k plan"),
    ("By ESOP", "By Employee Stock Ownership Plan"),
    ("By GRAT", "By Grantor Retained Annuity Trust"),
    ("By CRT", "By Charitable Remainder Trust"),
    ("By Corporation", "By Corp."),
    ("As custodian for child", "By self as custodian for minor child under UTMA"),
    ("By Birch Partners LP", "Birch Partners Limited Partnership"),
    ("By Wetherby Family Trust", "Wetherby Family Trust u/a/d 5/1/2001"),
    ("By Birch Family Foundation", "By the Birch Family Fdn"),
)
_OTHER_HOLDERS = (
    ("By Spouse", "Jointly with spouse"),
    ("By Spouse", "By Spouse's Trust"),
    ("By IRA", "By Spouse's IRA"),
    ("By Child", "As custodian for child"),
    ("By Trust for Child 1", "By Trust for Child 2"),
    ("By Joan Trust", "By Jean Trust"),
    ("By Loving Trust", "By Living Trust"),
    ("By GRAT 2019", "By GRAT 2021"),
    ("By CRT", "By CRUT"),
    ("By Revocable Trust", "By Irrevocable Trust"),
    ("By Trust dated 5/1/2001", "By Trust dated 6/1/2004"),
    ("By Birch Partners LP", "By Birch Partners GP LLC"),
    ("By Trust for spouse", "By Spouse's Trust"),
)
_SAME_NOTES = (
    (
        "Held by the Marlow Family Trust.",
        "These shares are held of record by the Marlow Family Trust, of which the reporting person is trustee.",
    ),
    (
        "Shares owned by the reporting person's spouse.",
        "The reporting person's wife owns these shares. He disclaims beneficial ownership.",
    ),
    (
        "Held by Harrow Partners, L.P. The reporting person is the general partner.",
        "The securities are directly owned by Harrow Partners LP, whose general partner the reporting person is.",
    ),
    (
        "Held in the reporting person's IRA.",
        "Held through an individual retirement account.",
    ),
    (
        "Held in trust for the reporting person's minor children.",
        "Shares held in a trust for the benefit of the children of the reporting person.",
    ),
    (
        "Held by the Joan K. Wetherby Revocable Trust dated May 1, 2001.",
        "Held by the Joan K. Wetherby Revocable Trust.",
    ),
)
_OTHER_NOTES = (
    ("Held by the Marlow Family Trust.", "Held by the Harrow Family Trust."),
    (
        "Held by the reporting person's spouse.",
        "Held by a trust for the reporting person's spouse.",
    ),
    ("Held by Harrow Partners I, L.P.", "Held by Harrow Partners II, L.P."),
    (
        "Held in the reporting person's IRA.",
        "Held in the IRA of the reporting person's spouse.",
    ),
    ("Held by the 2015 GRAT.", "Held by the 2018 GRAT."),
    (
        "Held in a trust for the benefit of his children.",
        "Held in a trust for the benefit of his spouse.",
    ),
    (
        "Held in the company's 401(k) plan.",
        "Held in the company's employee stock purchase plan.",
    ),
)
_STOCK = "Common Stock, "
_SAME = (*_SAME_TITLES, *((_STOCK + one, _STOCK + other) for one, other in _SAME_HOLDERS))
_OTHER = (*_OTHER_TITLES, *((_STOCK + one, _STOCK + other) for one, other in _OTHER_HOLDERS))


def _wrong(title: str, *lines: str) -> list[str]:
    asked = Asked(story_of(title, [line.strip() for line in lines]))
    return [f"{q}: {said}" for q in asked.story.asked if (said := asked.wrong(q))]


@pytest.mark.parametrize(("one", "other"), _SAME)
def test_other_words_for_one_holding_hide_no_wrong_total(one: str, other: str) -> None:
    assert not _wrong(
        f"{one}, then {other}",
        "4 2019-03-04",
        f" {one} | P +1,000 @20 = 11,000",
        "4 2019-04-04",
        f" {other} | P +500 @21 = 11,900",
        "4 2019-05-06",
        f" {one} | S -1,500 @22 = 10,000",
        "? finds b I.1 BALANCE|ISOLATED|TOTAL|DIGIT",
        "? sum 2019-06-01 [A-Z] = 10,000",
    )


@pytest.mark.parametrize(("one", "other"), _OTHER)
def test_words_that_look_alike_are_two_holdings(one: str, other: str) -> None:
    assert not _wrong(
        f"{one}, and {other}",
        "4 2019-03-04",
        f" {one} | P +1,000 @20 = 11,000",
        f" {other} | P +300 @20 = 2,300",
        "4 2019-04-04",
        f" {other} | P +500 @21 = 2,800",
        "4 2019-05-06",
        f" {one} | S -1,500 @22 = 9,500",
        f" {other} | S -700 @22 = 2,100",
        "? quiet",
        "? sum 2019-06-01 [A-Z] = 11,600",
    )


@pytest.mark.parametrize(("one", "other"), _SAME_NOTES)
def test_other_words_of_a_note_for_one_holder_hide_no_wrong_total(one: str, other: str) -> None:
    assert not _wrong(
        f"{one}, then {other}",
        "4 2019-03-04",
        " Common Stock, See footnote[1] | P +1,000 @20 = 11,000",
        f" note 1 {one}",
        "4 2019-04-04",
        " Common Stock, See footnote[1] | P +500 @21 = 11,900",
        f" note 1 {other}",
        "4 2019-05-06",
        " Common Stock, See footnote[1] | S -1,500 @22 = 10,000",
        f" note 1 {one}",
        "? finds b I.1 BALANCE|ISOLATED|TOTAL|DIGIT",
        "? sum 2019-06-01 [A-Z] = 10,000",
    )


@pytest.mark.parametrize(("one", "other"), _OTHER_NOTES)
def test_notes_that_name_two_holders_are_of_two_holdings(one: str, other: str) -> None:
    assert not _wrong(
        f"{one}, and {other}",
        "4 2019-03-04",
        " Common Stock, See footnote[1] | P +1,000 @20 = 11,000",
        " Common Stock, See footnote[2] | P +300 @20 = 2,300",
        f" note 1 {one}",
        f" note 2 {other}",
        "4 2019-04-04",
        " Common Stock, See footnote[1] | P +500 @21 = 2,800",
        f" note 1 {other}",
        "4 2019-05-06",
        " Common Stock, See footnote[1] | S -1,500 @22 = 9,500",
        " Common Stock, See footnote[2] | S -700 @22 = 2,100",
        f" note 1 {one}",
        f" note 2 {other}",
        "? quiet",
        "? sum 2019-06-01 [A-Z] = 11,600",
    )


_SAME_AWARDS = (
    (
        "Each restricted stock unit represents a contingent right to receive one share of common stock.",
        "Each RSU represents the contingent right to receive, upon vesting, one share of the issuer's common stock.",
    ),
    (
        "Granted on March 1, 2018; vests in four equal annual installments.",
        "These restricted stock units were granted on March 1, 2018 and vest in four equal annual installments.",
    ),
    (
        "The restricted stock units vest ratably over three years from the grant date of February 15, 2018.",
        "On February 15, 2018 the reporting person was granted restricted stock units, which vest in three parts.",
    ),
)
_OTHER_AWARDS = (
    (
        "Granted on March 1, 2018; vests in four parts.",
        "Granted on March 1, 2019; vests in four parts.",
    ),
    (
        "The restricted stock units vest ratably over three years from February 15, 2018.",
        "The restricted stock units vest in full on February 15, 2021.",
    ),
    ("Time-based restricted stock units.", "Performance-based restricted stock units."),
)


def _vested(shares: int, stock: int, units: str, note: int) -> list[str]:
    """Units that become stock, with the mark of their note on the title, or on a total with a star."""
    on_title, on_total = ("", f"[{note}]") if units.endswith("*") else (f"[{note}]", "")
    return [
        f"Common Stock | M +{shares:,} = {stock:,}",
        f"II Restricted Stock Units{on_title} | M -{shares:,} = {units.rstrip('*')}{on_total}",
    ]


@pytest.mark.parametrize("at", ["", "*"])
@pytest.mark.parametrize(("one", "other"), _SAME_AWARDS)
def test_other_words_for_one_award_hide_no_wrong_total(one: str, other: str, at: str) -> None:
    assert not _wrong(
        f"{one}, then {other}",
        "4 2019-03-02",
        *_vested(1000, 1000, f"9,000{at}", 1),
        f"note 1 {one}",
        "4 2019-09-02",
        *_vested(1000, 2000, f"8,300{at}", 1),
        f"note 1 {other}",
        "4 2020-03-02",
        *_vested(1000, 3000, f"7,000{at}", 1),
        f"note 1 {one}",
        "? finds b II.1 BALANCE|ISOLATED|TOTAL|DIGIT",
        "? sum 2020-04-01 Units = 7,000",
    )


@pytest.mark.parametrize("at", ["", "*"])
@pytest.mark.parametrize(("one", "other"), _OTHER_AWARDS)
def test_notes_that_name_two_awards_are_of_two_series(one: str, other: str, at: str) -> None:
    assert not _wrong(
        f"{one}, and {other}",
        "4 2019-03-02",
        *_vested(1000, 1000, f"9,000{at}", 1),
        *_vested(500, 1500, f"4,000{at}", 2),
        f"note 1 {one}",
        f"note 2 {other}",
        "4 2019-09-02",
        *_vested(500, 2000, f"3,500{at}", 2),
        f"note 2 {other}",
        "4 2020-03-02",
        *_vested(1000, 3000, f"8,000{at}", 1),
        *_vested(500, 3500, f"3,000{at}", 2),
        f"note 1 {one}",
        f"note 2 {other}",
        "? quiet",
        "? sum 2020-04-01 Units = 11,000",
    )


@pytest.mark.parametrize("table", ["", "II "])
@pytest.mark.parametrize(
    "title", ["LTIP Units", "Class B Profits Interests", "Incentive Units", "Stock Equivalents"]
)
def test_awards_under_any_title_are_told_apart_by_their_notes(title: str, table: str) -> None:
    assert not _wrong(
        f"two awards of {title} {table}",
        "4 2023-03-01",
        f"{table}{title}[1] | M -1,000 = 6,000",
        f"{table}{title}[2] | A +9,000 = 9,000",
        "note 1 Initial new-hire award, vesting annually.",
        "note 2 Annual refresh award, vesting annually.",
        "4 2024-03-01",
        f"{table}{title}[1] | M -1,000 = 5,000",
        f"{table}{title}[2] | M -2,000 = 7,000",
        "note 1 Initial new-hire award, vesting annually.",
        "note 2 Annual refresh award, vesting annually.",
        "? never BALANCE|LEVEL|LOT|DOUBLE|ISOLATED",
        "? sum 2024-06-01 [A-Z] = 12,000",
    )
