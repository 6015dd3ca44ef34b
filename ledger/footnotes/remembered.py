"""What was read of a note, kept for the next form that repeats it: so many notes, and none without end.

A note has at most 1,000 characters and remarks have 2,000; a broken or hostile file may have
more. A longer text is read each time, so that what is kept is bounded by bytes too.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, update_wrapper
from typing import Generic, ParamSpec, TypeVar

LONGEST = 2_048
"""How many characters of text a call that is remembered may have."""

P = ParamSpec("P")
R = TypeVar("R")


class Remembered(Generic[P, R]):
    """A function of texts that remembers its last answers, as `lru_cache` does, but for long texts."""

    def __init__(self, function: Callable[P, R], count: int) -> None:
        self._function = function
        self._cached = lru_cache(maxsize=count)(function)
        self.cache_clear = self._cached.cache_clear
        self.cache_info = self._cached.cache_info
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """What the function answers, read again where it is not remembered."""
        for text in args:
            size = len(text) if isinstance(text, str) else sum(map(len, text))  # type: ignore[call-overload]
            if size > LONGEST:
                return self._function(*args, **kwargs)
        return self._cached(*args, **kwargs)  # type: ignore[arg-type]


def remembered(count: int) -> Callable[[Callable[P, R]], Remembered[P, R]]:
    """Keeps a function's last answers, for so many texts of the usual length."""
    return lambda function: Remembered(function, count)
