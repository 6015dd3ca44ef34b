"""Regular expressions of words whose capitals tell nothing, tried on a note in small letters.

Where Python is to overlook the case of letters, it tries every alternative at every place.
In small letters it sees from the first letter that one cannot stand there, which takes a
third of the time, and compiling such a pattern half.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from ledger import loading

_AS_SMALL = {0x130: "i", 0x131: "i", 0x17F: "s"}
"""What Python takes for small letters of ours where it overlooks case, and `lower` does not."""
_LETTERS_THAT_MEAN = loading.pattern(r"(\\.|\(\?P)")
"""What of an expression another letter would make another: `\\d` and `\\D`."""
_SHORT = 400
"""Characters that are made small again as fast as they are looked up."""


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first used.

    One that overlooks case finds just what it would in the text as it stands, at the same
    places; but the words of its matches are in small letters. `sub` and `split` leave them.
    """
    if flags != re.IGNORECASE or "(?-i" in text:
        return loading.pattern(text, flags)
    return cast("re.Pattern[str]", Caseless(text))


def in_small_letters(text: str) -> str:
    """A text of the same length in small letters."""
    about, small = _last[0]
    if about is not text:
        small = text.lower() if len(text) < _SHORT and text.isascii() else _kept_small(text)
        _last[0] = (text, small)
    return small


_last = [("", "")]
"""The text that was asked about last, which mostly is the next one too, and its small letters."""


@lru_cache(maxsize=64)  # a whole note is asked for each of its sentences
def _kept_small(text: str) -> str:
    return (text if text.isascii() else text.translate(_AS_SMALL)).lower()


class Caseless:
    """Stands for a pattern that overlooks the case of letters, method by method."""

    flags = re.IGNORECASE

    def __init__(self, text: str) -> None:
        self._text = text

    def __getattr__(self, name: str) -> Any:
        if name == "pattern":
            parts = _LETTERS_THAT_MEAN.split(self._text)
            found: dict[str, Any] = {
                name: "".join(s if n % 2 else s.lower() for n, s in enumerate(parts))
            }
        elif name in _FINDING:
            self.small = loading.compiled(self.pattern)
            found = {each: _finding(getattr(self.small, each)) for each in _FINDING}
        elif name in _CHANGING:
            whole = loading.compiled(self._text, re.IGNORECASE)
            found = {each: getattr(whole, each) for each in _CHANGING}
        else:
            raise AttributeError(f"a pattern has no {name!r} here")
        vars(self).update(found)
        return found[name]


_FINDING = ("search", "match", "fullmatch", "finditer")
_CHANGING = ("sub", "split")


def _finding(method: Callable[[str, int, int], Any]) -> Callable[..., Any]:
    def found(text: str, start: int = 0, end: int = sys.maxsize) -> Any:
        about, small = _last[0]  # as `in_small_letters`, written out: it is asked most
        return method(small if about is text else in_small_letters(text), start, end)

    return found
