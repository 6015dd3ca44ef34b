"""A row of a scan between its pieces and its fields: what each column says, as far as it is told.

A column may be read in several ways and its print be damaged; what the figures of the rows
prove of each other (`proofs`, `directions`) is noted here, and only then is a field filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import takewhile

from ledger.codes import expected_direction
from ledger.readers.scan.candidates import NOUGHT, figures_of
from ledger.readers.scan.columns import DAYS, PRICES, SHARES
from ledger.readers.scan.cuts import far, fits
from ledger.readers.scan.tokens import Token, day_of, is_grouped, unmarked, whole_before
from ledger.readers.scan.ways import Filled, Reading, Row, plain_print
from ledger.types import Direction

Value = Decimal | date | str | None

_LIKE_FIGURES = re.compile(r"\$?[OolISsBZz]{1,3}|[\"'“”‘’]\d{1,3}|\$?\d{1,3},[\dOolISsBZz]{1,2}")
"""Letters, or figures behind a stray sign, that may be the front of the number they stand by."""

_SHORT_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2}")

_FRACTION = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d*)\.\d+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")

EITHER = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A print whose point may be a point, or a comma that lost its tail."""

GROUPED = re.compile(r"[1-9]\d{0,2}\.\d{2}0")
"""One whose point is no point: fractions are printed without noughts behind them."""


_NO_PRICE = re.compile(
    r"[^.,]*\d,\s?\d{3}[^.,]*"
    r"|\d{1,2} \d{1,3}(?:,\d{3})+"
    r"|[\"“”'‘’]\d"
)
"""Damaged prices: with a comma that may be a point, a balance behind another figure, or left of a mark."""

_NO_COUNT = re.compile(r".*\.\d{4,}.* .*")
"""A damaged count of shares in pieces, with the decimals of a price."""

EDGES = "|[]{}_\"“”'‘’°*"
"""What a ruling line or a footnote mark beside a figure is read as."""

CROSSING = frozenset("MCXO")
"""Codes that move shares from Table II to Table I."""

_RELIC = re.compile(
    r"(?:[(\[{]?[cfijlortuCFIJLORTU]{1,2}|[acefijlorstuACEFIJLORSTU]{1,2})[)}\]][.,]?|[|\[{(][oO]"
)
"""Letters and a bracket, or a line and a round sign: what is left of a nought and its mark."""

_DOLLAR_SIGN = re.compile(r"[sS](?=\d)")
"""What a dollar sign is read as in front of a price, sooner than a figure."""

_SHORT = 2
"""Figures of a number that may be what is left of a footnote mark."""

_YEAR = re.compile(r"(?:19|20)\d\d")

_FRONT = re.compile(r"[358S$]\S?")
"""What a code S is read as where a figure stands right of it."""

_BARE_FIGURE = re.compile(r"[1-9]\d{0,3}(?:\.\d+)?")
_THOUSANDS = 4
"""Digits from which on a figure has a comma."""

_LONG_FIGURE = re.compile(r"\d[\d,.]*\d[\d,.]*\d")


@dataclass
class Draft:
    """A row between its pieces and its fields: its readings, and what was proven of it.

    `worn` says that the page was misread in places, `whole` that it counts no fractions, `dollars`
    that it prints prices with their sign, and `candid` that a damaged print counts as the only number
    it can be; `turned` is the direction that its figures or the form's law give where no letter says
    it, and why, `twinned` that another row of Table II may be what it is converted into, `brought` that
    Table I acquires by its code, and `coded` the code that the other table gives.
    `later` says that its only day stands where other rows have their deemed one.
    """

    row: Row
    readings: list[Reading]
    short_years: bool = True
    worn: bool = False
    whole: bool = False
    dollars: bool = False
    later: bool = False
    candid: bool = False
    twinned: bool = False
    brought: bool = False
    turned: tuple[Direction, str] | None = None
    coded: tuple[str, str] | None = None
    proven: dict[str, tuple[Decimal, str]] = field(default_factory=dict)

    @property
    def best(self) -> Reading:
        """The reading closest to what the form asks for."""
        return self.readings[0]

    def values(self, name: str) -> set[Value]:
        """Everything the readings say of a column; `""` stands for nothing printed."""
        return {self.value(name, reading) for reading in self.readings}

    def value(self, name: str, reading: Reading) -> Value:
        """What a column says in one reading: None where its print is damaged."""
        filled = reading.fields.get(name)
        if filled is None or not filled.tokens:
            return ""
        if name in SHARES | PRICES and self._beside_stray(filled, reading):
            return None
        if name in SHARES and self._behind_figure(filled, reading):
            return None
        if name in SHARES and len(filled.tokens) > 1 and _YEAR.fullmatch(filled.tokens[-1].text):
            return None  # a day stamped over the figure
        if name == "shares" and self._takes_the_code(filled, reading):
            return None
        if name in DAYS:
            return self._day(filled)
        if name == "shares_after" and (
            NOUGHT.fullmatch(filled.print) or _left_of_nought(filled, reading)
        ):
            return Decimal(0)
        if name in SHARES or name in PRICES:
            if name in SHARES and EITHER.fullmatch(printed := edgeless(filled.print)):
                return self._grouped(printed)
            return self._candidate(name, filled)
        if name in {"security", "underlying", "nature"}:
            return None if filled.tokens[0].kind == "shred" else filled.words
        return None if filled.letter == "?" else filled.letter

    def _grouped(self, printed: str) -> Decimal | None:
        """What `641.400` is: no fraction of thousandths ends in a nought (none of 48 filed).

        In Table I no `641.417` is a fraction either, where nothing else on the page is one (of 24
        fractions of thousandths filed, all had others beside them).
        """
        whole = self.whole and self.best.shape.table == "I"
        if not (self.worn and self.candid and (whole or GROUPED.fullmatch(printed))):
            return None
        return Decimal(printed.replace(".", ""))

    def _candidate(self, name: str, filled: Filled) -> Decimal | None:
        """The only number that a damaged print can be; None where it is whole or may be several."""
        if filled.number is not None:
            return filled.number
        if not self.candid or filled.tokens[0].kind not in {"broken", "number"}:
            return None
        if self.worn and self.dollars and name in PRICES and _DOLLAR_SIGN.match(filled.print):
            filled = filled._replace(tokens=_without_sign(filled.tokens))
        held = _NO_PRICE if name in PRICES else _NO_COUNT
        if held.fullmatch(filled.print):
            return None
        found = candidates(filled, price=name in PRICES)
        return found[0] if len(found) == 1 else None

    def number(self, name: str) -> Decimal | None:
        """A number that is proven, or that all readings agree on."""
        if name in self.proven:
            return self.proven[name][0]
        values = self.values(name)
        only = next(iter(values)) if len(values) == 1 else None
        return only if isinstance(only, Decimal) else None

    def settled(self, name: str) -> Value:
        """What all readings agree on, "" where they agree that nothing is printed."""
        if name in self.proven:
            return self.proven[name][0]
        if name == "code" and self.coded is not None:
            return self.coded[0]
        values = self.values(name)
        return next(iter(values)) if len(values) == 1 else None

    @property
    def priced(self) -> bool:
        """Whether something other than noughts is printed as its price."""
        price = self.best.fields.get("price")
        return price is not None and bool(re.search(r"[1-9]", price.print))

    def direction(self) -> Direction | None:
        """Whether the row says that shares came or went, as far as that can be told."""
        printed = self.settled("direction")
        if printed in {"A", "D"}:
            return "acquired" if printed == "A" else "disposed"
        if self.turned is not None:
            return self.turned[0]
        if self.best.shape.table == "I":
            return None
        code = self.settled("code")
        expected = expected_direction(str(code), "II") if code and not self.twinned else None
        if code in CROSSING and not self.brought:
            expected = None
        column = self.column()
        if column in {"acquired", "disposed"}:
            said: Direction = "acquired" if column == "acquired" else "disposed"
            return said if expected in {None, said} else None
        return expected

    def column(self) -> str | None:
        """Which of the two columns of Table II its amount stands in, if that is told."""
        filled = self.best.fields.get("shares", Filled())
        if "shares" in self.best.placed or not filled.tokens:
            return self.best.placed.get("shares")
        return self.row.under(filled.tokens[0])

    def _beside_stray(self, filled: Filled, reading: Reading) -> bool:
        """Whether a piece next to a number may be cut off it: a stray one, or a cut one."""
        tokens = self.row.tokens
        cut = [
            piece
            for other in reading.fields.values()
            if other is not filled and len(other.tokens) > 1
            for piece in other.tokens
        ]
        for at, token in enumerate(tokens):
            if token is not filled.tokens[0] and token is not filled.tokens[-1]:
                continue
            for near in (at - 1, at + 1):
                if not 0 <= near < len(tokens):
                    continue
                other = tokens[near]
                if other.kind not in {"number", "broken"} and not _LIKE_FIGURES.fullmatch(
                    other.text
                ):
                    continue
                apart = far(token, other) and not other.text.startswith(".")
                if apart or (near > at and whole_before(token, other)):
                    continue
                pair = (token, other) if near > at else (other, token)
                if any(other is piece for piece in cut) and fits(*pair):
                    return True
                twice = {tokens[i].text for i in (near - 1, at) if i >= 0 and i != near}
                if other.text not in twice and any(other is stray for stray in reading.stray):
                    return True
        return False

    def _behind_figure(self, filled: Filled, reading: Reading) -> bool:
        """Whether a figure or two stand behind a longer figure of the row that fills no column."""
        if not filled.number or len(filled.tokens[0].text) > _SHORT:
            return False
        before = takewhile(lambda token: token is not filled.tokens[0], self.row.tokens)
        return any(
            _LONG_FIGURE.search(token.text) and any(token is stray for stray in reading.stray)
            for token in before
        )

    def _takes_the_code(self, filled: Filled, reading: Reading) -> bool:
        """Whether an amount begins with a piece of its own that may be the code, which none other is.

        An S with its mark is read as `58` or `50`; a figure divides hardly ever in front of `6,749`.
        """
        front, *rest = filled.tokens
        lost = "code" in reading.shape.columns and "code" not in reading.fields
        return bool(lost and rest and _FRONT.fullmatch(front.text) and is_grouped(rest[-1]))

    def _day(self, filled: Filled) -> date | None:
        if len(filled.tokens) > 1:
            return day_of("".join(token.text for token in filled.tokens))
        token = filled.tokens[0]
        short = _SHORT_DAY.match(token.text) and not re.match(r"\d+/\d+/\d{4}", token.text)
        return None if short and not self.short_years else token.day


def _without_sign(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    first, *others = tokens
    return (first._replace(text=first.text[1:]), *others)


def _left_of_nought(filled: Filled, reading: Reading) -> bool:
    """Whether no digit is left of the balance of a line that takes shares away, but a mark is.

    Any other balance leaves digits behind (none of 36 such prints on faxes was another).
    """
    direction, code = (reading.fields.get(name, Filled()).letter for name in ("direction", "code"))
    gone = direction == "D" if reading.shape.table == "I" else code in CROSSING
    owned = "ownership" in reading.fields
    shred = filled.tokens[0].kind == "shred"
    return gone and owned and shred and bool(_RELIC.fullmatch(filled.print))


def counts_whole(tokens: Iterable[Token]) -> bool:
    """Whether a page's figures, prices left aside, are printed with commas and without fractions.

    What may be either is no sign of fractions, unless the same is printed with a comma, or more
    than half as often as figures with commas are.
    """
    counted = (token for token in tokens if token.kind in {"number", "broken"} and not token.money)
    prints = [edgeless(token.text) for token in counted]
    grouped = [text for text in prints if _GROUPED.fullmatch(text)]
    either = {text for text in prints if EITHER.fullmatch(text)}
    fractions = {text for text in prints if _FRACTION.fullmatch(text)} - either
    both = {text.replace(".", ",") for text in either} & set(grouped)
    return not fractions and not both and len(grouped) >= 2 * len(either)


def candidates(filled: Filled, *, price: bool = False) -> tuple[Decimal, ...]:
    """The numbers that pieces of a damaged print may be: joined as they stand, else overlapping.

    A figure that both edges of a cut show counts once: so it does where the plain join is no
    number, and where both are, it may (`87 7,311` is 87,311 or 877,311).
    """
    prints = [unmarked(plain_print(token.text)) for token in filled.tokens]
    if "/" in prints[0] or (not price and _two_figures(prints)):
        return ()
    joined = [prints[0]]
    for piece in prints[1:]:
        plain_joins = [front + piece for front in joined]
        laps = [
            front + piece[lap:]
            for front in joined
            for lap in (1, 2)
            if front[-lap:] == piece[:lap] and len(front) > lap
        ]
        whole = any(figures_of(text, price=price) for text in plain_joins)
        shared = [text for text in laps if figures_of(text, price=price)] if whole else laps
        joined = [*plain_joins, *shared] if whole else laps or plain_joins
    return tuple(
        dict.fromkeys(number for text in joined for number in figures_of(text, price=price))
    )


def _two_figures(prints: Sequence[str]) -> bool:
    """Whether pieces are whole figures each, which joined have no comma where thousands have one.

    What stands before `500` may be what is left of a mark, and what stands behind `78.667` too.
    """
    whole = len(prints) > 1 and all(_BARE_FIGURE.fullmatch(text) for text in prints)
    digits = "".join(prints).partition(".")
    return whole and (bool(digits[1]) or len(digits[0]) >= _THOUSANDS)


def edgeless(text: str) -> str:
    """A figure's print without marks, and without what lines and marks leave at its edges."""
    return bare(unmarked(text)).strip(EDGES)


def bare(text: str) -> str:
    """A print without blanks, dollar signs and marks of notes."""
    return re.sub(r"[\s$]|\(\d{1,2}\)|⟦\d+⟧", "", text)
