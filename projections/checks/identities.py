"""Signatures, tickers, names and classes that belong to someone or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from projections.checks.check import Check
from projections.filings.records import Dossier
from projections.findings.finding import Finding, about
from projections.identity.names import person_key
from projections.identity.securities import class_tokens, designators
from projections.issuer import Folded
from projections.positions.entries import Posting

_FOR = re.compile(
    r"(?:(?:attorney[- ]*in[- ]*-?fact|poa|power of attorney|agent|on behalf)\s*,?\s*(?:for|of)|by:?.{0,40}\s*,?\s*for)"
    r"\s*:?\s+(?P<name>.+)$|\bfor\s+(?P<other>[A-Z].+)$",
    re.IGNORECASE,
)
"""On whose behalf somebody signs; "of" tells it of an attorney, but of a head or a partner
only where they serve."""

_NO_NAME = re.compile(
    r"(?:the|each|all|any|such|and|its|our|(?:him|her|it|them)sel(?:f|ves))\b"
    r"|.*\b(?:reporting|filers?|filings?|undersigned|issuer|registrant|section|purposes?|affairs|governance"
    r"|securities|legal|compliance|department|operations|finance)\b",
    re.IGNORECASE,
)
"""Words that say on whose behalf or what for somebody signs without naming anybody."""

_ATTORNEY = re.compile(
    r"attorney|poa|power of|by:|\bby\b|agent|on behalf|authori[sz]ed|secretary|president|officer|manager|member|partner|trustee|director|/|,",
    re.IGNORECASE,
)


def owner_conflicts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A signature that names, as the reporting person, someone who is not an owner here."""
    principal = misnamed(dossier, folded)
    if principal:
        yield about(
            dossier,
            None,
            "OWNER_IDENTITY_CONFLICT",
            f"signed for “{principal}”, filed under {', '.join(o.name or '?' for o in dossier.head.owners)}",
        )


def misnamed(dossier: Dossier, folded: Folded) -> str | None:
    """Whom a filing is signed for, where that is none of its owners."""
    if dossier.stream not in folded.misnamed:
        folded.misnamed[dossier.stream] = _misnamed(dossier, folded)
    return folded.misnamed[dossier.stream]


def _misnamed(dossier: Dossier, folded: Folded) -> str | None:
    own = {
        word
        for owner in dossier.head.owners
        if owner.name
        for word in person_key(owner.name).split()
    }
    owners = [set(person_key(o.name).split()) for o in dossier.head.owners if o.name]
    for signature in dossier.head.signatures if own else ():
        if any(words <= set(person_key(signature.name or "").split()) for words in owners):
            continue  # it names an owner, whoever signs and whatever for
        principal = principal_of(signature.name or "")
        if principal is None:
            name = signature.name or ""
            principal = _another_insider(name, own, folded) or _stranger(dossier, name, own, folded)
        if principal and not set(person_key(principal).split()) & own:
            return principal
    return None


@lru_cache(maxsize=65536)
def principal_of(signature: str) -> str | None:
    """Whom a signature says it is given for, None where it does not say."""
    found = _FOR.search(" ".join(signature.split()))
    if not found:
        return None
    name = re.split(
        r"[,(/]| by | as ", (found.group("name") or found.group("other") or ""), maxsplit=1
    )[0].strip(" .:")
    named = len(person_key(name).split()) >= 2 and not _NO_NAME.match(name)
    return name if named else None


def _stranger(dossier: Dossier, signature: str, own: set[str], folded: Folded) -> str | None:
    """A bare signature of somebody who signs nothing else, where the owner signs the rest."""
    bare, words = _signer(signature)
    if len(words) < 2 or words & own:
        return None
    owners = folded.people.keys(dossier)
    rest = [d for d in folded.dossiers if d is not dossier]
    if any(words <= set(person_key(s.name or "").split()) for d in rest for s in d.head.signatures):
        return None
    mine = [d for d in rest if folded.people.keys(d) == owners]
    signed = [
        d
        for d in mine
        if any(own & set(person_key(s.name or "").split()) for s in d.head.signatures)
    ]
    return bare if len(mine) >= 3 and len(signed) == len(mine) else None


@lru_cache(maxsize=65536)
def _signer(signature: str) -> tuple[str, frozenset[str]]:
    """Who signs, without the sign for it, and the words of the name; none for an attorney."""
    bare = re.sub(r"^\W*/?s/?\W+", "", signature.strip(), flags=re.IGNORECASE)
    return bare, frozenset() if _ATTORNEY.search(bare) else frozenset(person_key(bare).split())


def _another_insider(signature: str, own: set[str], folded: Folded) -> str | None:
    bare, words = _signer(signature)
    if not words or words & own:
        return None
    key = person_key(bare)
    return folded.people.by_name.get(key) if " " in key else None


def issuer_conflicts(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A ticker or name that this issuer used neither before nor after."""
    odd = folded.odd_names.get(dossier.stream)
    if odd is not None:
        yield about(dossier, None, "ISSUER_IDENTITY_CONFLICT", odd)


def lone_classes(dossier: Dossier, folded: Folded) -> Iterator[Finding]:
    """A line whose title names another class than the lines before and after it."""
    for before, entry, after in folded.neighbours.get(dossier.stream, ()):
        if entry.moved_here:
            continue  # told where it was found to stand wrong
        mine, own = _letters(entry), _letters(before)
        if mine != own and own == _letters(after):
            kind = "WRONG_CLASS" if mine and own else "CLASS_AMBIGUOUS"
            yield about(
                entry.dossier,
                entry.line,
                kind,
                f"titled “{entry.line.security}”, but its balance follows from “{before.line.security}”",
            )


def _letters(entry: Posting) -> frozenset[str]:
    return designators(
        class_tokens(entry.line.security or "", entry.dossier.head.issuer.name or "")
    )


CHECKS: tuple[Check, ...] = (owner_conflicts, issuer_conflicts, lone_classes)
