"""Splits by whatever name: the ratio is read from the words, and nothing else is a split."""

import pytest

from tests.ledger.footnotes.notes import stated

DAY = "2022-06-03"


@pytest.mark.parametrize(
    ("note", "ratio"),
    [
        ("On June 3, 2022 each ordinary share was subdivided into four ordinary shares.", "4:1"),
        ("Each share was sub-divided into 3 shares on June 3, 2022.", "3:1"),
        ("Adjusted for the subdivision of every share into five on June 3, 2022.", "5:1"),
        ("Reflects a consolidation of every twenty shares into one on June 3, 2022.", "1:20"),
        ("On June 3, 2022, each eight (8) shares were combined into one (1) share.", "1:8"),
        ("A share consolidation of five shares into two took effect on June 3, 2022.", "2:5"),
        ("One bonus share was issued for every three shares held on June 3, 2022.", "4:3"),
        ("On June 3, 2022 there was a bonus issue of two shares for each share held.", "3:1"),
        ("Holders received one additional share for each share held on June 3, 2022.", "2:1"),
        ("Each share of stock was reclassified into 2.5 shares on June 3, 2022.", "5:2"),
        ("On June 3, 2022 each share was exchanged for 3.117 shares.", "3.117:1"),
        ("On June 3, 2022, each share was converted into two and one-half shares.", "5:2"),
        ("Shares were exchanged at a ratio of 1.75 for each share held on June 3, 2022.", "7:4"),
        ("Six new ordinary shares were issued in exchange for every share on June 3, 2022.", "6:1"),
        ("A 25 per cent stock dividend was paid on June 3, 2022.", "5:4"),
    ],
)
def test_a_split_is_read_whatever_it_is_called(note, ratio):
    [split] = stated(note)

    assert (split.kind, split.ratio, split.shares) == ("split", ratio, None)
    assert str(split.effective_from) == str(split.effective_to) == DAY


@pytest.mark.parametrize(
    "note",
    [
        "Each Class B share is convertible into one Class A share at any time.",
        "Each share of Series C Preferred Stock was converted into 1.8 shares upon the offering.",
        "Each unit was exchanged for 1.2 shares of common stock on June 3, 2022.",
        "Each restricted stock unit represents the right to receive one share.",
        "The notes may be exchanged for shares at a ratio of 12 for each note.",
        "Subject to adjustment for any subdivision of each share into two or more shares.",
        "The ratio of depositary shares to ordinary shares changed from 1:4 to 1:20.",
    ],
)
def test_what_turns_one_security_into_another_or_may_come_is_no_split(note):
    assert [said for said in stated(note) if said.kind == "split"] == []


def test_the_ratio_of_a_merger_is_told_with_the_company_and_once():
    note = "Each share of Elder Mills Inc was converted into 0.6 shares of Younger Mills Inc."

    assert {(said.kind, said.ratio) for said in stated(note)} <= {("succession", "3:5")}
