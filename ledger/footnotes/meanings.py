"""What an amount of shares is, as phrases and as its clause tell it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.footnotes.amounts import Amount
from ledger.footnotes.clauses import Segment
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import done
from ledger.footnotes.parties import in_order
from ledger.footnotes.plan_exits import reported_apart
from ledger.footnotes.text import Sentence, undated
from ledger.footnotes.told_moves import Told
from ledger.footnotes.topics import Themes
from ledger.footnotes.unmoved import untouched
from ledger.statements import SENSES, StatementKind
from ledger.types import Direction


class Sense(NamedTuple):
    """What an amount is: its kind, its way, and who stands on the other side.

    `near` says that the words after the amount tell it; otherwise those before it do, and
    they speak for the amounts that follow as well.
    """

    kind: StatementKind
    direction: Direction | None = None
    counterpart: str | None = None
    near: bool = False


def _may_be_of_others(told: Sense) -> bool:
    """Whether phrases say of shares that they went, which may have been a relative's."""
    given = told.kind == "gift-note" or SENSES[told.kind].keeps_interest
    return given and told.direction == "disposed"


def open_to_its_clause(told: Sense | None) -> bool:
    """Whether a clause can make anything else of an amount than phrases do, as `reconciled` has it."""
    if told is None or SENSES[told.kind].describes_total or _may_be_of_others(told):
        return True
    return told.kind in _TOLD_BY_BOTH and not (
        told.kind == "withheld-note" and told.direction == "disposed"
    )


_TOLD_BY_BOTH = frozenset(
    "form-change gift-note forfeiture withheld-note court-transfer annuity-return distribution trust-contribution".split()
)
"""The kinds of movement that clauses tell: of any other, phrases alone know."""


def reconciled(told: Sense | None, framed: Told) -> Sense | None:
    """What phrases and a clause tell of an amount, made one.

    Phrases know more kinds; the clause knows who stands on each side. So it speaks where they
    say nothing of a movement, and where the two disagree on the way: for both where it names
    both parties, and otherwise neither is believed.
    """
    movement = framed.movement
    if movement is None and framed.sure and told and told.direction == "acquired":
        return None
    if movement is None:
        if told and told.kind == "form-change" and told.direction is None:
            return None
        others = told is not None and _may_be_of_others(told)
        if told is None or not others:
            return told
        return None if told.kind == "gift-note" else told._replace(direction=None)
    if told is None or SENSES[told.kind].describes_total:
        return Sense(*movement)
    if movement.kind == "court-transfer" and told.kind in ("form-change", "gift-note"):
        return told._replace(kind=movement.kind, direction=movement.direction, counterpart=None)
    if movement.kind == "withheld-note" and told.kind == "forfeiture":  # for a tax or a price
        return Sense(*movement, near=told.near)
    if (
        told.kind == "form-change"
        and movement.kind == "gift-note"
        and told.direction == movement.direction
    ):
        return Sense(*movement, near=told.near)
    if told.direction is None and movement.direction and told.kind == "form-change":
        return Sense(*movement, near=told.near)
    other = told.direction and movement.direction not in (None, told.direction)
    if not other or told.kind not in (movement.kind, "form-change", "forfeiture"):
        return told
    return Sense(*movement, near=told.near) if framed.sure else told._replace(direction=None)


_SAME_WAY = any_phrase(
    "fashion|likewise|manner|similarly|so|way",
    r"\s+(?:(?:were|was)\s+)?(?:\w+ed|bought)\s+(?:in\s+)?(?:the\s+same|a\s+like|a\s+similar)\s+(?:way|manner|fashion)\b|\s+(?:were\s+)?(?:likewise|similarly|so)\s+(?:\w+ed|bought)\b",
)
"""How an amount is told to be what the one before it was."""


def came_alike(part: Segment) -> bool:
    """Whether an amount is told to be what the one before it was: "8 shares acquired the same way"."""
    return _SAME_WAY.match(part.text, part.amount.unit_end, part.end) is not None


_OF_THESE = pattern(
    r"\s+of\s+(?:these|those|such|the)\s+(?:(?:reported|listed|total|foregoing|above)\s+)?(?:shares|securities|units|total)\b",
    re.IGNORECASE,
)
_COUNTED_HERE = pattern(
    r"[^;]{0,160}?\b(?:is|are|was|were|been)\s+(?:now\s+|also\s+|therefore\s+)?(?:included|reflected|counted|added)\s+(?:in|to)\s+"
    r"(?:the|this|that|his|her|column)\b(?!\s+(?:[\w']+\s+){0,2}?(?:prior|previous|earlier|last)\b)",
    re.IGNORECASE,
)
"""How words after an amount say that the total has it in it."""


def counted_here(part: Segment) -> bool:
    """Whether the words after an amount say that the total has it: "of these shares", "are included in this total"."""
    if _OF_THESE.match(part.text, part.amount.end):
        return True
    return _COUNTED_HERE.match(part.text, part.amount.unit_end, part.end) is not None


_ANOTHER_THING = any_phrase(
    "certificate|account|power|control|authority|discretion|custody|pecuniary|proceeds|claim|order|instruction|bid|request|legend|prox",
    r"\b(?:certificates?|accounts?|power|control|authority|discretion|custody|pecuniary\s+interests?|orders?|prox(?:y|ies)|instructions?|legends?)\s+"
    r"(?:for|over|in|on|covering|evidencing|representing|holding|containing|with\s+respect\s+to|relating\s+to)\s+"
    r"(?:(?:the|his|her|all|an?|aggregate|total|of|these|those|such)\s+){0,4}$"
    r"|\b(?:orders?|instructions?|bids?|requests?)\s+to\s+(?:buy|purchase|sell|acquire|dispose\s+of)\s+(?:up\s+to\s+|(?:an?\s+)?(?:additional|aggregate|total\s+of)\s+)?$"
    r"|\b(?:proceeds\s+(?:from|of)|claims?\s+to)\s+(?:the\s+(?:sale\s+of\s+)?)?$",
)


_NOT_DONE = pattern(
    r"\b(?:not|never)\s+(?:yet\s+|ever\s+)?(?!report|includ|disclos|reflect|count|list)(?:\w+ed|bought|sold|gave|given|receive|acquire|purchase|buy|sell|transfer|give|forfeit)\s+"
    r"(?:(?:any|all|an?|the|of|aggregate|total|part)\s+){0,4}$",
    re.IGNORECASE,
)


_OWN_ACT = pattern(
    r"\b(?:giv(?:e|ing)|gift(?:ing)?|donat(?:e|ing)|contribut(?:e|ing)|transfer(?:ring)?|convey(?:ing)?|assign(?:ing)?|distribut(?:e|ing)|surrender(?:ing)?|forfeit(?:ing)?"
    r"|tender(?:ing)?|return(?:ing)?)(?=\s+(?:(?:(?:any|all|an?|the|his|her|additional|up\s+to)|(?:all|any|some|aggregate|total)\s+of)\s+){0,4}$)",
    re.IGNORECASE,
)
"""The verb of which an amount is the object, in a form that tells nothing done of itself."""
_BY_OTHERS = pattern(
    r"[^.;]{0,60}?\b(?:which|that)\s+(?:it|he|she|they|the\s+\w+)\s+(?:has\s+|have\s+)?reports?(?:ed)?\s+(?:separately|on\s+(?:its|his|her|their)\s+own)\b"
    r"|[^.;,]{0,60}?\breported\s+(?:\w+\s+){0,3}?by\s+(?:an(?:other)?\s|(?:the\s+reporting\s+(?:person|owner)'s|his|her)\s+(?!(?:former\s+)?(?:agent|broker|counsel|attorney)))",
    re.IGNORECASE,
)
"""Behind an amount that somebody else reports."""


_KEPT = r"(?:certificat\w+|(?:paper|physical)\s+form|book[\s-]+entry|electronic|uncertificated|street\s+name|direct\s+registration|DRS|transfer\s+agent|brokerage\s+account|broker)"
_KEPT_OTHERWISE = any_phrase(
    "certificat|paper|physical|book|electronic|street|direct|drs|agent|broker",
    rf"\b{_KEPT}\b[^.;]{{0,90}}?\b(?:to|into|in|for|with|as)\s+(?:[\w'’]+\s+){{0,4}}?{_KEPT}\b",
)
_OTHER_HANDS = pattern(
    r"\b(?:trusts?|trustee|spouse|wife|husband|child(?:ren)?|son|daughter|custod\w+|gifts?|gave|donat\w+|charit\w+|church|foundation|ll[cp]|l\.?p|partner\w*"
    r"|ira|plan|401\s?\(?k|sales?|sold|purchas\w+|bought|acquir\w+|estate|joint\w*|margin|pledg\w+|withheld)\b",
    re.IGNORECASE,
)


def kept_otherwise(sentence: Sentence) -> bool:
    """Whether a sentence tells only how shares are kept: by certificates, in street name, at the transfer agent.

    Whoever held them does so still: "moved from certificated to book-entry form".
    """
    return _KEPT_OTHERWISE.search(*sentence) is not None and not _OTHER_HANDS.search(*sentence)


_BEAR = pattern(
    r"\s+(?:(?:have|has|had)\s+)?(?:accrue|earn|receive|bear|carrie|yield|pay)e?[ds]?\s+(?:(?:an?|the|cash|quarterly|regular|special|accrued)\s+)*(?:dividends?|interest|distributions?|votes?)\b"
    r"(?!\s+equivalents?|\s+(?:reinvest|shares?))",
    re.IGNORECASE,
)
"""What shares have that bear something: "500 shares accrued dividends"."""
_RENAMED = pattern(
    r"\b(?:in|into|under|to)\s+(?:the\s+)?(?:reporting\s+(?:person|owner)['’]s|his|her|my|its)\s+(?:new|married|maiden|full|legal|present|former|birth|corrected)\s+(?:legal\s+)?name\b"
    r"|\b(?:placed|deposited|lodged|put)\s+(?:in|into|with)\s+(?:an?|his|her|the)\s+(?:\w+\s+){0,3}?account\s+(?:\w+\s+){0,3}?in\s+(?:the\s+)?(?:reporting\s+(?:person|owner)['’]s|his|her|my)\s+(?:own\s+|sole\s+|individual\s+)*name\b",
    re.IGNORECASE,
)
"""Behind shares that only have their owner's other name."""
_FROM_ONE = pattern(
    r"\bfrom\s+one\s+(?:\w+\s+){1,2}?(?:to|into)\s+(?:another|the\s+other)\b(?!\s+(?:person|trust|owner|holder|member|spouse))|\bbetween\s+(?:brokers|custodians|(?:brokerage\s+)?accounts\s+of\s+(?:the\s+reporting|his|her))\b",
    re.IGNORECASE,
)
"""Behind shares that one keeper passes on to the next."""
_IN_WHICH = pattern(
    r"\b(?:in|under|by|with|through)\s+which\s+(?:(?:the|all|some|his|her|those|these|of)\s+){0,3}$",
    re.IGNORECASE,
)
_ARE_KEPT = pattern(
    r"\s+(?:(?:is|are)\s+\w+|(?:was|were)\s+(?:held|carried|kept|lodged|registered|owned|recorded))",
    re.IGNORECASE,
)
"""Around shares of which a clause says where they lie, while its sentence tells of that place."""


def only_tells_of(sentence: Sentence, part: Segment) -> bool:
    """Whether an amount only says more of something that is no shares, or of what was not done.

    "Voting power over 500 shares", "has not bought any of the 500 shares", "instead of giving
    500 shares she gave cash": another verb of the sentence says nothing of them.
    """
    if kept_otherwise(sentence) or untouched(sentence, part):
        return True
    since = max(sentence.start, part.amount.start - 60)
    if any(
        words.search(part.text, since, part.amount.start) for words in (_ANOTHER_THING, _NOT_DONE)
    ):
        return True
    if _BY_OTHERS.match(part.text, part.amount.unit_end, part.end):
        return True
    if _BEAR.match(part.text, part.amount.unit_end) or _RENAMED.search(
        part.text, part.amount.unit_end, part.end
    ):
        return True
    if _FROM_ONE.search(part.text, part.amount.unit_end, part.end):
        return True
    led = _IN_WHICH.search(part.text, since, part.amount.start)
    if led and _ARE_KEPT.match(part.text, part.amount.unit_end):
        return True
    own = _OWN_ACT.search(part.text, since, part.amount.start)
    return own is not None and not done(sentence, own)


_RIGHTS_TO = pattern(
    r"\b(?:options?|warrants?|rights?|orders?|calls|puts)\s+(?:(?:written|sold|granted)\s+)?(?:for|over|on|covering|to\s+(?:purchase|acquire|buy))\s+(?:up\s+to\s+)?$|\b(?:when|as|once|after)\s+$",
    re.IGNORECASE,
)


def counts_another(sentence: Sentence, part: Segment) -> bool:
    """Whether an amount is of rights to shares, or of a clause of its own: it is not what the one before it was."""
    since = max(sentence.start, part.amount.start - 60)
    return _RIGHTS_TO.search(part.text, since, part.amount.start) is not None


_LONG_AGO = any_phrase(
    "previously|formerly|originally|historically|inception|creation|formation|years",
    r"\b(?:previously|formerly|originally|historically)\s+(?:transferred|contributed|distributed|given|gifted|donated|received|moved|assigned|conveyed|deposited)\b"
    r"(?![^.;]{0,80}?\bnot\s+(?:yet\s+|previously\s+)?(?:been\s+)?reported)"
    r"|\b(?:in|during|over)\s+(?:prior|previous|past|earlier|the)\s+years\b|\bat\s+(?:its|the\s+trust's)\s+(?:creation|formation|inception)\b",
)
_TOLD_THEN = any_phrase(
    "years|as|which|that|all|report|form|filing|statement",
    r"\bover\s+the\s+years\b|\b(?:in|during)\s+(?:prior|previous|past|earlier)\s+years\b"
    r"|\b(?:was|were|been|as|already)\s+(?:already\s+|duly\s+|fully\s+)?(?!omit|overst|underst|misst|fail|left|exclu|correct|err)[a-z]+(?:ed|wn|en|ld|ut)(?:\s+(?:for|with|out|up|of))?\s+(?:in|on|by)\s+(?:an?|the|his|her|its|their)\s+"
    r"(?:(?:[\w']+\s+){0,2}?(?:earlier|prior|previous|last|preceding)\s+(?:[\w']+\s+){0,2}?(?:reports?|forms?|filings?|statements?)|(?:reporting\s+person's\s+)?forms?\s+[345]\s+(?:of|dated|filed)\b)"
    r"|,\s+(?:as|which|that|all)\s+(?:(?:was|were|has|have|had)\s+(?:been\s+)?|of\s+which\s+(?:was|were)\s+)?(?:previously|already|earlier)\s+(?:reported|disclosed)\b(?!\s+as\b)",
)
"""By which what went is in an earlier report."""
_CONTAINS = pattern(r"\b(?:includ\w+|consist\w*|compris\w*)\b", re.IGNORECASE)
_STILL_HELD = pattern(r"\bcontinues?\s+to\s+be\s+(?:held|owned|included|reported)\b", re.IGNORECASE)
"""Words of what came long ago, and of the total that has held it since."""


def come_here(part: Segment, told: Sense | None) -> Sense | None:
    """What an amount is; a plan's shares that were reported apart before have come to the direct ones.

    Whether the words tell of their purchase, of where they lie, or of how they were moved.
    """
    if told is None:
        return told
    sense = SENSES[told.kind]
    in_total = sense.describes_total and sense.sign >= 0
    passed = told.direction != "disposed" and sense.keeps_interest
    if not (sense.from_plan or in_total or told.kind == "form-change" or passed):
        return told
    plan = reported_apart(part.text[part.start : part.end])
    return Sense("form-change", "acquired", plan) if plan else told


def came_long_ago(sentence: Sentence, part: Segment, told: Sense) -> Sense:
    """What an amount on no day is that a total has held for long, or that went long ago, however it did."""
    gone = SENSES[told.kind].moves and told.direction == "disposed" and not part.dated
    if gone and _TOLD_THEN.search(part.text, sentence.start, part.end):
        return Sense("previously-reported", None, told.counterpart)
    keeps = SENSES[told.kind].keeps_interest and told.direction != "disposed"
    if part.dated or not keeps or not _LONG_AGO.search(part.tail):
        return told
    if _STILL_HELD.search(part.tail):
        return Sense("previously-reported", None, told.counterpart)
    led = _CONTAINS.search(sentence.text, sentence.start, part.amount.start)
    return Sense("composition", None, told.counterpart) if led else told


_BY_SO_MANY = pattern(
    r"\b(?:increase\s+of|(?:rose|risen|grew|grown|increased|up)\s+by)\s+(?:an?\s+)?$", re.IGNORECASE
)


def rose_by(part: Segment) -> bool:
    """Whether an amount is that by which a holding rose."""
    since = max(0, part.amount.start - 40)
    return _BY_SO_MANY.search(part.text, since, part.amount.start) is not None


_NET = any_phrase(
    "acquired|got|issued|paid|received",
    r"\b(?:person|owner|undersigned|he|she|and|was|were)\s+(?:\w+ly\s+|then\s+)?(?:received|issued|acquired|paid|got)\s+(?:an?\s+(?:net|total|aggregate)\s+of\s+|a\s+net\s+|the\s+)?$",
)
_ISSUED = pattern(
    r"\s+(?:(?:were|was)\s+)?(?:then\s+)?(?:issued\b|(?:delivered|released|paid)\s+to\s+(?:the\s+)?(?:reporting|him\b|her\b|undersigned))",
    re.IGNORECASE,
)
_NET_OF = pattern(
    r"\s*(?:of\s+(?:common\s+)?stock\s*)?[,(]?\s*(?:which\s+(?:is|are)\s+)?(?:net|after\s+deduct(?:ion|ing))\s+(?:of\s+)?(?:(?:the|any|those|certain)\s+)?(?:shares\b|stock\b|those\b|withh)",
    re.IGNORECASE,
)
"""Before, and behind, what was left when others had been withheld."""


def left_over(sentence: Sentence, part: Segment) -> bool:
    """Whether an amount is what its owner got in the end, others having been withheld."""
    since = max(sentence.start, part.amount.start - 80)
    got = _NET.search(part.text, since, part.amount.start) is not None
    after = part.amount.unit_end
    return got or any(words.match(part.text, after) is not None for words in (_ISSUED, _NET_OF))


_UPON = pattern(
    r"\b(?:settlement|vesting|exercise|conversion|release|lapse|grant|award|redemption|of\s+the)\s+of\s+"
    r"(?:an?\s+(?:aggregate|total)\s+of\s+|up\s+to\s+|the\s+)*$",
    re.IGNORECASE,
)
"""What stands before the number of what vested, where something else happened to a part of it."""
_UNITS_VESTED = pattern(
    r"(?<=\bunits)\s+(?:(?:that|which)\s+)?(?:had\s+|have\s+)?(?:vested|settled)\b|(?<=\bRSUs)\s+(?:(?:that|which)\s+)?(?:had\s+|have\s+)?(?:vested|settled)\b",
    re.IGNORECASE,
)


def is_what_vested(sentence: Sentence, part: Segment) -> bool:
    """Whether an amount is the number of units that vested, of which another number tells what came."""
    first, last = max(sentence.start, part.amount.start - 90), part.amount.start
    if _UPON.search(undated(sentence.text)[first:last]):
        return True
    return part.place > 0 and _UNITS_VESTED.match(part.text, part.amount.unit_end) is not None


_AND = pattern(
    r"(?:\s|\b(?:of|common|ordinary|preferred|stock|shares?|class\s+[a-z]|units?|options?|warrants?)\b)*"
    r"\s*(?:,\s*)?\band\s*",
    re.IGNORECASE,
)
_DESCRIBED = pattern(r"\b(?:restricted|unvested|vested|RSUs?|PSUs?|deferred)\b", re.IGNORECASE)
_NEAR = 70
"""How many letters behind an amount its own cause may stand."""
_RESPECTIVELY = pattern(r"\brespectively\b", re.IGNORECASE)


def under_one_verb(sentence: Sentence, part: Segment, following: Segment) -> bool:
    """Whether what follows two amounts is said of both: "excludes 500 shares and 200 options given".

    Not where the first has words of its own: "includes 500 unvested shares and 200 shares given".
    """
    amount, text = part.amount, sentence.text
    beside = _AND.fullmatch(text, amount.unit_end, following.amount.start)
    return bool(beside) and not _DESCRIBED.search(text, amount.start, amount.unit_end)


def brought(sentence: Sentence, at: int, found: Sequence[Amount], themes: Themes) -> list[Amount]:
    """The amounts beside a split that no plan's words behind them give another cause: dividends reinvested."""
    plans = [family for family in themes.happened if SENSES[family.kind].from_plan]
    return [
        one
        for one in found
        if one.start < at
        or not any(
            family.cue.search(sentence.text, one.unit_end, min(sentence.end, one.unit_end + _NEAR))
            for family in plans
        )
    ]


def named_in_order(
    sentence: Sentence, cut: Sequence[Segment], found: list[Sense | None]
) -> list[Sense | None]:
    """The senses with the names of a list "respectively" given to each in its order."""
    if len(cut) < 2 or not _RESPECTIVELY.search(*sentence):
        return found
    names = in_order(sentence.text, cut[-1].amount.unit_end, sentence.end, len(cut))
    if not names:
        return found
    return [
        sense and sense._replace(counterpart=name) for sense, name in zip(found, names, strict=True)
    ]
