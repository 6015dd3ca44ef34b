"""Which way a clause takes the shares it counts, whatever its verb: by who stands on either side of it.

What goes "to the reporting person" came, what goes out of the owner's account went, and a total that
was "raised by 300" has as many more. A clause says so only where it is plain: no condition, no future,
no denial, and nothing by which the shares only change their paper or their keeper.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger.footnotes.amounts import Amount
from ledger.footnotes.clauses import Segment
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.meanings import Sense
from ledger.footnotes.recounts import found_to_be
from ledger.footnotes.text import Sentence, Stated
from ledger.statements import SENSES

_OWNER = (
    r"(?:(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned)|him|her|himself|herself|me)(?!['’]s|\w)"
    r"(?!\s+(?:to|and|or|may|will|has|had|is|was|bec?a[mu]e|first|then)\b)"
)
_OWN = r"(?:(?:the\s+)?(?:reporting\s+(?:person|owner)['’]s|undersigned['’]s)|his|her|my)\s+(?:own\s+|personal\s+|direct\s+|brokerage\s+|individual\s+)*"
_PLACE = r"(?:accounts?|hands|holdings?|ownership|possession|portfolio|name)"
_PAST = (
    r"(?:[a-z]{2,}ed|went|came|fell|passed|left|flowed|made|turned|given|paid|sent|brought|got|took|taken|won|lent|put|come|gone|fallen|drawn"
    r"|withdrawn|sold|bought|lost|swept|received|being)"
)
_CAME = pattern(
    rf"\b{_PAST}\b[^.;]{{0,40}}?(?<!belonged )(?<!entitled )(?<!attributed )(?<!related )(?<!according )(?<!pursuant )(?<!offered )(?<!payable )(?<!due )(?<!respect )(?<!known )(?<!promised )"
    rf"\b(?:(?:to|into|upon|on)\s+(?:{_OWNER}|{_OWN}{_PLACE})|in\s+{_OWN}(?:accounts?|hands|possession)|property\s+of\s+{_OWNER})\b"
    rf"|\bvested\s+in\s+{_OWNER}",
    re.IGNORECASE,
)
"""What came to the owner, or into what is the owner's."""
_WENT = pattern(
    rf"\b(?:(?:left|leaving|departed)\s+(?:{_OWNER}|{_OWN}{_PLACE})"
    rf"|{_PAST}\b[^.;]{{0,40}}?\b(?:from|out\s+of|off)\s+(?:{_OWNER}|{_OWN}{_PLACE}))\b",
    re.IGNORECASE,
)
"""What went from there."""
_TO_OTHERS = pattern(
    r"[^.;,]{0,60}?\b(?:was|were|been|went|passed|fell|came)\b(?:\s+\w+ly)?\s+(?!(?:pledg|attribut|relat|allocat|lodg|post|transferr|deposit|report|sold|issu|award|grant)\w*)[^.;,]{0,60}?"
    r"\b(?:to|upon|into)\s+(?:(?:an?|the|his|her|its|their|such|one)\s+)?(?:(?!reporting\b|undersigned\b)[\w'’-]+\s+){0,3}?"
    r"(?:counterpart(?:y|ies)|buyers?|purchasers?|creditors?|lenders?|transferees?|donees?|issuer|company|acquir[oe]r|charit\w+|foundation|society|hospice|church|school|university|museum|hospital)\b",
    re.IGNORECASE,
)
"""What somebody else was given, who holds for nobody."""
_MORE = pattern(
    r"\b(?:increased|raised|augmented|enlarged|swelled|swollen|grown|grew|risen|rose|bolstered|supplemented|boosted|upped|grossed\s+up)\s+(?:in\s+\w+\s+)?(?:by|with)\s+(?:the\s+|an?\s+(?:further\s+|additional\s+)?)?(?:\w+\s+of\s+)?$"
    r"|\b(?:reporting\s+(?:person|owner)['’]s|his|her)\s+(?:pro[\s-]rata\s+|own\s+|full\s+)?(?:portion|part|allotment|allocation|entitlement|share)\s+(?:of\s+(?:which|this|that|it|them|these|(?:the|such|that)\s+(?:[\w-]+\s+){0,2}?(?:distributions?|dividends?|liquidation|division|dissolution|estate|payout))\s+)?"
    r"(?:was|were|being|came\s+to|amounted\s+to|of|,)\s+(?:an?\s+|the\s+)?$"
    rf"|{_OWN}(?:\d{{4}}\s+)?(?:awards?|accounts?|holdings?|balance|position)\s+(?:(?!\b(?:to|from|by)\b)[\w,]+\s+){{0,4}}?with\s+(?:an?\s+)?(?:further\s+|additional\s+|another\s+)?$"
    r"|\b(?:dividends?|deductions?|contributions?)\b[^.;]{0,50}?\b(?:bought|purchased|acquired|yielded|produced|brought(?:\s+in)?)\s+(?:an?\s+)?(?:further\s+|additional\s+)?$"
    r"|\b(?:up|higher)\s+by\s+(?:an?\s+)?$|\b(?:plus|(?<!the )(?<!in )addition\s+of|adds?|adding|increased?\s+of)\s+(?:an?\s+|the\s+|another\s+)?(?:further\s+|additional\s+)?$",
    re.IGNORECASE,
)
_FEWER = pattern(
    r"\b(?:reduced|lowered|decreased|diminished|cut|fallen|fell|declined|dropped|shrunk|shrank)\s+(?:by|with)\s+(?:the\s+|an?\s+(?:further\s+|additional\s+)?)?(?:\w+\s+of\s+)?$"
    r"|\b(?:down|lower)\s+by\s+(?:an?\s+)?$|\b(?:less|minus|net\s+of|after\s+(?:deduct|subtract|tak)ing(?:\s+(?:off|out|away))?|deducting|subtracting|reduction\s+of|decrease\s+of)\s+(?:an?\s+|the\s+|another\s+)?$",
    re.IGNORECASE,
)
"""Words of arithmetic right before a number, by which a total has so many more, or fewer."""
_OF_SO_MANY = pattern(
    rf"\b(?!(?:notif|inform|advis|remind|assur|appris|warn)\w*)[a-z]+(?:ed|ft)\s+{_OWNER}\s+of\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$",
    re.IGNORECASE,
)
"""What stands before shares that were taken of the owner: "divested her of 500 shares"."""
_REACHED = pattern(
    rf"\s+(?:(?:thus|then|thereby|thereupon|\w+ly)\s+)?(?!(?:left|escaped|evaded|cost|belonged)\b)[a-z]+ed\s+{_OWNER}",
    re.IGNORECASE,
)
"""What follows shares that came by their own verb: "500 shares reached the reporting person"."""
_OPEN = pattern(
    r"\b(?:will|shall|would|may(?!\s+\d)|might|can|could|must|should|needs?|cannot|not|never|none|nobody|neither|nor|no(?!\s+(?:longer|consideration|payment|value|cash))"
    r"|unless|if|until|whether|assuming|provided|subject\s+to|to\s+be|up\s+to|(?:expect|intend|plan|propos|promis|offer|agree|schedul|anticipat|hop|request|undertak|declin|refus|fail|contemplat|reserv)(?:s|es|ed|ing)?\s+to"
    r"|proposed|planned|intended|contemplated|potential|contingent|conditional|entitled|eligible|in\s+the\s+event|in\s+case|had\s+(?:the|he|she|it|they)\b|but\s+for"
    r"|n[’']t|pending|(?<!no )cash|proceeds|\$|covering|already\s+(?:reported|shown|included|counted)|(?<!shares )previously\s+(?:reported|disclosed)(?!\s+(?:shares|holdings|as))|each|every|annually|quarterly)\b",
    re.IGNORECASE,
)
"""By which a clause tells nothing done, or nothing plainly."""
_SAME_SHARES = pattern(
    r"\b(?:certificat\w+|book[-\s]+entry|street\s+name|CUSIP|DRS|DTC|direct\s+registration|legend\w*|stop[\s-]+(?:transfer\s+)?orders?|lock-?ups?"
    r"|voting\s+(?:trust|agreement|rights?)|prox(?:y|ies)|registration\s+statement|resale|(?:Form|Rule)\s+144|(?:maiden|married|former)\s+name|another\s+broker\w*|new\s+broker\w*"
    r"|equal\s+number|margin\s+account|collars?|hedg\w+|(?:call|put)\s+options?|safe\s*keeping|custody)\b",
    re.IGNORECASE,
)
"""What changes the paper, the keeper or the use of shares, and not whose they are."""


_NOT_HIS = pattern(
    r"\bdisclaim\w*|\bfrom\s+(?:an?|the|its|certain|several|two|three)\s+(?:former|departing|departed)\s+(?:\w+\s+)?(?:officer|director|employee|executive|holder|partner)s?\b|\b(?:no|without\s+(?:any|a))\s+(?:(?:direct|indirect|pecuniary|beneficial|economic|financial|or|and)\s+)*interest\b(?!\s+rate)",
    re.IGNORECASE,
)
_ITS_SUBJECT = pattern(
    r"(?:^|[.;]\s+|\bthat\s+|\b(?:19|20)\d\d,\s+)(?P<who>(?:an?|the|his|her|its|one|reporting)\s+[^;]{3,140}?)\s+(?:(?:has|have|had|also|then|since|\w+ly)\s+)*$",
    re.IGNORECASE,
)
_IS_PASSIVE = pattern(
    r"\b(?:was|were|been|being|is|are|shares?|stock|units?|securities|number|total|amount|balance)\s+(?:\w+ly\s+)?$|\b(?:reporting\s+(?:person|owner)|undersigned|he|she|and|issuer|company|corporation|account)\s+(?:(?:has|have|had|also|then|\w+ly)\s+)*$",
    re.IGNORECASE,
)
_GOT = pattern(
    r"(?:acquired|purchased|bought|received|obtained|inherited|got)(?![\w-])", re.IGNORECASE
)
_BY_ANOTHER = pattern(
    r"[^.;]{0,80}?\bby\s+(?:an?|the|his|her|its)\s+(?![^.;,]{0,40}\b(?:brokers?|agent|custodian|administrator|adviser|advisor|nominee)\b|[^.;]{0,60}\bfor\s+(?:his|her|the\s+reporting)\b|(?:reporting\s+(?:person|owner)|undersigned)\b(?!['’])|way\b|means\b|reason\b|virtue\b|operation\b|terms?\b|plan\b|issuer\b|company\b|custodian\b|administrator\b|broker\b)",
    re.IGNORECASE,
)


def not_the_owners(sentence: Sentence, act: re.Match[str] | None) -> bool:
    """Whether a sentence tells of shares that somebody else got, or in which the owner has no interest.

    "A foundation bought 500 shares": whoever is the subject of getting has them.
    """
    text, start, end = sentence
    if _NOT_HIS.search(text, start, end):
        return True
    if act is None or not _GOT.fullmatch(act[0]):
        return False
    before = text[start : act.start()]
    if _IS_PASSIVE.search(before):
        passive = re.search(
            r"\b(?:was|were|been|shares?|stock|units?)\s+(?:\w+ly\s+)?$", before, re.IGNORECASE
        )
        return passive is not None and _BY_ANOTHER.match(text, act.end(), end) is not None
    return _ITS_SUBJECT.search(before) is not None


def told_way(sentence: Sentence, amount: Amount) -> int:
    """Which way a sentence takes an amount of shares, by its roles or its arithmetic; 0 where it leaves that open.

    >>> from ledger.footnotes.amounts import amounts
    >>> def way(text):
    ...     sentence = Sentence(text, 0, len(text))
    ...     return told_way(sentence, next(iter(amounts(sentence, ()))))
    >>> way("500 shares devolved upon the reporting person."), way("500 shares left his account.")
    (1, -1)
    >>> way("500 shares will devolve upon the reporting person."), way("The total was raised by 500 shares.")
    (0, 1)
    """
    text, start, end = sentence
    if counted := found_to_be(text, start, amount.start, amount.end, end):
        return counted
    if _OPEN.search(text, start, end) or _SAME_SHARES.search(text, start, end):
        return 0
    since = max(start, amount.start - 60)
    if _MORE.search(text, since, amount.start):
        return 1
    if _FEWER.search(text, since, amount.start) or _OF_SO_MANY.search(text, since, amount.start):
        return -1
    came = _CAME.search(text, start, end) or _REACHED.match(text, amount.unit_end, end)
    went = _WENT.search(text, start, end)
    went = went or _TO_OTHERS.match(text, amount.unit_end, end)
    return bool(came) - bool(went)


def of_owner(sentence: Sentence) -> bool:
    """Whether a sentence tells of shares that came to the owner, or went from there, by name."""
    return bool(_CAME.search(*sentence) or _WENT.search(*sentence))


_STAYS = pattern(
    r"\b(?:remain(?:s|ed)?|is\s+still)\s+(?:the\s+|their\s+|its\s+)?(?:sole\s+)?(?:beneficial\s+)?owner|\b(?:retain|keep)(?:s|ed)?\s+(?:full\s+|sole\s+)?(?:beneficial\s+)?ownership"
    r"|\bcontinue[sd]?\s+to\s+(?:beneficially\s+)?own\b",
    re.IGNORECASE,
)


def remains_owner(sentence: Sentence) -> bool:
    """Whether a sentence says of shares that whoever owned them does so still."""
    return _STAYS.search(*sentence) is not None


def keeps_shares(sentence: Sentence) -> bool:
    """Whether a sentence only tells of shares' paper, their keeper or their use."""
    return _SAME_SHARES.search(*sentence) is not None


def in_their_roles(
    sentence: Sentence, cut: Sequence[Segment], meant: list[Sense | None]
) -> list[Sense | None]:
    """What amounts are, one turned round where its sentence's roles have it come instead of go.

    What an executor "turned over to the reporting person" went from him, and came to the owner.
    """
    gone = len(meant) == 1 and meant[0] is not None and meant[0].kind == "disposal-note"
    if not gone or told_way(sentence, cut[0].amount) <= 0:
        return meant
    return [Sense("acquisition-note", "acquired")]


def with_its_number(
    sentence: Sentence, cut: Sequence[Segment], told: tuple[Stated, ...]
) -> tuple[Stated, ...]:
    """What a sentence states without an amount, with the one that its roles say moved that way.

    "500 shares left his account under a court's order": no other number is told of the order.
    """
    if len(cut) != 1 or len(told) != 1 or told[0].direction is None:
        return told
    way = told_way(sentence, cut[0].amount) if SENSES[told[0].kind].moves else 0
    if way != (1 if told[0].direction == "acquired" else -1):
        return told
    return (told[0]._replace(shares=cut[0].amount.shares),)
