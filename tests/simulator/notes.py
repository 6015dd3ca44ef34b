"""What filers write under their tables, in many wordings of the same few things.

Every function returns one footnote's text. Wordings vary on purpose: a reader of
footnotes that only knows one of them will not pass.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random

from tests.simulator.people import Number

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def _wordings(listed: str) -> tuple[str, ...]:
    """The items of a list, each on one line."""
    return tuple(" ".join(item.split()) for item in listed.split("\n    - ") if item.strip())


_ESPP = _wordings("""
    - Includes {total} shares acquired under the issuer's employee stock purchase plan in
      {month}.
    - The amount shown includes {total} shares purchased on {day} through the Company's Employee
      Stock Purchase Plan in a transaction exempt under Rule 16b-3(c).
    - Reflects the acquisition of {total} shares under the ESPP on {day}.
    - This total includes {total} shares bought under the Section 423 employee stock purchase
      plan since the date of the last report.
    - Includes {total} shares acquired under an employee stock purchase plan.
""")
_ALL_FROM_PLAN = _wordings("""
    - Includes {total} shares purchased under the issuer's employee stock purchase plan.
    - Of these, {total} shares were acquired under the ESPP.
    - Total includes {total} shares bought in the employee stock purchase plan.
""")
_ESPP_UNQUANTIFIED = _wordings("""
    - Includes shares acquired under the issuer's employee stock purchase plan.
    - The total includes shares purchased through the Company's ESPP since the last report.
""")
_ESPP_DOLLARS = _wordings("""
    - Includes ${dollars} of common stock bought under the employee stock purchase plan on {day} at
      ${price} per share.
    - The total includes ${dollars} of stock acquired through the Company's ESPP at a purchase price
      of ${price}.
    - Reflects ${dollars} of payroll deductions with which shares were purchased under the ESPP at
      ${price} a share.
""")
_ESPP_PARTS = _wordings("""
    - Includes {total} shares acquired under the employee stock purchase plan, consisting of
      {parts}.
    - Total includes {total} shares purchased pursuant to the issuer's ESPP: {parts}.
    - Includes shares acquired under the ESPP: {parts}.
""")
_SUCCESSION = _wordings("""
    - On {day} each outstanding share of {was} common stock was converted into {ratio} of common
      stock of {now} in a holding company reorganization.
    - The issuer is the successor issuer to {was} pursuant to Rule 12g-3; every share of {was}
      was exchanged for {ratio} of {now}.
""")
_DIVIDENDS = _wordings("""
    - Includes {shares} shares acquired through the issuer's dividend reinvestment plan.
    - The reported total includes {shares} shares received upon reinvestment of dividends on
      {day}, exempt under Rule 16a-11.
    - Since the last report the reporting person acquired {shares} shares under a dividend
      reinvestment plan.
""")
_DIVIDENDS_UNQUANTIFIED = _wordings("""
    - The total includes shares acquired through a broad-based dividend reinvestment plan.
    - Balance reflects shares received through dividend reinvestment since the last report.
""")
_SPLIT = _wordings("""
    - Reflects a {new}-for-{old} stock split effected on {day}.
    - The number of shares has been adjusted to reflect the issuer's {new}-for-{old} stock split
      on {day}.
    - On {day} the common stock of the issuer split {new}-for-{old}, resulting in the reporting
      person's ownership of additional shares.
""")
_REVERSE_SPLIT = _wordings("""
    - Adjusted to reflect the {new}-for-{old} reverse stock split effected by the issuer on
      {day}.
    - All share numbers reflect a {new}-for-{old} reverse split of the common stock that became
      effective on {day}.
""")
_GIVEN_TO_VEHICLE = _wordings("""
    - Since the last report, {shares} shares previously owned directly have been contributed to
      {vehicle}.
    - Reflects the transfer on {day} of {shares} shares from direct ownership to {vehicle}, a
      change in form of beneficial ownership exempt under Rule 16a-13.
    - On {day}, the reporting person transferred {shares} shares to {vehicle}.
""")
_MOVED_UNQUANTIFIED = _wordings("""
    - Reflects a change in the form of beneficial ownership exempt under Rule 16a-13.
    - Shares previously held directly are now held by the reporting person's family trust.
    - Reflects a change in the form of ownership from direct to indirect.
    - Share numbers reflect changes in beneficial ownership for no consideration in transfers
      exempt from Section 16.
""")
_RECEIVED_BY_VEHICLE = _wordings("""
    - Includes {shares} shares previously reported as directly owned that were transferred to
      the trust on {day}.
    - {shares} of these shares were contributed by the reporting person in a transaction exempt
      under Rule 16a-13.
""")
_ANNUITY_RECEIVED = _wordings("""
    - Includes {shares} shares received on {day} as an annuity payment from a grantor retained
      annuity trust, previously reported as indirectly owned.
    - Total includes {shares} shares distributed to the reporting person by the GRAT in {month}
      in satisfaction of its annuity.
""")
_ANNUITY_PAID = _wordings("""
    - Reflects an annuity payment of {shares} shares to the reporting person on {day}.
    - {shares} shares were distributed by the GRAT to its grantor on {day}.
""")
_DISTRIBUTION_RECEIVED = _wordings("""
    - Includes {shares} shares received in a pro rata distribution, without consideration, by
      {source} to its partners on {day}.
    - Reflects {shares} shares acquired in an in-kind distribution from {source} on {day},
      exempt under Rule 16a-13.
""")
_DISTRIBUTION_MADE = _wordings("""
    - Reflects the pro rata in-kind distribution of {shares} shares by the partnership to its
      partners on {day}.
    - On {day} the partnership distributed {shares} shares to its partners for no consideration.
""")
_COURT = _wordings("""
    - Reflects the transfer of {shares} shares to the reporting person's former spouse pursuant
      to a domestic relations order, exempt under Rule 16a-12.
    - Excludes {shares} shares transferred under a divorce decree to the former spouse of the
      reporting person, which are no longer beneficially owned.
""")
_FORFEITED = _wordings("""
    - Reflects the forfeiture of {shares} unvested restricted shares.
    - The total has been reduced by {shares} shares of restricted stock that were forfeited
      because performance conditions were not met.
""")
_PLAN_STATEMENT = _wordings("""
    - Based on a plan statement dated {day}.
    - Shares held in the issuer's 401(k) plan, according to a statement of {day}.
    - Represents units of the 401(k) plan's stock fund as of {day}.
""")
_TAKEN_FROM_PLAN = _wordings("""
    - Reflects units sold in the plan since the last report.
    - The balance is after a hardship withdrawal by the reporting person.
    - Since the last report units were transferred out of the stock fund.
    - The reporting person took a loan from the plan.
""")
_SAID_OF_PLAN = _wordings("""
    - Interests in the plan are not transferable.
    - Units are valued at the last sale price of the common stock.
    - Units may be sold or transferred to another fund at the member's direction.
    - Units are distributed after employment ends.
    - No units have been withdrawn.
""")
_CONVERTIBLE = _wordings("""
    - Each share of Class B Common Stock is convertible at any time, at the holder's option, into
      one share of Class A Common Stock and has no expiration date.
    - Class B shares convert into Class A shares on a one-for-one basis and do not expire.
""")
_COMPOSITION = _wordings("""
    - Includes {shares} unvested restricted stock units.
    - Of the shares reported, {shares} are restricted shares subject to vesting.
    - Includes restricted shares that the issuer may repurchase if employment ends.
""")
_EXCLUSION = _wordings("""
    - Excludes {shares} shares held by the reporting person's adult children, who do not share a
      household with the reporting person.
    - Does not include {shares} shares held by a family trust of which the reporting person is
      not a trustee or beneficiary.
""")
_PRICE_RANGE = _wordings("""
    - The price is a weighted average. These shares were traded at prices from ${low} to
      ${high}, inclusive. Full details will be provided upon request.
    - Represents a weighted average price; actual prices ranged from ${low} to ${high}.
""")
_PLAN = _wordings("""
    - Effected pursuant to a Rule 10b5-1 trading plan adopted on {day}.
    - These trades were made under a 10b5-1 plan adopted by the reporting person on {day}.
""")
_GIFT = _wordings("""
    - Bona fide gift; no consideration was received.
    - Gift to a charitable organization.
    - Represents a gift for which the reporting person received nothing.
""")
_OPTION_VESTING = _wordings("""
    - The option vests in four equal annual installments beginning {day}.
    - 25% of the shares become exercisable on {day} and the rest in 36 equal monthly
      installments thereafter.
""")
_UNIT_MEANING = _wordings("""
    - Each restricted stock unit represents a contingent right to receive one share of the
      issuer's common stock.
    - Each RSU is the economic equivalent of one share and converts one-for-one.
""")
_UNIT_VESTING = _wordings("""
    - The {shares} units vest in equal annual installments beginning {day}, subject to continued
      service.
    - Vests in three installments, the first on {day}.
""")
_TAX = _wordings("""
    - Shares withheld by the issuer to satisfy tax obligations upon vesting.
    - Represents shares withheld for taxes on the vesting of restricted stock units.
""")
_CORRECTION = _wordings("""
    - This amendment corrects the number of shares, which was reported as {wrong} and should
      have been {right}, due to a clerical error.
    - This amendment is filed to correct an inadvertent error in the original report.
""")
_HELD_BY_FUND = _wordings("""
    - The shares are held by {fund}. {manager} is its general partner and {partner} its managing
      member; each disclaims beneficial ownership except to the extent of any pecuniary
      interest.
    - Held directly by {fund}, whose general partner is {manager}. {partner} controls the
      general partner and disclaims beneficial ownership of these securities except to the
      extent of a pecuniary interest therein.
""")
_FUND_DISTRIBUTION = _wordings("""
    - Pro rata distribution in kind, without consideration, to limited partners.
    - Represents a distribution for no consideration by the fund to its partners pro rata.
""")


def count(number: Number) -> str:
    """A number of shares as prose has it, with commas and without trailing zeros."""
    return f"{number:,}" if isinstance(number, int) else f"{number.normalize():,f}"


def espp(rng: Random, lots: list[tuple[date, int]]) -> str:
    """Plan purchases that the total now includes: one lot, or several with or without sum."""
    total = count(sum(amount for _, amount in lots))
    if len(lots) == 1:
        return _say(rng, _ESPP, lots[0][0], total=total)
    parts = [f"{count(amount)} shares in {_month(on)}" for on, amount in lots]
    listed = ", ".join(parts[:-1]) + " and " + parts[-1]
    return _say(rng, _ESPP_PARTS, total=total, parts=listed)


def all_from_plan(rng: Random, amount: int) -> str:
    """How many shares of the total a plan ever brought, lately or long ago."""
    return _say(rng, _ALL_FROM_PLAN, total=count(amount))


def succession(rng: Random, was: str, now: str, ratio: tuple[int, int], on: date) -> str:
    """That another issuer took the company's place."""
    new, old = ratio
    shares = "one share" if new == old else f"{Decimal(new) / old} shares"
    return _say(rng, _SUCCESSION, on, was=was, now=now, ratio=shares)


def espp_unquantified(rng: Random) -> str:
    """Plan purchases whose number the filer leaves to the total."""
    return _say(rng, _ESPP_UNQUANTIFIED)


def espp_in_dollars(rng: Random, amount: Number, price: Decimal, on: date) -> str:
    """Plan purchases by what was paid for them, at the price of a share."""
    return _say(rng, _ESPP_DOLLARS, on, dollars=f"{amount * price:,.2f}", price=price)


def moved_unquantified(rng: Random) -> str:
    """A change of form whose number the filer leaves to the totals."""
    return _say(rng, _MOVED_UNQUANTIFIED)


def boilerplate(rng: Random, *, espp: bool) -> str:
    """What some filers write under every total, whether or not it tells anything new."""
    return _say(rng, _ESPP_UNQUANTIFIED if espp else _DIVIDENDS_UNQUANTIFIED)


def dividends(rng: Random, amount: Number, on: date) -> str:
    """Reinvested dividends, most of the time with their amount."""
    if rng.random() < 0.15:
        return _say(rng, _DIVIDENDS_UNQUANTIFIED)
    return _say(rng, _DIVIDENDS, on, shares=count(amount))


def split(rng: Random, new: int, old: int, on: date) -> str:
    """A split that all figures now reflect."""
    return _say(rng, _SPLIT if new > old else _REVERSE_SPLIT, on, new=new, old=old)


def given_to_vehicle(rng: Random, amount: Number, vehicle: str, on: date) -> str:
    """Shares that left direct ownership for a vehicle, as the direct line has it."""
    return _say(rng, _GIVEN_TO_VEHICLE, on, shares=count(amount), vehicle=vehicle)


def received_by_vehicle(rng: Random, amount: Number, on: date) -> str:
    """The same, as the vehicle's line has it."""
    return _say(rng, _RECEIVED_BY_VEHICLE, on, shares=count(amount))


def annuity(rng: Random, amount: Number, on: date, *, to_direct: bool) -> str:
    """A retained annuity trust pays its grantor in shares; seen from either side."""
    templates = _ANNUITY_RECEIVED if to_direct else _ANNUITY_PAID
    return _say(rng, templates, on, shares=count(amount))


def distribution_received(rng: Random, amount: Number, source: str, on: date) -> str:
    """Shares received in kind from a partnership."""
    return _say(rng, _DISTRIBUTION_RECEIVED, on, shares=count(amount), source=source)


def distribution_made(rng: Random, amount: Number, on: date) -> str:
    """The same, as the partnership's line has it."""
    return _say(rng, _DISTRIBUTION_MADE, on, shares=count(amount))


def court(rng: Random, amount: Number) -> str:
    """Shares that went to a former spouse."""
    return _say(rng, _COURT, shares=count(amount))


def forfeited(rng: Random, amount: Number) -> str:
    """Unvested shares that went back to the issuer without a row."""
    return _say(rng, _FORFEITED, shares=count(amount))


def plan_statement(rng: Random, on: date) -> str:
    """The day for which a plan's balance holds."""
    return _say(rng, _PLAN_STATEMENT, on)


def taken_from_plan(rng: Random) -> str:
    """Words by which units left a plan, without their number."""
    return _say(rng, _TAKEN_FROM_PLAN)


def said_of_plan(rng: Random) -> str:
    """What a note says of a plan besides; nothing moved."""
    return _say(rng, _SAID_OF_PLAN)


def convertible(rng: Random) -> str:
    """What a share of the other class is."""
    return _say(rng, _CONVERTIBLE)


def composition(rng: Random, amount: Number) -> str:
    """What a total is partly made of; it moves nothing."""
    return _say(rng, _COMPOSITION, shares=count(amount))


def exclusion(rng: Random, amount: Number) -> str:
    """What a total leaves out; it moves nothing."""
    return _say(rng, _EXCLUSION, shares=count(amount))


def price_range(rng: Random, low: Decimal, high: Decimal) -> str:
    """Several trades on one row."""
    return _say(rng, _PRICE_RANGE, low=low, high=high)


def plan(rng: Random, adopted: date) -> str:
    """A trading plan."""
    return _say(rng, _PLAN, adopted)


def gift(rng: Random) -> str:
    """No price was paid."""
    return _say(rng, _GIFT)


def option_vesting(rng: Random, start: date) -> str:
    """When an option can be exercised."""
    return _say(rng, _OPTION_VESTING, start)


def unit_meaning(rng: Random) -> str:
    """What a restricted stock unit is."""
    return _say(rng, _UNIT_MEANING)


def unit_vesting(rng: Random, amount: Number, start: date) -> str:
    """When restricted stock units vest."""
    return _say(rng, _UNIT_VESTING, start, shares=count(amount))


def tax(rng: Random) -> str:
    """Why shares were withheld."""
    return _say(rng, _TAX)


def correction(rng: Random, wrong: Number, right: Number) -> str:
    """What an amendment puts right."""
    return _say(rng, _CORRECTION, wrong=count(wrong), right=count(right))


def held_by_fund(rng: Random, fund: str, manager: str, partner: str) -> str:
    """Who stands behind a fund's shares."""
    fund, manager = fund.rstrip("."), manager.rstrip(".")
    return _say(rng, _HELD_BY_FUND, fund=fund, manager=manager, partner=partner)


def fund_distribution(rng: Random) -> str:
    """A fund's shares went to its partners."""
    return _say(rng, _FUND_DISTRIBUTION)


def _say(rng: Random, templates: tuple[str, ...], on: date | None = None, **values: object) -> str:
    if on is not None:
        values |= {"day": _day(on, rng), "month": _month(on)}
    return rng.choice(templates).format(**values)


def _day(on: date, rng: Random) -> str:
    if rng.random() < 0.5:
        return f"{on.month}/{on.day}/{on.year}"
    return f"{_MONTHS[on.month - 1]} {on.day}, {on.year}"


def _month(on: date) -> str:
    return f"{_MONTHS[on.month - 1]} {on.year}"
