"""Footnotes: what a total holds, what is said once, and what is no amount of shares."""

from __future__ import annotations

import time
from datetime import date

import pytest

from ledger.filing import Footnote
from ledger.footnotes.recognition import statements
from tests.ledger.footnotes.notes import amounts, kinds, only, stated


class TestWhatATotalHolds:
    @pytest.mark.parametrize(
        ("text", "kind", "direction"),
        [
            ("Includes 70 restricted shares, which prior Forms 4 did not include.", "composition", "acquired"),
            ("Prior reports did not include 70 restricted shares; these are now included.", "composition", "acquired"),
            ("Includes 70 units not reflected in the totals on his earlier Forms 4.", "composition", "acquired"),
            ("Includes 70 units credited since his last report.", "composition", "acquired"),
            ("Includes 70 shares acquired in small lots since the date of the previous Form 4.", "composition", "acquired"),
            ("Includes 70 restricted shares that vested since the last report.", "composition", None),
            ("Based on performance, 70 additional shares were earned.", "composition", None),
            ("Includes 70 units that his most recent report omitted.", "composition", "acquired"),
            ("Prior Forms 4 included 70 shares of his spouse; these are excluded here.", "exclusion", "disposed"),
            ("Excludes 70 shares of a trust, which previous Forms 3 and 4 included.", "exclusion", "disposed"),
            ("70 of the reported securities are restricted stock units.", "composition", None),
            ("This total is inclusive of 70 restricted stock units.", "composition", None),
            ("Includes 70 shares previously acquired under the employee stock purchase plan.", "composition", None),
        ],
    )  # fmt: skip
    def test_a_part_of_it_is_told_in_many_words(self, text, kind, direction):
        part = only(text)

        assert (part.kind, part.shares, part.direction) == (kind, 70, direction)

    @pytest.mark.parametrize(
        "rounded",
        [
            "net of a rounding adjustment of 0.4",
            "reduced by 0.4 for rounding",
            "and reflects a rounding adjustment of (0.4)",
            "with a fraction of 0.4 of a share dropped by rounding",
        ],
    )
    def test_what_rounding_takes_off_is_no_dividend(self, rounded):
        earned, off = stated(f"Includes 31.25 dividend equivalent units, {rounded}.")

        assert (earned.kind, earned.direction) == ("dividend-reinvestment", "acquired")
        assert (off.kind, str(off.shares), off.direction) == ("composition", "0.4", "disposed")

    def test_restricted_stock_in_a_total_is_composition_and_no_movement(self):
        part = only("Includes 1,200 unvested restricted stock units.")

        assert (part.kind, part.shares, part.direction) == ("composition", 1200, None)

    def test_restricted_stock_without_a_number_is_said_without_one(self):
        text = (
            "Includes restricted shares that the issuer may buy back if employment ends. The right"
            " to buy back ends over time."
        )

        assert amounts(text) == [("composition", None)]

    def test_the_shares_of_each_holder_carry_the_name_of_that_holder(self):
        text = (
            "Includes (i) 100 shares held by Fir Fund II, L.P., (ii) 200 shares held by Fir"
            " Principals Fund, LLC and (iii) 300 shares held by a family trust."
        )

        assert [(s.shares, s.counterpart) for s in stated(text)] == [
            (100, "Fir Fund II, L.P"),
            (200, "Fir Principals Fund, LLC"),
            (300, "family trust"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            (
                "Includes 10, 20 and 30 shares held directly, respectively, by Ann Oak, Ben"
                " Pine, Jr. and the Rowan Trust."
            ),
            (
                "Transferred 10, 20 and 30 shares to Ann Oak, Ben Pine, Jr. and the Rowan Trust,"
                " respectively, on May 4, 2015."
            ),
        ],
    )
    def test_amounts_and_names_run_in_one_order_respectively(self, text):
        assert [(s.shares, s.counterpart) for s in stated(text)] == [
            (10, "Ann Oak"),
            (20, "Ben Pine, Jr"),
            (30, "the Rowan Trust"),
        ]

    def test_parts_of_the_reported_total_do_not_repeat_it(self):
        text = "Of the 900 shares reported, 400 are restricted and 300 are deferred stock units."

        assert amounts(text) == [("composition", 400), ("composition", 300)]

    def test_an_exclusion_names_what_is_left_out_and_with_whom(self):
        left_out = stated("Excludes 450 shares held by the Hazel Children's Trust.")[0]

        assert (left_out.kind, left_out.shares) == ("exclusion", 450)
        assert left_out.counterpart == "the Hazel Children's Trust"

    def test_an_order_that_is_withdrawn_moves_nothing(self):
        assert kinds("A limit order for a further 900 shares was withdrawn unfilled.") == []
        assert kinds("900 shares were withdrawn from the trust on May 6, 2024.") == ["form-change"]

    def test_shares_left_out_before_and_counted_now_entered_the_total(self):
        said = only("The total now includes the 640 restricted shares that were excluded before.")

        assert (said.kind, said.shares, said.direction) == ("composition", 640, "acquired")

    def test_shares_no_longer_reported_are_withdrawn_and_their_number_stays_unknown(self):
        text = (
            "Not included are shares held by trusts for the benefit of family members. They were"
            " reported before as a courtesy and will no longer be reported."
        )

        withdrawal = only(text)

        assert (withdrawal.kind, withdrawal.shares) == ("reporting-withdrawal", None)
        assert withdrawal.counterpart == "trusts for the benefit of family members"
        assert text[withdrawal.start : withdrawal.end] == text

    def test_an_interest_that_ended_takes_its_shares_out(self):
        ended = only(
            "The reporting person no longer has a reportable interest in 720 shares owned by a"
            " partnership and included in prior reports."
        )

        assert (ended.kind, ended.shares, ended.direction) == (
            "reporting-withdrawal",
            720,
            "disposed",
        )

    def test_shares_reported_before_are_not_new(self):
        assert amounts("Includes 850 units previously reported on Form 4.") == [
            ("previously-reported", 850)
        ]

    @pytest.mark.parametrize(
        "told",
        [
            ", which were included in the last report.",
            ", as previously reported.",
            " and are already counted in the total of the most recent Form 4.",
            " (already reported).",
            ". These shares were reflected in the preceding filing.",
            ". The purchase was reported in her prior report.",
        ],
    )
    def test_a_purchase_that_an_earlier_report_counts_did_not_come_in_since(self, told):
        assert amounts(f"On May 2, 2022 she acquired 270 shares under the ESPP{told}") == [
            ("previously-reported", 270)
        ]

    @pytest.mark.parametrize(
        "told",
        [
            " that were not included in the last report.",
            " that had been omitted from the total previously reported.",
            " in addition to the shares previously reported.",
            " since the last report.",
            ". Shares held by her trust were reported in the prior report.",
        ],
    )
    def test_a_purchase_that_no_report_counts_came_in(self, told):
        said = stated(f"On May 2, 2022 she acquired 270 shares under the ESPP{told}")

        assert [one.shares for one in said if one.kind == "espp-purchase"] == [270]

    @pytest.mark.parametrize(
        "told",
        [
            "On May 2, 2022 he made a charitable contribution of 640 shares.",
            "640 shares were given away on May 2, 2022 as a charitable contribution.",
            "Reflects charitable contributions on May 2, 2022 of 640 shares.",
        ],
    )
    def test_a_charitable_contribution_is_a_gift_and_no_change_of_form(self, told):
        assert [(s.kind, s.shares, s.direction) for s in stated(told)] == [
            ("gift-note", 640, "disposed")
        ]

    def test_a_forfeiture_happened_only_when_it_did(self):
        assert amounts("On May 1, 2015, 300 shares were forfeited.") == [("forfeiture", 300)]
        assert amounts("Includes 300 shares that are subject to forfeiture.") == [
            ("composition", 300)
        ]


class TestWhatANoteSaysOnce:
    def test_a_vesting_schedule_is_one_statement_with_its_award(self):
        text = (
            "The reporting person was granted 800 options, of which 200 of the options vested on"
            " May 1, 2016 and 600 of the options will vest in equal monthly installments."
        )

        assert amounts(text) == [("vesting-schedule", 800)]

    def test_a_schedule_without_a_number_has_none(self):
        text = (
            "A quarter, or 25%, of the options vests on 05/01/2010. The rest vests in forty"
            " monthly installments."
        )

        assert amounts(text) == [("vesting-schedule", None)]

    def test_shares_withheld_on_vesting_set_no_schedule(self):
        assert stated("Shares withheld to pay taxes upon the vesting of restricted stock.") == ()

    def test_a_trading_plan_has_the_day_of_its_adoption(self):
        plan = only("Sold under a Rule 10b5-1 trading plan adopted by the holder on May 15, 2024.")

        assert (plan.kind, plan.effective_from) == ("plan-adoption", date(2024, 5, 15))

    def test_a_disclaimer_is_said_once(self):
        text = (
            "The shares are held by Ash LLC. Mr. Ash disclaims beneficial ownership. This report is"
            " not an admission. He disclaims it except to the extent of his pecuniary interest."
        )

        assert kinds(text) == ["disclaimer"]


class TestWhatIsNoAmount:
    @pytest.mark.parametrize(
        "text",
        [
            "The price is a weighted average for 15,000 shares sold at prices from $14.25 to $15.",
            "Includes purchases under Rule 16a-13 and Section 423 on Form 4, column 5, at $1.00.",
            "Each restricted stock unit represents the right to receive 10 shares.",
            "Each share of Series A Preferred Stock converts into 1,000 shares of common stock.",
            "Includes 25% of the stake, held for 36 months under the 2003 Plan since 2004.",
            "The units convert at a rate of 1.5 shares for each unit.",
            "Represents shares issued upon the vesting of 5,000 performance shares.",
        ],
    )
    def test_prices_rules_years_percentages_and_rates_are_no_shares(self, text):
        assert [s.shares for s in stated(text) if s.shares is not None] == []

    def test_words_count_where_they_are_numbers(self):
        text = "Two hundred fifty shares were omitted from prior reports in error."

        assert amounts(text) == [("report-correction", 250)]

    def test_a_number_in_words_and_figures_counts_once(self):
        text = "Includes one hundred (100) shares acquired under the ESPP."

        assert amounts(text) == [("espp-purchase", 100)]


class TestPlaces:
    def test_start_and_end_cut_the_words_out_of_the_note_as_filed(self):
        text = (
            "Held by a trust.  Includes\n 2,600   shares acquired under the ESPP in May 2003. End."
        )

        bought = only(text)

        assert text[bought.start : bought.end].startswith("Includes")
        assert text[bought.start : bought.end].endswith("2003.")

    def test_marks_of_typesetting_in_scanned_text_do_not_hide_an_amount(self):
        text = r"Includes \ 3,\!100 \ shares \ bought \ under \ the \ ESPP \ in \ May \ 2003."

        assert amounts(text) == [("espp-purchase", 3100)]

    def test_remarks_are_a_note_of_their_own(self):
        (split,) = statements([], "3 for 2 stock split issued 9/30/2019")

        assert (split.note, split.ref, split.ratio) == ("remarks", "note.remarks", "3:2")

    def test_notes_keep_their_order_and_ids(self):
        found = statements(
            [
                Footnote(id="F1", text="Includes 5 shares acquired under the ESPP."),
                Footnote(id="F2", text="Held directly."),
                Footnote(id="F3", text="Includes 7 shares acquired under the ESPP."),
            ],
            None,
        )

        assert [(s.ref, s.shares) for s in found] == [("note.1", 5), ("note.3", 7)]


@pytest.mark.parametrize(
    "unit",
    [
        "Includes 1,000 shares held by the trust and ",
        "1,000, ",
        "since the last ",
        "transferred 5,000 shares from the trust to the trust ",
        "two hundred ",
        "   \t",
        "each 10 shares convert ",
        "vested 1,000 options granted (",
    ],
)
def test_a_very_long_note_takes_no_more_than_a_moment(unit):
    text = "Includes " + unit * (20_000 // len(unit)) + " shares."

    started = time.process_time()
    stated(text)

    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("note", "kind", "direction"),
    [
        (
            "Includes 410 restricted shares, which prior reports excluded.",
            "composition",
            "acquired",
        ),
        (
            "Includes 410 units that were not included in earlier filings.",
            "composition",
            "acquired",
        ),
        ("Includes 410 units previously left out.", "composition", "acquired"),
        ("Reflects 410 restricted shares formerly excluded.", "composition", "acquired"),
        (
            "His earlier forms included 410 shares of a spouse, and these are no longer part of the total.",
            "exclusion",
            "disposed",
        ),
        (
            "Her prior filings included 410 shares of a son; they are not part of this amount.",
            "exclusion",
            "disposed",
        ),
        ("Excludes 410 shares of a spouse, formerly included.", "exclusion", "disposed"),
        ("Excludes 410 shares that the last prior report had included.", "exclusion", "disposed"),
        ("The total no longer includes 410 shares held by a trust.", "exclusion", "disposed"),
        (
            "410 shares were contributed to the Elm Trust in May 2021 and are no longer included here.",
            "trust-contribution",
            "disposed",
        ),
        ("Includes 410 unvested shares.", "composition", None),
        ("Excludes 410 shares held by a spouse.", "exclusion", None),
    ],
)
def test_shares_that_a_note_sets_beside_earlier_totals_came_in_or_went(note, kind, direction):
    said = only(note)

    assert (said.kind, said.shares, said.direction) == (kind, 410, direction)


class TestSmallNumbersInWords:
    @pytest.mark.parametrize(
        ("words", "figures"),
        [
            (f"{verb} {word} {rest}", f"{verb} {figure} {rest}")
            for word, figure, s in (("one", 1, ""), ("two", 2, "s"), ("nineteen", 19, "s"))
            for verb, rest in (
                ("The total includes", f"share{s} left over from fractions of earlier dividends."),
                ("Includes", f"share{s} bought through dividend reinvestment."),
                ("Including", f"restricted share{s} granted on May 6, 2019."),
                ("Excludes", f"share{s} held by a daughter."),
                ("Includes", f"share{s} that an earlier report omitted."),
            )
        ],
    )
    def test_a_total_includes_as_much_in_words_as_in_figures(self, words, figures):
        assert amounts(words)
        assert amounts(words) == amounts(figures)

    @pytest.mark.parametrize(
        "text",
        [
            "Each unit includes one share of common stock and one warrant.",
            "The units include one share of common stock each.",
            "Each preferred security carries a right that includes one share.",
            "Includes shares held by one trust.",
        ],
    )
    def test_what_one_unit_gives_is_no_amount(self, text):
        assert [shares for _, shares in amounts(text) if shares] == []
