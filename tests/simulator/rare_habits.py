"""Habits that few filers have, each by chance of its own or because a world asks for it."""

from __future__ import annotations

from random import Random

RARE: dict[str, str] = {
    "vehicle-appears": "a holding that was another's before comes to be reported",
    "vehicle-renamed": "a vehicle is called otherwise from some form on",
    "vehicles-merged": "all that one vehicle holds goes into another",
    "trust-ends": "a trust ends, and its shares go to its grantor or to others",
    "told-at-vest": "units are reported when they vest, and not when they are granted",
    "net-of-tax": "what vests or is exercised is reported less what was withheld",
    "two-withholdings": "what pays the price and what pays the tax are two rows",
    "zero-rows": "what is no longer held is listed with 0, and a row may move nothing",
    "twin-awards": "two awards of one day and title, told apart by their notes alone",
    "small-accruals": "dividends add a fraction to every holding before nearly every form",
    "co-filers-in-turn": "joint filers stand in another order on every form",
    "sums-down-column": "totals of options run on down the column over every series listed",
    "split-rows": "a split is reported too, as a row of shares received for each holding",
    "plan-told-whole": "a note gives all that a total has from a plan, not what came of late",
    "plan-by-company": "a plan is called by the company's name, a while after that is another",
    "lots-of-a-trade": "each lot of one trade shows the total after all of its lots",
    "form-for-each": "each holding that moved has a form of its own, of the same day",
    "marks-elsewhere": "the numbers of notes stand on whatever column the filer likes",
}
"""Rare habits by name, and what each is."""

SHARE = 0.04
"""The share of filers that have any one of them."""


def drawn(own: Random) -> frozenset[str]:
    """The rare habits of one filer."""
    return frozenset(name for name in RARE if own.random() < SHARE)
