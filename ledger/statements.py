"""The kinds of things a footnote can state, and what each means for a balance.

What a note says moves nothing by itself (docs/decisions/0005-footnotes-move-nothing.md);
the table says what it *may* mean, so that every rule that asks, asks here.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

StatementKind = Literal[
    "espp-purchase",
    "dividend-reinvestment",
    "plan-units",
    "split",
    "succession",
    "trust-contribution",
    "form-change",
    "annuity-return",
    "distribution",
    "court-transfer",
    "gift-note",
    "forfeiture",
    "withheld-note",
    "stock-dividend",
    "disposal-note",
    "acquisition-note",
    "exclusion",
    "reporting-withdrawal",
    "report-correction",
    "composition",
    "previously-reported",
    "vesting-schedule",
    "plan-adoption",
    "disclaimer",
]
"""What a footnote can state; one event class each (docs/reference/events.md)."""


class Sense(NamedTuple):
    """What one kind of statement means.

    kind: also the topic of its event. meaning: in a few words.
    moves: shares changed hands, form or number. sign: which way on the position that cites
    the note, 0 where the words must tell. from_plan: a plan brings it again and again.
    only_adds: whatever its size, it never takes shares away. keeps_interest: the owner may
    have an interest in the shares still (Rule 16a-13). own_vehicle: they went to, or came
    from, something that holds them for the owner. describes_total: it says what a total
    is made of, and happened on no day. corrects: it says that an earlier report was wrong.
    cause: without an amount it can still be the cause of a difference of any size.
    has_day: it happened on one day, which the reader of a total misses where none is given.
    sized: it says nothing of a total unless it says how many. as_of: what a note tells "as of"
    a day is of that day: a balance, or what is so from then on. codes: the transaction codes,
    besides J, of rows that do the same.
    """

    kind: StatementKind
    meaning: str
    moves: bool = False
    sign: Literal[-1, 0, 1] = 0
    from_plan: bool = False
    only_adds: bool = False
    keeps_interest: bool = False
    own_vehicle: bool = False
    describes_total: bool = False
    corrects: bool = False
    cause: bool = False
    has_day: bool = False
    sized: bool = False
    as_of: bool = False
    codes: str = ""


SENSES: dict[str, Sense] = {
    sense.kind: sense
    for sense in (
        Sense(
            "espp-purchase",
            "bought under an employee stock purchase plan",
            moves=True,
            sign=1,
            from_plan=True,
            only_adds=True,
            cause=True,
            has_day=True,
        ),
        Sense(
            "dividend-reinvestment",
            "acquired with dividends",
            moves=True,
            sign=1,
            from_plan=True,
            only_adds=True,
            cause=True,
            has_day=True,
        ),
        Sense(
            "plan-units",
            "held or accrued in a plan",
            sign=1,
            from_plan=True,
            cause=True,
            as_of=True,
        ),
        Sense("split", "a stock split or stock dividend"),
        Sense("succession", "one company in another's place"),
        Sense(
            "trust-contribution",
            "moved into a trust",
            moves=True,
            sign=-1,
            keeps_interest=True,
            own_vehicle=True,
            cause=True,
            has_day=True,
        ),
        Sense(
            "form-change",
            "a change in the form of ownership",
            moves=True,
            keeps_interest=True,
            own_vehicle=True,
            cause=True,
            has_day=True,
            codes="I",
        ),
        Sense(
            "annuity-return",
            "paid back by an annuity trust",
            moves=True,
            keeps_interest=True,
            cause=True,
            has_day=True,
        ),
        Sense(
            "distribution",
            "distributed by a fund, partnership or trust",
            moves=True,
            keeps_interest=True,
            cause=True,
            has_day=True,
        ),
        Sense("court-transfer", "transferred under a court's order", moves=True, cause=True),
        Sense("gift-note", "given, or received, as a gift", moves=True, has_day=True, codes="G"),
        Sense(
            "forfeiture",
            "forfeited or returned to the issuer",
            moves=True,
            sign=-1,
            as_of=True,
            codes="D",
        ),
        Sense(
            "stock-dividend",
            "come by a stock dividend or a split, counted",
            moves=True,
            sign=1,
            only_adds=True,
            has_day=True,
            sized=True,
            codes="A",
        ),
        Sense(
            "withheld-note",
            "withheld to pay a tax or a price",
            moves=True,
            sign=-1,
            sized=True,
            codes="F",
        ),
        Sense(
            "disposal-note",
            "gone otherwise: given up in a merger or an offer, taken for a debt, lent",
            moves=True,
            sign=-1,
            sized=True,
            codes="DI",
        ),
        Sense(
            "acquisition-note",
            "come otherwise: in a merger or a spin-off, out of escrow, for a debt",
            moves=True,
            sign=1,
            only_adds=True,
            has_day=True,
            sized=True,
            codes="AI",
        ),
        Sense("exclusion", "left out of a total", sign=-1, describes_total=True),
        Sense("reporting-withdrawal", "no longer reported", sign=-1, cause=True, as_of=True),
        Sense("report-correction", "wrong in an earlier report", corrects=True, cause=True),
        Sense("composition", "what a total is made of", sign=1, describes_total=True),
        Sense("previously-reported", "told by an earlier report", describes_total=True),
        Sense("vesting-schedule", "when an award vests"),
        Sense("plan-adoption", "a Rule 10b5-1 plan and the day it was adopted"),
        Sense("disclaimer", "beneficial ownership disclaimed"),
    )
}
"""Every kind of statement, by its name: one row each, as transaction codes have theirs."""
