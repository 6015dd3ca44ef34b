"""The clause in which an amount of shares moved: which verb tells it, and who stands on each side.

Phrases name what their authors thought of; a clause has a grammar. The verb of an amount is
the one whose object it is ("conveyed 500 shares"), whose subject ("500 shares were conveyed"),
or of whose noun ("the conveyance by her of 500 shares"); who gave and who got them is told by
the verb's subject and by the words behind `to`, `from` and `by`. The words for it are rows of
`lexicon`. A clause whose parts do not all fit says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ledger.footnotes.clause_words import REACH, Clause, clause_around
from ledger.footnotes.clauses import Segment
from ledger.footnotes.lettercase import pattern
from ledger.footnotes.lexicon import Word
from ledger.footnotes.sides import (
    Party,
    given_party,
    gives_owner,
    is_recipient,
    made_for_owner,
    main_subject,
    maker,
    named_parties,
    party,
    subject_of,
)
from ledger.footnotes.text import Sentence
from ledger.footnotes.verbs import (
    Verb,
    Voice,
    before_a_colon,
    governing,
    happened,
    of_a_noun,
    said_of_it,
)


class Frame(NamedTuple):
    """What a clause tells of an amount: the verb, and the parties it gives.

    `start` and `end` are the verb's place, `first` and `last` the clause's.
    """

    word: Word
    voice: Voice
    start: int
    end: int
    first: int
    last: int
    giver: Party | None = None
    goal: Party | None = None


def frames(sentence: Sentence, part: Segment) -> Iterator[Frame]:
    """The frames in which the words around an amount tell that it moved, the nearest first."""
    clause = clause_around(sentence, part)
    if clause is None:
        return
    for verb in (
        governing(clause),
        said_of_it(clause),
        of_a_noun(clause),
        before_a_colon(clause),
    ):
        if verb and happened(clause, verb):
            yield _with_parties(clause, verb)


def _with_parties(clause: Clause, verb: Verb) -> Frame:
    """The frame of a verb: its subject, and the parties behind its prepositions."""
    tokens = clause.tokens
    first, last = _bounds(clause, verb)
    named = dict[str, Party]()
    for role, other in named_parties(clause, verb, first, last):
        named.setdefault(role, other)
    giver, by, whose = named.get("from"), named.get("by"), named.get("account")
    goal = named.get("to") or whose
    if verb.word.lemma.act == "fund":
        return _funded(clause, verb, first, last)
    subject = subject_of(clause, verb.at) if verb.voice in ("active", "dative") else None
    if verb.word.form == "gerund" and subject is None:
        subject = main_subject(clause, verb.at)
    if verb.voice == "active" and gives_owner(clause, verb):
        goal = goal or Party("owner")
    elif verb.voice == "active" and verb.word.lemma.act == "give":
        goal = goal or given_party(clause, verb)
    got = verb.word.lemma.act in ("get", "inherit", "buy") and verb.word.lemma.past != "bequeathed"
    got = got or (
        verb.word.lemma.past == "took" and giver is not None
    )  # "took 500 out of the trust"
    if verb.voice == "noun":
        subject = maker(clause, verb)
        got = got or (subject is not None and is_recipient(clause, verb))
        goal = goal or (Party("owner") if made_for_owner(clause, verb) else None)
    actor = subject or by
    if got and whose:
        goal = whose
    elif verb.word.lemma.past in _RECEIVED and verb.voice == "passive":
        goal = by  # "received in a distribution to its partners": those of a noun behind it
    elif got:
        goal = goal if goal and verb.voice == "passive" and by is None else (actor or goal)
    elif verb.voice == "dative":
        goal, giver = subject or goal, by or giver
    else:
        gave = giver and actor and actor.sort in ("owner", "issuer")
        giver = giver if gave and verb.word.lemma.act != "keep" else actor or giver
    at = tokens[verb.at]
    return Frame(
        verb.word,
        verb.voice,
        start=at.start,
        end=at.end,
        first=first,
        last=last,
        giver=giver,
        goal=goal,
    )


_RECEIVED = ("received", "acquired", "obtained")


def _funded(clause: Clause, verb: Verb, first: int, last: int) -> Frame:
    """The frame of what was filled with an amount: its object, or its subject, is whoever got that."""
    token = clause.tokens[verb.at]
    between = clause.text[token.end : clause.tokens[clause.amount].start]
    said = _WITH.match(between)
    giver = party(said["by"]) if said and said["by"] else None
    goal = party(said["goal"]) if said and said["goal"] else None
    if verb.voice == "passive":
        goal = subject_of(clause, verb.at)
    elif verb.voice == "active":
        giver = subject_of(clause, verb.at)
    if giver is None and verb.voice == "passive":
        by = (found for role, found in named_parties(clause, verb, first, last) if role == "by")
        giver = next(by, None)
    return Frame(
        verb.word,
        verb.voice,
        start=token.start,
        end=token.end,
        first=first,
        last=last,
        giver=giver,
        goal=goal,
    )


_WITH = pattern(
    r"\s*(?:of\s+)?(?:by\s+(?P<by>[^,;]{1,60}?)\s+|(?P<goal>[^;]{1,120}?)\s+)?with\s+(?:[a-z]+\s+){0,6}$",
    re.IGNORECASE,
)
"""What stands between a trust's funding and the amount it was funded with."""
_GOES_ON = pattern(
    r"[;:]|,?\s(?:but|while|whereas|because|unless|if|when|where|who|although|until)\s|,\s(?:which|and\s(?:the|he|she|it|his|her|its|\d))"
    r"|\sand\s(?:(?:the|he|she|it)\s|(?:are|is|now)\b)|\sof\swhich\s|,\sof\swhich",
    re.IGNORECASE,
)


def _bounds(clause: Clause, verb: Verb) -> tuple[int, int]:
    """Where a verb's clause begins and ends."""
    text, part = clause.text, clause.part
    first = min(clause.tokens[verb.at].start, part.amount.start)
    since = max(clause.sentence.start, first - REACH)
    joints = [joint.end() for joint in _GOES_ON.finditer(text, since, first)]
    last = max(clause.tokens[verb.at].end, part.amount.unit_end)
    until = min(clause.sentence.end, max(part.end, last), last + REACH)
    after = _GOES_ON.search(text, last, until)
    return joints[-1] if joints else since, after.start() if after else until
