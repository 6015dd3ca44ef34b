"""Whom a filing is signed for, where that is none of its owners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from projections.filings.owners import People
from projections.filings.records import Dossier
from projections.identity.names import AGENT, person_key

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


def misnamed(dossier: Dossier, people: People, filings: Sequence[Dossier]) -> str | None:
    """Whom a filing is signed for, where that is none of its owners; `filings` are all known."""
    named = tuple([owner.name for owner in dossier.head.owners])
    if _by_owners(named, tuple([s.name for s in dossier.head.signatures])):
        return None
    own = {
        word
        for owner in dossier.head.owners
        if owner.name
        for word in person_key(owner.name).split()
    }
    owners = [set(person_key(o.name).split()) for o in dossier.head.owners if o.name]
    if _each_signs(named, tuple([s.name for s in dossier.head.signatures])):
        return None
    for signature in dossier.head.signatures if own else ():
        if any(words <= set(person_key(signature.name or "").split()) for words in owners):
            continue  # it names an owner, whoever signs and whatever for
        principal = principal_of(signature.name or "")
        if principal is None:
            name = signature.name or ""
            principal = _another_insider(name, own, people) or _stranger(
                dossier, name, own, people, filings
            )
        if principal and not set(person_key(principal).split()) & own:
            return principal
    return None


@lru_cache(maxsize=4096)  # who signs for an owner signs much alike, for years
def _by_owners(owners: tuple[str | None, ...], signatures: tuple[str | None, ...]) -> bool:
    """Whether every signature names an owner, whoever signs and whatever for."""
    named = [set(person_key(name).split()) for name in owners if name]
    return all(
        any(words <= set(person_key(signature or "").split()) for words in named)
        for signature in signatures
    )


def _each_signs(owners: tuple[str | None, ...], signatures: tuple[str | None, ...]) -> bool:
    """Whether each of several owners has a signature that names it: who signs besides is one more.

    Those who control a joint filer sign with it, whether or not the form has them as owners.
    """
    signed = [set(person_key(signature or "").split()) for signature in signatures]
    named = [set(person_key(name).split()) for name in owners if name]
    return len(named) > 1 and all(any(words <= one for one in signed) for words in named)


@lru_cache(maxsize=4096)
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


def _stranger(
    dossier: Dossier, signature: str, own: set[str], people: People, filings: Sequence[Dossier]
) -> str | None:
    """A bare signature of somebody who signs nothing else, where the owner signs the rest."""
    if not is_stranger(signature, dossier, filings):
        return None
    bare, _ = _signer(signature)
    owners = people.keys(dossier)
    rest = [d for d in filings if d is not dossier]
    mine = [d for d in rest if people.keys(d) == owners]
    signed = [
        d
        for d in mine
        if any(own & set(person_key(s.name or "").split()) for s in d.head.signatures)
    ]
    return bare if len(mine) >= 3 and len(signed) == len(mine) else None


def kin_of(dossier: Dossier, people: People) -> Iterator[tuple[str, str]]:
    """Other insiders whose very name is signed though it shares a word with the owner's: key, and signature.

    Who signs for a relative signs so too, and writes down for whom or not: the rows have to tell.
    """
    owners = [frozenset(person_key(o.name).split()) for o in dossier.head.owners if o.name]
    own = {word for name in owners for word in name}
    for signature in dossier.head.signatures:
        bare, words = _signer(signature.name or "")
        if not words & own or words in owners or principal_of(signature.name or ""):
            continue
        also = any(name <= words for name in owners)  # who is Jr. signs his father's name as well
        for key in people.named_within(words):
            name = frozenset(person_key(people.names[key]).split())
            if name not in owners and len(name) > 1 and (name == words or not also):
                yield key, bare


def unheard_of(filings: Sequence[Dossier], people: People) -> dict[str, str]:
    """By filing, who alone signs it: a bare name, no owner's, that signs for nobody else here.

    It may be an agent's, who signs for the first time, or that of the person whose filing it is.
    """
    signed = {d.stream: [_signer(s.name or "") for s in d.head.signatures] for d in filings}
    scopes: dict[frozenset[str], set[str]] = {}
    for dossier in filings:
        for _, words in signed[dossier.stream]:
            scopes.setdefault(words, set()).add(people.scope(dossier))
    insiders = [set(person_key(name).split()) for name in people.names.values()]
    found: dict[str, str] = {}
    for dossier in filings:
        bare, words = next(iter(signed[dossier.stream]), ("", frozenset[str]()))
        if len(signed[dossier.stream]) != 1 or len(words) < 2 or len(scopes[words]) > 1:
            continue
        own = {w for o in dossier.head.owners for w in person_key(o.name or "").split()}
        if not words & own and not any(name <= words or words <= name for name in insiders):
            found[dossier.stream] = bare
    return found


def is_stranger(signature: str, dossier: Dossier, filings: Sequence[Dossier]) -> bool:
    """Whether somebody signs a filing barely who is none of its owners, and signs nothing else."""
    _, words = _signer(signature)
    own = {word for o in dossier.head.owners if o.name for word in person_key(o.name).split()}
    if len(words) < 2 or words & own or principal_of(signature) is not None:
        return False
    return not any(
        words <= set(person_key(s.name or "").split())
        for d in filings
        if d is not dossier
        for s in d.head.signatures
    )


def agent_of(dossier: Dossier) -> str | None:
    """The agent whose one signature names neither the filing's owner nor anybody else, if any."""
    signed = [" ".join((s.name or "").split()) for s in dossier.head.signatures]
    if len(signed) != 1 or not AGENT.search(signed[0]) or principal_of(signed[0]):
        return None
    own = {w for o in dossier.head.owners for w in person_key(o.name or "").split()}
    return None if own & set(person_key(signed[0]).split()) else signed[0]


@lru_cache(maxsize=4096)
def _signer(signature: str) -> tuple[str, frozenset[str]]:
    """Who signs, without the sign for it, and the words of the name; none for an attorney."""
    bare = re.sub(r"^\W*/?s/?\W+", "", signature.strip(), flags=re.IGNORECASE)
    return bare, frozenset() if _ATTORNEY.search(bare) else frozenset(person_key(bare).split())


def _another_insider(signature: str, own: set[str], people: People) -> str | None:
    bare, words = _signer(signature)
    if not words or words & own:
        return None
    key = person_key(bare)
    return people.by_name.get(key) if " " in key else None
