"""Regular expressions that are compiled once, and kept beside the compiled modules.

What reading notes asks takes some 90 ms to compile, in every process anew. Python keeps what it
compiles of modules (PEP 3147), not what it makes of expressions. So that is kept in the same
place and by the same rules: nowhere where the program may not write, or is told to write no
byte code. Nothing else of it can be told from outside: an expression that is not there, was
made by another Python or lies in a damaged file is compiled as ever.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import atexit
import marshal
import os
import re
import struct
import sys
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

_MOST = 4_096
"""Expressions of one file, some six times what the program has; old ones are left out beyond."""


_LAYOUT = 1
"""Raised whenever `Compiled`, or how it is written, is another."""


class Compiled(NamedTuple):
    """What `re` makes of a text: the flags in force, the groups and their names, and the code."""

    flags: int
    groups: int
    names: dict[str, int]
    code: bytes

    def pattern(self, text: str) -> re.Pattern[str]:
        """The expression, as `re.compile` returns it."""
        by_number: list[str | None] = [None] * (self.groups + 1)
        for name, number in self.names.items():
            by_number[number] = name
        made: re.Pattern[str] = _sre.compile(
            pattern=text,
            flags=self.flags,
            code=memoryview(self.code).cast("I").tolist(),
            groups=self.groups,
            groupindex=self.names,
            indexgroup=tuple(by_number),
        )
        return made


class Patterns:
    """The expressions that programs of this Python compiled before, in one file.

    Args:
        path: The file; None where nothing can be kept.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._before: Mapping[str, Compiled] | None = None
        self._new: dict[str, re.Pattern[str]] = {}

    def compiled(self, text: str, flags: int = 0) -> re.Pattern[str]:
        """An expression, compiled now where it was not before."""
        if self._before is None:
            self._before = self._kept()
        known = self._before.get(_key(text, flags))
        if known is not None:
            return known.pattern(text)
        if not self._new:
            atexit.register(self.keep)
        made = re.compile(text, flags)
        self._new[_key(text, flags)] = made
        return made

    def keep(self) -> None:
        """Write what was compiled beside what was kept before, for the programs that come."""
        if self._path is None or not self._new or sys.dont_write_bytecode:
            return
        found = {key: _taken_apart(made) for key, made in self._new.items()}
        made = {key: one for key, one in found.items() if one is not None}
        kept = {**self._kept(), **made}
        kept = kept if len(kept) <= _MOST else made
        data = marshal.dumps({key: tuple(one) for key, one in kept.items()})
        beside = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                beside.write_bytes(_stamp(data) + data)
                beside.replace(self._path)
            finally:
                beside.unlink(missing_ok=True)

    def _kept(self) -> dict[str, Compiled]:
        """What lies in the file, if it is whole and of this Python."""
        try:
            written = self._path.read_bytes() if self._path else b""
        except OSError:
            return {}
        stamp = _stamp(written[len(_stamp(b"")) :])
        if not written.startswith(stamp):
            return {}
        told = marshal.loads(written[len(stamp) :])  # noqa: S302 - as Python does beside it
        return {key: Compiled(*one) for key, one in told.items()}


def _key(text: str, flags: int) -> str:
    return f"{int(flags)}:{text}"


def _stamp(data: bytes) -> bytes:
    """What stands before the expressions of a file: by which Python, and that they are whole."""
    return f"{_LAYOUT} {sys.byteorder} {sys.version}\n{zlib.crc32(data):08x}\n".encode()


def _taken_apart(made: re.Pattern[str]) -> Compiled | None:
    """What a compiled expression consists of; None where putting it together gives another.

    `re` hands out neither code nor a way to take it back, so that its own parts are asked. Equal
    patterns have the same text, flags and code.
    """
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]  # noqa: PLC0415

        flags = int(made.flags) & ~int(re.UNICODE)
        parsed: Any = _parser.parse(made.pattern, flags)
        words = _compiler._code(parsed, flags)  # noqa: SLF001
        code, state = struct.pack(f"{len(words)}I", *words), parsed.state
        found = Compiled(int(state.flags) | flags, state.groups - 1, dict(state.groupdict), code)
        again = found.pattern(made.pattern)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError, struct.error):
        return None
    return found if again == made and again.groupindex == made.groupindex else None


_PATTERNS = Patterns(
    Path(__spec__.cached).with_name(f"patterns.{sys.implementation.cache_tag}.bin")
    if __spec__ and __spec__.cached
    else None
)

compiled = _PATTERNS.compiled
"""`re.compile`, for expressions that are always the same."""
