"""The shapes of the answers of a working desk: drafts, and what was taken back, reviewed, is due."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

import msgspec

from projections.answers import Name, StoryLine
from projections.findings.explanations import Explanation
from projections.findings.finding import Finding


class DraftRow(msgspec.Struct, frozen=True):
    """A row of a draft: what its total must be, what it says, and how that was reckoned.

    `verdict` is as in a history, None where the row claims nothing or does not stand.
    `corrected_total` is what its total must be where that is another than it says, if no report
    is missing; `corrected_shares` what it moved, and `corrected_direction` which way, where the
    total shows the amount or the letter to be the slip. Where the total carries on another holding,
    `corrected_ownership` and `corrected_nature` are how that is held. `holder` is who holds what
    the row is about by its notes, None where they name nobody.
    """

    row: str
    security: str | None
    ownership: str | None
    nature: str
    expected: Decimal | None
    reported: Decimal | None
    difference: Decimal | None
    verdict: str | None
    explanation: Explanation | None = None
    corrected_total: Decimal | None = None
    corrected_shares: Decimal | None = None
    corrected_direction: str | None = None
    steps: tuple[StoryLine, ...] = ()
    holder: str | None = None
    corrected_ownership: str | None = None
    corrected_nature: str | None = None


HINTS = (
    *("form", "period", "closed", "number", "left-out", "plan", "withheld", "told", "new-holding"),
    *("price", "received", "title", "issuer", "owner", "signer"),
    *("recorded", "original", "unknown", "unread"),
)
"""The kinds of `Hint`, which says what each is."""


class Hint(msgspec.Struct, frozen=True):
    """What a draft may lack, which no arithmetic shows: `source` is where the ledger has it.

    `kind` is `form` (a row that another form has to report), `period` (a period of report that is not
    the form's), `closed` (a trade on a day without one), `number` (digits typed as EDGAR takes none),
    `left-out` (a holding that the last form listed), `plan` (purchases that notes
    used to tell of), `withheld` (units vest and nothing is withheld, as always before), `told`
    (a trade like one told days before), `new-holding` (a row that goes on from nothing here),
    `price` (far from all others of the time, or no strike of what is exercised beside it),
    `received` (a new vehicle with another number than its note says went into it), `title` (a row
    under another title than those before it), `issuer` (named here under another CIK, its CIK
    here under another name, or a row goes on from what is held of another), `owner` (the same of an
    owner, or a joint filer is missing), `signer` (nobody known here), `recorded` (a filing of that
    number, or the same form, is here), `original` (an amendment's day of the original submission is
    another), `unknown` (nothing of the company, or of the owner, is here) or `unread` (what a reader
    made nothing of).
    """

    kind: str
    row: str | None
    text: str
    source: str = ""


class DraftDue(msgspec.Struct, frozen=True):
    """When some rows of a draft have to be reported, and on which form, whatever form the draft is.

    `late` says that the day was over when the draft is filed; `unless` on what form or day rest
    where that is not certain. No `rows` where it is the draft as a whole.
    """

    form: str
    due_on: date
    late: bool
    traded_on: date | None
    rows: tuple[str, ...]
    unless: str | None = None


class Draft(msgspec.Struct, frozen=True):
    """A draft judged against the ledger; `due_on` is when it must be filed, None if never.

    `person` is the first of its `owners`, who file it jointly where they are several.

    `dues` has that by row, for what no form here reports yet, the first day first.
    `findings` are about the draft, `elsewhere` those about other filings that it raises, and
    `settles` the ids of those that it would lay to rest.
    """

    source: str
    filing: str
    form: str
    person: Name | None
    issuer: Name
    due_on: date | None
    rows: tuple[DraftRow, ...]
    findings: tuple[Finding, ...]
    dues: tuple[DraftDue, ...] = ()
    hints: tuple[Hint, ...] = ()
    elsewhere: tuple[Finding, ...] = ()
    settles: tuple[str, ...] = ()
    owners: tuple[Name, ...] = ()


class Check(msgspec.Struct, frozen=True):
    """Drafts judged as if they were filed; nothing of them is recorded.

    `problems` is what a reader could not take at its word, a `set aside` for each document
    that is no form.
    """

    schema: ClassVar[str] = "ledger.check/1"
    known_at: str | None
    drafts: tuple[Draft, ...]
    problems: tuple[dict[str, str], ...] = ()


class Retraction(msgspec.Struct, frozen=True):
    """What was done to a filing that had been recorded wrongly, and what that leaves.

    `status` is `retracted` or `restored`, `at` when that was done, `event` the position of the
    event that did it. `amended_by` are the amendments of the filing, which stand without it
    while it is away; `amends` the filing that it amends itself, which stands as it was filed.
    """

    schema: ClassVar[str] = "ledger.retraction/1"
    filing: str
    form: str
    person: Name | None
    issuer: Name
    status: str
    at: datetime
    why: str
    event: int
    amended_by: tuple[str, ...] = ()
    amends: str | None = None


class Reviewed(msgspec.Struct, frozen=True):
    """What somebody said of a finding: when, who, and what of it; the rest they left as it was."""

    at: datetime
    by: str
    status: str | None
    assigned: str | None
    note: str | None


class FindingReview(msgspec.Struct, frozen=True):
    """A finding with what people made of it, and all that was `said` of it, oldest first.

    `gone` says why it is found no more, None where it is; `finding` is then as it last was, or None
    where nothing tells what it was.
    """

    id: str
    finding: Finding | None
    said: tuple[Reviewed, ...]
    gone: str | None = None


class Review(msgspec.Struct, frozen=True):
    """Findings with what people made of each, in the order in which they were named."""

    schema: ClassVar[str] = "ledger.review/1"
    reviews: tuple[FindingReview, ...]


class DueForm(msgspec.Struct, frozen=True, rename={"why": "for"}):
    """A form that has to be filed: by whom, about which company, for what, traded and due when.

    `filing` is the document here that tells of it; `late` that the day is over. `unless` says on
    what the form or its day rests where that is not certain, such as an unknown fiscal year end.
    """

    person: Name | None
    issuer: Name
    form: str
    why: str
    traded_on: date | None
    due_on: date
    late: bool
    filing: str
    unless: str | None = None


class Due(msgspec.Struct, frozen=True):
    """What is to be filed, as reckoned from a day: what is late first, then by the day it is due."""

    schema: ClassVar[str] = "ledger.due/1"
    today: date
    due: tuple[DueForm, ...]
