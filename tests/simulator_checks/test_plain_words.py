"""Words that the reader's phrases were not grown on: what is read of them at first sight."""

from tests.ledger.footnotes.notes import stated
from tests.simulator.plain_words import CONSOLIDATIONS, GAINS, LOSSES, NOT_YET, SPLITS

KINDS = {"forfeiture": "forfeiture", "withholding": "withheld-note", "delivery": "disposal-note"}
DAY = "May 3, 2021"


def test_losses_in_plain_words_are_read_all_but_one_in_nine():
    wordings = [(KINDS[cause], text) for cause, texts in LOSSES.items() for text in texts]
    read = [
        (kind, 1_240, "2021-05-03")
        == next(((s.kind, s.shares, str(s.effective_from)) for s in said), None)
        for kind, text in wordings
        if (said := stated(text.format(day=DAY, shares="1,240"))) is not None
    ]

    assert read.count(False) <= 1


def test_gains_in_plain_words_are_read_all_but_one_in_five():
    read = [
        ("acquisition-note", 1_240, "2021-05-03")
        in [
            (s.kind, s.shares, str(s.effective_from))
            for s in stated(text.format(day=DAY, shares="1,240"))
        ]
        for text in GAINS
    ]

    assert read.count(False) <= 1


def test_splits_and_consolidations_in_plain_words_have_their_ratio_and_day():
    said = [
        (s.ratio, str(s.effective_from))
        for text in (*SPLITS, *CONSOLIDATIONS)
        for s in stated(text.format(day=DAY, new=3, old=10))
    ]

    assert said == [("3:1", "2021-05-03")] * len(SPLITS) + [("1:10", "2021-05-03")] * len(
        CONSOLIDATIONS
    )


def test_the_same_words_for_what_has_not_happened_move_nothing():
    kinds = {s.kind for text in NOT_YET for s in stated(text.format(shares="1,240"))}

    assert kinds == {"composition"}
