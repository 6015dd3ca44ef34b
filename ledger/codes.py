"""The transaction codes of Forms 4 and 5, and what each makes of a balance.

Meanings follow General Instruction 8 of the forms and the choice list of the EDGAR
Ownership XML Technical Specification. The sign of a movement always comes from the
acquired/disposed field, never from the code: `table_i` and `table_ii` only say which
direction a row of that code is *expected* to have, so that a contradiction can be shown.
"""

from __future__ import annotations

from typing import NamedTuple

from ledger.types import Direction, Table


class Code(NamedTuple):
    """One transaction code.

    letter: what the form prints. topic: the event it becomes. meaning: in a few words.
    table_i, table_ii: the expected direction there, None where both occur.
    priceless: a zero or missing price is normal. exempt: outside short-swing matching
    by default. pairs: a derivative row of this code has a counterpart in Table I.
    """

    letter: str
    topic: str
    meaning: str
    table_i: Direction | None
    table_ii: Direction | None
    priceless: bool = False
    exempt: bool = True
    pairs: bool = False


_ACQUIRED: Direction = "acquired"
_DISPOSED: Direction = "disposed"

CODES: dict[str, Code] = {
    code.letter: code
    for code in (
        Code("A", "grant", "grant or award from the issuer", _ACQUIRED, _ACQUIRED, priceless=True),
        Code(
            "C",
            "conversion",
            "conversion of a derivative",
            _ACQUIRED,
            None,
            priceless=True,
            pairs=True,
        ),
        Code(
            "D",
            "disposition-to-issuer",
            "disposition to the issuer",
            _DISPOSED,
            _DISPOSED,
            priceless=True,
        ),
        Code(
            "E",
            "short-expiration",
            "expiration of a short derivative position",
            None,
            None,
            priceless=True,
        ),
        Code(
            "F",
            "withholding",
            "shares withheld or delivered for tax or exercise price",
            _DISPOSED,
            _DISPOSED,
        ),
        Code("G", "gift", "bona fide gift", None, None, priceless=True),
        Code(
            "H",
            "expiration",
            "expiration or cancellation of a long derivative for value",
            None,
            _DISPOSED,
            priceless=True,
        ),
        Code("I", "plan-reallocation", "discretionary plan transaction", None, None),
        Code(
            "J",
            "other",
            "other acquisition or disposition, described in a footnote",
            None,
            None,
            priceless=True,
        ),
        Code(
            "K",
            "equity-swap",
            "equity swap or similar hedge",
            None,
            None,
            priceless=True,
            exempt=False,
        ),
        Code("L", "small-acquisition", "small acquisition", _ACQUIRED, _ACQUIRED, exempt=False),
        Code(
            "M",
            "exercise",
            "exercise or conversion of an exempt derivative",
            _ACQUIRED,
            _DISPOSED,
            priceless=True,
            pairs=True,
        ),
        Code(
            "O",
            "out-of-the-money-exercise",
            "exercise of an out-of-the-money derivative",
            _ACQUIRED,
            _DISPOSED,
            exempt=False,
            pairs=True,
        ),
        Code(
            "P",
            "purchase",
            "purchase in the market or privately",
            _ACQUIRED,
            _ACQUIRED,
            exempt=False,
        ),
        Code("S", "sale", "sale in the market or privately", _DISPOSED, None, exempt=False),
        Code(
            "U",
            "tender",
            "disposition in a tender of shares in a change of control",
            _DISPOSED,
            _DISPOSED,
            exempt=False,
        ),
        Code("V", "voluntary-report", "transaction reported earlier than required", None, None),
        Code(
            "W",
            "inheritance",
            "acquisition or disposition by will or descent",
            None,
            None,
            priceless=True,
        ),
        Code(
            "X",
            "in-the-money-exercise",
            "exercise of an in- or at-the-money derivative",
            _ACQUIRED,
            _DISPOSED,
            pairs=True,
        ),
        Code(
            "Z",
            "voting-trust",
            "deposit into or withdrawal from a voting trust",
            None,
            None,
            priceless=True,
        ),
    )
}
"""Every code by its letter, in the order of the alphabet."""

PAIRED = frozenset(letter for letter, code in CODES.items() if code.pairs)
"""Codes of exercises and conversions, whose rows stand in both tables."""

CONTRADICTIONS = frozenset(
    (letter, table, direction)
    for letter, code in CODES.items()
    for table, usual in (("I", code.table_i), ("II", code.table_ii))
    for direction in (_ACQUIRED, _DISPOSED)
    if usual is not None and direction != usual
)
"""Code, table and letter A or D of the rows whose letter is not the one that their code has."""


def expected_direction(letter: str | None, table: Table) -> Direction | None:
    """The direction a row of this code should have in this table, where there is one."""
    code = CODES.get(letter or "")
    if code is None:
        return None
    return code.table_i if table == "I" else code.table_ii
