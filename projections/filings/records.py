"""A filing as the fold needs it: its head, its lines and its notes.

Slim records, which name only the fields of the events that judging a balance needs, so that
`decoding` can read them fast. A test holds every one of them equal to the event's own field.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, TypeVar

import msgspec

from ledger.addresses import address_of, note_ref
from ledger.codes import CODES, CONTRADICTIONS, expected_direction
from ledger.footnotes.text import quoted
from ledger.knowledge import Known, known
from ledger.loading import pattern
from ledger.types import ratio_of

ZERO = Decimal(0)

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801 - a decorator
    """A property that is worked out once for each record: as `cached_property`, without its lock."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work, self._name, self.__doc__ = work, work.__name__, work.__doc__

    def __get__(self, record: Any, _: object = None) -> T:
        """What is worked out; the next time it is found before this is asked. Of the class, this."""
        if record is None:
            return self  # type: ignore[return-value]
        found = record.__dict__[self._name] = self._work(record)
        return found


_WRITTEN = re.compile(
    r"\bobligat(?:ion|ed) to (?:buy|purchase|sell|deliver)\b|\b(?:written|short|sold) (?:[\w.$]+ ){0,3}?(?:put|call)"
    r"|\b(?:put|call)s?\b(?: options?)?[\s(,-]*(?:written|short|sold)\b",
    re.IGNORECASE,
)
"""Titles of derivatives that bind the owner: Rule 16a-1(b) and (h)."""

_OPTION = re.compile(r"\b(?:put|call|option)s?\b", re.IGNORECASE)

_ENDS_OBLIGATIONS = ("C", "H", "M", "O", "X")
"""Codes of rows by which derivatives end: exercised, converted, cancelled."""

_SHORT = re.compile(
    r"\bshort (?:positions?|sales?|sold)\b|\bsold short\b|[(\[]\s*short\s*[)\]]|[,-]\s*short\s*$",
    re.IGNORECASE,
)
"""Titles of stock that the owner has borrowed and sold: no form has a number below zero."""


_NOTHING = re.compile(
    r"\bno\s+(?:\w+\s+){0,3}?(?:securities|shares|stock)\b[^.;]{0,40}\b(?:owned|held)\b"
    r"|\b(?:owns?|holds?)\s+no\s+(?:\w+\s+){0,3}?(?:securities|shares|stock)\b"
    r"|\bdoes\s+not\s+(?:\w+\s+)?own\s+any\b",
    re.IGNORECASE,
)
"""Words by which an owner says that none of the issuer's securities are owned."""


class Company(msgspec.Struct, frozen=True, omit_defaults=True):
    """The issuer as a filing names it."""

    cik: str | None = None
    name: str | None = None
    symbol: str | None = None
    foreign_symbol: str | None = None
    fiscal_year_end: str | None = None
    former_names: tuple[str, ...] = ()


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """A reporting owner as a filing names it, with the relationships it states."""

    cik: str | None = None
    name: str | None = None
    director: bool | None = None
    officer: bool | None = None
    ten_percent_owner: bool | None = None
    other: bool | None = None
    officer_title: str | None = None


class Note(msgspec.Struct, frozen=True):
    """A footnote."""

    id: str
    text: str


class Signed(msgspec.Struct, frozen=True):
    """A signature."""

    name: str | None = None
    signed_on: date | None = None


class Repaired(msgspec.Struct, frozen=True):
    """A field that a reader did not take at its word."""

    field: str
    printed: str
    effect: str
    why: str


class Head(msgspec.Struct, frozen=True):
    """The filing itself: the fields of its first event that the fold asks for."""

    sha256: str
    format: str
    form: str
    issuer: Company
    owners: tuple[Party, ...]
    reader_version: int = 0
    accession: str | None = None
    period: date | None = None
    original_on: date | None = None
    accepted_at: datetime | None = None
    filed_on: date | None = None
    no_securities_owned: bool | None = None
    not_subject_to_section16: bool | None = None
    plan_10b5_1: bool | None = None
    footnotes: tuple[Note, ...] = ()
    remarks: str | None = None
    signatures: tuple[Signed, ...] = ()
    repairs: tuple[Repaired, ...] = ()


class Line(msgspec.Struct, dict=True):
    """A row of Table I or II: its movement and its claim, and what identifies them."""

    table: str
    line: int
    holding: bool = False
    security: str | None = None
    effective_on: date | None = None
    deemed_execution_on: date | None = None
    form_type: str | None = None
    code: str | None = None
    shares: Decimal | None = None
    value: Decimal | None = None
    price: Decimal | None = None
    direction: str | None = None
    shares_after: Decimal | None = None
    value_after: Decimal | None = None
    ownership: str | None = None
    nature: str = ""
    exercise_price: Decimal | None = None
    exercisable_on: date | None = None
    expires_on: date | None = None
    underlying: str | None = None
    underlying_shares: Decimal | None = None
    cited: dict[str, tuple[str, ...]] = {}
    repairs: tuple[Repaired, ...] = ()

    @property
    def ref(self) -> str:
        """`I.1`: the table and the line."""
        return f"{self.table}.{self.line}"

    @kept
    def notes(self) -> tuple[str, ...]:
        """Every note on the line, each once, in the order of its fields.

        Of a form's only line the remarks are one: they are of it, as a note on its total is.
        """
        if not self.cited:
            return ()
        return tuple(dict.fromkeys(chain.from_iterable(self.cited.values())))

    @property
    def footnotes(self) -> tuple[str, ...]:
        """The footnotes it cites: its notes but for the remarks."""
        return tuple(note for note in self.notes if note != _REMARKS)

    def notes_of(self, *names: str) -> list[str]:
        """The footnotes that these fields cite."""
        return [note for name in names for note in self.cited.get(name, ())]

    @kept
    def movement(self) -> Decimal:
        """The signed shares that moved; zero for a holding or where nothing is known.

        Who writes an option, or sells stock short, disposes of it and owes more than before;
        an obligation that expires, is exercised or closed out is one less, whichever letter
        its filer gives it.
        """
        return self.signed(self.shares)

    @property
    def change(self) -> Decimal:
        """As `movement`, of dollars where the line counts those."""
        return self.signed(self.moved)

    @property
    def moved(self) -> Decimal | None:
        """What the line says moved, unsigned: shares, or dollars where it counts those."""
        return self.value if self.in_dollars else self.shares

    @property
    def total(self) -> Decimal | None:
        """What the line claims is held: shares, or dollars where it counts those."""
        if self.in_dollars and self.value_after is not None:
            return self.value_after
        return self.shares_after

    def signed(self, amount: Decimal | None) -> Decimal:
        """An amount with the sign of the line's movement; zero where either is unknown.

        A blank letter is that of the code, where rows of it go one way only: the total that
        follows bears it out, or breaks.
        """
        direction = self.direction or self._usual
        if amount is None or direction is None:
            return ZERO
        written = self.written
        if written and self.code == "S" and self.total and _OPTION.search(self.security or ""):
            return amount  # who sells an option has written it, with whichever letter
        if self.code == "E" or (written and self._discharges(amount)):
            return -amount
        if written and self.code == "J" and self.total == amount:
            return amount  # all that is owed, and nothing before it
        if written and self.table == "II" and self.code == "S":
            return amount  # so has who sells forward, where the total does not say that it ended
        rises = (direction == "acquired") != written
        return amount if rises else -amount

    @property
    def other_direction(self) -> str | None:
        """What its letter would say were it the other one; None where it has none."""
        return {"acquired": "disposed", "disposed": "acquired"}.get(self.direction or "")

    @property
    def _usual(self) -> str | None:
        return expected_direction(self.code, "II" if self.table == "II" else "I")

    def _discharges(self, amount: Decimal) -> bool:
        """Whether obligations under derivatives became fewer, as the code or the total tells."""
        if self.table != "II":
            return False
        left = self.total
        return self.code in _ENDS_OBLIGATIONS or (left is not None and left < amount)

    @kept
    def in_dollars(self) -> bool:
        """Whether the line counts dollars: it gives a value, and no number of shares anywhere.

        That nothing is left is no number of shares: it is none of the dollars that went.
        """
        if self.shares is not None or self.shares_after:
            return False
        return self.value is not None or self.value_after is not None

    @property
    def says_none(self) -> bool:
        """Whether the line stands where a form lists nothing: "No securities are beneficially owned"."""
        empty = self.holding and not (self.total or self.underlying_shares)
        return empty and bool(_NONE.match(self.security or ""))

    @kept
    def written(self) -> bool:
        """Whether the line counts what the owner owes: puts it has written, stock sold short."""
        return self.security is not None and _is_owed(self.security, self.table)

    @property
    def against_code(self) -> bool:
        """Whether the letter A or D is not the one that rows of its code have."""
        return (self.code, self.table, self.direction) in CONTRADICTIONS

    @property
    def by_its_code(self) -> bool:
        """Whether the letter A or D is the one that rows of its code always have."""
        return self.direction is not None and self.direction == self._usual

    @property
    def tells_no_opening(self) -> bool:
        """Whether what was held before the line is in doubt, as the way its shares went is.

        Stock given up by a conversion within Table I is not: the other side stands there.
        """
        return self.against_code and not (self.table == "I" and CODES[self.code or ""].pairs)


_TOTAL, _REMARKS = "shares_after", "remarks"

_NONE = pattern(
    r"\W*(?:none|nil|n\s?/?\s?a|not\s+applicable"
    r"|no\s+(?:(?:equity|derivative|non-?derivative|company|issuer)\s+)*(?:securities|shares|stock|holdings)\b.*)(?:\s*\(\d+\))*\W*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)  # an issuer's filers print few titles, and many times
def _is_owed(title: str, table: str) -> bool:
    return bool(_SHORT.search(title)) or (table == "II" and bool(_WRITTEN.search(title)))


class Stated(msgspec.Struct, frozen=True):
    """A footnote statement."""

    note: str
    kind: str
    start: int
    end: int
    number: int = 1
    of: int = 1
    shares: Decimal | None = None
    group_total: Decimal | None = None
    direction: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    precision: str = "unknown"
    counterpart: str | None = None
    ratio: str | None = None

    @property
    def multiplier(self) -> Fraction | None:
        """`3:2` as a number, None where there is no ratio."""
        return ratio_of(self.ratio)

    @property
    def ref(self) -> str:
        """`note.2`, or `note.2.1` where the note states several things."""
        return note_ref(self.note, self.number, self.of)


class Retracted(msgspec.Struct, frozen=True):
    """That a filing was taken back: when, why, and when it came back, if it did."""

    at: datetime
    why: str = ""
    until: datetime | None = None

    def holds(self, moment: datetime | None) -> bool:
        """Whether the filing was away at a moment, or is now where none is named."""
        if moment is None:
            return self.until is None
        return self.at <= moment and (self.until is None or moment < self.until)


class Dossier(msgspec.Struct, dict=True):
    """One filing's standing reading: its head, its lines, what its notes state.

    `id` is the accession number, else `sha256:...` of the document; `base_form` 3, 4 or 5,
    whether or not it `amends`; `signed_on` the latest day beside a signature; `day` the one
    the filing speaks from: filed, else signed, else its period. `retracted` are the times that
    it was taken back, oldest first. `to_be_filed` where it is judged before that is done.
    """

    stream: str
    head: Head
    lines: list[Line]
    statements: list[Stated]
    known: Known
    id: str
    base_form: str
    amends: bool
    signed_on: date | None
    day: date | None
    retracted: tuple[Retracted, ...] = ()
    to_be_filed: bool = False

    @classmethod
    def of(cls, stream: str, head: Head, lines: list[Line], statements: list[Stated]) -> Dossier:
        """A filing put together, with what its head says of it as a whole."""
        if any(line.says_none for line in lines):
            lines = [line for line in lines if not line.says_none]
            if not lines and head.form[0] == "3":
                head = msgspec.structs.replace(head, no_securities_owned=True)
        if head.remarks and len(lines) == 1:
            lines = [_remarked(lines[0])]
        signed = max((s.signed_on for s in head.signatures if s.signed_on), default=None)
        return cls(
            stream=stream,
            head=head,
            lines=lines,
            statements=statements,
            known=known(head.accepted_at, head.filed_on, signed, head.period),
            id=head.accession or f"sha256:{head.sha256}",
            base_form=head.form[0],
            amends=head.form.endswith("/A"),
            signed_on=signed,
            day=head.filed_on or signed or head.period,
        )

    @property
    def address(self) -> str | None:
        """Its page on sec.gov; None where its accession number is unknown."""
        owned = next((owner.cik for owner in self.head.owners if owner.cik), None)
        return address_of(self.id, self.head.issuer.cik or owned)

    @property
    def says_nothing_owned(self) -> bool:
        """Whether an initial statement lists nothing, and says so by its box or in words."""
        if self.base_form != "3" or self.lines:
            return False
        told = (note.text for note in self.notes)
        return bool(self.head.no_securities_owned) or any(map(_NOTHING.search, told))

    @kept
    def notes(self) -> tuple[Note, ...]:
        """All that its filer says in words: the footnotes, and the remarks as the last of them."""
        remarks = self.head.remarks
        return (*self.head.footnotes, Note(_REMARKS, remarks)) if remarks else self.head.footnotes

    @kept
    def texts(self) -> dict[str, str]:
        """Their texts, by what lines cite: the first where two notes have one number."""
        return {note.id: note.text for note in reversed(self.notes)}

    def known_by(self, moment: datetime | None) -> bool:
        """Whether it counts with what was known at a moment, or is known now where none is named."""
        if self.retracted and any(away.holds(moment) for away in self.retracted):
            return False
        return moment is None or self.known.at <= moment

    def quote(self, said: Stated) -> str:
        """The whole sentence of a note in which a statement stands."""
        return quoted(self.text_of(said.note), said.start, said.end)

    def text_of(self, note: str) -> str:
        """The text of a footnote, or of the remarks; "" where the filing has none of that id."""
        return self.texts.get(note, "")


def _remarked(line: Line) -> Line:
    """A form's only line, with the remarks as a note on its total."""
    cited = {**line.cited, _TOTAL: (*line.cited.get(_TOTAL, ()), _REMARKS)}
    return msgspec.structs.replace(line, cited=cited)


Told = tuple[Dossier, Line]
"""A line and the filing that tells it."""
