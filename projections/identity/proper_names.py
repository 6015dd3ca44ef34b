"""Whether words name one trust, company or partnership, whoever reports it.

Two people may each have a family trust, a managed account or a place in the directors' plan,
and equal awards give them equal totals. What bears a proper name is one thing.
"""

from __future__ import annotations

from functools import lru_cache

from projections.identity.names import COMPANY_ENDINGS, company_key, is_a_body, words_of
from projections.identity.plans import plan_key
from projections.identity.vehicles import names_a_vehicle, own_words, sort_words

_COMMON = frozenset(
    (
        "director directors nonemployee outside employee employees executive executives officer officers management manager "
        "managers member members stock share shares equity incentive award awards unit units restricted performance phantom long "
        "term compensation bonus option options purchase ownership voting escrow agent broker brokerage bank custody nominee "
        "managed margin trading personal residence qualified holding holdings company entity entities affiliate affiliates "
        "dynasty exempt exemption nonexempt marital bypass generation skipping gst annuity grantor retained remainder unitrust lead "
        "charitable residuary survivor survivors survivorship decedent insurance education educational college section article "
        "descendant descendants issue heirs mother father parent parents sister brother siblings wife husband spousal relative "
        "relatives grandchild grandchildren stepchild stepchildren other another certain various several separate fund funds "
        "investment investments investors partner partners capital general limited group associates first second third fourth new "
        "old one two three four number no ii iii iv vi vii viii ix xi xii foundation private intervivos inter vivos testamentary "
        "under agreement will separately family owned controlled wholly subsidiary indirect indirectly direct directly corporate "
        "business venture ventures vehicle account accounts retained common property community tenants entirety with"
    ).split()
)
"""Words that many holders' names have, and that make none of them a proper name."""


@lru_cache(maxsize=4096)
def proper_name(key: str, issuer: str = "") -> str:
    """A holder's canonical words without their legal form, "" where they name no one body.

    Args:
        key: Canonical words (`vehicle_key`), of a nature of ownership or of a holder's name.
        issuer: The company whose shares it holds, whose own name says nothing.

    >>> proper_name("heron marsh holdings llc"), proper_name("family trust")
    ('heron marsh holdings', '')
    """
    if not names_a_vehicle(key) or plan_key(key) or not (sort_words(key.split()) or is_a_body(key)):
        return ""
    words = own_words(key) - _COMMON - COMPANY_ENDINGS - set(company_key(issuer).split())
    if not any(len(word) > 2 and word.isalpha() for word in words):
        return ""
    kept = words_of(key)
    while kept[-1] in COMPANY_ENDINGS | {"llp", "partnership", "limited"}:
        kept.pop()
    return " ".join(kept)
