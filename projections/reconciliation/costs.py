"""Every weight of the search for explanations: what each term costs, and what is a limit.

Costs are in tenths; the cheapest set of terms that closes a difference wins. They say how
well a filing's own words, or another row, bear a term out, never how often it happens: an
amount that the line's own note states comes first, then what the two sides of a movement
show together, then what only arithmetic suggests. A slip of the pen stands behind whatever
a filing tells, since it accuses somebody. `python -m tests.weights` alters each of them by
a step and prints the test that notices.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from projections.identity import plans

# --- the search ----------------------------------------------------------------------------

UNUSED = 15
"""For each movement that a cited note states and a set of terms leaves without use: a filer
who states an amount under a total means it to be there."""

MARGIN = 15
"""How clearly the cheapest set must lead: as much as one stated movement counts."""

UNNAMED = 80
"""The cost of giving up. Two guesses reach it together, and so does a slip that a later
filing speaks against: no name is better than either."""

MOST_TERMS = 4
"""Terms of one set: with five amounts, some sum of them closes nearly any difference."""

MOST_GROUPS = 14
"""Amounts that are combined: the first ones are those of the filing's own notes."""

# --- amounts that notes state --------------------------------------------------------------

CITED = 5
"""An amount that a note on this very line states: the best evidence there is."""

UNCITED = 9
"""An amount that another line's note states, or one on the whole filing."""

WRONG_WAY = 10
"""Added where a cited amount would have to go the less likely way."""

SAME_SHARES = 5
"""The amount of a cited note that is a row's own: told twice, it moves once."""

COMPOSITION = 12
"""Added to an amount of which a total consists: mostly it was there before."""

EXCLUSION = 8
"""Added to an amount that a total leaves out: mostly it was never counted."""

PREVIOUSLY_REPORTED = 12
"""Added to an amount that was reported before: mostly it is counted already."""

# --- the other side ------------------------------------------------------------------------

FORM_CHANGE_NOTED = 7
"""What another vehicle of the owner lost or gained, where a note tells of a change of form."""

SWAPPED = 12
"""A line that stands under the wrong holder, as two lines of one filing show together."""

TOGETHER = 15
"""What another vehicle lost or gained in the same filing, of which no note tells."""

APART = 20
"""The same in another filing: what differs there may well have its own cause."""

STEP_APART = timedelta(days=200)
"""The time between two such filings that adds a tenth: half of the longest one."""

FARTHEST = timedelta(days=400)
"""How far apart two sides may be reported: a year, and a month to file Form 5 in."""

OPENED = 3
"""Added where the other side only begins: its balance may always have been there."""

ENDED = 22
"""All of a vehicle that ended: nothing says when."""

PUT_APART = 7
"""Shares put on a line of their own, whose note says that an earlier report was wrong."""

DEPOSITARY_STATED = 7
"""Ordinary and depositary shares that changed by a ratio which a note gives."""

DEPOSITARY_SHOWN = 15
"""The same by a whole ratio that the two differences of one filing show."""

DEPOSITARY_FEWEST = 20
"""How many new depositary shares it takes that a whole ratio is no coincidence."""

UNCORRECTED = 12
"""A total that goes on from a number before it was amended: a row shows it, no note does."""

ELSEWHERE = 12
"""A movement told by a row, though not by one of the position."""

# --- splits --------------------------------------------------------------------------------

SPLIT_NOTED = 7
"""A split that a note states."""

SPLIT_SHARED = 10
"""A split that several positions show."""

# --- what a total may mean -----------------------------------------------------------------

CLASS_TOTAL = 25
"""A total that adds the owner's other vehicles: a coincidence of sums shows it alone."""

OWN_ALONE = 25
"""A line that shows the holding alone where this filer's totals add others."""

ROUNDING = 10
"""A fraction lost: a share at most, so there is little to be wrong about."""

LAPSE = 9
"""A derivative gone after its expiry: a lapse for no value needs no report (Rule 16a-4(d))."""

RETITLED = 12
"""Shares acquired that are those held under a former title: three equal numbers show it."""

# --- notes without an amount ---------------------------------------------------------------

UNQUANTIFIED = 15
"""A note on the line that names the cause and no amount: it would fit any difference."""

STANDING = 20
"""Added where the note is a standing one: it says nothing of this total."""

YIELD = Decimal("0.2")
"""The most that reinvested dividends are taken to add in a year, as a part of the balance; half of
it as a rule."""

PLAN_LIMIT = Decimal(100_000)
"""Dollars of stock that an unquantified note on a purchase plan is taken to speak of, for a
year: four times what one employee may buy in it, at its value when the offering begins
(Internal Revenue Code, Section 423(b)(8)), since prices rise and not all plans qualify."""

ACCRUAL = 16
"""Units that a plan's own vehicle gained without a row."""

REINVESTED = 60
"""A fraction that a holding gained as reinvested dividends add it, or a few units beyond an
award's, of which nothing tells: any slip that comes out to the share is likelier."""

ACCRUED = plans.ACCRUED
"""The most that such a gain may be in a year, as a part of the balance: more is no accrual."""

PLAN_LAG = plans.PLAN_LAG
"""Days that are added to the time since the total before: plans and dividends pay by the quarter,
and a plan's statement may lag by one."""

PRICE_MOVES = 2
"""How many times as many shares what was paid in may have bought as at the price that is known:
a price halves in a bad year, seldom more."""

FUND_CASH = Decimal("0.1")
"""The most that a plan's fund loses without a trade, as a part of the balance: the cash that
such a fund keeps beside the stock."""

OUTCOME_TOLD = 10
"""Units that end with what their results earned, where a note tells of results."""

OUTCOME = 20
"""The same where only the award's title tells that results decide."""

HABIT = 30
"""The plan's usual lot, proven here before: a guess that this time it was the same."""

# --- slips of the pen ----------------------------------------------------------------------

REFUTED = 46
"""Added to a slip that a later filing speaks against: most then cost more than giving up."""

COPIED = 6
"""Added where a wrong sum was copied forward by the next filing, as sums often are."""

CONFIRMED = 10
"""Taken off a slip that a later filing confirms by going back to the line before it."""

AGAINST_CODE = 5
"""A row applied the other way whose letter contradicts its code: it says so itself."""

PRIOR_LETTER = 8
"""The row before applied the other way, whose letter contradicts its code."""

OTHER_WAY = 35
"""A row applied the other way whose letter and code agree."""

REPEATED_ROW = 20
"""A row that stands twice, digit for digit, and moved once."""

MISSED_ROW = 36
"""A total that leaves its own row out."""

DOUBLED_ROW = 38
"""A total that applies its own row twice: a missing purchase of that size looks the same."""

PRIOR_OMITTED = 38
"""A total that leaves out the rows before it: a missing filing looks the same."""

PRIOR_INCLUDED = 28
"""An amount that includes the row before it, which the total shows to be right."""

PRIOR_DOUBLED = 39
"""A total that applies the rows before it again."""

MISTYPED_TOTAL = 30
"""Two digits of a total that changed places: of all differences one in nine could be that."""

MISTYPED_AMOUNT = 31
"""The same of an amount: the total beside it is then right, which is a little rarer."""

OTHER_LENGTH = 2
"""Added where a digit is too few or too many: more differences look like that."""

MISREAD = 28
"""A digit that a scan takes for another that looks like it: on paper nobody erred."""

LOT_ONLY = 30
"""A total that shows only the lot that moved."""

PRICE_FOR_SHARES = 20
"""A price and a number of shares that changed places: two numbers bear it out."""

CARRIED_ON = 24
"""A total that goes on from another holding of the owner, to the share: no later form shows it."""

CARRIED_ON_ROUND = 42
"""The same from a round number, which several holdings may well have come to."""

OTHER_TABLE = 12
"""An amount that is not the one of the exercise's other table, or of its own note, by which the total moves."""

SPLIT_ALONE = 44
"""The ratio of a split that nothing else confirms: the last guess before giving up."""

SPLIT_FEWEST = 100
"""The fewest shares that a split alone must bring: among fewer, the share or two that fractions may
lose make one ratio or another fit by chance."""
