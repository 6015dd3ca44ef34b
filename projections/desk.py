"""The shapes of the answers of a working desk: what was taken back, and reviewed."""

from __future__ import annotations

from datetime import datetime
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
    """A finding with what people made of it, and all that was `said` of it, oldest first."""

    finding: Finding
    said: tuple[Reviewed, ...]


class Review(msgspec.Struct, frozen=True):
    """Findings with what people made of each, in the order in which they were named."""

    schema: ClassVar[str] = "ledger.review/1"
    reviews: tuple[FindingReview, ...]
