"""Trying changed code: the tests are loaded once, and each change is tried in a fork of that process.

The code of the functions that a change touches is put in place in the fork, and the tests that run the
changed line are run, the quickest first, until one fails. A change outside every function is tried by
those that run any line of its module, or name it, with the module loaded anew, in a process of its own.
"""

from __future__ import annotations

import functools
import gc
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest

from tests.soak.mutants import ROOT, Mutant

_LEFT_OUT = " and ".join(
    f"not {name}"
    for name in (
        *("killed", "may_not_be_written", "postgres", "a_server", "every_real", "every_field"),
        *("simulat", "TestLife", "six_that", "any_zone", "worked_example", "accuracy"),
    )
)
"""Tests that take long, start processes, need the project to be everybody's to read, or a server."""

_LONGEST = 4.0
"""Processor seconds of a test that is worth asking about every change."""

_SLOWER = 10
"""So many times longer may tests take with a change, and as many seconds, before it counts as noticed."""

Line = tuple[str, int]


def try_each(
    must: Mutant,
    every: Sequence[Mutant],
    tests: Sequence[str],
    processes: int,
    tell: Callable[[Mutant, str], None],
) -> None:
    """Try each change, and tell why it survives as soon as that is known: "" where a test noticed it.

    The first is the one that must be noticed.

    Raises:
        AssertionError: The tests fail without a change, or do not notice what they must.
    """
    options = ["-s", "-p", "no:cacheprovider", "-k", _LEFT_OUT]
    options += ["-o", "tmp_path_retention_policy=none"]
    os.environ["CI"] = "true"
    os.chdir(ROOT)

    def work(trials: Trials) -> None:
        assert trials.unchanged(), "the tests fail without any change"
        for mutant, why in trials.all([must], 1):
            assert not why, f"the tests do not notice what they must: {why}"
            tell(mutant, why)
        for mutant, why in trials.all(every, processes):
            tell(mutant, why)

    plugin = Trials(work, {str(ROOT / mutant.module) for mutant in [must, *every]})
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder  # other runs sweep the common one
        code = pytest.main([*options, *tests], plugins=[plugin])
    if plugin.error:
        raise plugin.error
    assert code in {0, 1}, f"the tests did not run: {code}"


class Trials:
    """A plugin of pytest that, in place of running the tests, tries changes by them."""

    def __init__(self, work: Callable[[Trials], None], modules: set[str]) -> None:
        self._work, self._modules = work, modules
        self._failed: list[str] = []
        self._touched: dict[pytest.Item, set[Line]] = {}
        self._seconds: dict[pytest.Item, float] = {}
        self.error: BaseException | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember what failed."""
        if report.failed:
            self._failed.append(f"{report.nodeid}: {report.longrepr}")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn which test runs which lines, then try."""
        try:
            self._learn(session.items)
            self._work(self)
        except BaseException as error:  # noqa: BLE001 - pytest would print it and go on
            self.error = error
        return True

    def _learn(self, items: Sequence[pytest.Item]) -> None:
        for item, following in pairwise([*items, None]):
            assert item is not None
            lines: set[Line] = set()
            begun = time.process_time()
            with _traced(self._modules, lines):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self._touched[item], self._seconds[item] = lines, time.process_time() - begun
        assert not self._failed, f"the tests fail without any change: {self._failed[:3]}"

    def _chosen(self, module: str, lines: range, named: str = "") -> list[pytest.Item]:
        wanted = {(str(ROOT / module), line) for line in lines}
        naming = {
            path
            for path in {item.path for item in self._touched}
            if named and named in path.read_text("utf-8")
        }
        touching = [
            item
            for item, touched in self._touched.items()
            if wanted & touched or item.path in naming
        ]
        quick = [item for item in touching if self._seconds[item] < _LONGEST]
        return sorted(quick, key=self._seconds.__getitem__)

    def unchanged(self) -> bool:
        """Whether every test passes in a fork, in the order of their seconds, without a change."""
        quick = [item for item, took in self._seconds.items() if took < _LONGEST]
        return self._ended(self._fork(sorted(quick, key=self._seconds.__getitem__), None)) == 0

    def all(self, every: Sequence[Mutant], processes: int) -> Iterator[tuple[Mutant, str]]:
        """Each change and why it survives, so many at once, in the order they end in."""
        running: dict[int, tuple[Mutant, float]] = {}
        waiting = list(reversed(every))
        while waiting or running:
            while waiting and len(running) < processes:
                mutant = waiting.pop()
                items = self._chosen_for(mutant)
                if not items:
                    yield mutant, "no test runs it"
                    continue
                allowed = _SLOWER * (1 + sum(self._seconds[item] for item in items))
                running[self._fork(items, mutant)] = mutant, time.monotonic() + 4 * allowed
            for process, (mutant, deadline) in list(running.items()):
                code = self._ended(process, deadline, wait=False)
                if code is not None:
                    del running[process]
                    yield mutant, "" if code else "unnoticed"
            time.sleep(0.01)

    def _chosen_for(self, mutant: Mutant) -> list[pytest.Item]:
        if not mutant.whole:
            return self._chosen(mutant.module, mutant.lines)
        name = mutant.module.removesuffix(".py").replace("/", ".")
        return self._chosen(mutant.module, range(1, 100_000), name)  # a constant is read by no line

    def _fork(self, items: Sequence[pytest.Item], mutant: Mutant | None) -> int:
        process = os.fork()
        if process:
            return process
        code = 1
        try:
            os.setsid()
            most = int(_SLOWER * (1 + sum(self._seconds[item] for item in items)))
            resource.setrlimit(resource.RLIMIT_CPU, (most, most))
            if mutant is None or _put_in_place(mutant):
                code = self._run(items)
            else:
                code = _run_apart([item.nodeid for item in items], mutant)
        finally:
            os._exit(code)

    def _run(self, items: Sequence[pytest.Item]) -> int:
        self._failed.clear()
        for item, following in pairwise([*items, None]):
            assert item is not None
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                return 1
        return 0

    @staticmethod
    def _ended(process: int, deadline: float = float("inf"), *, wait: bool = True) -> int | None:
        """How a fork ended; None while it runs. One that runs past its deadline is killed."""
        done, status = os.waitpid(process, 0 if wait else os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            with suppress(ProcessLookupError):
                os.killpg(process, signal.SIGKILL)
        return None


class _traced:  # noqa: N801 - a context
    """Notes the lines of some modules that are run."""

    def __init__(self, modules: set[str], lines: set[Line]) -> None:
        self._modules, self._lines = modules, lines

    def _call(self, frame: FrameType, event: str, _: Any) -> Any:
        del event
        return self._line if frame.f_code.co_filename in self._modules else None

    def _line(self, frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            self._lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line

    def __enter__(self) -> None:
        threading.settrace(self._call)
        sys.settrace(self._call)

    def __exit__(self, *_: object) -> None:
        sys.settrace(None)
        threading.settrace(None)  # type: ignore[arg-type]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _put_in_place(mutant: Mutant) -> bool:
    """Give the functions of the module, wherever they are kept, their changed code.

    False where that cannot be done: the module has to be loaded anew.
    """
    if mutant.whole:
        return False
    changed = {(code.co_qualname, code.co_firstlineno): code for code in _codes(mutant.code)}
    path = str(ROOT / mutant.module)
    for thing in gc.get_objects():
        if isinstance(thing, functools._lru_cache_wrapper):
            thing.cache_clear()
        elif isinstance(thing, FunctionType) and thing.__code__.co_filename == path:
            old = thing.__code__
            new = changed.get((old.co_qualname, old.co_firstlineno), old)
            if new != old:
                try:
                    thing.__code__ = new
                except ValueError:  # what it closes over is no longer the same
                    return False
    return True


_LOADER = """
import sys, importlib.abc, importlib.machinery, marshal
class Changed(importlib.machinery.SourceFileLoader):
    def get_code(self, name):
        return marshal.loads(open({code!r}, 'rb').read())
class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != {name!r}:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        spec.loader = Changed(name, spec.origin)
        return spec
sys.meta_path.insert(0, Finder())
import pytest
sys.exit(pytest.main({options!r}))
"""


def _run_apart(names: Sequence[str], mutant: Mutant) -> int:
    """How tests end in a new process where a module is loaded with a change."""
    import marshal  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        code = Path(folder) / "code"
        code.write_bytes(marshal.dumps(mutant.code))
        name = mutant.module.removesuffix(".py").replace("/", ".")
        options = ["-x", "-p", "no:cacheprovider", *names]
        loader = _LOADER.format(code=str(code), name=name, options=options)
        done = subprocess.run(
            [sys.executable, "-c", loader], cwd=ROOT, capture_output=True, check=False
        )
        return done.returncode
