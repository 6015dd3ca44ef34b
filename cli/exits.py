"""How a run ends: its exit code, and what a user is told. No traceback, ever."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

import click

from cli.leaving import told
from cli.session import Session
from cli.signals import Heard, Signalled, heard
from cli.terminal import ReaderGone, tell


def exit_code_of(run: Callable[[], Any], session: Session) -> int:
    """Run a command line, tell the user what went wrong, and say how to exit."""
    _stand_in_for_closed_streams()
    try:
        with heard() as signals:
            try:
                code = _code_of(run, session, signals)
            except Signalled:
                code = 0
            if signals.code:  # and whatever the run ended with came of that
                code = _interrupted(signals.words, signals.code)
    except Signalled as late:  # it met the very last steps
        code = _interrupted(told(late.number), 128 + late.number)
    return code


def _code_of(run: Callable[[], Any], session: Session, signals: Heard) -> int:
    try:
        code = run() or 0
        sys.stdout.flush()
    except (ReaderGone, BrokenPipeError):
        _drop_what_is_unwritten()
        code = 0
    except (KeyboardInterrupt, click.Abort):
        code = _interrupted(told(signal.SIGINT), 128 + signal.SIGINT)
    except Exception as error:  # noqa: BLE001  (the last resort, which names what happened)
        if signals.code:  # which is what became this error on its way here
            return signals.code
        code = _failed(error, session)
    return int(code)


def _interrupted(words: str, code: int) -> int:
    _drop_what_is_unwritten()
    tell(words)
    return code


def _misused(error: click.ClickException) -> int:
    words, context = error.format_message(), getattr(error, "ctx", None)
    if context is not None and words.startswith("Got unexpected extra argument"):
        options = {param.name for param in context.command.params}
        words += " (--person WHO and --issuer WHICH name them)" if "person" in options else ""
    tell(f"Error: {words}")
    if context is not None:
        tell(f"Try '{context.command_path} --help'.")
    return error.exit_code


def _failed(error: Exception, session: Session) -> int:
    if isinstance(error, click.ClickException):
        return _misused(error)
    from ledger.errors import LedgerError, OutputUnwritable  # noqa: PLC0415  (kept out of the program's start)

    if isinstance(error, LedgerError):
        tell(f"Error: {error}")
        return error.exit_code
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        tell(f"Error: {where}{error.strerror} (the system refused what the command needs)")
        _drop_what_is_unwritten()
        code = OutputUnwritable.exit_code
    else:
        tell(
            f"Error: a mistake in this program, not in your data: {type(error).__name__}: {error} "
            "(nothing recorded is lost; please report this line with what -v prints)"
        )
        code = LedgerError.exit_code
    if session.verbose:
        traceback.print_exception(error)
    return code


def _stand_in_for_closed_streams() -> None:
    """Where a stream was closed before we began (`>&-`), write to nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123


def _drop_what_is_unwritten() -> None:
    """Let the interpreter's last flush go nowhere, instead of failing once more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
