"""Which verb an amount belongs to: what funds, what is sold to one's own, what others got, what was not done."""

from __future__ import annotations

import pytest

from tests.ledger.footnotes.notes import stated

TOLD = [
    ("On May 2, 2023 she funded the Teasel GRAT with 640 shares.", "trust-contribution", "disposed"),
    ("A trust was funded by the reporting person with an aggregate of 640 shares.", "trust-contribution", "disposed"),
    ("The funding of his annuity trust with 640 shares took place on May 2, 2023.", "trust-contribution", "disposed"),
    ("The reporting person endowed a family partnership with 640 shares.", "form-change", "disposed"),
    ("The Teasel Family Trust bought 640 shares from him at their market value.", "trust-contribution", "disposed"),
    ("She sold 640 shares to a trust for her children at the closing price.", "trust-contribution", "disposed"),
    ("The reporting person purchased 640 shares from her husband on May 2, 2023.", "form-change", "acquired"),
    ("640 shares titled in both names became the sole property of the reporting person.", "form-change", "acquired"),
    ("He assumed direct ownership of 640 shares when the partnership dissolved.", "form-change", "acquired"),
    ("The reporting person took legal title to 640 shares at her aunt's death.", "gift-note", "acquired"),
    ("Under the will of his uncle 640 shares passed to the reporting person.", "gift-note", "acquired"),
    ("She was allotted 640 shares on the winding up of Teasel LLC.", "distribution", "acquired"),
    ("640 shares were paid over by the Teasel GRAT as an annuity.", "annuity-return", "acquired"),
    ("Options for 640 shares that had never been exercised lapsed on May 2, 2023.", "forfeiture", "disposed"),
    ("He tendered 640 shares, all of which were accepted by the bidder.", "disposal-note", "disposed"),
    ("Teasel Trust, for which she serves as trustee, received 640 shares from her.", "trust-contribution", "disposed"),
    ("By giving 640 shares to a museum, she used up the account.", "gift-note", "disposed"),
    ("The total rose by 640 shares owing to a stock dividend distributed May 2, 2023.", "stock-dividend", "acquired"),
    ("A share dividend paid on May 2, 2023 brought him 640 shares.", "stock-dividend", "acquired"),
    ("Following a stock dividend, 640 shares were added to the account.", "stock-dividend", "acquired"),
    ("The convertible notes were converted into 640 shares.", "acquisition-note", "acquired"),
    ("The plan purchased 640 shares for her account with cash dividends.", "dividend-reinvestment", "acquired"),
    ("He bought 640 shares by payroll deduction.", "espp-purchase", "acquired"),
    ("Holdings include 640 purchased under the ESPP on May 2, 2023.", "espp-purchase", "acquired"),
    ("The total reported excludes 640 given to a college on May 2, 2023.", "gift-note", "disposed"),
    ("The GRAT holds 900 shares after paying an annuity of 640 shares to her.", "annuity-return", "acquired"),
    ("After the vesting the Company withheld 640 shares from the reporting person for taxes.", "withheld-note", "disposed"),
    ("The Company accepted 640 of her shares in payment of the exercise price.", "withheld-note", "disposed"),
    ("640 shares were bequeathed to the reporting person by a family friend.", "gift-note", "acquired"),
    ("As 640 shares sold in 2016 were not deducted, later totals were too high by that number.", "report-correction", "disposed"),
    ("640 shares of an LLC were attributed to the reporting person by mistake in earlier reports.", "report-correction", "disposed"),
    ("Amounts previously reported omitted 640 shares.", "report-correction", "acquired"),
    ("Since her divorce she no longer reports 640 shares held by her former husband.", "reporting-withdrawal", "disposed"),
    ("Reflects the acquisition on May 2, 2023 of 640 shares under the employee stock purchase plan for the purchase period of July 1, 2022 through May 1, 2023.", "espp-purchase", "acquired"),
    ("The balance is net of 640 shares applied toward taxes.", "withheld-note", "disposed"),
    ("640 shares were returned to her by the broker to whom they had been lent.", "acquisition-note", "acquired"),
    ("She became the owner of 640 shares on her aunt's death.", "gift-note", "acquired"),
    ("Sole heir under his cousin's will, he took 640 shares on May 2, 2023.", "gift-note", "acquired"),
    ("In the tender offer that expired on May 2, 2023, she sold 640 shares.", "disposal-note", "disposed"),
    ("Of the 900 options granted in 2015, 1,260 were exercised and 640 expired on May 2, 2023.", "forfeiture", "disposed"),
    ("The account in the 401(k) stock fund rose by 640 shares to 3,040 shares.", "plan-units", "acquired"),
    ("The total on the Form 3 should have been greater by 640 shares.", "report-correction", "acquired"),
    ("He gave an aggregate of 640 shares, 320 to each of two sons.", "gift-note", "disposed"),
    ("In error, the Form 4 showed a grant of 1,280 units; the grant was for 640 units.", "report-correction", "disposed"),
]  # fmt: skip


@pytest.mark.parametrize(("note", "kind", "direction"), TOLD, ids=[note for note, _, _ in TOLD])
def test_a_verb_tells_what_became_of_its_own_amount(note, kind, direction):
    found = [(one.kind, one.direction) for one in stated(note) if one.shares == 640]

    assert found == [(kind, direction)]


NOTHING = [
    "The trust will be funded with 640 shares in 2025.",
    "A trust was to be funded with 640 shares.",
    "He sold 640 shares to a trust company.",
    "The reporting person purchased 640 shares from an unaffiliated investor.",
    "The 640 shares became the subject of a lock-up.",
    "The 640 shares became fully vested on May 2, 2023.",
    "His nephew inherited 640 shares.",
    "The reporting person's niece received 640 shares as a gift from an uncle.",
    "640 shares were inherited by her brother, who lives abroad.",
    "Instead of giving 640 shares to the museum, she gave cash.",
    "He considered contributing 640 shares to a trust but contributed money.",
    "The gift of 640 shares reported by her sister does not concern these holdings.",
    "He tendered 640 shares, none of which were accepted by the bidder.",
    "The decree of divorce left the 640 shares untouched.",
    "His wife has filed for divorce and claims 640 of the shares.",
    "He is eligible for but has not enrolled in the stock purchase plan, which sold 640 shares to others.",
    "This amendment corrects the transaction date; the number of shares, 640, is unchanged.",
    "The divorce court has yet to rule on the 640 shares.",
    "Each of the 640 shares of Teasel Inc. was exchanged for 1.35 shares of the issuer in the merger.",
    "In the spin-off the reporting person received 64 shares in respect of 640 shares of the parent.",
    "The gift of 640 shares was returned by the museum.",
    "The award was earned above target, adding 640 units to the number previously reported.",
]


@pytest.mark.parametrize("note", NOTHING)
def test_what_was_done_with_other_shares_or_not_at_all_moves_nothing(note):
    about = (one for one in stated(note) if one.shares == 640)
    moved = [
        one for one in about if one.kind not in ("composition", "exclusion", "vesting-schedule")
    ]

    assert moved == []
