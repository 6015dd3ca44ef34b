"""Whether what words name is told as something that happened.

A note may as well deny it ("none of the shares was forfeited"), suppose it ("would have been
withheld"), announce it ("will transfer"), intend it, or say that it came to nothing ("the gift
was not completed"). Which it is, the grammar of the clause tells: the auxiliaries before the
verb, what governs its infinitive, its subject, what is said of a noun, and a condition that
begins the sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.text import Sentence

GAINED = (
    r"acquir(?:e[sd]?|ing)|purchas(?:e(?!\s+(?:plan|program|period|window|date)s?\b)[sd]?|ing)|buy(?:ing|s)?|bought|receiv(?:e[sd]?|ing)|obtain(?:ed|ing|s)?"
    r"|credit(?:ed|ing)|allocat(?:e[sd]?|ing)|allott?(?:ed|ing|s)|accru(?:e[sd]?|ing)|issu(?:ed|ing)|re-?invest(?:ed|ing)?"
    r"|inherit(?:ed|ing|s)?|com(?:e|es|ing)\s+into|came\s+into|tak(?:e|es|ing)\s+up|took\s+up"
)
LOST = (
    r"withh(?:eld|old(?:s|ing)?)|forfeit(?:ed|ing|s|ures?)?|surrender(?:ed|ing|s)?|relinquish(?:ed|ing|es|ment)?"
    r"|tender(?:ed|ing|s)?|deliver(?:ed|ing|s|y)?|return(?:ed|ing|s)?|revert(?:ed|ing|s)?|recoup(?:ed|ing|s|ment)?"
    r"|recover(?:ed|ing|s|y)?|claw(?:ed|ing|s)?[- ]?backs?|clawed|cancell?(?:ed|ing|s|ations?)?|re-?purchas(?:e[sd]?|ing)"
    r"|redeem(?:ed|ing|s)?|redemptions?|re-?acquir(?:e[sd]?|ing)|escheat(?:ed|ing|s|ment)?|len[dt]|loaned"
    r"|seiz(?:e[sd]?|ing)|foreclos(?:e[sd]?|ing|ures?)|retain(?:ed|ing|s)?|remitt?(?:ed|ing|s)?|exchang(?:e[sd]?|ing)"
    r"|sell(?:ing|s)?|sold|sales?|dispos(?:e[sd]?|ing)|applied|used|netted|retention"
)
PASSED = (
    r"transfer(?:red|ring|s)?|assign(?:ed|ing|s|ments?)?|convey(?:ed|ing|s|ances?)?|deeded|distribut(?:e[sd]?|ing|ions?)"
    r"|gift(?:ed|ing|s)?|g[ia]v(?:e|en|es|ing)|donat(?:e[sd]?|ing|ions?)|contribut(?:e[sd]?|ing|ions?)|pass(?:ed|ing|es)?"
    r"|mov(?:e[sd]?|ing)|re-?regist(?:ered|ering|er)|re-?titl(?:ed|ing)|deposit(?:ed|ing|s)?|roll(?:ed|ing|s)?\s+over"
    r"|withdr(?:ew|aw(?:n|s|ing|als?)?)|bequeath(?:ed|ing|s)?|bequests?|devis(?:e[sd]?|ing)|releas(?:e[sd]?|ing)"
    r"|combin(?:e[sd]?|ing|ations?)|merg(?:e[sd]?|ing)|consolidat(?:e[sd]?|ing)|divid(?:e[sd]?|ing)|decant(?:ed|ing|s)?"
    r"|apportion(?:ed|ing|s)?|plac(?:e[sd]?|ing)|rolled|rollovers?"
    r"|split(?:ting)?|turn(?:ed|ing)?\s+over|hand(?:ed|ing)?\s+over|award(?:ed|ing|s)"
)
_GAIN = pattern(rf"\b(?:{GAINED})\b", re.IGNORECASE)
_NAMED = pattern(
    rf"\b(?:(?P<act>{GAINED}|{LOST}|{PASSED})|laps(?:e[sd]?|ing)|expir(?:e[sd]?|ing)|terminat(?:e[sd]?|ing)|extinguish(?:ed|ing)"
    r"|tak(?:en|es|ing)|took|accept(?:ed|ing|s)|paid|levied|liquidated|repossessed|reclaimed|claimed|converted|called\s+away"
    r"|giv(?:en|ing)\s+up|gave\s+up|dispositions?|disposal|turned\s+in)\b",
    re.IGNORECASE,
)
"""The words for what moves shares, in all their forms, are its acts; the others count among the very
words that name something, for rights end in more ways than shares go."""
_BARE = pattern(
    r"(?:transfers?|gifts?|returns?|releases?|deposits?|sales?|purchases?|forfeits?|re-?purchases?|tenders?"
    r"|surrenders?|withdrawals?|bequests?|awards|clawbacks?|claw[- ]backs?|escheat|\w+(?:ions?|ments?|ures?|ances?|overy|elivery|ing))",
    re.IGNORECASE,
)
"""Forms of them that are nouns, or may be."""

_MODAL = r"(?:will|shall|would|may(?!\s*\d)|might|can|could|must|should|cannot|won't|wouldn't|couldn't|can't)"
_NOT = r"(?:not(?!\s+only)|never|nor|neither|\w+n't)"
_BETWEEN = (
    r"(?:(?:be(?!\s+\w+(?:ed|eld|old|en),\s)|been|being|have|has|had|not|also|then|thereafter|otherwise|again|yet|instead|first|further|so|ever|in\s+fact"
    r"|at\s+any\s+time|\w+ly|be\s+\w+(?:ed|eld|old|en)(?=,\s)|\w+(?:ed|eld|old|en|ent)\s*,?\s+(?:or|and|nor|and/or)),?\s+)*$"
)
_MODALS = "will|shall|would|may|might|can|could|must|should|won't"
_NOTS = "not|never|nor|neither|n't"
_DENIED = any_phrase(
    f"{_MODALS}|{_NOTS}|without|instead|rather|lieu|against",
    rf"\b(?:{_MODAL}|{_NOT}|without|instead\s+of|rather\s+than|in\s+lieu\s+of|against),?\s+{_BETWEEN}",
    "lieu|instead|replac",
    r"\b(?:in\s+lieu\s+of|instead\s+of|replac(?:es|ed|ing|ement\s+(?:of|for)))\s+(?:an?|the|any|his|her|those|certain)\s+$",
    "any",
    r"\bany\s+(?:such\s+|other\s+)?(?:shares?|units?|options?|stock|awards?)\s+(?:that\s+(?:is|are|was|were)\s+)?$",
    "that & be",
    rf"\bthat\s+[^.;,]{{1,60}}\bbe\s+{_BETWEEN}",
    "provid|stipulat|requir|call & that|for",
    rf"\b(?:provid(?:es?|ing)|stipulat(?:es?|ing)|requir(?:es?|ing)|calls?)\s+(?:that|for)\s+[^.;]{{1,80}}\b(?:is|are|be|being)\s+{_BETWEEN}",
    f"{_MODALS} & be & and|or",
    rf"\b{_MODAL}\s+(?:\w+\s+)?be\s+[^.;,]{{1,60}}\b(?:and|or)\s+(?:\w+ly\s+)?$",
    "if|unless|whether",
    r"(?<!as )\b(?:if|unless|whether)\s+(?!any\b)(?:[\w'-]+\s+){1,5}$",
)
"""Auxiliaries right before a verb by which it did not happen, or has not yet."""
_TO = pattern(rf"\b(?P<to>to\s+)(?:{_BETWEEN}|(?:have|get|see)\s+[^.;,]{{0,60}}$)", re.IGNORECASE)
_NO_INFINITIVE = pattern(
    r"\b(?:pursuant|prior|due|owing|relat\w+|addition|attributable|respect|according|up|equal)\s+to\s+$",
    re.IGNORECASE,
)
_CARRIED_OUT = pattern(
    r"\b(?:caused|elected|chose|opted|directed|instructed|ordered|(?:was|were)\s+(?:then\s+)?(?:required|obliged|compelled)"
    r"|had(?!\s+(?:\w+ly\s+)?(?:planned|intended|hoped|wished|meant|expected|proposed|offered|sought|wanted|promised|considered)\b)|used|applied|exercised|continued|began|proceeded)\b(?!\s+not\b)[^.;]{0,60}\bto\s+$",
    re.IGNORECASE,
)
"""What governs an infinitive of something that was done, where most only say that it is meant."""
_GOVERNED = any_phrase(
    f"{_MODALS}|{_NOTS} & elect|choose|request|have|cause|direct|permit|require|allow|let|author|opt|be",
    rf"\b(?:{_MODAL}|{_NOT})\s+(?:to\s+)?(?:\w+ly\s+)?(?:elect|choose|request|have|cause|direct|permit|require|allow|let|authori[sz]e|opt"
    rf"|be\s+(?:required|permitted|allowed|authori[sz]ed|obliged|obligated|entitled))(?:ed|s)?\b(?!\s+been)[^.;,]{{0,60}}$",
    "refrain|abstain|desist",
    r"\b(?:refrain\w*|abstain\w*|desist\w*)\s+from\s+(?:\w+\s+)?$",
    "declin|refus|fail|omit|neglect|postpon|defer",
    r"\b(?:declin|refus|fail|omitt|neglect|postpon|defer(?!red\s+(?:shares?|stock|units?|awards?|fees?|compensation)\b))\w*\s+(?:the\s+|any\s+|his\s+|her\s+|this\s+)?(?:\w+\s+)?$",
)
_NOBODY = pattern(
    r"(?:^|[,;:(]\s*|\b(?:19|20)\d\d\s+|\b(?:and|but|that|although|though|while|whereas|because|since|accordingly)\s+)"
    r"(?:no|none|neither|nothing|not\s+(?:one|any|a\s+single|all))\b(?!\s+(?:longer|later|more\s+than|less|fewer))",
    re.IGNORECASE,
)
_AUXILIARY = pattern(
    r"\b(?:was|were|is|are|has|have|had|did|does|do|will|would|shall|may|might|can|could|must)\b|;|,\s+(?:and|but)\b",
    re.IGNORECASE,
)
_RELATIVE = pattern(
    r"\b(?:that|which|who|whose)\s+(?:\w+\s+){0,3}?(?:was|were|is|are|has|have|had|did|does|will|would|may)\b",
    re.IGNORECASE,
)
_GROUP = pattern(
    r"(?:\b(?:was|were|is|are|has|have|had|did|been|be|being|\w+ly|\w+(?:ed|eld|old|en)(?:,|,?\s+(?:or|nor|and)))\s+)+$",
    re.IGNORECASE,
)
"""A verb's own auxiliaries, and the verbs that share them, which are no other verb before it."""
_NOTHING = pattern(r"\s+(?:\w+ly\s+)?(?:none|no|neither|nothing)\b", re.IGNORECASE)
_SUPPOSED = pattern(
    r"[\"'(]?(?:(?:if|unless|assuming|whenever|in\s+the\s+event|in\s+case|should)\b(?!\s+any\b)"
    r"|(?:please\s+)?see\s+(?:also\s+)?(?:the\s+|his\s+|her\s+)?(?:separate\s+)?forms?\s+[345]\b"
    r"|(?:had|were)\s+(?:the|he|she|they|his|her|any|it|these|those|such|mr|ms|mrs|dr)\b)",
    re.IGNORECASE,
)
"""A condition that begins a sentence, an inversion among them."""
_SO_CALLED = (
    r"\b(?:proposed|planned|intended|contemplated|anticipated|expected|prospective|potential|possible|future|pending|attempted"
    r"|purported|failed|uncompleted|incomplete|aborted|abandoned|rescinded|cancell?ed|scheduled|hypothetical|any|no|without)\s+"
    r"(?:(?!(?:in|for|of|to|by|from|with|on|as|under|and|or)\b)\w+\s+){0,2}$"
)
"""Adjectives of what is not there, or not yet: right before a noun, or before others of it."""
_SUPPOSED_SO = (
    "proposed|planned|intended|contemplated|anticipated|expected|prospective|potential|possible|future|pending|attempt|purport"
    "|failed|complete|aborted|abandoned|rescinded|cancel|scheduled|hypothetical|any|no|without"
)
"""Fragments of them."""
_UNREAL = any_phrase(_SUPPOSED_SO, _SO_CALLED)
_THOUSANDS = pattern(r"(\d),(?=\d{3})")
_MEANT = any_phrase(
    _MODALS,
    rf"\b{_MODAL}\b[^.;]{{0,90}}$",
    _SUPPOSED_SO,
    _SO_CALLED,
    "not & make|made|effect|complete|record|process|approve|settle",
    r"\b(?:did|does|do|has|have|had)\s+not\s+(?:yet\s+)?(?:make|made|effect(?:ed)?|complete[d]?|record(?:ed)?|process(?:ed)?|approved?|settled?)\s*,?\s+(?:an?|the|any|his|her)\s+(?:\w+\s+){0,2}$",
    "author|consider|proposed|requested|sought|contemplat|evaluat|explor|discuss|negotiat|weigh|seek",
    r"\b(?:authori[sz](?:ed|es|ing)|consider(?:ed|s|ing)|proposed|requested|sought|(?:contemplat|evaluat|explor|discuss|negotiat)(?:es|ed|ing|s)|weigh(?:s|ing)|seek(?:s|ing)?)\s+(?:(?:the|an?|any|his|her)\s+)?(?:\w+\s+)?$",
    "waiv|avoid|prevent|escap|preclud|suspend|renounc|forgo|forwent",
    r"\b(?:waiv|avoid|prevent|escap|preclud|suspend|renounc|forgo(?!t)|forwent)\w*\s+(?:(?:the|any|his|her|an?)\s+)?(?:\w+\s+)?$",
    "call|provid|allow|require|contemplate",
    r"\b(?:calls?|provid(?:es?|ing)|allows?|requires?|contemplates?)\s+(?:for\s+)?(?:the\s+)?$",
    "mak|complet|effect|receiv|tak|conduct|commenc|implement|consummat",
    r"\b(?:intend|plan|expect|propos|agree|hope|wish|want|contemplat|anticipat|consider|commit|pledg|promis|offer|seek)\w*\s+"
    r"(?:to\s+(?:make|complete|effect|receive|take|conduct|undertake|commence|implement|consummate)"
    r"|(?:mak|complet|effect|receiv|tak|conduct|undertak|commenc|implement|consummat)ing)\s+"
    r"(?:(?:an?|the|his|her|any)\s+)?(?:(?!(?:of|to|for|by|from|with|and|or)\s)[\w-]+\s+){0,4}$",
    "inten|plan|proposal|offer|promise|pledge|obligation|commitment|agreement|right|option|consent|negotiation|discussion|arrangement",
    r"(?<!under )(?<!under the )(?<!pursuant to )(?<!pursuant to the )(?<!pursuant to an )(?<!accordance with an )(?<!accordance with the )"
    r"\b(?:intentions?|intent|plans?|proposals?|offers?|promises?|pledges?|obligations?|commitments?|agreements?|rights?|options?"
    r"|consents?|negotiations?|discussions?|arrangements?)\s+(?:of|to|for|on|about|concerning|regarding)\s+(?:(?:the|an?|any|his|her|such|\w+ing)\s+)*$",
)
"""What stands before a noun, or a gerund, of what is only meant."""
_DONE = (
    r"(?:complet\w+|consummat\w+|effect(?:ed|ive|uated)|made|execut\w+|carried\s+out|clos(?:e|ed)|occur(?:red)?|tak(?:e|en)\s+(?:place|effect)|become\s+effective"
    r"|happen(?:ed)?|settled?|proceed(?:ed)?|finali[sz]ed|process\w*|implement\w*|accept\w*|recorded|approved|honou?red|go\s+(?:ahead|through))"
)
_OFF = (
    r"(?:abandon\w*|cancell?ed|rescind\w*|withdrawn|called\s+off|revoked|voided|void|unwound|reversed|undone|terminated|declined"
    r"|rejected|refused|postponed|suspended|pending|delayed|put\s+off|set\s+aside|dropped|nullified|annulled|disallowed|returned\s+(?:undelivered|by))"
)
_IS = r"(?:was|were|is|are|has\s+been|have\s+been|had\s+been|remains?|became)"
_DONES = "complet|consummat|effect|made|execut|carried|clos|occur|take|become|happen|settle|proceed|finali|process|implement|accept|record|approv|hono|go"
"""Fragments of what is done to a transaction."""
_ENDS = (
    "fell|failed|nothing|lapsed",
    r"(?:fell\s+through|failed\b(?!\s+to\s+vest)|came\s+to\s+nothing|lapsed\s+before)",
    (
        "abandon|cancel|rescind|withdrawn|called|revoked|void|unwound|reversed|undone|terminated|declined|rejected|refused|postponed"
        "|suspended|pending|delayed|put|aside|dropped|nullif|annul|disallow|returned"
    ),
    rf"{_IS}\s+(?:\w+\s+){{0,4}}?{_OFF}\b",
    f"{_NOTS} & {_DONES}",
    rf"(?:{_MODAL}|did|does|do|has|have|had|was|were|is|are)\s+(?:\w+ly\s+)?{_NOT}\s+(?:\w+\s+){{0,3}}?{_DONE}\b",
    f"never & took|{_DONES}",
    rf"never\s+(?:\w+\s+)?(?:{_DONE}|took\s+place)\b",
    f"{_MODALS} & {_DONES}",
    rf"{_MODAL}\s+(?:\w+ly\s+)?(?:be\s+)?(?:\w+ly\s+)?{_DONE}\b",
    "expected|scheduled|planned|anticipated|made|occur|take|close|completed & is|are",
    r"(?:is|are)\s+(?:expected|scheduled|planned|anticipated|to\s+(?:be\s+made|occur|take\s+place|close|be\s+completed))",
    "being",
    r"(?:is|are)\s+(?:\w+ly\s+)?being\s+\w+(?:ed|ought)\b",
    f"to & be & {_DONES}",
    rf",\s+to\s+be\s+(?:\w+ly\s+)?{_DONE}\b",
    "condition|contingent|dependent",
    r"(?:is|are|was|were|remains?)\s+(?:\w+ly\s+)?(?:conditioned|conditional|contingent|dependent)\s+(?:up)?on\b",
    "subject & approval|consent|completion|clos|condition",
    r"(?:is|are|remains?)\s+(?:\w+ly\s+)?subject\s+to\s+(?:the\s+|its\s+|further\s+)?(?:approvals?|consents?|completion|clos(?:e|ing)|conditions?)\b",
    "permitted|allowed|possible|provided|required|contemplated & is|are",
    r"(?:is|are)\s+(?:\w+ly\s+)?(?:permitted|allowed|possible|provided\s+for|required|contemplated)\b",
    "contemplated|considered|planned|intended|proposed|discussed & was|were|had",
    r"(?:was|were|had\s+been)\s+(?:\w+ly\s+)?(?:contemplated|considered|planned|intended|proposed|discussed)(?=\s*(?:[.;,]|$|but\b))",
    "each|every|annually|monthly|quarterly|yearly & made|paid|effected|take|occur",
    r"(?:(?:is|are)\s+(?:made|paid|effected)|(?:takes?\s+place|occurs?))\s+(?:\w+\s+){0,2}?(?:each|every|annually|monthly|quarterly|yearly)\b",
)
"""By which nothing came of what they are said of, or has not yet; each after what it cannot do without."""
_EACH_END = [*zip(_ENDS[0::2], _ENDS[1::2], strict=True)]
_FAILED = any_phrase(
    *(
        one
        for needs, words in _EACH_END
        for one in (needs, rf"[^.;]{{0,140}}?(?<!other\s)\b{words}")
    )
)
"""What is said of a noun by which nothing came of it, or has not yet."""
_UNDONE = any_phrase(
    *(
        one
        for needs, words in _EACH_END
        for one in (
            f"transfer|gift|donation|contribution|distribution|transaction|withholding|forfeiture|cancellation|repurchase|assignment|deliver & {needs}",
            (
                r"\b(?:the|this|that|such|which|these|both)\s+(?:\w+\s+){0,2}?(?:transfers?|gifts?|donations?|contributions?|distributions?"
                rf"|transactions?|withholding|forfeitures?|cancellations?|repurchases?|assignments?|deliver(?:y|ies))\s+(?:\w+\s+){{0,3}}?{words}"
            ),
        )
    )
)
_HELD_BACK = pattern(
    r"(?:\s+\w+){0,4}?\s*,?\s+(?:that|which)\s+(?:would|could|might|should)\s+(?:\w+\s+){0,2}?have\b",
    re.IGNORECASE,
)
_CLAUSE = pattern(
    r"[;:]|,?\s+(?:but|while|whereas|although|though|because|unless|if|however)\s"
    r"|,\s+(?:which|who|and|where|when|after|before|so|until)\s"
    r"|\s(?:that|which|who)\s(?=(?:was|were|is|are|has|have|had|did|does|will|would|shall|may|might|can|could|must)\b)"
    r"|\sand\s(?=(?:(?:the|he|she|they|it|his|her|these|those|such|no|none)\s|\d|(?:was|were|is|are|has|have|had|will|would|did|does|may)\s))",
    re.IGNORECASE,
)

_STILL_OFFERED = pattern(
    r"\btendered\b[^.;]{0,120}?\b(?:pending|(?:is|are)\s+(?:\w+\s+)?(?:scheduled|expected)\s+to|(?:will|has\s+not|have\s+not)\s+(?:yet\s+)?(?:expired?|been)"
    r"|withdrew\s+(?:them|it|the(?:se|ir)?\s+(?:shares|tender)|all|his|her|such)|withdrawn\b|(?:not|none)\s+(?:\w+\s+)?(?:accepted|purchased|bought)"
    r"|returned\s+to\s+(?:the\s+)?(?:reporting|him|her|undersigned|owner))\b"
    r"|\btenders?\s+of\b[^.;]{0,60}?\b(?:was|were|been)\s+(?:\w+\s+)?withdrawn\b"
    r"|\b(?:withdrew|withdrawal\s+of)\s+(?:(?:his|her|the|its|such)\s+)?tender\b",
    re.IGNORECASE,
)
"""What was offered to a buyer who has not taken it is its owner's still."""
_IN_PART = pattern(r"\bof\s+(?:which|them|these|those)\b|\b(?:and|,)\s+\d[\d,]*\b", re.IGNORECASE)
_PERMITTED = any_phrase(
    "withdraw|distribut & permit|allow|entitled|eligible|author|may|can|could|possible",
    r"\b(?:permit(?:s|ted)|allow(?:s|ed)|entitled|eligible|authori[sz]ed|may|can|could)\b[^.;]{0,40}?"
    r"\b(?:withdraw|withdrawn|withdrawals?|distributions?|distributed)\b"
    r"|\b(?:withdrawals?|distributions?)\b[^.;]{0,80}?\b(?:is|are)\s+(?:\w+ly\s+)?(?:permitted|allowed|possible)\b",
)
"""Words by which a plan lets its holders take shares out, whether or not one did."""


_SAYS_ELSE = pattern(
    r"\b(?:has|have|had|did|does|do)\s+(?:not|never|yet|already|since)\b|\b(?:has|have|had)\s+(?:\w+ly\s+)?filed\b|\b(?:is|are|was|were)\s+(?:\w+ly\s+)?(?:eligible|entitled|permitted|untouched|unaffected|pending)\b",
    re.IGNORECASE,
)
"""The verb of a clause that names a plan or a court, where it is none that moves shares."""


_REACH = 240
"""How many characters of a sentence, on either side of some words, can say what they mean."""


def real(
    sentence: Sentence, first: int, last: int, *, gains: bool = False, named: bool = False
) -> bool:
    """Whether what the words from one place to another name is told as having happened.

    The words for it are those among them, else those of their clause; `gains` asks only for
    such as bring shares, as the name of a plan among them does. `named` says that they only
    name a plan or a court: then another verb of their clause tells nothing of shares.
    """
    text, start, end = sentence
    acts = [] if gains else list(_NAMED.finditer(text, first, last))
    if not acts:
        begins, ends = _clause(sentence, first, last)
        told = (_GAIN if gains else _NAMED).finditer(text, begins, ends)
        acts = [act for act in told if gains or act["act"]]
        if named and not acts and _SAYS_ELSE.search(text, begins, ends):
            return False
        if not acts and _only_supposed(text[begins:ends]):
            return False
    if acts and _SUPPOSED.match(text, start, end):
        return False
    if acts and not any(_done(sentence, *act.span()) for act in acts):
        return False
    until = min(end + _REACH // 2, last + 2 * _REACH)  # the next sentence may say it
    return _UNDONE.search(text, last, until) is None


_SUPPOSING = pattern(
    rf"\b{_MODAL}\s+(?:(?:\w+ly|not|never|then|also|thus|have|be|been|only)\s+)*[a-z]+",
    re.IGNORECASE,
)
_HYPOTHESIS = pattern(
    r"\b(?:(?:had|were)\s+(?:the|he|she|it|they|his|her|any)|but\s+for|if|unless)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_FINITE = pattern(
    r"\b(?:was|were|has|had|have|did|went|came|fell|took|gave|left|got|won|lost|sold|bought|paid|sent|made)\b"
    r"|\b[a-z]{3,}ed\b(?!\s+(?:[\w-]+\s+)?(?:shares?|stock|units?|person|owner|trusts?|securities|awards?|options?)\b)",
    re.IGNORECASE,
)


def _only_supposed(clause: str) -> bool:
    """Whether every finite verb of a clause, whichever it is, stands under an auxiliary of what may be.

    "700 shares would have devolved upon him", with no word that is known to move shares.
    """
    told = _HYPOTHESIS.sub("", clause)
    rest = _SUPPOSING.sub("", told)
    return rest != told and _FINITE.search(rest) is None


def done(sentence: Sentence, act: re.Match[str]) -> bool:
    """Whether the words of a match, which begin with a verb or end with one, tell what was done."""
    if _SUPPOSED.match(sentence.text, sentence.start, sentence.end):
        return False
    return _done(sentence, *act.span())


def permits(sentence: Sentence) -> bool:
    """Whether a sentence only says that shares may be taken out of a plan."""
    return _PERMITTED.search(*sentence) is not None


def supposed(text: str, at: int, end: int) -> bool:
    """Whether an amount is of shares to which something "would have" happened, and did not."""
    return _HELD_BACK.match(text, at, end) is not None


def named_as_unreal(before: str) -> bool:
    """Whether words call the noun that follows them proposed, planned or called off, or say "no"."""
    return _UNREAL.search(before) is not None


def come_to_nothing(text: str, at: int, end: int) -> bool:
    """Whether what was named before some place is said right after it to have come to nothing."""
    return _FAILED.match(text, at, min(end, at + _REACH)) is not None


def still_offered(text: str, start: int, end: int) -> bool:
    """Whether shares were tendered to a buyer who has not taken them, or did not in the end.

    Of a part that came back the rest went: "tendered 3,000 shares, of which 1,000 were returned".
    """
    offered = _STILL_OFFERED.search(text, start, end)
    return offered is not None and not _IN_PART.search(text, *offered.span())


def _clause(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """The bounds of the clause around some words of a sentence."""
    text, start, end = sentence
    start, end = max(start, first - _REACH), min(end, last + _REACH)
    joints = [joint.end() for joint in _CLAUSE.finditer(text, start, first)]
    after = _CLAUSE.search(text, last, end)
    return (joints[-1] if joints else start), (after.start() if after else end)


@lru_cache(maxsize=1024)  # asked of each amount beside it, and by phrases as by clauses
def _done(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the word of a sentence from one place to another names something that was done."""
    text, start, end = sentence
    far = first - _REACH
    before = text[start:first] if far <= start else f"... {text[far:first]}"
    if "," in before:
        before = _THOUSANDS.sub(r"\1", before)
    if _DENIED.search(before) or _GOVERNED.search(before) or _NOTHING.match(text, last, end):
        return False
    meant = _TO.search(before)
    governed = before[: meant.end("to")] if meant else ""
    if meant and not (_NO_INFINITIVE.search(governed) or _CARRIED_OUT.search(governed)):
        return False
    if _BARE.fullmatch(text, first, last) and (
        _MEANT.search(before) or _FAILED.match(text, last, end)
    ):
        return False
    return not _of_nobody(before)


def _of_nobody(before: str) -> bool:
    """Whether a verb's subject is nobody or nothing: "none of the 700 shares was"."""
    told = list(_NOBODY.finditer(before))
    if not told:
        return False
    between = _GROUP.sub("", before[told[-1].end() :])
    return _AUXILIARY.search(_RELATIVE.sub(" ", between)) is None
