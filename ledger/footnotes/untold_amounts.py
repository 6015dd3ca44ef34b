"""What a note says was done to a holding, in words that give no number of shares.

A note that states nothing its recognisers know may still tell why a total changed: "takes account
of shares obtained by the regular investment of dividends". Its verb tells that something was done,
the grammar of the clause whether it was (`modality`). Of no size that is told, it explains none; it
is why a total that does not follow need not be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from ledger.footnotes.acts import ACTS
from ledger.footnotes.amounts import amounts
from ledger.footnotes.clauses import Segment, segments
from ledger.footnotes.dates import dates, governed, interval
from ledger.footnotes.hands import hands
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.meanings import counts_another, only_tells_of
from ledger.footnotes.modality import GAINED, LOST, PASSED, done, still_offered
from ledger.footnotes.offered import taken
from ledger.footnotes.parties import of_a_stranger
from ledger.footnotes.remembered import remembered
from ledger.footnotes.reversals import undoes, undone_at_once
from ledger.footnotes.text import Sentence, plain, sentences
from ledger.footnotes.ways import keeps_shares, not_the_owners, of_owner, remains_owner, told_way

_OTHERWISE = (
    r"(?:un|award|grant|approv|effect|determin|report|adopt|execut|round|fil|bas|deem|appoint|elect|calculat|schedul|list|describ|weight"
    r"|designat|regist|entitl|requir|nam|indicat|exempt|issu|comput|measur|valu|expect|limit|relat|attribut|controll|own|manag|serv"
    r"|employ|organi[sz]|form|establish|advis|shar|disclos|includ|exclud|dat|amend|sign(?!ed\s+over)|authori[sz]|administer|design|structur|enter"
    r"|trigger|announc|satisfi|achiev|perform|defin|not|provid|specifi|refer|resid|associat|affiliat|vot|advanc|attach|express|join"
    r"|exercis|convert|mention|stat|disclaim|identifi|engag|act|involv|benefit|subject|restrict|remain|continu|becom|concern|cover"
    r"|option|represent|vest|elaps|prefer|compar|qualifi|divid|publish|regard|treat|permitt|allow|need|call|known|base|complet|consummat|commenc|occurr|clos)"
)
"""Beginnings of verbs of what changes no holding: of grants and plans, of offices, of the report itself."""
_PAST = (
    rf"(?<!\bis\s)(?<!\bare\s)(?<!amended\sand\s)(?!{_OTHERWISE})(?:[a-z]{{2,}}ed|withheld|sold|bought|taken|took|given|gave|came|come\s+down|rose|fell|went|left|swept|brought|sent"
    r"|withdrawn|withdrew|wound\s+up|put|lent|lost|spun\s+off|set\s+apart)(?=\s+(?:in|into|to|from|by|on|out|over|under|with|after|before|upon|through|as|at|for|during|since"
    r"|up|down|off|together|back|away|the|his|her|their|an?|some|part|these|shares|stock|instead|when|because|while|among|twice|again|and)\b"
    r"|[.,;]|$)"
)
"""A verb in a past form, which stands before no noun as an adjective does."""
_NOUNS = (
    r"forfeitures?|donations?|gifts?|distributions?|contributions?|re-?investments?|regular\s+investment|inheritance|recount|cut-?backs?"
    r"|surrender|clawbacks?|redemptions?|withdrawals?|dissolution|liquidation|re-?organi[sz]ation|adjustments?|true-?ups?|dividends?|reconciliation|deliver(?:y|ies)|transfers?"
)
_OF_THE_TOTAL = (
    r"\b(?:reflects?|reflecting|includes?|including|inclusive\s+of|takes?\s+(?:in|account\s+of|into\s+account)|net\s+of|less|after|upon|following|due\s+to"
    r"|because\s+of|result\s+of|gives?\s+effect\s+to|counts|shows|takes\s+up)\s+(?:[\w'-]+\s+){0,4}?"
)
"""What begins the words for what a total has in it, by a noun."""
_COUNTED_IN = (
    r"\b(?:includes?|including|inclusive\s+of|reflects?|reflecting)\s+(?:[\w'-]+\s+){0,3}?(?:shares?|stock|units?)\s+(?:[\w'-]+\s+){0,4}?"
    r"(?:issued|granted|awarded|earned|credited|allocated)\b"
)
"""What a total is said to have in it, of what came to its owner by no row of the form."""
_DEED = pattern(
    rf"\b(?P<verb>{_PAST})|{_OF_THE_TOTAL}(?P<noun>{_NOUNS})\b(?!\s+(?:price|plan|agreement|program|date|polic))|(?P<came>{_COUNTED_IN})",
    re.IGNORECASE,
)
_CAME = pattern(GAINED, re.IGNORECASE)
_WENT = pattern(LOST, re.IGNORECASE)
_TO_THE_OWNER = pattern(
    r"[^.;]{0,30}?\bto\s+(?:the\s+reporting\s+(?:person|owner)|him|her|them)\b", re.IGNORECASE
)
_TO_ANOTHER = pattern(
    r"\bto\s+(?:(?:an?|the|his|her)\s+)?(?!reporting\s+(?:person|owner)\b(?!['’])|undersigned\b|him\b|her\b|date\b)\w",
    re.IGNORECASE,
)
_OWNER_WAS = pattern(
    r"\b(?:reporting\s+(?:person|owner)|undersigned|he|she)\s+(?:was|were|has\s+been|had\s+been)\s+(?:\w+ly\s+|then\s+|also\s+)?$",
    re.IGNORECASE,
)
"""Before a verb by which the owner is given something: "he was paid 500 shares"."""
_ABOUT_SHARES = pattern(
    r"\b(?:shares?|stock|units?|parts?|portions?|remainder|rest|series|class|securit(?:y|ies)|holdings?|ownership|total|number|amounts?|balance|column|figures?|award|rsus?|psus?)\b",
    re.IGNORECASE,
)
_OF_TERMS = pattern(
    r"\b(?:weighted|average|prices?|10b5-1|per\s+share|(?:each|every)\s+(?:\w+\s+){0,4}?(?:shares?|units?|rights?|options?|warrants?|stock|ads|[rp]su)|pecuniary|disclaims?|fair\s+market|deemed|beneficial\w*|voting|power"
    r"|discretion|convertible|exercisable|vests?|vesting\s+(?:dates?|schedules?|commencement|periods?|conditions?|instal\w+)|schedule[ds]?|subject\s+to(?!\s+section)|anniversary|(?<!corporate )(?<!(?:by|to) (?:the|its) )(?:trustees?|managers?)|represents?)\b",
    re.IGNORECASE,
)
"""Words of sentences that tell what shares cost, what a security is, and whose it may be held to be."""


_OF_PRICES = pattern(
    r"\b(?:weighted|average|prices?|10b5-1|per\s+share|each|every|fair\s+market|convertible|exercisable|vest(?:s|ing)?|schedule[ds]?|anniversary|represents?\s+(?:an?|one|the))\b",
    re.IGNORECASE,
)
"""Words of sentences whose numbers are of a price, a rate or an award's terms."""
_ACT = pattern(
    rf"\b(?:{GAINED}|{LOST}|{PASSED}|paid|settled|closed|terminated|ended|turned\s+over|went|gone|took|taken)\b",
    re.IGNORECASE,
)
"""Whereby shares come or go, and with what accounts and interests end."""
_LEFT = pattern(
    r"\b(?:remain\w*|left|leaving|holds?|owns?|retains?|continues?|still|rest)\b",
    re.IGNORECASE,
)
"""What says of a number that so many are left."""
_AS_SECURITY = pattern(
    r"\b(?:(?:as|for)\s+(?:\w+\s+){0,2}?(?:security|collateral)|to\s+secure|pledge[ds]?|pledging|hypothecated|encumbered)\b",
    re.IGNORECASE,
)
_ENFORCED = pattern(
    r"\b(?:sold|sale|foreclos\w+|liquidat\w+|seized|forfeited|default\w*|applied|realiz\w+)\b",
    re.IGNORECASE,
)
"""Shares that secure a debt are their owner's still, unless whoever lent on them took them."""
_NO_MORE = pattern(r"\b(?:no\s+longer|not\b[^.;]{1,60}?\bany\s+(?:longer|more))\b", re.IGNORECASE)
_BY_THE_ISSUER = pattern(
    r"\b(?:issuer|company|registrant|corporation)\s+(?:(?:has|had|then|also|\w+ly)\s+)*(?:made\s+(?:an?\s+)?(?:\w+\s+)?)?$",
    re.IGNORECASE,
)
_KEEPER = pattern(
    r"\b(?:depositary|agent|lender|borrower|pledgee|bank|broker|custodian)\s+(?:(?:has|had|then|\w+ly)\s+)*$",
    re.IGNORECASE,
)
"""Who has shares of another for a time, and gives back what is not taken up or needed."""
_IN_CASH = pattern(r"(?:paid|settled)\b[^.;\d]{0,30}?\b(?:in|for)\s+cash\b", re.IGNORECASE)
"""What is paid so is no share, unless a unit that ends by it."""
_UNITS = pattern(r"\b(?:units?|[rpd]sus?|phantom|equivalents)\b", re.IGNORECASE)
_ENDS = pattern(r"closed|terminated|ended|cancell?ed", re.IGNORECASE)
_OF_PAPER = pattern(
    r"\b(?:trading\s+(?:plan|program|arrangement)|(?:trading|sales?|purchase)\s+(?:plan|agreement|instruction)s?|orders?|instructions?|offers?)\b"
    r"(?:(?!\b(?:shares|stock|and)\s+(?:was|were)\b)[^.;]){0,90}?\b(?:was|were|been)\s+(?:\w+ly\s+|then\s+)?$",
    re.IGNORECASE,
)
"""What ends without a share going: an order, a plan to sell, an offer."""
_PARTED = pattern(
    rf"\b(?:{LOST}|{PASSED}|closed|terminated|ended|end\s+of|no\s+longer)\b", re.IGNORECASE
)
"""Whereby shares, or the accounts that hold them, go."""


class Told(NamedTuple):
    """A sentence by which a holding changed: its words, its verb, and which way that took shares.

    `until` is the last of its days, None where it gives none; `since` the first on which it may have
    happened. A way of 0 is open, but for who gave the shares and who got them. `anothers` says that somebody else is its subject, or the owner has no interest in them;
    `owners`, that the way is that of what came to the owner, or went from there.
    """

    words: str
    verb: str
    way: int
    shares: tuple[Decimal, ...] = ()
    until: date | None = None
    since: date | None = None
    anothers: bool = False
    owners: bool = False


@remembered(4_096)
def untold(text: str) -> tuple[Told, ...]:
    """What the sentences of a note tell to have been done that give no number of shares."""
    note, _ = plain(text)
    return tuple(
        told
        for whole in sentences(note)
        for sentence in _clauses(whole)
        if not _OF_TERMS.search(*sentence) and not amounts(sentence, dates(*sentence))
        for told in _deeds(sentence)
    )


@remembered(4_096)
def counted(text: str) -> tuple[Told, ...]:
    """What the sentences of a note tell to have been done with numbers of shares that they name."""
    note, _ = plain(text)
    found: list[Told] = []
    every = list(sentences(note))
    for sentence, after in zip_longest(every, every[1:]):
        if undone_at_once(sentence) or (after is not None and undoes(after, sentence)):
            continue
        days = dates(*sentence)
        named = tuple(amounts(sentence, days))
        parts = () if _OF_PRICES.search(*sentence) else segments(sentence, named, days)
        no_more = _NO_MORE.search(*sentence)
        shares = tuple(
            p.amount.shares for p in parts if no_more or not _of_another_thing(sentence, p)
        )
        act = no_more or next(
            (one for one in _ACT.finditer(*sentence) if _by_owner(sentence, one)), None
        )
        ways = {told_way(sentence, p.amount) for p in parts}
        secures = _AS_SECURITY.search(*sentence) and not _ENFORCED.search(*sentence)
        secures = secures or still_offered(*sentence) or remains_owner(sentence)
        stays = keeps_shares(sentence) and not _ENFORCED.search(*sentence)
        by_roles = ways.pop() if len(ways) == 1 else 0
        net = taken(sentence, parts)
        shares = (net,) if net else shares
        passed = any(map(partial(hands, sentence.words), shares))
        told_so = (act is not None and not stays) or by_roles or passed or net
        anothers = of_a_stranger(sentence.words) or not_the_owners(sentence, act)
        if shares and told_so and (net or not secures):
            verb = act[0] if act and not stays else ""
            way = (
                by_roles
                or (-1 if net else 0)
                or ((1 if _came(sentence, act) else -1) if act and not stays else 0)
            )
            when = [day for day in days if day.role in ("at", "period")]
            ends = [last for day in when if (last := day.effective_to or day.effective_from)]
            until = max(ends) if ends else None
            at = [day for day in when if day.role == "at"]
            since, _, _ = interval(governed(sentence.text, sentence.start, at) or when)
            told = Told(sentence.words, verb, way, shares)
            owners = bool(by_roles) and of_owner(sentence)
            found.append(told._replace(until=until, since=since, anothers=anothers, owners=owners))
    return tuple(found)


def _of_another_thing(sentence: Sentence, part: Segment) -> bool:
    """Whether a sentence says of shares that they are worth something, say, or that somebody has an option on them."""
    return only_tells_of(sentence, part) or counts_another(sentence, part)


def counted_of_owner(text: str) -> Iterator[Told]:
    """What the sentences of a note tell to have been done with numbers of the owner's shares."""
    return (told for told in counted(text) if told.way and not told.anothers)


_PARTICIPLE = pattern(
    r"(?:\w+ed|given|taken|withheld|sold|bought|paid|lent|drawn|split|put)", re.IGNORECASE
)
_COMPOUND = pattern(
    r"\s+(?:agents?|agreements?|restrictions?|prices?|dates?|polic(?:y|ies)|programs?|plans?|offers?|orders?)\b",
    re.IGNORECASE,
)
"""What makes an act the name of somebody, or of some paper: "the transfer agent"."""
_ITS_NOUN = pattern(
    r"(?:^|[\d),;:]\s*|\b(?:was|were|been|be|being|is|are|has|have|had|and|or|but|to|by|shares?|stock|units?|shs?|securities|parts?|portions?|remainder|rest|he|she|it|they|who|which|that|person|owner"
    r"|undersigned|then|also|not|both|all|thereafter|stock-?holders?|share-?holders?|account)\s+)(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_ITS_OBJECT = pattern(
    r"(?:\s+(?!(?:on|in|at|by|from|to|of|with|during)\b(?!\s+(?:the|an?|its|his|her)\b))[\w'’,-]+){0,6}?\s+\(?\d",
    re.IGNORECASE,
)


def _of_another_noun(sentence: Sentence, act: re.Match[str]) -> bool:
    """Whether a participle says something of a noun that is no shares: "a letter of credit given in May"."""
    text, start, end = sentence
    if _COMPOUND.match(text, act.end(), end):
        return True
    if not _PARTICIPLE.fullmatch(act[0]):
        return False
    before = text[max(start, act.start() - 40) : act.start()]
    return _ITS_NOUN.search(before) is None and _ITS_OBJECT.match(text, act.end(), end) is None


def counts_others(text: str, gap: Decimal) -> bool:
    """Whether a text tells of shares that moved by their number, and not of so many."""
    numbers = {size for told in counted_of_owner(text) for size in told.shares}
    return bool(numbers) and abs(gap) not in numbers


def _by_owner(sentence: Sentence, act: re.Match[str]) -> bool:
    """Whether an act was done, and with shares: not by the issuer with what is its own, nor to a mere plan to sell."""
    text, before = sentence.text, max(sentence.start, act.start() - 40)
    if (
        not done(sentence, act)
        or _of_another_noun(sentence, act)
        or _BY_THE_ISSUER.search(text, before, act.start())
        or (_IN_CASH.match(text, act.start(), sentence.end) and not _UNITS.search(*sentence))
    ):
        return False
    return not (_ENDS.fullmatch(act[0]) and _OF_PAPER.search(text, sentence.start, act.start()))


def _came(sentence: Sentence, act: re.Match[str]) -> bool:
    """Whether an act brings its owner the shares: it is one that does, or gave them back, or awarded them."""
    awarded = act[0].lower() == "awarded" and not _TO_ANOTHER.search(*sentence)
    before = sentence.text[max(sentence.start, act.start() - 60) : act.start()]
    awarded = awarded or _OWNER_WAS.search(before) is not None
    return awarded or _CAME.fullmatch(act[0]) is not None or _given_back(sentence, act)


def _given_back(sentence: Sentence, act: re.Match[str]) -> bool:
    """Whether shares were returned to the owner, or by somebody who had them for a time."""
    text, start, end = sentence
    if not act[0].lower().startswith("return"):
        return False
    back = _TO_THE_OWNER.match(text, act.end(), end)
    return bool(back or _KEEPER.search(text, start, act.start()))


@remembered(4_096)
def left(text: str) -> frozenset[Decimal]:
    """The numbers of which a note says that so many are left, where it tells by what others went."""
    note, _ = plain(text)
    every = [one for one in sentences(note) if not _OF_PRICES.search(*one)]
    parted = any(done(one, act) for one in every for act in _PARTED.finditer(*one))
    return frozenset(
        amount.shares
        for one in every
        if parted and _LEFT.search(*one)
        for amount in amounts(one, dates(*one))
    )


def done_besides(text: str, code: str | None, off: Decimal) -> Told | None:
    """What a note tells to have been done besides the act of its row, by which a total may be off so far."""
    deeds = (told for told in untold(text) if not of_the_row(told, code))
    return next((told for told in deeds if told.way * off >= 0), None)


def _clauses(sentence: Sentence) -> Iterator[Sentence]:
    """The parts of a sentence between semicolons, each of which says a thing of its own."""
    text, start, end = sentence
    for semicolon in _SEMICOLON.finditer(text, start, end):
        yield Sentence(text, start, semicolon.start())
        start = semicolon.end()
    yield Sentence(text, start, end)


_SEMICOLON = re.compile(r";\s+")


def of_the_row(told: Told, code: str | None) -> bool:
    """Whether what a note tells is the very act that the code of its row stands for."""
    return code in ACTS and re.fullmatch(ACTS[code][0], told.verb, re.IGNORECASE) is not None


def _deeds(sentence: Sentence) -> Iterator[Told]:
    """What the verbs of a sentence tell to have been done with shares, and its nouns with the total."""
    about_shares = _ABOUT_SHARES.search(*sentence)
    for deed in _DEED.finditer(*sentence):
        if deed["came"]:
            yield Told(sentence.words, deed["came"].split()[-1], 1)
            continue
        verb = deed["verb"] or deed["noun"]
        if deed["noun"] or (about_shares and done(sentence, deed)):
            way = 1 if _CAME.fullmatch(verb) else -1 if _WENT.fullmatch(verb) else 0
            if way < 0 and _TO_THE_OWNER.match(sentence.text, deed.end(), sentence.end):
                way = 0
            yield Told(sentence.words, verb, way)
