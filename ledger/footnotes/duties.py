"""What notes say of the duty to report itself: an exemption, a time before it, a form corrected."""

from __future__ import annotations

import re

from ledger.loading import pattern

_EXEMPT = pattern(r"16a-(?:9|12|13)\b|16b-3\(c\)|tax-conditioned", re.IGNORECASE)
"""Notes that name what need not be reported, so that a report of it is never late."""

_REINVESTED = pattern(r"16a-11\b|dividend reinvestment", re.IGNORECASE)
"""The same of what is acquired alone: a sale of such shares has to be reported as any other."""

_BEFORE = pattern(
    r"16a-2\b|(?:prior to|before)\b[^.;]{0,80}\b(?:registration|subject to section 16)",
    re.IGNORECASE,
)
"""Notes that put a transaction before the owner, or the issuer, was subject to Section 16."""

_ORIGINAL = pattern(r"\b(?:original|prior|previous|initial)(?:ly filed)? form 3\b", re.IGNORECASE)
"""Notes of a Form 3 that corrects one filed before it, though it is not marked as amending."""


def names_an_exemption(text: str, direction: str | None) -> bool:
    """Whether a note names a rule by which a row, which goes in a direction, need not be reported."""
    if direction != "disposed" and _REINVESTED.search(text):
        return True
    return _EXEMPT.search(text) is not None


def was_before_the_duty(text: str) -> bool:
    """Whether a note puts its row before the owner, or the issuer, was subject to Section 16."""
    return _BEFORE.search(text) is not None


def corrects_a_form_3(text: str) -> bool:
    """Whether a note of a Form 3 speaks of one filed before it."""
    return _ORIGINAL.search(text) is not None
