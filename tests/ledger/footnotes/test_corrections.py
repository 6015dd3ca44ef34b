"""Corrections of an earlier report: by how much, which way, several in one note."""

import pytest

from tests.ledger.footnotes.notes import stated


def corrected(note):
    """The corrections a note states: shares with the sign of the position that feels them."""
    return [
        None
        if said.shares is None
        else int(said.shares) * (1 if said.direction == "acquired" else -1)
        for said in stated(note)
        if said.kind == "report-correction"
    ]


@pytest.mark.parametrize(
    ("note", "by"),
    [
        ("The last total was too high by 75 shares because of a clerical error.", [-75]),
        ("The last report's total was too low by 75 owing to a miscount.", [75]),
        ("The report of May 4 should have shown 8,400 shares instead of 8,475.", [-75]),
        ("The prior form gave 8,475 shares as held directly, when 8,400 were.", [-75]),
        ("The prior form listed 8,475 shares as owned, when in fact there were 8,400.", [-75]),
        ("On the last form the shares held were given as 8,475, a misprint for 8,400.", [-75]),
        (
            "The prior form listed 900 shares as direct, when 640 were direct and 260 by a trust.",
            [-260],
        ),
        ("Earlier reports included 75 shares that the reporting person never owned.", [-75]),
        (
            "The form gave, by an oversight, 8,475 shares as owned. The correct number was 8,400.",
            [-75],
        ),
        ("The last total was overstated by 75 shares and left out 30 shares of a gift.", [-75, 30]),
        (
            "The last total was too low by 75 in error; it also failed to include 30 shares of a gift.",
            [75, 30],
        ),
        ("The total has been adjusted to agree with the records of the transfer agent.", [None]),
        ("Revised to conform to the issuer's share register.", [None]),
        ("The Form 4 of May 4, 2020 reported 8,475 shares; the actual holdings were 8,400.", [-75]),
        ("The earlier form omitted the 75 shares held in her IRA.", [75]),
        ("Prior reports failed to account for 75 shares bought in 2018.", [75]),
        ("75 shares were left off the last report.", [75]),
        ("The last form overstated her shares as 8,475 instead of 8,400.", [-75]),
        ("The last form understated her shares as 8,400 rather than 8,475.", [75]),
        ("The sale was misstated in the first report as 75 fewer than were actually sold.", [-75]),
        ("The form misstated his holdings as 75 more than he actually owned.", [-75]),
        (
            "The original report omitted 75 of the shares sold; columns 4 and 5 are corrected.",
            [-75],
        ),
        ("Includes 75 shares overlooked in earlier reports.", [75]),
        ("The previous report was 75 shares short.", [75]),
        ("The last report's total was 75 shares more than the reporting person owned.", [-75]),
        ("The last report's total exceeded the actual holdings by 75 shares.", [-75]),
        ("Earlier totals were 75 shares less than the number actually held.", [75]),
        ("The number of securities in the previous Form 4 was wrong.", [None]),
        ("Restated to mend a mistake in the last form.", [None]),
        (
            "A typographical error in the last Form 4 stated the holdings as 8,475; they were 8,400.",
            [-75],
        ),
        (
            "Digits were transposed: the form gave the holdings as 8,475 in place of 8,745.",
            [270],
        ),
        ("The last form said 8,475 shares. That was wrong: it ought to have said 8,400.", [-75]),
        ("She held 8,400, not 8,475, shares after the sale reported on May 4, 2020.", [-75]),
        ("Reflects a correction of (75) shares to the balance reported.", [-75]),
        ("Adjusted downward by 75 shares to mend a clerical error.", [-75]),
        ("Column 5 of the earlier form mistakenly included 75 shares owned by her brother.", [-75]),
        (
            "75 shares that the prior report listed belong to another person of the same name.",
            [-75],
        ),
        (
            "The Form 4 filed in May incorrectly stated that 600 shares were sold. In fact 525 were sold.",
            [75],
        ),
        ("This amendment corrects the number of shares sold, which was 525 and not 600.", [75]),
    ],
)
def test_a_correction_has_its_size_and_its_way(note, by):
    assert corrected(note) == by


@pytest.mark.parametrize(
    "note",
    [
        "She gave 75 shares to her daughter when the daughter married.",
        "The exercise price is adjusted to reflect dividends.",
        "Shares are acquired when dividends are reinvested.",
        "Options for 525, not 600, shares vested.",
        "The number of units was adjusted upward by 75 for performance above target.",
        "The last report was filed late; it told the 75 shares correctly.",
        "The prior form did not include 75 shares of her husband.",
        "She now owns 75 shares more than at the last report.",
        "The last report was filed late because of an oversight.",
    ],
)
def test_neither_a_gift_nor_an_adjusted_price_corrects_a_report(note):
    assert corrected(note) == []


def test_a_total_that_was_reported_in_error_is_no_amount_by_which_it_was_wrong():
    note = "The last form inadvertently reported that 8,475 shares were owned following the sale."

    assert corrected(note) == [None]


@pytest.mark.parametrize(
    "note",
    [
        "This amendment is filed to correct the transaction date.",
        "This amendment corrects the price per share, which should have been $12.40.",
        "Filed to attach the power of attorney omitted from the original filing.",
        "The price reported on May 4, 2020 was overstated by $0.12; the number of shares was correct.",
        "The footnote in the prior form was wrong.",
    ],
)
def test_a_wrong_day_or_price_is_no_wrong_number_of_shares(note):
    assert corrected(note) == []


def test_a_number_that_was_off_some_way_has_a_size_and_no_direction():
    (said,) = stated("The previous report was off by 75 shares.")

    assert (said.kind, said.shares, said.direction) == ("report-correction", 75, None)


@pytest.mark.parametrize(
    "note",
    [
        "Reduced by 1,450 shares reported as granted on May 16, 2022.",
        "The total has been decreased by 1,450 shares previously reported as purchased.",
        "The 1,450 shares reported on the Form 4 of May 18, 2022 were never issued.",
        "The 1,450 shares that the last report listed were in fact not awarded.",
    ],
)
def test_what_was_told_as_having_come_and_never_did_is_taken_off(note):
    told = [s for s in stated(note) if s.kind == "report-correction"]

    assert [(s.shares, s.direction) for s in told] == [(1450, "disposed")]


@pytest.mark.parametrize(
    "note",
    [
        "Reduced by 1,450 shares reported as sold on May 16, 2022.",
        "Includes 1,450 shares reported as granted on May 16, 2022.",
        "The 1,450 shares listed above were not issued until May 18, 2022.",
        "These 1,450 shares, reported on the last Form 4, were not purchased under the plan but in the market.",
    ],
)
def test_what_went_or_came_otherwise_takes_nothing_off(note):
    assert "report-correction" not in [s.kind for s in stated(note)]


def test_what_was_held_is_put_right_beside_what_a_form_states():
    assert corrected(
        "The LLC's holdings before the sale were 25,500 shares, not 26,000 as the Form 3 states."
    ) == [-500]


@pytest.mark.parametrize(
    ("note", "by"),
    [
        ("The Form 3 gave 8,475 shares; in fact 8,400 were owned.", [-75]),
        ("The initial report listed 8,400 shares, but she in fact held 8,475 shares.", [75]),
        ("8,475 shares were reported on the Form 3, although only 8,400 were owned.", [-75]),
        ("The Form 4 showed 8,475 shares. The undersigned actually held 8,400 shares then.", [-75]),
        ("The owner really had 8,400 shares, not the 8,475 shares listed on the Form 5.", [-75]),
        ("The Form 4 reported that 475 shares were sold; in fact 400 shares were sold.", [75]),
        ("The Form 4 disclosed a purchase of 400 shares; actually 475 were bought.", [75]),
    ],
)
def test_what_was_told_and_what_was_true_is_a_correction_without_a_word_of_error(note, by):
    assert corrected(note) == by


@pytest.mark.parametrize(
    "note",
    [
        "The Form 3 listed 8,475 shares, of which 8,400 are actually held by the trust.",
        "The Form 3 gave 8,475 shares. He actually owns 8,400 shares through a trust.",
        "The Form 4 reported a target of 400 units; 475 shares were in fact earned.",
        "The Form 3 reported 8,475 shares. Since then 75 were given away, and only 8,400 are held.",
        "The Form 4 reported 400 shares at $9.10; the price was in fact $9.20.",
        "The Form 3 reported 8,475 shares held; he in fact acquired 8,400 of these in 2012.",
    ],
)
def test_two_numbers_of_two_things_are_no_correction(note):
    assert corrected(note) == []
