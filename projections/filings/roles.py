"""Which part the holder of a line has in what a note tells: to let the shares go, or to get them.

A number explains a total only where its line's holder plays the part whose way the total is off:
what the owner's trust distributed to him leaves the trust's line and comes to his own.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ledger.footnotes.hands import Hands, hands
from ledger.footnotes.sides import Party
from projections.filings.records import Dossier, Line
from projections.identity.names import is_a_body
from projections.identity.plans import may_be_one_plan, plan_key
from projections.identity.strangers import kinds_of, strangers
from projections.identity.vehicles import has_partners, vehicle_key

_OWNERS = frozenset({"owner", "direct"})
_OTHERS = frozenset(
    {"trust", "grat", "estate", "entity", "ex", "family", "backers", "outsider", "charity"}
)
"""Who is not the owner, whatever the name."""
_STRANGERS = frozenset({"ex", "outsider", "charity", "issuer"})
"""Who holds nothing for the owner."""
_ANY = frozenset("trust trustee family living revocable co corporation partnership llc lp".split())
"""Words that mean any holder of their sort."""
_NOT_REVOCABLE = frozenset({"irrevocable", "grat", "charitable"})
_FORMS = frozenset({"form", "document", "direct"})
_FORM = re.compile(r"\b(?P<not>in)?direct", re.IGNORECASE)


def by_sides(words: str, shares: Decimal, line: Line, dossier: Dossier) -> list[int] | None:
    """The signs that whoever is named on either side of shares leaves on a line; None where that is open."""
    told = hands(words, shares)
    if told is None:
        return None
    gave, got = (_is_holder(side, line, dossier) for side in (told.giver, told.goal))
    if gave or got:
        return None if gave and got else [-1 if gave else 1]
    if told.shared or plan_key(vehicle_key(line.nature or "")):
        return None
    if got is False and gave is False:
        return []
    return [-1] if got is False and not told.giver.sort else _of_a_fund(told, line)


def _of_a_fund(told: Hands, line: Line) -> list[int] | None:
    """What strangers got went out of whatever has partners, by whichever name that is told."""
    partners = line.ownership != "direct" and has_partners(vehicle_key(line.nature or ""))
    return [-1] if partners and told.among_others else None


def _is_holder(side: Party, line: Line, dossier: Dossier) -> bool | None:
    """Whether a side is the holder of a line; None where its words leave that open."""
    if not side.sort:
        return None
    form = _FORM.search(side.words or "") if side.sort in _FORMS else None
    if form:
        return bool(form["not"]) == (line.ownership != "direct")
    if line.ownership == "direct":
        return _is_owner(side, dossier)
    key = vehicle_key(line.nature or "")
    if plan := plan_key(key):
        return _is_plan(side, plan) or None
    return _is_vehicle(side, key, dossier)


def _is_owner(side: Party, dossier: Dossier) -> bool | None:
    """Whether a side is who files, in his own name: where several file, or a company does, others may be one of them."""
    if side.sort in _OWNERS:
        return True
    owners = dossier.head.owners
    if len(owners) > 1 or any(is_a_body(owner.name or "") for owner in owners):
        return None
    return False if side.sort in _OTHERS else None


def _is_vehicle(side: Party, key: str, dossier: Dossier) -> bool | None:
    """Whether a side is the one vehicle of a form's that its name, or its sort, can mean."""
    if side.sort in _STRANGERS:
        return False
    if side.sort in _OWNERS or side.sort == "backers":
        return None
    named = vehicle_key(side.words or "")
    if named == key:
        return True
    if strangers(named, key):
        return False
    every = {vehicle_key(one.nature or "") for one in dossier.lines if one.ownership == "indirect"}
    meant = {one for one in every if _may_mean(named, one)}
    return True if meant == {key} else None


def _may_mean(named: str, key: str) -> bool:
    """Whether words name a vehicle: by a part of its name, or by what sort it is."""
    words, own = {*named.split()}, {*key.split()}
    if words <= own:
        return bool(words)
    more = words - own
    if more <= _ANY and kinds_of(named) & kinds_of(key):
        return not ("revocable" in more and own & _NOT_REVOCABLE)
    return len(words) == 1 and has_partners(named) and has_partners(key)


def _is_plan(side: Party, plan: str) -> bool:
    """Whether a side is a plan, or its fund that holds the issuer's stock."""
    key = vehicle_key(side.words or "")
    named = plan_key(key)
    return "stock fund" in key or (
        bool(named) and (named == "plan" or may_be_one_plan(named, plan))
    )
