"""Who stands on each side of a verb: its subject, and the parties behind its prepositions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ledger.footnotes.clause_words import ADVERBS, BE, HAVE, JOINS, RELATIVE, Clause, place_before
from ledger.footnotes.families import any_phrase
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.lexicon import FORMS
from ledger.footnotes.parties import sort_of, vehicle
from ledger.footnotes.verbs import Verb


class Party(NamedTuple):
    """Who stands on one side, as named, and what sort of party that is."""

    sort: str
    words: str | None = None


_OWNER = pattern(
    r"(?:each\s+|the\s+)*(?:(?:reporting\s+(?:persons?|owners?)|undersigned|grantor|settlor|insider|(?:beneficial\s+)?owner|director|officer|executive|filer|filing\s+person)(?!'s)|he|she|him|her|me|I|himself|herself)"
    r"(?:\s*,?\s*(?:individually|directly|personally|as|then|also|and\s+(?:his|her)\s+(?:spouse|wife|husband))\b.*|\W*)",
    re.IGNORECASE,
)
_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (sort, pattern(words, re.IGNORECASE))
    for sort, words in (
        ("ex", r"\b(?:former|ex)[\s-]+(?:wife|husband|spouse)"),
        (
            "issuer",
            r"^(?:the\s+|its\s+)?(?:issuer|company|registrant|corporation|employer|(?:compensation\s+)?committee|board)\b(?!'s)",
        ),
        ("estate", r"\b(?:estate|executors?|executrix|administrator|decedent|will)\b"),
        ("grat", r"\bgrats?\b|\bannuity\s+trusts?\b"),
        ("document", r"\b(?:forms?|reports?|filings?|tables?|columns?|rows?|statements?|notes?)\b"),
        (
            "outsider",
            (
                r"^(?:an)?other\s+(?:[\w-]+\s+){0,2}?(?:officers?|directors?|executives?|employees?|insiders?|holders?|participants?)\b|"
                r"^(?:the\s+)?(?:issuer|company|corporation)'s\s+(?:[\w-]+\s+){0,2}?(?:founders?|chairman|president|employees?|customers?)\b|"
                r"^(?!.*\b(?:trusts?|llc|fund|acquirer|company|issuer|merger|corporate|its|buyer|purchaser)\b).*\b(?:father|mother|parents?|brother|sister|siblings?|grand(?:mother|father|parents?)|uncles?|aunts?|friends?|donors?|cousins?|nieces?|nephews?|relatives?|donees?|assignees?|heirs?|in-laws?|individuals(?!\s+account)|persons|colleagues?|employers?|third\s+part(?:y|ies))\b"
            ),
        ),
        (
            "direct",
            r"^(?:the\s+)?reporting\s+person's\s+(?:own\s+account|(?:own\s+)?name)|^(?:(?:his|her|the|its|reporting\s+person's|own)\s+)*direct\s+(?:beneficial\s+)?(?:ownership|holdings?|account|registration|name)",
        ),
    )
)


@lru_cache(maxsize=4096)  # as sorts are
def party(words: str) -> Party | None:
    """The party that a few words name."""
    words = " ".join(words.split()).strip(" ,")
    if not words:
        return None
    if _OWNER.fullmatch(words):
        return Party("owner")
    if words.lower() == "it":
        return Party("entity")
    for sort, named in _SORTS:
        if named.search(words):
            return Party(sort, words)
    found = sort_of(words)
    return Party("person" if found == "owner" else found, words) if found else None


def gives_owner(clause: Clause, verb: Verb) -> bool:
    """Whether the owner stands as the verb's other object: "gave him 600 shares"."""
    between = " ".join(t.word for t in clause.tokens[verb.at + 1 : clause.amount])
    return _TO_HIM.match(between) is not None


def given_party(clause: Clause, verb: Verb) -> Party | None:
    """Who stands between "gave" and the amount: "gave his former wife 600 shares"."""
    between = clause.text[clause.tokens[verb.at].end : clause.tokens[clause.amount].start]
    return party(between) if len(between) < 60 and "," not in between else None


_TO_HIM = pattern(
    r"(?:him|her|me|the (?:reporting (?:person|owner)|undersigned))(?: (?:a|an|the|aggregate|total|of|another|additional|approximately))*$"
)
_RECIPIENT = pattern(
    r"\b(?:recipients?\s+of|received|receipt\s+of|accepted|took)\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_IS_ONE = pattern(
    r"\b(?:was|were)\s+the\s+recipients?\s+of\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE
)
_MADE = any_phrase(
    "made|effected|effectuated|executed|completed|gave",
    r"\b(?:made|effected|completed|executed|gave|effectuated)\s+(?P<to>(?:him|her|me|the\s+reporting\s+(?:person|owner))\s+(?=an?\s))?(?:an?\s+|the\s+|several\s+|two\s+|three\s+)?(?:[\w-]+\s+){0,3}$",
)
_ANOTHERS = pattern(
    r"\b(?P<who>(?:(?:his|her|the\s+reporting\s+person's)\s+)?(?:[\w-]+\s+)?\w+)'s\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
_OWNERS = pattern(
    r"\b(?:reporting\s+(?:person|owner)'s|his|her)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)


def is_recipient(clause: Clause, verb: Verb) -> bool:
    """Whether a noun names what somebody got: "took a distribution of"."""
    at = clause.tokens[verb.at].start
    return (
        _RECIPIENT.search(clause.sentence.text, max(clause.sentence.start, at - 60), at) is not None
    )


def made_for_owner(clause: Clause, verb: Verb) -> bool:
    """Whether somebody "made him a present" of the shares."""
    at = clause.tokens[verb.at].start
    made = _MADE.search(clause.sentence.text, max(clause.sentence.start, at - 80), at)
    return made is not None and made["to"] is not None


def maker(clause: Clause, verb: Verb) -> Party | None:
    """Whoever made, or got, what a noun names."""
    text, at = clause.sentence.text, clause.tokens[verb.at].start
    since = max(clause.sentence.start, at - 80)
    if _IS_ONE.search(text, since, at):
        return main_subject(clause, verb.at)
    made = _MADE.search(text, since, at) or _RECIPIENT.search(text, since, at)
    if made:
        place = next((i for i, t in enumerate(clause.tokens) if t.start >= made.start()), None)
        return subject_of(clause, place) if place is not None else None
    if _OWNERS.search(text, since, at):
        return Party("owner")
    others = _ANOTHERS.search(text, since, at)
    return party(text[slice(*others.span("who"))]) if others else None


_ROLE = pattern(
    r"\b(?:(?P<to>(?<!pursuant )(?<!according )(?<!due )(?<!prior )(?<!subject )(?<!title )(?<!rights )(?<!right )(?<!respect )(?<!relating )(?<!succeeded )(?<!up )"
    r"(?:to|into|in\s+favou?r\s+of|(?:in|into|under)\s+the\s+names?\s+of|among|between|for\s+the\s+benefit\s+of|property\s+of|vested\s+in))"
    r"|(?P<account>for(?:\s+the\s+account\s+of|(?=\s+(?:his|her|the\s+reporting\s+person's)\s+(?:own\s+)?account\b)))"
    r"|(?P<trust>in\s+trust)"
    r"|(?P<from>(?<!exempt )(?:from|out\s+of|(?:previously|formerly|theretofore)\s+(?:reported\s+as\s+)?(?:\w+ly\s+)?(?:held|owned|registered)\s+(?:\w+ly\s+)?(?:by|in|through|with)))"
    r"|(?P<by>by))\s+",
    re.IGNORECASE,
)
_IN = pattern(r"\b(?P<to>in|into|on|upon|with)\s+", re.IGNORECASE)
_DIRECTLY = pattern(
    r"\b(?:previously|formerly)?\s*(?:held|owned)\s+directly\b|\bdirectly[\s-](?:held|owned)\b",
    re.IGNORECASE,
)


def named_parties(clause: Clause, verb: Verb, first: int, last: int) -> Iterator[tuple[str, Party]]:
    """The parties behind a clause's prepositions, those behind the amount before others."""
    text = clause.text
    pivot = clause.part.amount.unit_end
    start = clause.tokens[verb.at].end
    until = _OF.search(text, max(first, clause.part.amount.start - 40), clause.part.amount.start)
    stretches = [
        (pivot, last),
        (min(start, pivot), until.start() if until else clause.part.amount.start),
    ]
    roles = [_ROLE, *([_IN] if verb.word.lemma.past in _PLACES else [])]
    for begin, end in stretches:
        for role in roles:
            for found in role.finditer(text, begin, end):
                among = found[0].lower().startswith(("among", "between"))
                if among and verb.word.lemma.act != "distribute":
                    continue
                if found.lastgroup == "trust":
                    yield "to", Party("trust", None)
                    continue
                if found.lastgroup == "account" and _HIS.match(text, found.end(), end):
                    yield "account", Party("owner")
                    continue
                new = _NEW.match(text, found.end(), end)
                since = new.end() if new else found.end()
                trustees = _AS_TRUSTEE.match(text, since, end)
                since = trustees.end() if trustees else since
                owned = verb.word.lemma.past == "became"  # "became owned by"
                group = found.lastgroup or ""
                if group == "by":
                    group = (
                        "to"
                        if owned
                        else "from"
                        if _of_their_giving(clause, verb, found)
                        else group
                    )
                if not trustees and _IS_OWNER.match(text, since, end):
                    yield group, Party("owner")
                    continue
                named = vehicle(text, since, end)
                other = party(named.words) if named else None
                if other:
                    yield group, other


_HIS = pattern(r"(?:his|her|the\s+reporting\s+person's)\s", re.IGNORECASE)
_GIVING = pattern(r"\b(?:distribution|gift|transfer|donation|bequest)\b[^.;]*$", re.IGNORECASE)


def _of_their_giving(clause: Clause, verb: Verb, by: re.Match[str]) -> bool:
    """Whether "by" belongs to a noun behind a verb of getting: "received in a distribution by the fund"."""
    end = clause.tokens[verb.at].end
    got = verb.word.lemma.act == "get" and verb.voice != "noun"
    return got and end < by.start() and _GIVING.search(clause.text, end, by.start()) is not None


_NEW = pattern(r"(?:(?:an?|the|his|her)\s+)?newly[\s-]+\w+\s+(?=\w)", re.IGNORECASE)
_OF = pattern(r"\s+of\s+(?:an?\s+(?:aggregate|total)\s+of\s+)?$", re.IGNORECASE)
_IS_OWNER = pattern(
    r"(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned)\b(?!'s|\s+and\s+(?!his\b|her\b))"
    r"|(?:(?!\b(?:to|from|by|into)\s)[^,;.()]){1,60}[,(]\s*(?:who\s+is\s+)?(?:the\s+)?(?:reporting\s+(?:person|owner)|undersigned)(?=\s*(?:$|[.,;()]|(?:on|in|as|for|under|upon|pursuant|effective|without)\b))"
    r"|(?:him|me|himself|herself)\b|her\b(?=\s*(?:$|[.,;()]|(?:on|in|as|for|of|by|from|individually|directly|under|pursuant|upon|without)\b))",
    re.IGNORECASE,
)
_AS_TRUSTEE = any_phrase(
    "trustee",
    r"(?:the\s+(?:reporting\s+(?:person|owner)|undersigned)|himself|herself|him|her|me)\b[^.;,]{0,40}?\bas\s+(?:the\s+)?(?:sole\s+|co-?|initial\s+)?trustees?\s+(?:of|for|under)\s+",
)
"""The owner as no owner: who holds for a trust."""
_PLACES = ("placed", "put", "settled", "deposited")


def subject_of(clause: Clause, at: int) -> Party | None:
    """The subject of an active verb: the words before it, back to where they begin."""
    end = place_before(clause, at)
    if clause.word(end) in ("by", "and") or any(
        one.form == "gerund" for one in FORMS.get(clause.word(at), ())
    ):
        return main_subject(clause, at)
    while clause.word(end) in HAVE or clause.word(end) in BE or clause.word(end) in ADVERBS:
        end -= 1
    if clause.word(end) in RELATIVE:
        end -= 1
        end -= clause.word(end) == ","
    if clause.word(end) == ",":  # "X, as trustee, conveyed"
        opened = end - 1
        while opened > 0 and clause.word(opened) != "," and end - opened < 14:
            opened -= 1
        end = opened - 1 if clause.word(opened) == "," else end - 1
    first, nested = end, 0
    while first >= 0:
        word = clause.word(first)
        nested += (word == ")") - (word == "(")
        if (
            not nested
            and first < end
            and (word in ",;:" or word in RELATIVE or word in JOINS or word in BE)
        ):
            if word not in ("which", "whom") or clause.word(first - 1) not in ("of", "in", "for"):
                break
            first -= 1  # "Trust B of which he is a trustee received"
            end = first - 1
        first -= 1
    if end < 0:
        return None
    begin = clause.tokens[first].end if first >= 0 else clause.sentence.start
    if first < 0:
        begin = max(begin, clause.tokens[0].start)
    begin = max(begin, _behind_amount(clause, end))
    words = _BUT_NOT.sub("", " ".join(clause.text[begin : clause.tokens[end].end].split()))
    if _ENDS_IN_OWNER.search(words):
        return Party("owner")
    if _ENDS_IN_ISSUER.search(words):
        return Party("issuer")
    words = _LED.sub("", words)
    return party(words) or (Party("unknown", words) if words else None)


def _behind_amount(clause: Clause, end: int) -> int:
    """Where a subject can begin that stands behind its verb's amount: "500 shares the trust released"."""
    behind = clause.part.amount.unit_end
    return behind if behind < clause.tokens[end].start else 0


def main_subject(clause: Clause, at: int) -> Party | None:
    """The subject of the verb that stands before "by transferring", or before "and transferred"; or behind it."""
    text = clause.text
    if at <= 3 and _FOLLOWS.search(text, clause.part.amount.unit_end, clause.sentence.end):
        return Party("owner")
    led = _SUBJECT.match(text, clause.sentence.start, clause.tokens[at].start)
    if led is None:
        return None
    words = text[slice(*led.span("who"))]
    return Party("owner") if _ENDS_IN_OWNER.search(words) else party(_LED.sub("", words))


_SUBJECT = pattern(
    r"(?:(?:On|In|Effective|Pursuant|As|Following|Upon|Under)\b[^;:]{1,90}?,\s+(?!(?:19|20)\d\d))?(?P<who>(?:(?!\b(?:was|were|has|had|is|are|by|and|to)\b|\b(?!limited\b|related\b|retained\b|affiliated\b)\w+ed\b)[^,;:]){2,80}?)\s+(?:\w+ly\s+|then\s+)?(?:was|were|has|had|\w+ed|gave|made|took|holds|owns|retains)\b",
    re.IGNORECASE,
)
_FOLLOWS = pattern(
    r"(?<=[\w )]),\s+(?:the\s+reporting\s+(?:person|owner)|the\s+undersigned|he|she)\s+(?!and\b|or\b)[a-z]+\b",
    re.IGNORECASE,
)
"""The owner as subject behind a clause that begins a sentence: "By giving 700 shares, she"."""
_BUT_NOT = pattern(
    r"(?<=\w),?\s+(?:(?:and|but)\s+not|not|unlike|rather\s+than|instead\s+of|alone\s+(?:of|among))\s.*$",
    re.IGNORECASE,
)
"""Those who are told to be no subject of a verb, beside the one who is."""
_ENDS_IN_OWNER = pattern(
    r"(?<!\bby )(?<!\bof )(?<!\bwith )(?<!\bfor )(?<!\bto )(?<!\bfrom )(?<!\band )(?<!\bthan )(?<!\bexcept )(?<!\bbut )(?<!\bnot )\b(?:the\s+(?:reporting\s+(?:person|owner)|undersigned)|he|she)$",
    re.IGNORECASE,
)
_ENDS_IN_ISSUER = pattern(
    r"^(?:in\s+order\s+to|to|on|upon|at|after|following)\s.*(?<!by )(?<!of )(?<!with )(?<!to )(?<!from )\bthe\s+(?:issuer|company|registrant|corporation|employer)$",
    re.IGNORECASE,
)
"""The issuer behind the purpose of what it does: "to satisfy the tax the Company kept"."""
_LED = pattern(
    r"^(?:and\s+|then\s+|also\s+|includes?\s+|represents?\s+|shares?\s+|that\s+|(?:19|20)\d\d\s+|the\s+trustees?\s+of\s+|(?:on|in|effective)\s[^,]{1,60},\s+|(?:on|in|during)\s+(?:[a-z]+\s+)?(?:\d{1,2},\s+)?(?:19|20)\d\d\s+)+",
    re.IGNORECASE,
)
