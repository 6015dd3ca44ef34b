"""Text as a real program reads it off a picture: the smallest pieces suffer, figures stand.

The rates are those of page reading at 200 to 300 dots an inch. Of lone codes under half stay
as they are and nearly half are doubled; of codes with a raised mark nine in ten lose its form;
of the I of ownership two thirds are strokes and a fifth is gone. Split figures and letters in
them, which a damaged copy of a text has, hardly occur.
"""

from __future__ import annotations

import random
import re

_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")
_CODE = re.compile(r"(?P<letter>[A-Z])(?P<mark>\s?\(\d{1,2}\))?")
_TAILS = ("a)", "ay", "q)", "a", "()", "ig)", "e)")
_STROKES = ("|", "|", "|", "1", "l", "]", "!", "i")


def misread(text: str, *, seed: int) -> str:
    """A text whose columns stand apart, with its lone letters misread."""
    chance = random.Random(seed)
    return "\n".join(_line(line, chance) for line in text.split("\n"))


def _line(line: str, chance: random.Random) -> str:
    if not _DAY.search(line):
        return line
    pieces = re.split(r"(\s{2,})", line)
    letters = [at for at, piece in enumerate(pieces) if _CODE.fullmatch(piece)]
    day = next((at for at, piece in enumerate(pieces) if _DAY.fullmatch(piece)), len(pieces))
    code = next((at for at in letters if at > day), None)
    for at in letters:
        found = _CODE.fullmatch(pieces[at])
        assert found is not None
        if at == code:
            pieces[at] = _code(found, chance)
        elif at == letters[-1] and found["letter"] == "I":
            pieces[at] = _owned(chance)
    return "".join(pieces)


def _code(found: re.Match[str], chance: random.Random) -> str:
    letter = found["letter"]
    if found["mark"]:
        return found.group() if chance.random() < 0.07 else letter + chance.choice(_TAILS)
    drawn = chance.random()
    return letter if drawn < 0.5 else letter + letter.lower()


def _owned(chance: random.Random) -> str:
    drawn = chance.random()
    return "I" if drawn < 0.15 else chance.choice(_STROKES) if drawn < 0.8 else " "
