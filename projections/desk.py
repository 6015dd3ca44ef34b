"""The shapes of the answers of a working desk: what was taken back, reviewed, and is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import msgspec

from projections.answers import Name
from projections.findings.finding import Finding


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
