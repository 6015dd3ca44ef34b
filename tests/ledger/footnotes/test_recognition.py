"""Footnotes: what they say happened to shares, how many, which way, and when."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.footnotes.notes import amounts, kinds, only, stated


class TestPlans:
    def test_a_purchase_under_an_employee_plan_has_its_amount_and_month(self):
        bought = only(
            "Includes 410 shares bought under the Employee Stock Purchase Plan in May 2006."
        )

        assert bought.kind == "espp-purchase"
        assert (bought.shares, bought.direction) == (Decimal(410), "acquired")
        assert bought.effective_from == date(2006, 5, 1)
        assert bought.effective_to == date(2006, 5, 31)
        assert bought.precision == "month"

    @pytest.mark.parametrize(
        "text",
        [
            (
                "Includes 800 shares acquired under the ESPP, 300 shares in March 2005 and 500"
                " shares in September 2005."
            ),
            (
                "Includes 300 shares purchased in March 2005 and 500 shares purchased in September"
                " 2005 under the Employee Stock Purchase Plan, for a total of 800 shares."
            ),
            "Total includes 800 ESPP shares (300 in March 2005 and 500 in September 2005).",
        ],
    )
    def test_a_total_and_its_parts_are_one_group_that_counts_once(self, text):
        parts = stated(text)

        assert [part.shares for part in parts] == [300, 500]
        assert {part.group_total for part in parts} == {Decimal(800)}
        assert [part.effective_from for part in parts] == [date(2005, 3, 1), date(2005, 9, 1)]
        assert [(part.number, part.of) for part in parts] == [(1, 2), (2, 2)]
        assert [part.ref for part in parts] == ["note.1.1", "note.1.2"]

    def test_where_the_parts_given_do_not_sum_the_total_alone_stands(self):
        text = "Includes 900 shares acquired under the ESPP, including 300 shares in March 2005."

        assert amounts(text) == [("espp-purchase", 900)]

    def test_a_plan_purchase_without_an_amount_is_stated_without_one(self):
        assert amounts("Includes shares acquired under the issuer's ESPP.") == [
            ("espp-purchase", None)
        ]

    def test_each_plan_of_a_list_has_its_own_amount_and_its_own_date(self):
        text = (
            "Includes 120 shares acquired under the Employee Stock Purchase Plan on May 31, 2007,"
            " 15.25 shares acquired through dividend reinvestment and 90 shares acquired under the"
            " 401(k) plan."
        )

        espp, drip, plan = stated(text)

        assert (espp.kind, espp.shares) == ("espp-purchase", 120)
        assert (drip.kind, drip.shares) == ("dividend-reinvestment", Decimal("15.25"))
        assert (plan.kind, plan.shares) == ("plan-units", 90)
        assert espp.precision == "day"
        assert (drip.precision, plan.precision) == ("unknown", "unknown")

    def test_respectively_pairs_amounts_and_dates_in_order(self):
        first, second = stated(
            "Includes 40 and 50 shares purchased under the ESPP on January 31, 2008 and"
            " July 31, 2008, respectively."
        )

        assert (first.shares, first.effective_from) == (40, date(2008, 1, 31))
        assert (second.shares, second.effective_from) == (50, date(2008, 7, 31))

    def test_shares_in_a_plan_as_of_a_day_are_a_balance_and_no_movement(self):
        units = only("Includes 350.5 shares held in the 401(k) plan as of March 31, 2010.")

        assert (units.kind, units.direction) == ("plan-units", None)
        assert units.effective_to == date(2010, 3, 31)

    def test_an_interval_from_one_day_to_another_is_kept(self):
        gained = only(
            "Between April 1, 2005 and June 30, 2005, the reporting person acquired 77 shares under"
            " the 401(k) plan."
        )

        assert gained.direction == "acquired"
        assert (gained.effective_from, gained.effective_to) == (date(2005, 4, 1), date(2005, 6, 30))
        assert gained.precision == "interval"


class TestTransfers:
    def test_shares_put_into_a_trust_since_the_last_report_left_in_an_open_interval(self):
        given = only(
            "Since the director's last report, 40,000 shares formerly held directly were"
            " contributed to an annuity trust of the grantor."
        )

        assert (given.kind, given.direction) == ("trust-contribution", "disposed")
        assert (given.effective_from, given.effective_to) == (None, None)
        assert given.precision == "interval"
        assert given.counterpart == "annuity trust of the grantor"

    def test_what_a_total_includes_came_into_it(self):
        came = only(
            "Includes 9,000 shares previously reported as directly owned which were contributed to"
            " a GRAT on March 3, 2005."
        )

        assert (came.kind, came.direction) == ("trust-contribution", "acquired")

    def test_an_annuity_comes_back_from_the_trust(self):
        back = only(
            "On May 1, 2007, 6,500 shares were distributed from the Alder 2005 GRAT to the"
            " reporting person as an annuity payment."
        )

        assert (back.kind, back.direction) == ("annuity-return", "acquired")
        assert back.counterpart == "the Alder 2005 GRAT"

    @pytest.mark.parametrize(
        "text",
        [
            "700 shares were distributed by the GRAT to its grantor on June 4, 2012.",
            "The GRAT paid an annuity of 700 shares to the settlor on June 4, 2012.",
            "On June 4, 2012 the reporting person received 700 shares from the Elm 2010 GRAT.",
            "The owner gave 900 shares to a friend. Later 700 shares were returned as an annuity.",
            "Shares held by the Elm annuity trust: 700 shares were transferred back to the insider.",
        ],
    )
    def test_what_an_annuity_trust_pays_back_is_named_in_many_ways(self, text):
        assert ("annuity-return", 700) in amounts(text)

    @pytest.mark.parametrize(
        "text",
        [
            "The trust ended; its 700 shares passed to its beneficiaries, all of them of age.",
            "On June 4, 2012 the remaining 700 shares passed outright to the owner's brothers.",
        ],
    )
    def test_what_passed_to_others_at_a_trusts_end_left_it(self, text):
        assert ("form-change", 700) in amounts(text)

    def test_a_day_that_passed_moved_nothing(self):
        assert not kinds("The last day to exercise 700 options passed to no avail.")

    @pytest.mark.parametrize(
        "text",
        [
            "When the GRAT ended, 700 shares were distributed by it to trusts for the children.",
            "On its end 700 shares passed, transferred from the GRAT to the Elm Family Trust.",
            "The insider contributed 700 shares to a grantor retained annuity trust.",
        ],
    )
    def test_what_goes_into_an_annuity_trust_or_on_to_others_is_no_annuity(self, text):
        assert "annuity-return" not in kinds(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Changes in beneficial ownership without consideration, in transfers that are exempt.",
            "The transfer was effected for no consideration and is exempt under Rule 16a-13.",
            "A transfer without consideration to a wholly owned entity, exempt by Rule 16a-13.",
        ],
    )
    def test_a_transfer_exempt_and_without_consideration_is_a_change_of_form(self, text):
        assert amounts(text) == [("form-change", None)]

    def test_the_title_of_the_form_is_no_change_of_ownership(self):
        assert kinds("See the Statement of Changes in Beneficial Ownership, exempt or not.") == []

    def test_a_distribution_for_no_consideration_names_its_amount(self):
        given = only("Distribution for no consideration of 8,100 shares to members of the LLC.")

        assert (given.kind, given.shares, given.direction) == ("distribution", 8100, "disposed")

    def test_a_list_of_annuities_names_each_trust_and_keeps_the_date_before_it(self):
        first, second, third = stated(
            "Reflects shifts from indirect to direct ownership (i) on April 2, 2018, 900 shares"
            " from the Elm Trust I, 800 shares from the Elm Trust II and (ii) on June 5,"
            " 2018, 700 shares from the Elm Trust III."
        )

        assert [s.counterpart for s in (first, second, third)] == [
            "the Elm Trust I",
            "the Elm Trust II",
            "the Elm Trust III",
        ]
        assert second.effective_from == date(2018, 4, 2)
        assert third.effective_from == date(2018, 6, 5)
        assert {s.direction for s in (first, second, third)} == {"acquired"}

    def test_between_two_vehicles_the_way_is_not_known(self):
        moved = only(
            "Reflects the transfer of 1,000 shares from the Birch Family Trust to Birch Holdings"
            " LLC on June 1, 2010."
        )

        assert (moved.kind, moved.direction) == ("form-change", None)

    def test_a_distribution_is_seen_from_who_received_it(self):
        got = only(
            "Includes 310 shares received in a pro rata distribution from Cedar Ventures II, L.P."
            " on April 4, 2011."
        )

        assert (got.kind, got.direction) == ("distribution", "acquired")
        assert got.counterpart == "Cedar Ventures II, L.P"

    def test_a_fund_that_distributes_disposes(self):
        gave = only(
            "On May 2, 2012, Dogwood Fund, L.P. distributed 5,000 shares pro rata to its partners."
        )

        assert (gave.kind, gave.direction) == ("distribution", "disposed")

    def test_a_court_order_moves_shares_away(self):
        assert [
            (s.kind, s.shares, s.direction)
            for s in stated(
                "The reporting person transferred 2,400 shares to a former spouse pursuant to a"
                " domestic relations order."
            )
        ] == [("court-transfer", 2400, "disposed")]

    @pytest.mark.parametrize(
        ("text", "shares", "direction"),
        [
            ("On May 3, 2010 the reporting person made a gift of 600 shares.", 600, "disposed"),
            ("The reporting person received 700 shares as a gift from an aunt.", 700, "acquired"),
            ("He gifted 100 shares to each of his three children.", 300, "disposed"),
        ],
    )
    def test_a_gift_is_given_or_received(self, text, shares, direction):
        gift = only(text)

        assert (gift.kind, gift.shares, gift.direction) == ("gift-note", shares, direction)

    def test_a_note_that_only_explains_why_a_gift_has_no_price_states_nothing(self):
        assert stated("The shares were given as a gift, so nothing was paid for them.") == ()
        assert stated("The director gifted these shares; no price was paid.") == ()

    def test_what_may_happen_has_not_happened(self):
        text = "The 900 shares may be transferred to a trust, and will be forfeited on departure."

        assert stated(text) == ()


class TestCorrections:
    @pytest.mark.parametrize(
        ("text", "shares", "direction"),
        [
            ("The prior report overstated the shares owned by 40 shares.", 40, "disposed"),
            ("Shares held were understated by 55 due to a clerical error.", 55, "acquired"),
            ("Includes 60 shares inadvertently omitted from the Form 3.", 60, "acquired"),
            (
                "The total should have been reported as 10,500 rather than 10,050 shares.",
                450,
                "acquired",
            ),
            (
                (
                    "The Form 4 incorrectly reported 9,000 shares as owned. The correct number"
                    " is 8,800 shares."
                ),
                200,
                "disposed",
            ),
            (
                "The prior Form 4 reported 5,000 shares sold; the correct number was 5,500.",
                500,
                "disposed",
            ),
            (
                (
                    "The director owned 1,190 shares on appointment. These shares should have been"
                    " reported on Form 3."
                ),
                1190,
                "acquired",
            ),
            (
                "The total has been decreased by one share to correct a computational error.",
                1,
                "disposed",
            ),
        ],
    )
    def test_a_correction_is_the_signed_difference(self, text, shares, direction):
        correction = only(text)

        assert correction.kind == "report-correction"
        assert (correction.shares, correction.direction) == (shares, direction)

    def test_a_correction_that_gives_no_figure_has_none(self):
        assert amounts("This amendment corrects a typographical error in the prior report.") == [
            ("report-correction", None)
        ]

    def test_a_late_report_corrects_nothing(self):
        assert stated("The reporting person inadvertently failed to file a Form 4 in time.") == ()


class TestSplits:
    @pytest.mark.parametrize(
        ("text", "ratio"),
        [
            ("Adjusted to reflect a 3-for-2 stock split on June 15, 2005.", "3:2"),
            ("Reflects the two-for-one split of the common stock.", "2:1"),
            ("Adjusted for the 1-for-10 reverse stock split.", "1:10"),
            ("Reflects a 4:1 reverse share split.", "1:4"),
            ("Reflects a stock dividend of 50% paid on May 3, 2004.", "3:2"),
            ("Reflects a 5% stock dividend.", "21:20"),
            ("Adjusted for a 1-for-4.7313 reverse stock split.", "1:4.7313"),
            ("In the split, one additional share was issued for each share outstanding.", "2:1"),
        ],
    )
    def test_a_ratio_is_new_to_old(self, text, ratio):
        split = only(text)

        assert (split.kind, split.ratio) == ("split", ratio)

    def test_shares_a_split_brought_are_its_amount(self):
        split = only("Includes 500 shares received on May 4, 2003 in a 3-for-2 stock split.")

        assert (split.shares, split.direction, split.ratio) == (500, "acquired", "3:2")
        assert split.effective_from == date(2003, 5, 4)

    def test_a_conversion_that_splits_would_adjust_is_no_split(self):
        text = (
            "The units convert into shares on a 1-for-2 basis, subject to adjustment for stock"
            " splits and stock dividends."
        )

        assert "split" not in kinds(text)


@pytest.mark.parametrize(
    "note",
    [
        "Shares previously held directly are now held by the family trust of the reporting person.",
        "These shares, formerly owned directly, are now held through an LLC.",
        "Shares formerly owned directly are now owned indirectly.",
    ],
)
def test_shares_that_are_now_held_otherwise_left_direct_ownership_whatever_their_number(note):
    (said,) = stated(note)

    assert (said.kind, said.shares, said.direction) == ("form-change", None, "disposed")


def test_how_shares_were_held_before_says_nothing_without_how_they_are_held_now():
    assert "form-change" not in kinds("The shares were previously held by the same trust.")


def test_shares_retitled_in_the_name_of_a_trust_went_there():
    (said,) = stated("Shares owned directly have been retitled in the name of a revocable trust.")

    assert (said.kind, said.direction) == ("trust-contribution", "disposed")
