"""What notes state of another company's shares, which they call by its name: nothing that an issuer's totals count.

A filer who tells that he gave away stock of some other company tells it for completeness. Where a note
speaks of a merger, an exchange or a former name, the other one may be the issuer, or become it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ledger.footnotes.parties import corporation_counted
from ledger.loading import pattern
from projections.filings.records import Head, Line, Stated
from projections.identity.names import company_key, symbol_key, words_of

_MAY_BE_ONE = pattern(
    r"\b(?:formerly|former\s+name|successor|predecessor|merge\w*|conver\w+|exchang\w+|split\w*|reclassif\w+|reorgani\w+|domesticat\w+"
    r"|re-?incorporat\w+|renamed|names?\s+(?:was\s+|to\s+)?chang\w+|chang\w+\s+(?:its|of)\s+(?:corporate\s+)?name|acquisition|combination|consideration|assum\w+|holding\s+company)\b"
    r"|\(\s*(?:the\s+|collectively,?\s+)?[\"“'](?:issuer|company|corporation|registrant)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "group holdings holding international national american general united first global of and the".split()
)
"""Words that many companies have in their names."""


def about_the_issuer(head: Head, lines: Sequence[Line], statements: list[Stated]) -> list[Stated]:
    """A filing's statements without those that count the shares of a company which is named, and is another."""
    texts = {note.id: note.text for note in head.footnotes} if statements else {}
    others = {
        id(s)
        for s in statements
        if s.shares
        if another_companys(
            head, lines, texts.get(s.note, ""), s.shares, since=s.start, until=s.end
        )
    }
    return [s for s in statements if id(s) not in others] if others else statements


def another_companys(
    head: Head,
    lines: Sequence[Line],
    text: str,
    shares: Decimal,
    *,
    since: int = 0,
    until: int | None = None,
) -> bool:
    """Whether a number in a text counts shares of a company that is neither the issuer nor a holder told in a filing."""
    name = next(
        (
            named
            for number in _NUMBER.finditer(text, since, len(text) if until is None else until)
            if Decimal(number[0].replace(",", "")) == shares
            and (named := corporation_counted(text, number.end()))
        ),
        "",
    )
    if not name or _MAY_BE_ONE.search(text):
        return False
    own = {word for line in lines for word in words_of((line.nature or "").casefold())}
    own |= {word for owner in head.owners for word in words_of((owner.name or "").casefold())}
    called = company_key(name)
    issuer = company_key(head.issuer.name or "")
    if not issuer or {*called.split()} & ({*issuer.split()} - _COMMON | own):
        return False
    letters = "".join(word[0] for word in issuer.split())
    return called.replace(" ", "") not in (
        letters,
        (symbol_key(head.issuer.symbol) or "").casefold(),
    )


_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
