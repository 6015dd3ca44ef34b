"""What ends that made a vehicle's shares the owner's: an office, a marriage, an interest, a life.

Who resigns as trustee, is divorced, sells the interest in a company, or whose ward comes of
age has from that day nothing to report of what the vehicle holds (Rule 16a-1(a)(2)); the same
where the vehicle itself ends, or parts with all its shares. What is read is that one of these
happened, to the owner or to the vehicle, and which vehicle it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger.footnotes.dates import dates
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.modality import done
from ledger.footnotes.parties import vehicle
from ledger.footnotes.prefilter import Stems
from ledger.footnotes.remembered import remembered
from ledger.footnotes.text import Sentence, plain, sentences

_BE = r"(?:(?:was|were|has|have|had|been|being|having|got|then|now|since|also|duly|\w+ly)\s+)"
_OFFICE = (
    r"(?:(?:an?|the|one\s+of\s+the|its|their|sole|successor|independent|managing|acting|individual|administrative|voting|as)\s+){0,4}"
    r"(?P<office>(?:co-?\s?)?(?:trustees?|execut(?:ors?|rix)|administrat(?:ors?|rix)|personal\s+representatives?|custodians?"
    r"|guardians?|conservators?)|(?:(?:general|managing|limited)\s+)?partners?|managing\s+members?|members?|managers?|beneficiar(?:y|ies)"
    r"|(?:share|stock|unit)holders?)\b"
)
_ME = r"(?:reporting\s+(?:person|owner)|undersigned)"
_LEFT = any_phrase(
    "trustee|execut|administrat|guardian|custodian|conservator|member|partner|manager|managing|beneficiar|personal|holder",
    rf"\b(?=[acdhinrsw])(?:{_BE}*(?:resigned|stepped\s+down|retired|withdrew|removed|replaced|discharged|relieved)\s+"
    r"(?:(?:voluntarily|effective)\s+)?(?:from\s+(?:the|his|her)\s+(?:\w+\s+){0,2}(?:of|as)|as|from\s+being)"
    r"|(?:ceased|stopped)\s+(?:(?:to\s+(?:be|act|serve|function)|being|acting|serving)\b(?:\s+as\b)?|as)"
    r"|(?:(?:is|are|was|were|has|have)\s+)?no\s+longer(?:\s+(?:been|be|being|acts?|acting|acted|serves?|serving|served)\b)?(?:\s+as\b)?)"
    rf"\s+{_OFFICE}",
)
_OVER = any_phrase(
    "trusteeship|custodianship|guardianship|conservatorship|executorship|service|term|role|tenure|appointment|authority|office|position|capacity|duties & ended|terminated|expired|ceased|concluded|came",
    r"\b(?:(?P<office>trusteeship|custodianship|guardianship|conservatorship|executorship)"
    r"|(?:service|term|role|tenure|appointment|authority|office|position|capacity|duties)\s+as\s+"
    rf"{_OFFICE.replace('?P<office>', '?P<served>')})(?P<of>[^.;]{{0,80}}?)\s"
    rf"{_BE}*(?:ended|terminated|expired|ceased|concluded|came\s+to\s+an\s+end)\b",
)
_RESIGNATION = pattern(
    rf"\b(?:(?:his|her|{_ME}'s)\s+(?:resignation|removal|retirement|replacement|withdrawal)"
    rf"|(?:resignation|removal|retirement)\s+(?:of|by)\s+the\s+{_ME})\s+(?:of|as)\s+{_OFFICE}"
    rf"|\b(?:replaced|succeeded|in\s+(?:the\s+)?(?:place|stead)\s+of|to\s+(?:replace|succeed))\s+(?:the\s+)?"
    rf"(?:{_ME}|him|her)\s+as\s+{_OFFICE.replace('?P<office>', '?P<passed>')}",
    re.IGNORECASE,
)
_DIVORCED = pattern(
    rf"\b(?:{_BE}+(?:divorced|legally\s+separated)\b(?!\s+(?:wife|husband|spouse))"
    rf"|(?P<own>(?:his|her|their|{_ME}'s)\s+(?:marriage|divorce))\b[^.;,]{{0,60}}?\s(?:was|were|became|has\s+been)\s+"
    r"(?:\w+ly\s+)?(?:dissolved|annulled|final\b|finali[sz]ed|granted|effective|completed?|entered|decreed|pronounced))",
    re.IGNORECASE,
)
_RELATIVE = r"(?:(?:step|grand)?(?:sons?|daughters?|child(?:ren)?|mother|father|parents?)(?:-in-law)?|brother|sister|wife|husband|spouse|aunt|uncle)"
_DIED = pattern(
    rf"\b(?:his|her|my|{_ME}'s)\s+(?:late\s+|minor\s+|adult\s+)?(?P<who>{_RELATIVE})\s+(?:{_BE}*died\b|(?:has\s+|had\s+)?passed\s+away\b)",
    re.IGNORECASE,
)
_GREW_UP = any_phrase(
    "moved|left|household|residence|home|age|emancipated|majority|18|21|25|eighteen|twenty|longer|adulthood",
    rf"\b(?:(?P<grown>{_RELATIVE})|(?P<ward>minors?|beneficiar(?:y|ies)|ward))\b[^.;]{{0,60}}?\s"
    rf"(?:moved\s+out\b|(?:moved\s+(?:away\s+)?from|left)\s+(?:the|his|her|(?:the\s+)?{_ME}'s)\s+(?:\w+\s+)?(?:household|home|residence)"
    r"|(?:established|set\s+up|formed)\s+(?:his|her|their|an?)\s+(?:own|separate)\s+(?:household|residence|home)"
    rf"|came\s+of\s+age|{_BE}+emancipated"
    r"|(?:attained|reached|turned)\s+(?:(?:the|his|her)\s+)?(?:legal\s+)?(?:(?:age\s+)?(?:of\s+)?(?:majority|18|21|25|eighteen|twenty-?\s?one)\b|full\s+age|adulthood)"
    r"|(?:is|are|was|were)\s+no\s+longer\s+(?:an?\s+)?(?:minors?|dependents?)(?:\s+child(?:ren)?)?\b"
    rf"|(?:(?:ceased|stopped)\s+(?:to\s+be|being)|{_BE}*(?:is\s+)?no\s+longer(?:\s+being)?)\s+(?:an?\s+)?(?:members?|part)\s+of\s+(?:the|his|her|(?:the\s+)?{_ME}'s)\s+(?:\w+\s+)?(?:household|home)"
    rf"|no\s+longer\s+(?:shares?|lives?|resides?|living|residing)\b\s+(?:(?:in|with|at)\s+)?(?:the\s+)?(?:his|her|same|{_ME}'s|{_ME})(?:\s+(?:household|home|residence))?\b)",
)
_STAKE = (
    r"(?:membership|partnership|member|partner|ownership|equity|limited\s+liability\s+company|LLC|LP|beneficial|economic)\s+"
    r"(?:interests?|units?|stake)\b"
)
_SOLD = (
    r"(?:sold|transferred|assigned|disposed\s+of|redeemed|relinquished|surrendered|conveyed|gave\s+up|donated|contributed"
    r"|exchanged|liquidated)"
)
_STAKE_SOLD = any_phrase(
    "interest|unit|stake|partnership|fund|llc",
    rf"\b(?:{_SOLD}\s+(?:all\s+(?:of\s+)?)?(?:(?:his|her|its|their|the|all|entire|whole|remaining|sole"
    rf"|{_ME}'s|100\s?%|of|general|limited)\s+){{1,6}}{_STAKE}"
    rf"|{_SOLD}\s+(?:all\s+(?:of\s+)?)?(?:his|her|its|{_ME}'s)\s+(?:(?:entire|whole|remaining|sole|direct|indirect)\s+){{0,2}}(?P<bare>interests?)(?=\s+in\s+[^.;]{{3}})"
    rf"|(?:his|her|its|their|{_ME}'s)\s+(?:(?:entire|whole|remaining|sole|general|limited)\s+){{0,2}}{_STAKE}[^.;]{{0,60}}?\s"
    r"(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:sold|transferred|assigned|redeemed|relinquished|surrendered|conveyed"
    r"|liquidated|bought\s+out|repurchased|acquired)\b"
    r"|(?:has|have|had|holds?|retains?)\s+no\s+(?:further|remaining|continuing|more)\s+(?:\w+\s+(?:or\s+\w+\s+)?)?interest\b"
    r"|(?:ceased|stopped)\s+to\s+(?:have|hold|own|be\s+(?:an?|the)\s+(?:owner|holder)\s+of)\s+(?:an?|any)\s+(?:\w+\s+)?(?P<any>interests?)(?=\s+in\s+[^.;]{3})"
    r"|(?:withdrew|retired|exited|resigned)\s+(?:as\s+\w+\s+)?from\s+(?:the|that|such)\s+(?:\w+\s+){0,4}?(?:partnership|fund|llc)\b)"
    r"(?!\s+in\s+the\s+(?:issuer|company|corporation)\b)",
)
_POWER = r"(?:(?:sole|shared|sole\s+or\s+shared)\s+)?voting\s+(?:power\s+)?(?:n?or|and)\s+(?:investment|dispositive)\s+(?:power|control|authority)\b"
_POWERLESS = pattern(
    rf"\b(?:(?:has|have|had)\s+(?:had\s+)?(?P<since>neither|no)\s+{_POWER}"
    rf"|(?:has|have|had)\s+no\s+longer\s+(?:any\s+)?{_POWER}|no\s+longer\s+(?:has|had|have|holds?|held|exercises?)\s+(?:any\s+)?{_POWER})",
    re.IGNORECASE,
)
_SINCE = pattern(r"\bsince\s", re.IGNORECASE)
"""What makes an end of having no power: without a day from which it was so, it was never otherwise."""
_END_VERBS = r"terminated|dissolved|liquidated|wound\s+up"
_END_NOUNS = r"(?:liquidation|dissolution|winding[\s-]up|termination)"
"""How a vehicle ends, and what its end is called."""
_VEHICLE = (
    r"(?:trusts?|grats?|qprts?|estate|partnership|l\.?l\.?c\b\.?|l\.?p\b\.?|fund|foundation|custodianship|guardianship"
    r"|(?:(?:utma|ugma|custodial|ira|keogh|brokerage|joint|401\s?\(?k\)?|retirement|savings|plan)\s+)?accounts?|ira|401\s?\(?k\)?(?:\s+plan)?)"
)
_NAMED = r"(?:\s*\([^)]{1,50}\)|\s+(?:for|of|dated|u/a|previously|formerly|that|which)\s[^.;]{1,70}?|,\s+(?:which|of\s+which|whose)\s(?:[^.;,]|,(?=\d)){1,70},)?"
_WOUND_UP = pattern(
    rf"\b(?:(?P<vehicle>{_VEHICLE}){_NAMED}\s+(?:{_BE}*(?:{_END_VERBS}|closed|revoked|paid\s+out|cashed\s+out)\b"
    r"|(?:expired|ended|ceased\s+to\s+exist|came\s+to\s+an\s+end)\b)(?!\s+(?:an?|the|its|his|any)\b)"
    r"|(?:administration|settlement|probate)\s+of\s+(?:the|his|her)\s+(?:[\w']+\s+){0,4}?(?P<estate>estate)\b[^.;,]{0,40}?\s"
    rf"{_BE}*(?:completed|closed|concluded|finished|ended)\b)",
    re.IGNORECASE,
)
_OTHER_THINGS = r"\s+(?:of\s+)?(?:(?:its|the|their)\s+)?(?:\w+\s+)?(?:bonds?|notes?|debentures?|property|real\s+estate|land|options|warrants)\b"
_ALL_GONE = any_phrase(
    "sold|distributed|disposed|transferred|gave|donated|liquidated|tendered|passed|went|given|removed",
    rf"\b(?:(?P<vehicle>{_VEHICLE}){_NAMED}\s+(?:(?:has|have|had|then|also|subsequently)\s+)*(?:sold|distributed|disposed\s+of|transferred|gave|donated"
    rf"|liquidated|tendered)\s+(?:out\s+)?(?:(?:all|100\s?%)\b(?!\s+(?:or|fractional))(?!{_OTHER_THINGS})|(?:its|their)\s+(?:entire|whole|remaining)\s)"
    r"|(?:its|whose)\s+(?:(?:entire|remaining|\d[\d,]*)\s+)?(?:shares?|holdings?|stock)\s+"
    r"(?:(?:was|were|has|have|had|been|all|therefore|then|accordingly)\s+){0,4}(?:sold|passed|went|distributed|transferred|given|removed)\b)",
)
_STRANGER = (
    r"(?:an?\s+|the\s+)?(?:(?:unaffiliated|unrelated|independent|third|outside|other|another|new)[\s-]+){1,2}"
    r"(?:part(?:y|ies)|buyers?|purchasers?|persons?|compan(?:y|ies)|investors?|owners?|group)\b"
)
_WITH_IT = (
    r"(?:(?:together|along)\s+with\s+(?:what|all|everything|its|the\s+(?:\w+\s+)?shares)\b|with\s+(?:all|everything)\b"
    r"|including\s+(?:(?:all|of|the|its|\d[\d,]*)\s+){1,3}(?:\w+\s+)?shares\b)"
)
"""Who buys a company and is no kin of its owner, and words by which what it held went with it."""
_OWNED = (
    rf"(?:(?:his|her|{_ME}'s)\s+(?:[\w-]+\s+){{0,3}}?(?P<owned>(?-i:company|corporation))"
    rf"|the\s+(?P<held>(?-i:company|corporation))\s+(?:(?:through|by|in)\s+which|(?:that|which)\s+(?:held|holds|owned|owns))\s[^.;]{{1,80}}?)"
)
_SOLD_WHOLE = any_phrase(
    "third|unaffiliated|unrelated|independent|outside|another|other|new|with|including & sold|acquired|bought|purchased",
    rf"\b(?:(?:(?P<vehicle>{_VEHICLE}|(?:inc|corp)\b\.?|corporation){_NAMED}|{_OWNED})\s+(?:was|were|has\s+been|have\s+been|had\s+been)\s+(?:\w+ly\s+)?"
    rf"(?:sold|acquired|bought|purchased)\b(?=[^;]{{0,60}}?\s(?:(?:to|by)\s+{_STRANGER}|{_WITH_IT}))"
    rf"|sold\s+(?P<sold>(?-i:[A-Z][\w.'&-]*\s+){{1,6}}?(?-i:L\.?L\.?C|L\.?P|Inc|Corp|Ltd)\b)\.?(?!\s+(?:shares?|units?|stock|interests?|common|class))"
    rf"(?=[^;]{{0,120}}?\s(?:to\s+{_STRANGER}|{_WITH_IT})))",
)
_OF_ITS_SHARES = pattern(
    r"\b(?:by|of|in|from|through|to|for|with|under)\s+(?:the\s+)?$", re.IGNORECASE
)
"""What stands before a vehicle's name where it is not the vehicle that was sold."""
_ALL_OF_ITS_STOCK = pattern(
    r"\ball\s+(?:of\s+)?(?:the\s+)?(?:(?:issued|and|outstanding|equity|capital|membership|partnership|ownership)\s+){0,4}"
    r"(?:equity|stock|shares|interests?|units)\s+(?:of|in)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""And where it is, all the same."""
_AT_ITS_END = pattern(
    rf"\b(?:{_END_VERBS}|{_END_NOUNS}\s+of)\b|\b(?:its|the)\s+(?:complete\s+|final\s+)?{_END_NOUNS}\b",
    re.IGNORECASE,
)
_NO_VEHICLE_S_END = pattern(
    r"\b(?:employment|plan|agreement|service|partly|partial\w*)\b", re.IGNORECASE
)


class Tie(NamedTuple):
    """Words that say of one sort of tie that it ended.

    `stems` are fragments of which every sentence that has them contains one.
    """

    cue: re.Pattern[str]
    stems: Stems


TIES = (
    Tie(
        _LEFT,
        Stems(
            *("resigned", "stepped", "retired", "withdrew", "removed", "replaced", "discharged"),
            *("relieved", "ceased", "stopped", "no longer"),
        ),
    ),
    Tie(
        _OVER,
        Stems("ended", "terminated", "expired", "ceased", "concluded", "came to an end"),
    ),
    Tie(
        _RESIGNATION,
        Stems(
            *("resignation", "removal", "retirement", "replace", "withdrawal", "succeed"),
            *("succeeded", "in the place", "in place", "in stead", "in the stead"),
        ),
    ),
    Tie(_DIVORCED, Stems("divorce", "separated", "marriage")),
    Tie(_DIED, Stems("died", "passed away")),
    Tie(
        _GREW_UP,
        Stems(
            *("moved", "left", "household", "residence", "home", "came of age", "emancipated"),
            *("attained", "reached", "turned", "no longer"),
        ),
    ),
    Tie(
        _STAKE_SOLD,
        Stems(
            *("sold", "transferred", "assigned", "disposed", "redeemed", "relinquished"),
            *("surrendered", "conveyed", "gave", "donated", "contributed", "exchanged"),
            *("liquidated", "bought out", "repurchased", "acquired", "no further"),
            *("no remaining", "no continuing", "no more", "withdrew", "retired", "exited"),
            *("resigned", "ceased", "stopped"),
        ),
    ),
    Tie(_SOLD_WHOLE, Stems("sold", "acquired", "bought", "purchased")),
    Tie(
        _POWERLESS,
        Stems("neither", "no voting", "no shared voting", "no sole", "no longer"),
    ),
    Tie(
        _WOUND_UP,
        Stems(
            *("terminated", "dissolved", "liquidated", "wound up", "closed", "revoked"),
            *("paid out", "cashed out", "expired", "ended", "ceased", "came to an end"),
            *("administration", "settlement", "probate"),
        ),
    ),
    Tie(
        _ALL_GONE,
        Stems(
            *("sold", "distributed", "disposed", "transferred", "gave", "donated", "liquidated"),
            *("tendered", "passed", "went", "given", "removed"),
        ),
    ),
)
"""Every such end, in the order in which a sentence is asked for them."""

_OWNER = (
    rf"(?:{_ME}s?(?!'s)|insider|filer|he|she|I|(?:mr|ms|mrs|dr)\.?\s+[\w-]+(?!'s|\w))"
    r"(?:\s+and\s+(?:(?:his|her|the)\s+)?(?:\w+\s+)?\w+)?"
)
_PERSON = pattern(
    rf"\b(?:(?P<owner>{_OWNER})|(?P<spouse>wife|husband|spouse)|(?:{_RELATIVE}|cousin|nephew|niece|attorney|lawyer|adviser|advisor"
    r"|friend|colleague|bank|predecessor|successor|(?:co-?)?trustee(?!s?\s+of))s?)\b|(?-i:[A-Z][a-z]+\s+[A-Z][\w.]+(?=\s*$))",
    re.IGNORECASE,
)
"""Who may be the subject of an end: the owner, or somebody else."""
_STAYS = pattern(
    r"\b(?:remains|remained|continues?\s+to|continued\s+to|still|retains?|retained)\b",
    re.IGNORECASE,
)
"""Words by which, whatever ended, the owner goes on to hold or to serve."""
_ON_CONDITION = pattern(
    r"\b(?:until|if|unless|once|as\s+long\s+as|whenever|such\s+time\s+as|in\s+the\s+event|provided|when\s+(?:he|she|it)\s+is)\b[^.;,]{0,60}$",
    re.IGNORECASE,
)
_ELSEWHERE = pattern(
    r"\s*(?:of|for|to|on|in)\s+(?:[\w'().&-]+\s+){0,7}?(?:401|plans?|committee|pensions?|council|association|university|college|school"
    r"|hospital|museum|church|issuer|board|bank|department)\b",
    re.IGNORECASE,
)
"""An office that holds no vehicle's shares for anybody: a plan's, a committee's, a school's."""
_OF = pattern(r"\s*(?:of|for|in|to|under)\s+", re.IGNORECASE)
_HOLDS = pattern(rf"\b(?:{_VEHICLE}|utma|ugma)(?!\w)", re.IGNORECASE)
_NAME = pattern(r"(?:[A-Z\d][\w.'&-]*)\s+(?:(?:[A-Z\d][\w.'&-]*|of|and)\s+){0,5}$")
_SORTS = (
    (pattern(r"trust|grat|qprt", re.IGNORECASE), "trust"),
    (pattern(r"execut|administrat|representative|estate", re.IGNORECASE), "estate"),
    (
        pattern(r"custod|guardian|conservator|ward|minor|beneficiar|utma|ugma", re.IGNORECASE),
        "custodian",
    ),
)
_REACH = 160


def ended(sentence: Sentence, ties: Sequence[Tie]) -> str | None:
    """The vehicle to which a sentence says that a tie ended, by its name or sort; None for none.

    `ties` are those the sentence may speak of. Not what will or may end, what another's office was, or where the owner stays what he was.
    """
    text, start, end = sentence
    for cue, _ in ties:
        said = cue.search(text, start, end)
        if said is None or not done(sentence, said):
            continue
        before = max(start, said.start() - _REACH)
        if _ON_CONDITION.search(text, before, said.start()):
            continue
        if cue is _POWERLESS and said["since"] and not _SINCE.search(text, before, said.start()):
            continue
        if _STAYS.search(text, start, min(len(text), end + _REACH)):
            return None
        found = _vehicle_meant(cue, said, sentence)
        if found:
            return found
    return None


def tie_ended(text: str) -> bool:
    """Whether a note tells that the owner's tie to some vehicle ended: sold, left, divorced."""
    return any(ended(sentence, TIES) for sentence in sentences(plain(text)[0]))


def at_its_end(words: str) -> bool:
    """Whether words on what a vehicle gave say that it ended: then it gave all that it held."""
    return _AT_ITS_END.search(words) is not None and _NO_VEHICLE_S_END.search(words) is None


def _vehicle_meant(cue: re.Pattern[str], said: re.Match[str], sentence: Sentence) -> str | None:
    """Which vehicle a cue's words mean; None where they speak of somebody or something else."""
    text, start, end = sentence
    named = {
        name: text[slice(*said.span(name))]
        for name, words in said.groupdict().items()
        if words and name != "since"
    }
    before = max(start, said.start() - _REACH)
    of_a_person = cue in (_LEFT, _STAKE_SOLD, _POWERLESS, _DIVORCED) or "sold" in named
    if of_a_person and "own" not in named:
        people = list(_PERSON.finditer(text, before, said.start()))
        if cue is _DIVORCED and not all(who["owner"] or who["spouse"] for who in people):
            return None
        if cue is not _DIVORCED and people and not people[-1]["owner"]:
            return None
        if {"bare", "any"} & named.keys():
            return _company(text, said.end(), end) if people else None
    if cue is _DIVORCED:
        return "spouse"
    if cue in (_LEFT, _OVER, _RESIGNATION):
        after = said.start("of") if "of" in named else said.end()
        return _of_an_office(next(iter(named.values())), text, after, end)
    if cue in (_STAKE_SOLD, _POWERLESS):
        return _named(text, said.end(), end) or _last(text, before, end)
    if "vehicle" in named:
        days = dates(text, before, said.start("vehicle"))
        before = max((day.end for day in days if day.precision == "day"), default=before)
        name = _NAME.search(text, before, said.start("vehicle"))
        begins = name.start() if name else said.start("vehicle")
        in_part = cue is _SOLD_WHOLE and _OF_ITS_SHARES.search(text, before, begins)
        if in_part and not _ALL_OF_ITS_STOCK.search(text, before, begins):
            return None
        return f"{name[0] if name else ''}{named['vehicle']}"
    words = next(iter(named.values()), None)
    return _sort(words) or words if words else _last(text, before, said.start())


def _of_an_office(office: str, text: str, after: int, end: int) -> str | None:
    """The vehicle in which an office was held: named after it, else of the office's sort.

    A member, manager or partner may be one of anything: what it is of must be a vehicle.
    """
    if _ELSEWHERE.match(text, after, end):
        return None
    return _named(text, after, end) or _sort(office)


def _named(text: str, after: int, end: int) -> str | None:
    """The vehicle named right after some words: "of the Birch Trust"."""
    of = _OF.match(text, after, end)
    found = vehicle(text, of.end(), end) if of else None
    held = list(_HOLDS.finditer(found.words)) if found else []
    return found.words[: held[-1].end()] if found and held else None


def _company(text: str, after: int, end: int) -> str | None:
    """The company, or other vehicle, that is named by a name of its own right after some words."""
    of = _OF.match(text, after, end)
    found = vehicle(text, of.end(), end) if of and text[of.end()].isupper() else None
    return found.words if found and found.sort in ("entity", "trust", "charity") else None


def _last(text: str, start: int, end: int) -> str | None:
    """The last vehicle that a stretch of text speaks of, by its sort."""
    found = list(_HOLDS.finditer(text, start, end))
    return text[slice(*found[-1].span())] if found else None


def _sort(words: str) -> str | None:
    """The sort of vehicle that an office is of, or a ward's."""
    return next((sort for told, sort in _SORTS if told.search(words)), None)


_FORMER = pattern(
    r"\b(?:former|ex|estranged|late|deceased)[\s-]+(?:spouse|wife|husband)\b", re.IGNORECASE
)
_FORMERLY = ("ormer", "ex-", "ex ", "stranged", "ate ", "ate-", "eceased")
"""Fragments, in small letters, of one of which such a note has a word."""


@remembered(4096)
def of_a_former_spouse(text: str) -> bool:
    """Whether words name a spouse who is one no more."""
    folded = " ".join(text.casefold().split())
    return any(word in folded for word in _FORMERLY) and bool(_FORMER.search(text))
