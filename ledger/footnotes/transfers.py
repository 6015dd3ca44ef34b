"""Shares that a note says changed hands or form without being traded.

Contributions to trusts, annuities that come back, distributions by funds, gifts, and other
transfers between the direct and the indirect holdings of one person (Rule 16a-13). The
direction is as seen from the position that cites the note: what it "includes" came in;
what went "to" a vehicle left, what came "from" one or went "to the reporting person" came.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.parties import Vehicle, holder, sort_of, vehicle
from ledger.footnotes.transfer_verbs import GAVE_THE_OWNER, INCLUDES, Verb
from ledger.statements import StatementKind
from ledger.types import Direction

_FUTURE = pattern(
    r"\b(?:will|shall|would|may(?!\s*\d)|can|could|must|to\s+be|not|generally|typically|ordinarily|normally"
    r"|customarily|unless|in\s+the\s+event)\b[^.;]*$",
    re.IGNORECASE,
)
_RETAINED = any_phrase(
    "retain|grat|annuity|benefit|revocable",
    r"\bgrantor\s+retained\b|\bGRATs?\b|(?<!charitable remainder )\b(?<!remainder )annuity\s+trusts?\b"
    r"|\brevocable\s+(?:living\s+)?trusts?\b"
    r"|\btrusts?\b[^.;]{0,80}?\bfor\s+the\s+(?:sole\s+)?benefit\s+of\s+the\s+reporting\s+person(?!'s)\b",
)
_ANNUITY = pattern(
    r"\bannuit(?:y|ies)\b(?!\s+trust)"
    r"|(?<!now owned )(?<!now held )\b(?:from|by|held\s+(?:by|in))\s+(?:\w+\s+){0,12}?(?:grats?|annuity\s+trusts?)\b",
    re.IGNORECASE,
)
_GIVEN_UP = any_phrase(
    "no & interest|ownership|control|power|authority",
    r"\b(?:has|have|had|retain(?:s|ed)?|holds?|held|keeps?|kept|with)\s+no\s+(?:(?:further|remaining|continuing|beneficial|pecuniary|economic|financial|voting|dispositive|investment"
    r"|or|and|sole|shared)\s+)*(?:interest|ownership|control|power|authority)\b",
    "not & interest|ownership|control|power",
    r"\b(?:does|do|did|will)\s+not\s+(?:have|share|retain|exercise|hold|keep)\s+(?:any\s+)?(?:(?:beneficial|pecuniary|economic|financial|voting|dispositive|investment|or|and|sole|shared)\s+)*"
    r"(?:interest|ownership|control|power)\b",
    "neither & trustee|beneficiar",
    r"\bneither\s+(?:he|she|the\s+reporting\s+person|the\s+undersigned)\s+nor\b[^.;]{0,80}?\b(?:trustees?|beneficiar(?:y|ies))\b",
    "not & trustee|beneficiar",
    r"\b(?:is|are|was)\s+not\s+(?:an?\s+|the\s+)?(?:trustee|beneficiary)\b",
)
"""Words by which the owner keeps no part in what went to a trust or a company: no vehicle of his own."""
_KEPT = pattern(
    r"\b(?:spouse|wife|husband)\b[^.;]{0,40}?\b(?:trustee|beneficiar)|\bminor\s+(?:child|son|daughter)"
    r"|\b(?:he|she|person|undersigned)\s+(?:is|serves\s+as|acts\s+as)\s+(?:an?\s+|the\s+)?(?:sole\s+|co-?)?(?:trustee|beneficiary|settlor|grantor)\b",
    re.IGNORECASE,
)
_OF_OTHERS = pattern(r"[^.;]{0,60}?\b(?:held|owned)\s+(?:of\s+record\s+)?by\b", re.IGNORECASE)
"""Words behind which other shares are meant than those that went."""
_AFTERWARDS = 240
"""So far behind what went stands what the owner keeps of it."""
_GRANTOR = pattern(r"\b(?:grantor|settlor)(?!\s+(?:retained|trust))", re.IGNORECASE)
_TO = pattern(
    r"(?<!pursuant )(?<!according )\b(?:to|into|fund(?:ed)?|(?:in|as|under)(?=\s+(?:an?\s+|the\s+|their\s+)?(?:joint|community)\b)|in(?=\s+trust\b)"
    r"|(?:divided|split|allocated|apportioned)\s+(?:\w+\s+)?(?:between|among)|in\s+(?:favou?r|the\s+names?)\s+of)\s+",
    re.IGNORECASE,
)
_FROM = pattern(r"(?<!exempt )\b(?:from|out\s+of)\s+", re.IGNORECASE)
_BY = pattern(
    r"\b(?:by|held\s+by|owned\s+by|(?:liquidation|dissolution|winding[\s-]up|termination)\s+of)\s+",
    re.IGNORECASE,
)
_RECEIVED = pattern(
    r"\bcame\s+from\b|"
    r"(?<!consideration )(?<!consideration was )(?<!payment was )(?<!proceeds were )"
    r"\b(?:received(?!\s+(?:no|nothing|any|without)\b)|receipt|acquired|receives(?!\s+no\b)|(?:reporting\s+person's|his|her)\s+(?:pro[- ]rata\s+)?(?:share|portion)\b|(?:transferred|distributed|returned)\s+to\s+"
    r"(?:the\s+)?(?:reporting|him|her|me)\b)",
    re.IGNORECASE,
)
_ROSE = any_phrase(
    "grew|increase|rose",
    r"\b(?:holdings?|balance|total|ownership|number|position|shares)\s+(?:[\w']+\s+){0,4}?(?:rose|increased|grew)\b|\b(?:an?|the|this)\s+increase\b"
    r"|\bincreases?\s+(?:of|by)\b",
)
_TO_IT = pattern(
    r"\b(?:held|owned)\s+by\s+[^.;]{0,60}?\b(?:in)?to\s+(?:which|whom)\b", re.IGNORECASE
)
"""Words by which shares went to what is said to hold them."""
ARE_INCLUDED = pattern(
    r"\b(?:are|is)\s+(?:now\s+|also\s+)?included\b(?!\s+(?:in|by)\s+(?:\w+\s+){0,3}?(?:prior|previous|earlier))",
    re.IGNORECASE,
)
_FORM = pattern(
    r"\bfrom\s+(?:the\s+)?(?P<from>(?:in)?direct)(?:ly)?\s+(?:[\w-]+\s+){0,4}?(?:in)?to\s+(?:the\s+)?(?:in)?direct",
    re.IGNORECASE,
)
_NOW = pattern(
    r"(?<!until )\bnow\s+(?:being\s+)?(?:(?:held|owned|reported)\s+(?:as\s+)?)?(?:(?:beneficially|indirectly)\s+)?"
    r"(?:(?:held|owned)\s+)?(?:(?P<direct>directly)|(?P<indirect>indirectly\b)(?:\s+(?:by|through|in|via)\s)?"
    r"|(?:by|through|in|via)\s+|as\s+(?=joint|community)|(?=jointly\b))",
    re.IGNORECASE,
)
_COMPANY = pattern(
    r"\b(?:company|issuer|corporation|corp|inc|banks?|plan|escrow|lenders?|creditors?|pledgees?|brokers?|custodian|counterparty"
    r"|insurer|debtors?|tenants?)\b",
    re.IGNORECASE,
)
_THE_OWNER = pattern(
    r"(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned|him|her|me)\b(?!'s|\s+(?!in\b|as\b|and\b|pro\b|for\b|on\b|directly\b)\w)",
    re.IGNORECASE,
)
"""A party that is the owner, and not a trust or a child of the owner's."""
_TO_WHOM = pattern(
    r"\b(?:reporting\s+(?:person|owner)|undersigned|he|she)\s+was\s+(?:\w+ly\s+)?$", re.IGNORECASE
)
_LEADS = pattern(
    r"(?:^|[,;(]\s*|\b\d{4},?\s+|\.\s+)(?P<who>(?:[tT]he|[aA]n?|[hH]is|[hH]er|[iI]ts)\s+(?:[\w'&.-]+\s+){1,8}"
    r"|[A-Z][\w'&.-]*,?\s+(?:[A-Z][\w'&.-]*,?\s+){0,7})(?:(?:has|had|then|also)\s+)*$"
)
"""The noun that stands right before a verb."""
_LEFT_OUT = pattern(r"\b(?:exclud\w+|not\s+includ\w+|no\s+longer)\b", re.IGNORECASE)


class Transfer(NamedTuple):
    """What kind of transfer, which way, to or from whom."""

    kind: StatementKind
    direction: Direction | None
    counterpart: str | None


def held_otherwise(text: str, start: int, end: int) -> bool:
    """Whether words that say how shares were held before also say how they are held now."""
    return _NOW.search(text, start, end) is not None


def future(text: str, start: int, at: int) -> bool:
    """Whether the words at a place are about what will or may be, not what was."""
    return _FUTURE.search(text, max(start, at - 90), at) is not None


def retained(text: str, start: int, end: int) -> bool:
    """Whether the words say that the giver keeps an interest: no gift, whatever they call it."""
    return _RETAINED.search(text, start, end) is not None


def transfer(
    text: str, start: int, end: int, *, verb: Verb | None, after: int = 0, lead: str = ""
) -> Transfer | None:
    """Read a transfer as `_transfer` does; what the owner keeps no part in is given away."""
    found = _transfer(text, start, end, verb=verb, after=after, lead=lead)
    if found is None or found.direction != "disposed":
        return found
    if found.kind not in ("trust-contribution", "form-change") or not given_up(text, start, end):
        return found
    return found._replace(kind="gift-note")


def given_up(text: str, start: int, end: int) -> bool:
    """Whether words on what went to a trust or a company, or behind them, leave its giver no part in it.

    What others hold is spoken of besides; of a trust that pays its grantor back he keeps a part.
    """
    end_of_it = min(len(text), end + _AFTERWARDS)
    said = _GIVEN_UP.search(text, start, end_of_it)
    if said is None or _KEPT.search(text, start, end_of_it) or retained(text, start, end):
        return False
    return _OF_OTHERS.match(text, said.end(), end_of_it) is None


def _transfer(
    text: str, start: int, end: int, *, verb: Verb | None, after: int = 0, lead: str = ""
) -> Transfer | None:
    """Read a transfer in the stretch from `start` to `end`, None where it names none.

    Parties are looked for from `after` on first (the verb or the amount), then before it.
    `lead` are the words that lead to them, which may say that a total "includes" the
    shares. Without a verb, the parties of a list's next amount are read.
    """
    after = max(start, after or (verb.start if verb else start))
    to = _party(text, _TO, after, end) or _party(text, _TO, start, end)
    came = _party(text, _FROM, after, end) or _party(text, _FROM, start, end)
    includes = INCLUDES.search(lead) is not None and not _LEFT_OUT.search(lead)
    includes = includes or ARE_INCLUDED.search(text, start, end) is not None
    received = (
        _ROSE.search(text, start, end) is not None or _RECEIVED.search(text, start, end) is not None
    )
    sort = verb.sort if verb else ""
    if sort == "inheritance":
        heirs = to is not None and to.sort not in ("owner", "form")
        return None if heirs else Transfer("gift-note", "acquired", None)
    if sort == "gift" and to and retained(text, start, end):
        return Transfer("trust-contribution", "disposed", to.words)
    if sort == "gift":
        received = received or (
            verb is not None
            and GAVE_THE_OWNER.match(text, verb.start + len(verb.words)) is not None
        )
        return _gift(to, came, received=received, includes=includes)
    annuity = _annuity(text, start, end, to, came)
    if annuity:
        return annuity
    if sort == "distribution":
        received = received or _got(text, start, verb)
        giver = came or _subject(text, start, verb)
        return _distribution(text, start, end, giver, received=received, includes=includes)
    form = _FORM.search(text, start, end)
    if form:
        arrives = form["from"].lower() == "indirect"
        other = came if arrives else to
        named = other.words if other and other.sort not in ("owner", "form") else None
        if not arrives and other and other.sort == "trust":
            return Transfer("trust-contribution", "disposed", named)
        return Transfer("form-change", "acquired" if arrives else "disposed", named)
    if sort == "received":
        return _received(came)
    if to and to.sort == "family" and _BY_GIFT.search(text, start, end):
        return _gift(to, came, received=received, includes=includes)
    return _change(text, start, end, to, came, includes=includes, received=received)


_BY_GIFT = pattern(
    r"\b(?:by|as|through|by\s+way\s+of)\s+(?:an?\s+)?(?:\w+\s+){0,2}?gifts?\b", re.IGNORECASE
)


def _annuity(
    text: str, start: int, end: int, to: Vehicle | None, came: Vehicle | None
) -> Transfer | None:
    """What an annuity trust pays back to its grantor; None where it pays, or gives, to others.

    Seen from the grantor's own holding; the note may as well stand on the trust's line.
    """
    if not _ANNUITY.search(text, start, end):
        return None
    if to and to.sort not in ("owner", "form") and not _GRANTOR.search(to.words):
        return None
    trust = came if came and came.sort == "trust" else None
    named = trust.words if trust else holder(text, start, end)
    return Transfer("annuity-return", "acquired", named)


def _received(came: Vehicle | None) -> Transfer | None:
    """What was "received from" a trust or a fund; from a company it may be anything."""
    if (
        came is None
        or came.sort not in ("trust", "entity", "backers")
        or _COMPANY.search(came.words)
    ):
        return None
    return Transfer("distribution", "acquired", came.words)


def _party(text: str, word: re.Pattern[str], start: int, end: int) -> Vehicle | None:
    """The first vehicle after "to" or "from", else the first party of another sort."""
    parties = [
        party
        for found in word.finditer(text, start, end)
        if (party := vehicle(text, found.end(), end)) and party.sort
    ]
    vehicles = [party for party in parties if party.sort not in ("owner", "form")]
    return next(iter(vehicles + parties), None)


def _gift(to: Vehicle | None, came: Vehicle | None, *, received: bool, includes: bool) -> Transfer:
    if came and not to and _THE_OWNER.match(came.words):
        return Transfer("gift-note", "disposed", None)
    if to and to.sort == "charity" and not came:  # whatever was "acquired" for it before
        return Transfer("gift-note", "disposed", to.words)
    to_owner = to is not None and _THE_OWNER.match(to.words) is not None
    if came or received or to_owner or (includes and not to):
        return Transfer("gift-note", "acquired", came.words if came else None)
    return Transfer("gift-note", "disposed", to.words if to else None)


def _distribution(
    text: str, start: int, end: int, came: Vehicle | None, *, received: bool, includes: bool
) -> Transfer:
    giver = came or next(
        (
            party
            for found in _BY.finditer(text, start, end)
            if (party := vehicle(text, found.end(), end)) and party.sort in ("entity", "trust")
        ),
        None,
    )
    if received or includes:
        return Transfer("distribution", "acquired", giver.words if giver else None)
    to = _party(text, _TO, start, end)
    if to and _THE_OWNER.match(to.words):
        return Transfer("distribution", "acquired", giver.words if giver else None)
    return Transfer("distribution", "disposed", to.words if to else None)


def _got(text: str, start: int, verb: Verb | None) -> bool:
    """Whether it is the owner to whom something "was distributed"."""
    return (
        verb is not None
        and _TO_WHOM.search(text, max(start, verb.start - 60), verb.start) is not None
    )


def _subject(text: str, start: int, verb: Verb | None) -> Vehicle | None:
    """The trust, the estate or the fund of which a verb is said."""
    led = _LEADS.search(text, max(start, verb.start - 100), verb.start) if verb else None
    found = vehicle(text, led.start("who"), led.end()) if led else None
    return found if found and found.sort in ("entity", "trust") else None


def _change(
    text: str,
    start: int,
    end: int,
    to: Vehicle | None,
    came: Vehicle | None,
    *,
    includes: bool,
    received: bool,
) -> Transfer | None:
    """A change of form or a contribution, told apart by who stands at each end."""
    away = came if came and came.sort not in ("owner", "form", "backers") else None
    now = _NOW.search(text, start, end)
    if now and not to:
        held = vehicle(text, now.end(), end) if not now["direct"] else None
        if held and held.sort not in ("owner", "form"):
            way: Direction = "acquired" if includes else "disposed"
            return Transfer("form-change", way, held.words)
        if now["direct"]:
            return Transfer("form-change", "acquired", holder(text, start, now.start()))
        if now["indirect"]:
            return Transfer("form-change", "disposed", None)
    if away is None and (to is None or to.sort in ("owner", "form")):
        named = holder(text, start, end)
        found = Vehicle(named, start, sort_of(named)) if named else None
        away, to = (None, found) if found and _TO_IT.search(text, start, end) else (found, to)
    if to and to.sort == "trust":
        if includes:
            origin = away.words if away else None
            return Transfer("trust-contribution", "acquired", origin or to.words)
        return Transfer("trust-contribution", None if away else "disposed", to.words)
    if to and to.sort == "charity":
        return Transfer("gift-note", "disposed", to.words)
    if to and to.sort not in ("owner", "form"):
        direction: Direction | None = "acquired" if includes else None if away else "disposed"
        return Transfer("form-change", direction, away.words if includes and away else to.words)
    if to or away:
        return Transfer("form-change", "acquired", away.words if away else None)
    if includes or received:
        return Transfer("form-change", "acquired", None)
    return Transfer("form-change", None, None)
