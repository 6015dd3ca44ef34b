"""Texts that a pattern matches: each of its words in turn, among every kind of neighbour.

A pattern is taken apart as Python reads it. Where it leaves a choice, every choice is made;
where the choices of one pattern are too many to be made together, a seeded draw of them is.
Repetitions are made as few and, once, as many times as they are told apart by; what looks
ahead or back is written out or left out, and a text that the pattern then refuses is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from math import prod
from random import Random
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

MOST = 400
"""Texts of one alternative."""

_OF_A_CLASS = {"CATEGORY_DIGIT": "1", "CATEGORY_WORD": "x", "CATEGORY_SPACE": " "}


@cache
def alternatives(pattern: re.Pattern[str]) -> list[list[str]]:
    """By each alternative of a pattern, in order, the texts made of it that the pattern matches."""
    return [
        [text for text in _texts(one) if pattern.search(text)]
        for one in _branches(parser.parse(pattern.pattern, pattern.flags))
    ]


def needs_one_of(pattern: str, fragments: Sequence[str]) -> bool:
    """Whether a pattern matches only where one of some fragments stands, whichever way it is read.

    What it looks for ahead stands there as well as what it matches; what it looks back at need not.
    """
    return _needs(parser.parse(pattern, re.IGNORECASE), fragments)


def _needs(parsed: Sequence[Any], fragments: Sequence[str], run: str = "") -> bool:
    """`run` are the letters right before, of which alternatives that begin alike are robbed."""
    for kind, what in parsed:
        inside = {
            kinds.BRANCH: lambda what: what[1],
            kinds.SUBPATTERN: lambda what: [what[3]],
            kinds.MAX_REPEAT: lambda what: [what[2]] if what[0] else [[]],
            kinds.MIN_REPEAT: lambda what: [what[2]] if what[0] else [[]],
            kinds.ASSERT: lambda what: [what[1]] if what[0] > 0 else [[]],
        }.get(kind, lambda _: [[]])(what)
        if all(_needs(one, fragments, run) for one in inside):
            return True
        run = f"{run}{chr(what)}".lower() if kind is kinds.LITERAL else ""
        if any(fragment in run for fragment in fragments):
            return True
    return False


def _branches(parsed: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A pattern's alternatives; of one that begins or ends alike for all, each with that."""
    for place, (kind, what) in enumerate(parsed):
        if kind is kinds.SUBPATTERN and what[3] and len(parsed) < 3:
            inside = what[3]
        elif kind is kinds.BRANCH:
            inside = [(kind, what)]
        else:
            continue
        if inside[0][0] is kinds.BRANCH and len(inside) == 1:
            for choice in inside[0][1][1]:
                yield [*parsed[:place], *choice, *parsed[place + 1 :]]
            return
    yield parsed


def _texts(parsed: Sequence[Any]) -> list[str]:
    """What a sequence of pieces can be: all of it, or a draw where that is too much."""
    choices = [_options(kind, what) for kind, what in parsed]
    if prod(map(len, choices)) <= MOST:
        return ["".join(made) for made in product(*choices)]
    chance = Random(1)
    drawn = map("".join, zip(*(chance.choices(each, k=MOST) for each in choices), strict=True))
    ordinary = [
        "".join(one if n == place else each[0] for n, each in enumerate(choices))
        for place, options in enumerate(choices)
        for one in options
    ]
    return list(dict.fromkeys([*ordinary, *drawn]))


def _options(kind: Any, what: Any) -> list[str]:
    """What one piece can be."""
    if kind is kinds.LITERAL:
        return [chr(what)]
    if kind is kinds.IN:
        return _of_class(what)
    if kind in (kinds.ANY, kinds.NOT_LITERAL):
        return [" "]
    if kind is kinds.BRANCH:
        return list(dict.fromkeys(text for one in what[1] for text in _texts(one)))
    if kind is kinds.SUBPATTERN:
        return _texts(what[3])
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        fewest, most, inside = what
        times = sorted({fewest, min(most, max(fewest, 1))})
        return [text * n for n in times for text in (_texts(inside) if n else [""])]
    if kind is kinds.ASSERT and what[0] > 0:
        ahead = _texts(what[1])
        return list(dict.fromkeys(["", *ahead[:3], max(ahead, key=len)]))
    return [""]


def _of_class(members: Sequence[Any]) -> list[str]:
    """A letter of a class; of one that says what it is not, a blank or a letter."""
    if members[0][0] is kinds.NEGATE:
        return [" "] if not any(m == (kinds.LITERAL, 32) for m in members) else ["x"]
    made = []
    for kind, what in members:
        if kind is kinds.LITERAL:
            made.append(chr(what))
        elif kind is kinds.RANGE:
            made.append(chr(what[0]))
        else:
            made.append(_OF_A_CLASS.get(str(what), "x"))
    return made
