"""What was found: one judgement, about one line, filing or position.

A finding is a judgement, never a fact: it can be revised by a later filing, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any, ClassVar

import msgspec

from ledger.addresses import address_of
from projections.filings.records import Dossier, Line
from projections.findings.explanations import Explanation
from projections.findings.kinds import KINDS, SEVERITIES

ID_DIGITS = 8
"""How long an id is."""


class Finding(msgspec.Struct, frozen=True):
    """One judgement about one line, filing or position.

    `expected`, `reported` and `difference` are shares, None where the finding is not
    about a total. `evidence` names the filings, rows and notes it rests on.
    `revised_by` names the later filing that confirmed or changed the judgement. `status`,
    `assigned`, `note` and `reopened` are what people made of it (`REVIEWED`): `open` or `accepted`, to
    whom it was given, what was noted last, and what changed since it had been accepted.
    """

    kind: str
    filing: str
    row: str | None
    message: str
    severity: str = ""
    id: str = ""
    person: dict[str, str | None] | None = None
    issuer: dict[str, str | None] | None = None
    security: str | None = None
    ownership: str | None = None
    nature: str | None = None
    effective_on: date | None = None
    expected: Decimal | None = None
    reported: Decimal | None = None
    difference: Decimal | None = None
    explanation: Explanation | None = None
    evidence: tuple[str, ...] = ()
    revised_by: str | None = None
    status: str = "open"
    assigned: str | None = None
    note: str | None = None
    reopened: str | None = None

    SHOWN: ClassVar[tuple[str, ...]] = ("address",)
    """What is shown besides the fields."""

    REVIEWED: ClassVar[tuple[str, ...]] = ("status", "assigned", "note", "reopened")
    """The fields that no judgement fills, so that none is stored or hashed with it."""

    @property
    def address(self) -> str | None:
        """Its filing's page on sec.gov; None where the accession number is unknown."""
        return address_of(self.filing, self.issuer["cik"] if self.issuer else None)

    @property
    def doubts_filing(self) -> bool:
        """Whether it doubts all that its filing reports: whose it is, or which company's."""
        return self.row is None and self.severity == "critical"

    def identified(self, **more: Any) -> Finding:
        """The same finding with its severity and its id, and with `more` fields filled in.

        The id is the start of a hash of what the finding is about: its kind, its filing and the row,
        or where it has none what it rests on. So it is the same however the ledger was filled,
        and survives a revision of the reasoning or of its words.
        """
        nature = self.nature or ""
        about = "\x1f".join(
            (
                self.kind,
                self.filing,
                self.row or "",
                self.security or "",
                nature,
                "",  # where the words of the finding once stood
                "" if self.row else " ".join(self.evidence),
            )
        )
        name = sha256(about.encode()).hexdigest()[:ID_DIGITS]
        return msgspec.structs.replace(
            self, severity=self.severity or KINDS[self.kind].severity, id=name, **more
        )


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order in which they are told: the gravest first, and of one severity by day."""
    return sorted(findings, key=turn)


def turn(finding: Finding) -> tuple[object, ...]:
    """By what findings are told in this order."""
    grave, on = -SEVERITIES.index(finding.severity), finding.effective_on or date.max
    return (grave, on, finding.filing, finding.row or "", finding.kind, finding.id)


def about(dossier: Dossier, line: Line | None, kind: str, message: str, **more: Any) -> Finding:
    """A finding about a line, or about the whole filing where there is none."""
    if line is None:
        return Finding(kind, dossier.id, None, message, **more)
    return Finding(
        kind,
        dossier.id,
        line.ref,
        message,
        security=line.security,
        ownership=line.ownership,
        nature=line.nature,
        effective_on=line.effective_on,
        **more,
    )
