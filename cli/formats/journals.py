"""Plain-text ledgers: every position as an account that beancount or hledger adds up itself.

A total that follows stands as an assertion. beancount knows balances at the end of a day alone,
and forgives half of the last digit; hledger knows them after each posting, and forgives nothing.
So beancount's assertions stand on the next morning with a tolerance of zero, less what else
happened by the end of the day; hledger's stand at the entries. There are no lots and no costs, and
no number has separators.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import IO

from cli.reports.wording import held, series
from cli.terminal import safe_text
from ledger.types import plain
from projections.bulk.journal import Account, Change
from projections.snapshots.turning_days import FIRST

KINDS = ("beancount", "hledger")
"""The programs whose ledgers are written."""

_OPENING, _TOLD, _UNTOLD = "Equity:Opening-Balances", "Equity:Reported", "Equity:Unexplained"


def write_journal(accounts: Iterable[Account], stream: IO[str], kind: str) -> int:
    """Write accounts as one ledger; how many totals it asserts."""
    lines = _beancount if kind == "beancount" else _hledger
    begin = _BEANCOUNT if kind == "beancount" else _HLEDGER
    stream.write(begin)
    asserted, known = 0, set[str]()
    for account in accounts:
        if account.commodity not in known:
            known.add(account.commodity)
            stream.write(_declared(account, kind))
        stream.writelines(f"{line}\n" for line in lines(account))
        asserted += sum(change.asserted is not None for change in account.changes)
    return asserted


_BEANCOUNT = f"""option "title" "Ownership ledger"
option "operating_currency" "USD"
option "booking_method" "NONE"

{FIRST} open {_OPENING}
{FIRST} open {_TOLD}
{FIRST} open {_UNTOLD}
"""

_HLEDGER = f"""decimal-mark .

account {_OPENING}
account {_TOLD}
account {_UNTOLD}
"""


def _declared(account: Account, kind: str) -> str:
    """A commodity with the title that it stands for."""
    title = safe_text(_title(account))
    if kind == "beancount":
        return f"\n{FIRST} commodity {account.commodity}\n  name: {_quoted(title)}\n"
    return f'\ncommodity 1000.00000000 "{account.commodity}"  ; {title}\n'


def _title(account: Account) -> str:
    position = account.position
    terms = series(position.exercise_price, position.expires_on)
    titled = ", ".join(filter(None, [position.security or "untitled", terms]))
    return f"{titled} of {position.issuer['name'] or 'an issuer not named'}"


def _whose(account: Account) -> str:
    """Who holds a position, and how, as one reads it."""
    position = account.position
    owners = ", ".join(owner["name"] or "somebody" for owner in position.owners) or "nobody named"
    return safe_text(f"{owners}, {held(position.ownership, position.nature)}")


# --- beancount ---------------------------------------------------------------------------


def _beancount(account: Account) -> Iterator[str]:
    name, commodity = account.name, account.commodity
    yield ""
    yield f"{account.opened_on} open {name} {commodity}"
    yield f"  held: {_quoted(_whose(account))}"
    if account.opening:
        yield f'{account.opened_on} * "opening"'
        yield from _legs(name, [(account.opening, _OPENING)], commodity)
    for change in account.changes:
        entry = change.entry
        if change.moved or change.untold:
            yield f"{change.on} * {_quoted(entry.event)}"
            yield from _sourced(change)
            legs = [(change.moved, _TOLD), (change.untold, _UNTOLD)]
            yield from _legs(name, legs, commodity)
        if change.asserted is not None:
            total = _sum(change.asserted.claimed, change.asserted.by_day)
            yield f"{_next(change.on)} balance {name} {total} ~ 0 {commodity}"
            yield from _sourced(change)


def _sourced(change: Change) -> Iterator[str]:
    """Metadata: which line of which filing says so, and where that is on sec.gov."""
    yield f"  source: {_quoted(_source(change))}"
    if change.entry.address:
        yield f"  address: {_quoted(change.entry.address)}"


def _sum(claimed: Decimal, more: Decimal) -> str:
    """A total as claimed, and what is added to it: `900 - 50`."""
    if not more:
        return plain(claimed)
    return f"{plain(claimed)} {'-' if more < 0 else '+'} {plain(abs(more))}"


def _next(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


# --- hledger -----------------------------------------------------------------------------


def _hledger(account: Account) -> Iterator[str]:
    name, commodity = account.name, f'"{account.commodity}"'
    yield ""
    yield f"account {name}  ; {_whose(account)}"
    if account.opening:
        yield f"{account.opened_on} opening"
        yield from _legs(name, [(account.opening, _OPENING)], commodity)
    for change in account.changes:
        told = change.asserted
        if not (change.moved or change.untold or told):
            continue
        page = f", address:{change.entry.address}" if change.entry.address else ""
        yield f"{change.on} {change.entry.event}  ; {_source(change)}{page}"
        legs = [(change.moved, _TOLD), (change.untold, _UNTOLD)]
        yield from _legs(name, legs, commodity)
        if told is not None:
            beside = f", {_sum(told.claimed, told.by_step)}" if told.by_step else ""
            level = plain(told.claimed + told.by_step)
            yield f"    {name}  0 {commodity} = {level} {commodity}  ; {change.entry.verdict}{beside}"


# --- both --------------------------------------------------------------------------------


def _legs(name: str, legs: Iterable[tuple[Decimal, str]], commodity: str) -> Iterator[str]:
    """Postings of amounts to an account, each against another account."""
    for amount, other in legs:
        if amount:
            yield f"    {name}  {plain(amount)} {commodity}"
            yield f"    {other}  {plain(-amount)} {commodity}"


def _source(change: Change) -> str:
    entry = change.entry
    return safe_text(f"{entry.filing}#{entry.row}" if entry.row else entry.filing)


def _quoted(text: str) -> str:
    """A text between quotes, as beancount reads it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
