"""Drafts, and what is told of them."""

from __future__ import annotations

from projections import check
from tests.projections.building import filing


def drafted(*lines, on="2024-06-03", **said):
    """A form as it lies on the desk: without a number, neither signed nor filed."""
    return filing(*lines, on=on, **{"accession": None, "filed_on": None, "signatures": []} | said)


def the_draft(ledger, draft, **asked):
    """The answer about one draft."""
    (found,) = check(ledger, draft, **asked).drafts
    return found


def hinted(draft):
    """The hints by kind."""
    return {hint.kind: hint.text for hint in draft.hints}
