"""The one shape every reader returns: a filing, as it was filed.

Nothing here is judged. Two titles are two titles; a total is a claim, not a balance;
an absent value is None and never zero. Ownership XML, submission text and scanned
text all end in these types, so what follows knows no file format.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.addresses import address_of, note_ref, stream_of
from ledger.knowledge import Known, known
from ledger.problems import Problem
from ledger.statements import StatementKind
from ledger.types import FORMAT_RANK, Direction, Effect, Form, Format, Ownership, Precision, Table
from ledger.validation import Accession, Cik, Frozen, Instant, Quantity

LACKING = "tables"
"""The field of the repair that says which tables and columns of its data set a filing was read
without."""


class Repair(Frozen):
    """A field that was not taken at its word: what was printed, what came of it, why.

    `effect` is `repaired` (another value was read, and `why` proves it), `inferred` (the
    value stands elsewhere in the row), `doubtful` (it is as printed, and may be misread) or
    `field unknown` (the field is None).
    """

    field: str
    printed: str
    effect: Effect
    why: str


class Issuer(Frozen):
    """The company whose securities are reported, as named by the filing.

    `fiscal_year_end` is MMDD; `former_names` come from the submission's header.
    """

    cik: Cik | None = None
    name: str | None = None
    symbol: str | None = None
    foreign_symbol: str | None = None
    fiscal_year_end: str | None = None
    former_names: tuple[str, ...] = ()


class Owner(Frozen):
    """A reporting owner: a person, fund or trust, and how it is related to the issuer.

    None for a relationship means the filing does not say; False, that it says no.
    """

    cik: Cik | None = None
    name: str | None = None
    street1: str | None = None
    street2: str | None = None
    city: str | None = None
    state: str | None = None
    zip_code: str | None = None
    state_description: str | None = None
    good_address: bool | None = None
    non_us_address: bool | None = None
    non_us_state: str | None = None
    country: str | None = None
    director: bool | None = None
    officer: bool | None = None
    ten_percent_owner: bool | None = None
    other: bool | None = None
    officer_title: str | None = None
    other_text: str | None = None
    former_names: tuple[str, ...] = ()


class Footnote(Frozen):
    """A footnote under the id its filing gives it: `F2` in XML, `2` on paper."""

    id: str
    text: str


class Signature(Frozen):
    """Who signed, as printed, and the day they put beside it."""

    name: str | None = None
    signed_on: date | None = None


class Row(Frozen):
    """One line of Table I or Table II.

    A transaction carries two kinds of number and keeps them apart: the *movement*
    (`shares` or `value`, with `direction`) and the *claim* (`shares_after` or
    `value_after`). A holding carries only a claim. `shares` is never negative.

    `line` counts all rows of the table, transactions and holdings, from 1 in document
    order. `nature` is the filer's words for an indirect holding, "" when none stand
    there. `cited` gives the footnote ids of each field that cites any, `printed` the
    text of each field whose print is not its canonical value, `repairs` every field
    that was not taken at its word.
    """

    table: Table
    line: int
    holding: bool = False
    security: str | None = None
    effective_on: date | None = None
    deemed_execution_on: date | None = None
    form_type: str | None = None
    code: str | None = None
    equity_swap: bool | None = None
    timeliness: str | None = None
    shares: Quantity | None = None
    value: Quantity | None = None
    price: Quantity | None = None
    direction: Direction | None = None
    shares_after: Quantity | None = None
    value_after: Quantity | None = None
    ownership: Ownership | None = None
    nature: str = ""
    exercise_price: Quantity | None = None
    exercisable_on: date | None = None
    expires_on: date | None = None
    underlying: str | None = None
    underlying_shares: Quantity | None = None
    underlying_value: Quantity | None = None
    cited: dict[str, tuple[str, ...]] = {}
    printed: dict[str, str] = {}
    repairs: tuple[Repair, ...] = ()

    @property
    def ref(self) -> str:
        """`I.1`: the table and the line, so that a person can find it."""
        return f"{self.table}.{self.line}"

    @property
    def footnotes(self) -> tuple[str, ...]:
        """Every footnote the row cites, each once, in the order of its fields."""
        return tuple(dict.fromkeys(note for notes in self.cited.values() for note in notes))


class Statement(Frozen):
    """Something a footnote states about shares or about what a total means.

    It moves nothing by itself: reconciliation decides whether it is a movement of its
    own, the same shares as a row, already inside an earlier total, or composition.

    `note` is the footnote's id (`remarks` for the remarks), `number` counts the note's
    statements from 1, `of` says how many there are. `start` and `end` cut the words out
    of the note. `group_total` is the stated total of which `shares` is one part.
    `direction` is as seen from the position that cites the note. A day that is only
    known as a month or "since the last report" is an interval, open where None.
    `counterpart` names the vehicle or plan on the other side, or the company that took
    another's place; `ratio` is of a split or such a succession, new to old (`3:2`).
    """

    note: str
    number: int = 1
    of: int = 1
    kind: StatementKind
    start: int
    end: int
    shares: Quantity | None = None
    group_total: Quantity | None = None
    direction: Direction | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    precision: Precision = "unknown"
    counterpart: str | None = None
    ratio: str | None = None

    @property
    def ref(self) -> str:
        """`note.2`, or `note.2.1` where the note states several things."""
        return note_ref(self.note, self.number, self.of)


class Filing(Frozen):
    """A whole Form 3, 4 or 5, as filed.

    `sha256` is of the document's own bytes (of a further form on the pages of one document, of
    that hash and the form's first page), `form` says which form and whether it
    amends, `period` is the form's period of report, `original_on` the date an amendment
    gives for what it amends. `recovered` says the document was damaged and read in
    recovery mode. Owners stand as printed, all of them.
    """

    sha256: str
    format: Format
    reader_version: int
    accession: Accession | None = None
    form: Form
    schema_version: str | None = None
    period: date | None = None
    original_on: date | None = None
    accepted_at: Instant | None = None
    filed_on: date | None = None
    issuer: Issuer
    owners: tuple[Owner, ...]
    no_securities_owned: bool | None = None
    not_subject_to_section16: bool | None = None
    form3_holdings_reported: bool | None = None
    form4_transactions_reported: bool | None = None
    plan_10b5_1: bool | None = None
    footnotes: tuple[Footnote, ...] = ()
    remarks: str | None = None
    signatures: tuple[Signature, ...] = ()
    recovered: bool = False
    repairs: tuple[Repair, ...] = ()
    rows: tuple[Row, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def id(self) -> str:
        """The filing's own name: its accession number, else its document's hash."""
        return self.accession or f"sha256:{self.sha256}"

    @property
    def address(self) -> str | None:
        """Its page on sec.gov; None where its accession number is unknown."""
        owned = next((owner.cik for owner in self.owners if owner.cik), None)
        return address_of(self.id, self.issuer.cik or owned)

    @property
    def stream(self) -> str:
        """The name of its event stream, year first: `2013/0001209191-13-014365`.

        The year is the accession number's own (EDGAR began in 1993).
        """
        return stream_of(self.id)

    @property
    def rank(self) -> tuple[int, bool]:
        """How good a source this is: its format's rank, and whether none of it was missing."""
        return FORMAT_RANK[self.format], not any(r.field == LACKING for r in self.repairs)

    @property
    def known(self) -> Known:
        """When the public could know it: acceptance, else filing date, else signature."""
        return known(
            self.accepted_at,
            self.filed_on,
            max((s.signed_on for s in self.signatures if s.signed_on), default=None),
            self.period,
        )


class Reading(NamedTuple):
    """What a reader returns: the filing, and every problem it met on the way."""

    filing: Filing
    problems: tuple[Problem, ...] = ()

    @staticmethod
    def of(filing: Filing, *, source: str, extra: tuple[Problem, ...] = ()) -> Reading:
        """A reading whose problems are the filing's own repairs, named by place."""
        return Reading(filing, (*extra, *_repairs(filing, source)))


def _repairs(filing: Filing, source: str) -> Iterator[Problem]:
    for where, repairs in [
        ("", filing.repairs),
        *[(row.ref + " ", row.repairs) for row in filing.rows if row.repairs],
    ]:
        for repair in repairs:
            printed = f"read from “{repair.printed}”: " if repair.printed else ""
            yield Problem(
                source=source,
                place=f"{where}{repair.field}".strip(),
                problem=f"{printed}{repair.why}",
                effect=repair.effect,
            )
