"""Notes that tell of no movement: quiet beside a right total, and no reason for a wrong one."""

from __future__ import annotations

import pytest

from tests.stories.asking import Asked
from tests.stories.telling import story_of

_IDLE = (
    "The restricted stock units vest in four equal annual installments of {n} shares beginning March 15, 2020.",
    "The option becomes exercisable as to {n} shares on each of the first three anniversaries of the grant date.",
    "The sales were effected pursuant to a Rule 10b5-1 plan adopted on December 3, 2018 covering up to {n} shares.",
    "The reporting person undertakes to provide full information regarding the {n} shares sold at each separate price.",
    "Includes {n} shares that remain subject to a lock-up agreement that expires on March 15, 2019.",
    "Of these shares, {n} are pledged as security for a loan.",
    "Includes {n} unvested restricted shares, which vest on September 15, 2019.",
    "{n} of these shares are held jointly with the reporting person's spouse.",
    "The reporting person has the right to acquire {n} shares within 60 days.",
    "Excludes options to purchase {n} shares.",
    "Excludes {n} shares held by the reporting person's adult son, as to which he disclaims beneficial ownership.",
    "The issuer has agreed to issue up to {n} additional shares to the reporting person if certain milestones are met.",
    "The reporting person intends to donate {n} shares later this year.",
    "If the performance goals are not met, {n} of these shares will be forfeited.",
    "This purchase is matchable under Section 16(b) with a sale of {n} shares on January 10, 2019; the reporting person has paid the profit to the issuer.",
    "Price is a weighted average; {n} shares were purchased at $19.95 and the rest at prices up to $20.10.",
    "Each share of Class B common stock carries ten votes; the reporting person also holds {n} such shares.",
    "The filing of this form shall not be deemed an admission that the reporting person is the beneficial owner of the {n} shares held by the foundation.",
    "An aggregate of {n} shares may be withheld on vesting to pay taxes.",
    "The reporting person received {n} shares in 2016 under the same plan, which have vested.",
    "The shares were acquired upon exercise of warrants; {n} warrants expired unexercised.",
    "Does not reflect {n} shares that the reporting person is expected to receive in the pending merger.",
    "Upon termination, up to {n} shares may be repurchased by the issuer at cost.",
    "The reporting person's spouse is employed by the issuer and holds {n} shares in its 401(k) plan.",
)
"""What notes say with a number of shares that neither came nor left since the last report."""


@pytest.mark.parametrize("off", [0, 350, -350])
@pytest.mark.parametrize("note", _IDLE)
def test_a_number_that_moved_nothing_explains_nothing(note: str, off: int) -> None:
    total = 11_500 + off
    asks = ["? finds b I.1", "? verdict b I.1 not explained"] if off else ["? quiet"]
    story = story_of(
        note,
        [
            "4 2019-03-04",
            "Common Stock | P +1,000 @20 = 11,000",
            "4 2019-04-04",
            f"Common Stock | P +500 @21 = {total:,}[1]",
            f"note 1 {note.format(n=350)}",
            "4 2019-05-06",
            f"Common Stock | S -1,500 @22 = {total - 1_500:,}",
            *asks,
            f"? held 2019-06-01 Common = {total - 1_500}",
        ],
    )

    asked = Asked(story)

    assert not [f"{q}: {said}" for q in story.asked if (said := asked.wrong(q))]
