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
        ("Under the share consolidation of June 3, 2022 every seven shares became one.", "1:7"),
        ("Every 15 shares had become two shares by June 3, 2022.", "2:15"),
        ("On June 3, 2022 every ten existing shares were replaced by one new share.", "1:10"),
        ("On June 3, 2022 three new shares were issued in place of every twenty.", "3:20"),
        ("In the reverse split of June 3, 2022 holders got one share for each nine held.", "1:9"),
        ("Shares that came for no payment by two-for-one stock split on June 3, 2022.", "2:1"),
        ("Reflects a one-for-eight bonus issue of June 3, 2022.", "9:8"),
        ("Adjusted for the 1:1 bonus issue of June 3, 2022.", "2:1"),
        ("The bonus issue of June 3, 2022 was made at a ratio of 3:1.", "4:1"),
        ("Reflects a one-for-fifteen stock dividend paid on June 3, 2022.", "16:15"),
        ("Reflects a one-for-one stock dividend paid on June 3, 2022.", "2:1"),
        ("Reflects a five-for-four stock dividend paid on June 3, 2022.", "5:4"),
        ("The three-for-one split of June 3, 2022 was carried out by a bonus issue.", "3:1"),
        ("The combination, on June 3, 2022, of every six shares of stock into one share.", "1:6"),
        ("A combination on June 3, 2022 at a rate of one new share for every 12 old.", "1:12"),
        ("Nine shares of common stock were consolidated into one on June 3, 2022.", "1:9"),
        ("Every 15 shares were merged into a single share on June 3, 2022.", "1:15"),
        ("In the reverse split of June 3, 2022 twenty shares became one.", "1:20"),
        ("On June 3, 2022 holders were issued two more shares for each share they owned.", "3:1"),
        ("Each holder received an extra share for every two shares held on June 3, 2022.", "3:2"),
        ("The number has been tripled to reflect the stock split of June 3, 2022.", "3:1"),
        ("Reflects the three-shares-for-two stock dividend paid on June 3, 2022.", "3:2"),
    ],
)
def test_a_split_is_read_whatever_it_is_called(note, ratio):
    [split] = stated(note)

    assert (split.kind, split.ratio, split.shares) == ("split", ratio, None)
    assert str(split.effective_from) == str(split.effective_to) == DAY


@pytest.mark.parametrize(
    "note",
    [
        "Reflects the 1-for-9 reverse split that took effect at 11:59 p.m. Pacific Time on June 3, 2022.",
        "Reflects a 9-for-1 split, effective at 12:01 a.m., New York City time, June 3, 2022.",
        "The issuer carried out a 1-for-9 reverse split. The reverse split was effected on June 3, 2022.",
        "On June 3, 2022 the split was completed. Numbers are adjusted for the nine-for-one split.",
        "A 9-for-1 split was paid on June 3, 2022 to holders of record on May 20, 2022.",
        "A 9-for-1 split (record date May 20, 2022; distribution date June 3, 2022) is reflected.",
        "The 1-for-9 reverse split approved on April 29, 2022 was effected on June 3, 2022.",
        "Reflects a 9-for-1 split, declared on April 29, 2022 and payable on June 3, 2022.",
        "The 1-for-9 reverse split was effective upon the filing of the certificate of amendment on June 3, 2022.",
        "Adjusted for a reverse split of one share for every nine, in effect since June 3, 2022.",
        "Adjusted for a 1-for-9 reverse split (June 3, 2022).",
    ],
)
def test_a_split_is_of_the_day_on_which_it_took_effect(note):
    [split] = [said for said in stated(note) if said.kind == "split"]

    assert split.ratio in ("1:9", "9:1")
    assert (str(split.effective_from), str(split.effective_to)) == (DAY, DAY)
    assert split.precision == "day"


@pytest.mark.parametrize(
    "note",
    [
        "Adjusted for the 9-for-1 split that the board declared on June 3, 2022.",
        "Adjusted for the 9-for-1 split to holders of record on June 3, 2022.",
        "Under the charter's amendment filed on June 3, 2022 the 1-for-9 reverse split was made.",
        "Adjusted for the 9-for-1 split. The option was granted on June 3, 2022.",
        "Adjusted for the 9-for-1 split. The options vested before it and were exercised on June 3, 2022.",
        "Adjusted for the 9-for-1 split. The plan was adopted in connection with it on June 3, 2022.",
    ],
)
def test_days_of_other_things_are_not_a_splits(note):
    [split] = [said for said in stated(note) if said.kind == "split"]

    assert (split.effective_from, split.precision) == (None, "unknown")


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


@pytest.mark.parametrize(
    "note",
    [
        "Under the share consolidation every seven shares will become one on June 3, 2022.",
        "Had the consolidation been approved on June 3, 2022, every seven shares would have become one.",
        "If every seven shares became one, the award would be adjusted.",
        "On June 3, 2022 the issuer announced a proposed consolidation of every seven shares into one.",
        "The planned 1-for-7 reverse split of June 3, 2022 was cancelled.",
        "The 1-for-7 reverse split approved on June 3, 2022 was not completed.",
        "No consolidation of every seven shares into one took place on June 3, 2022.",
        "Holders will vote on June 3, 2022 on a one-for-seven reverse split.",
        "On June 3, 2022 every five preferred shares became one common share.",
        "Of the award every 40 shares became 25% vested on June 3, 2022.",
    ],
)
def test_a_split_that_is_only_meant_or_came_to_nothing_is_none(note):
    assert not [said for said in stated(note) if said.kind == "split"]
