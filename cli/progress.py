"""How far work has come, told while it lasts: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic_ns

from cli.terminal import coloured, tell

Advance = Callable[..., None]
"""Is told how much is done, and of how much where that is known."""

_PAUSE = 10_000
"""Milliseconds from one line to the next."""

_DRAWN = 4
"""Times a second that a bar is drawn: ten take a twentieth of the processor that does the work."""


@contextmanager
def bar(doing: str) -> Iterator[Advance]:
    """A bar on the terminal that stderr is, gone when the work is done."""
    from rich.console import Console  # noqa: PLC0415  (slow to import, seldom needed)
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True, no_color=not coloured(sys.stderr), highlight=False)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("left", markup=False),
    )
    begun = _clock()
    shown = Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        refresh_per_second=_DRAWN,
    )
    with shown as drawn:
        task = drawn.add_task(doing, total=None, pace="")

        def advance(done: int, total: int | None = None) -> None:
            drawn.update(task, completed=done, total=total, pace=_pace(done, _clock() - begun))

        yield advance


@contextmanager
def lines(doing: str) -> Iterator[Advance]:
    """A line on stderr every few seconds, for who does not watch a terminal and asks for more."""
    begun = told = _clock()

    def advance(done: int, total: int | None = None) -> None:
        nonlocal told
        now = _clock()
        if now - told >= _PAUSE:
            told = now
            tell(f"{doing}: {far(done, total, now - begun)}")

    yield advance


def far(done: int, total: int | None, taken: int) -> str:
    """How much was done in so many milliseconds, how fast, and how long the rest takes so.

    `12,000 of 36,075, 1,230 a second, 19 s left`; without a total what can be said.
    """
    if total is None or done > total:
        return f"{done:,}, {_pace(done, taken)}"
    rest = f", {_duration((total - done) * taken // done // 1_000)} left" if done else ""
    return f"{done:,} of {total:,}, {_pace(done, taken)}{rest}"


def _pace(done: int, taken: int) -> str:
    each_second = done * 1_000 // max(taken, 1)
    if each_second >= 10:
        return f"{each_second:,} a second"
    return f"{done * 60_000 // max(taken, 1):,} a minute"


def _duration(seconds: int) -> str:
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _clock() -> int:
    """Milliseconds."""
    return monotonic_ns() // 1_000_000
