"""The facts a filing reports, as they were reported: one event class per kind.

Version 1 of a filing's stream is the filing itself (`filing`); its rows follow in
document order, each under the name of what happened; then what its footnotes state.
An improved reading is appended as `filing-reread`, with its own rows after it; a filing that
was recorded wrongly is taken back by `retraction`, and brought back by `restoration`.
What people make of findings stands in streams of its own: `review` and `look`.

An event never changes meaning. A new field is optional with a default that was true
of the past; anything more is a new `class_version` with an upcast beside it. Topics
are independent of module paths, so files may move and archives still open.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, model_validator

from ledger.codes import CODES
from ledger.filing import Filing, Row, Statement
from ledger.validation import Frozen, Instant


class Fact(Frozen):
    """One immutable statement made by one filing: its stream, and its place in it."""

    model_config = ConfigDict(protected_namespaces=())

    TOPIC: ClassVar[str]
    class_version: ClassVar[int] = 1

    originator_id: str
    originator_version: int


class FilingReported(Fact, Filing):
    """The filing itself: who, about whom, when known, its footnotes and signatures.

    Its rows and statements are the events that follow, so both are empty here and
    `row_count` and `statement_count` say how many belong to this reading.
    """

    TOPIC = "filing"
    row_count: int = 0
    statement_count: int = 0

    @model_validator(mode="after")
    def _carries_no_rows(self) -> FilingReported:
        if self.rows or self.statements:
            raise ValueError("rows and statements are events of their own")
        return self


class FilingReread(FilingReported):
    """The same filing, read again by a better reader or from a better source.

    Its rows follow and replace those of the reading before. `reason` says why. This is
    our correction; the filer's own is an amendment, which is another filing.
    """

    TOPIC = "filing-reread"
    reason: str = ""


class FilingRetracted(Fact):
    """The filing was recorded wrongly: from `at` on no answer counts it. `why` says how so.

    It stands in the filing's own stream. What was known before `at` still has the filing.
    """

    TOPIC = "retraction"
    at: Instant
    why: str


class FilingRestored(Fact):
    """A retraction was itself wrong: from `at` on the filing counts again."""

    TOPIC = "restoration"
    at: Instant
    why: str = ""


class FindingReviewed(Fact):
    """Somebody looked at a finding: accepted or reopened it, gave it to somebody, noted something.

    Its stream is `review:` and the finding's id; no balance or verdict follows from it. What is not said
    is left as it was. `rests` is what the finding rested on then: what it said, and of each
    line and note under it a hash, so that an acceptance stands reopened when one of them changes.
    """

    TOPIC = "review"
    at: Instant
    by: str
    status: Literal["accepted", "open"] | None = None
    assigned: str | None = None
    note: str | None = None
    rests: dict[str, str] = {}


class FindingsSeen(Fact):
    """Somebody asked what is new: these findings, told then, are not new any more."""

    TOPIC = "look"
    at: Instant
    findings: tuple[str, ...]


class RowReported(Fact, Row):
    """A line of Table I or II; the subclasses name what happened."""

    TOPIC = "row"


class TransactionReported(RowReported):
    """A row in which ownership changed hands. `code` is the letter the form printed."""

    TOPIC = "transaction"


class HoldingReported(RowReported):
    """A row that only claims what is held. It never moves a balance."""

    TOPIC = "holding"


class UncodedTransaction(TransactionReported):
    """A transaction whose code is missing, illegible or unknown to the form."""

    TOPIC = "uncoded"


class Granted(TransactionReported):
    """A: a grant, award or other acquisition from the issuer (Rule 16b-3(d))."""

    TOPIC = "grant"


class Converted(TransactionReported):
    """C: a conversion of a derivative security."""

    TOPIC = "conversion"


class DisposedToIssuer(TransactionReported):
    """D: a disposition to the issuer (Rule 16b-3(e))."""

    TOPIC = "disposition-to-issuer"


class ShortDerivativeExpired(TransactionReported):
    """E: a short derivative position expired."""

    TOPIC = "short-expiration"


class Withheld(TransactionReported):
    """F: shares delivered or withheld to pay an exercise price or tax."""

    TOPIC = "withholding"


class Gifted(TransactionReported):
    """G: a bona fide gift, given or received."""

    TOPIC = "gift"


class LongDerivativeClosed(TransactionReported):
    """H: a long derivative position expired or was cancelled for value."""

    TOPIC = "expiration"


class PlanReallocated(TransactionReported):
    """I: a discretionary transaction in a plan (Rule 16b-3(f))."""

    TOPIC = "plan-reallocation"


class OtherTransaction(TransactionReported):
    """J: something else, which a footnote must describe."""

    TOPIC = "other"


class EquitySwapped(TransactionReported):
    """K: an equity swap or similar hedge, where it is printed as a code."""

    TOPIC = "equity-swap"


class SmallAcquisition(TransactionReported):
    """L: a small acquisition under Rule 16a-6."""

    TOPIC = "small-acquisition"


class Exercised(TransactionReported):
    """M: an exercise or conversion of an exempt derivative (options, RSUs)."""

    TOPIC = "exercise"


class ExercisedOutOfTheMoney(TransactionReported):
    """O: an exercise of an out-of-the-money derivative."""

    TOPIC = "out-of-the-money-exercise"


class Purchased(TransactionReported):
    """P: a purchase in the market or privately."""

    TOPIC = "purchase"


class Sold(TransactionReported):
    """S: a sale in the market or privately."""

    TOPIC = "sale"


class Tendered(TransactionReported):
    """U: a disposition in a tender connected with a change of control."""

    TOPIC = "tender"


class VoluntarilyReported(TransactionReported):
    """V: a transaction reported early, where V is printed as the code itself."""

    TOPIC = "voluntary-report"


class Inherited(TransactionReported):
    """W: an acquisition or disposition by will or the laws of descent."""

    TOPIC = "inheritance"


class ExercisedInTheMoney(TransactionReported):
    """X: an exercise of an in- or at-the-money derivative that is not exempt."""

    TOPIC = "in-the-money-exercise"


class VotingTrustMoved(TransactionReported):
    """Z: a deposit into or withdrawal from a voting trust."""

    TOPIC = "voting-trust"


class NoteStated(Fact, Statement):
    """Something a footnote states; the subclasses name it. It moves nothing itself."""

    TOPIC = "note"


class EsppPurchase(NoteStated):
    """Shares bought under an employee stock purchase plan (exempt, so without a row)."""

    TOPIC = "espp-purchase"


class DividendReinvestment(NoteStated):
    """Shares from a dividend reinvestment plan or dividend equivalents (Rule 16a-11)."""

    TOPIC = "dividend-reinvestment"


class PlanUnits(NoteStated):
    """Units held or accrued in a 401(k), deferral or similar plan."""

    TOPIC = "plan-units"


class SplitNoted(NoteStated):
    """A stock split or stock dividend (Rule 16a-9); `ratio` is `new:old`."""

    TOPIC = "split"


class SuccessionNoted(NoteStated):
    """A company named as having taken another's place (Rules 12g-3, 16b-7); `ratio` is `new:old`."""

    TOPIC = "succession"


class TrustContribution(NoteStated):
    """Shares moved from the position that cites the note into a trust."""

    TOPIC = "trust-contribution"


class FormChange(NoteStated):
    """Another change in the form of ownership only (Rule 16a-13)."""

    TOPIC = "form-change"


class AnnuityReturn(NoteStated):
    """Shares that a retained annuity trust paid back to its grantor (Rule 16a-13)."""

    TOPIC = "annuity-return"


class Distribution(NoteStated):
    """A distribution by a fund, partnership or trust to those behind it."""

    TOPIC = "distribution"


class CourtTransfer(NoteStated):
    """A transfer under a domestic relations order (Rule 16a-12)."""

    TOPIC = "court-transfer"


class GiftNoted(NoteStated):
    """A gift that a footnote describes."""

    TOPIC = "gift-note"


class Forfeiture(NoteStated):
    """Shares or units forfeited or returned to the issuer."""

    TOPIC = "forfeiture"


class StockDividendNoted(NoteStated):
    """Shares counted that came by a stock dividend, a split or a bonus issue (Rule 16a-9)."""

    TOPIC = "stock-dividend"


class WithheldNoted(NoteStated):
    """Shares withheld or handed over to pay a tax or an exercise price (Rule 16b-3(e))."""

    TOPIC = "withheld-note"


class DisposalNoted(NoteStated):
    """Shares that went away otherwise, as only the note tells: in a merger, to a lender, lent."""

    TOPIC = "disposal-note"


class AcquisitionNoted(NoteStated):
    """Shares that came otherwise, as only the note tells: in a merger, a spin-off, out of escrow."""

    TOPIC = "acquisition-note"


class Exclusion(NoteStated):
    """Shares that the total it qualifies leaves out."""

    TOPIC = "exclusion"


class ReportingWithdrawal(NoteStated):
    """Shares that will no longer be reported. Their number becomes unknown, not zero."""

    TOPIC = "reporting-withdrawal"


class ReportCorrection(NoteStated):
    """A correction of what an earlier report said."""

    TOPIC = "report-correction"


class Composition(NoteStated):
    """What a total is made of: restricted stock, units. It is no movement."""

    TOPIC = "composition"


class PreviouslyReported(NoteStated):
    """Shares or a transaction that another filing already reported."""

    TOPIC = "previously-reported"


class VestingSchedule(NoteStated):
    """When an award vests or becomes exercisable."""

    TOPIC = "vesting-schedule"


class PlanAdoption(NoteStated):
    """A Rule 10b5-1 trading plan and the day it was adopted."""

    TOPIC = "plan-adoption"


class Disclaimer(NoteStated):
    """Beneficial ownership disclaimed beyond a pecuniary interest (Rule 16a-1(a)(4))."""

    TOPIC = "disclaimer"


def _classes(root: type[Fact]) -> dict[str, type[Any]]:
    found = {}
    for cls in root.__subclasses__():
        if "TOPIC" not in cls.__dict__:
            raise TypeError(f"{cls.__name__} needs its own TOPIC")
        found[cls.TOPIC] = cls
        found |= _classes(cls)
    return found


_ABSTRACT = {"row", "transaction", "note"}

TOPICS: dict[str, type[Fact]] = {
    topic: cls for topic, cls in _classes(Fact).items() if topic not in _ABSTRACT
}
"""Every event class that is stored, by topic: the only names a stored log may use."""


_CODED = {letter: TOPICS[code.topic] for letter, code in CODES.items()}


def classes_of(filing: Filing) -> list[type[Fact]]:
    """The classes that name what each row reports, and what each note states after them."""
    rows = [
        HoldingReported if row.holding else _CODED.get(row.code or "", UncodedTransaction)
        for row in filing.rows
    ]
    return [*rows, *(TOPICS[note.kind] for note in filing.statements)]
