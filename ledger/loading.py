"""What is made when it is first asked for: names of a package, modules, regular expressions."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, cast


def on_demand(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """A package's `__getattr__` (PEP 562).

    Args:
        package: The package's own name.
        homes: The module that each of its public names comes from.
    """

    def load(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found = getattr(import_module(homes[name]), name)
        setattr(sys.modules[package], name, found)
        return found

    return load


def later(module: str) -> Any:
    """A module that is loaded when something in it is first asked for.

    For what a part of a module's callers alone have need of, as the models of facts are of who
    writes them. Types are told what it is by an import under `TYPE_CHECKING`.
    """
    return _Later(module)


class _Later:
    """Stands for a module, and keeps what was asked of it."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._module), name)
        vars(self)[name] = found
        return found


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression that is compiled when it is first used.

    Compiling all that could be asked of notes takes longer than a question does, and most
    notes are asked few of them.
    """
    return cast("re.Pattern[str]", _Pattern(text, flags))


def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression, compiled now if no program did before."""
    from ledger.patterns import compiled as found  # noqa: PLC0415  (most commands ask for none)

    return found(text, flags)


class _Pattern:
    """Becomes the pattern of its text, method by method, when one of them is asked for."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self.flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(f"a pattern has no {name!r} here")
        made = compiled(self.pattern, self.flags)
        vars(self).update({method: getattr(made, method) for method in _METHODS})
        return vars(self)[name]


_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")
