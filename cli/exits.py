"""How a run ends: its exit code, and what a user is told. No traceback, ever."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from cli.session import Session
from cli.terminal import tell

INTERRUPTED = 130
TERMINATED = 143
"""128 and the number of the signal, as shells count."""


class ReaderGone(Exception):
    """Whoever read our output has read enough: `| head`. Not an error."""


class Terminated(BaseException):
    """SIGTERM arrived."""


def exit_code_of(run: Callable[[], Any], session: Session) -> int:
    """Run a command line, tell the user what went wrong, and say how to exit."""
    _stand_in_for_closed_streams()
    with _termination_raised():
        try:
            code = run() or 0
            sys.stdout.flush()
        except (ReaderGone, BrokenPipeError):
            _drop_what_is_unwritten()
            code = 0
        except (KeyboardInterrupt, click.Abort):
            code = _interrupted("interrupted", INTERRUPTED)
        except Terminated:
            code = _interrupted("terminated", TERMINATED)
        except click.ClickException as error:
            code = _misused(error)
        except Exception as error:  # noqa: BLE001  (the last resort, which names what happened)
            code = _failed(error, session)
    return int(code)


def _interrupted(how: str, code: int) -> int:
    tell(f"Error: {how}; filings are recorded whole or not at all, so run it again to go on")
    return code


def _misused(error: click.ClickException) -> int:
    tell(f"Error: {error.format_message()}")
    context = getattr(error, "ctx", None)
    if context is not None:
        tell(f"Try '{context.command_path} --help'.")
    return error.exit_code


def _failed(error: Exception, session: Session) -> int:
    from ledger.errors import LedgerError  # noqa: PLC0415  (kept out of the program's start)

    if isinstance(error, LedgerError):
        tell(f"Error: {error}")
        return error.exit_code
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        tell(f"Error: {where}{error.strerror} (the system refused what the command needs)")
        _drop_what_is_unwritten()
    else:
        tell(
            f"Error: a mistake in this program, not in your data: {type(error).__name__}: {error} "
            "(nothing recorded is lost; please report this line with what -v prints)"
        )
    if session.verbose:
        traceback.print_exception(error)
    return 1


@contextmanager
def _termination_raised() -> Iterator[None]:
    """SIGTERM as an exception, so that files and connections are given back."""

    def terminate(_: int, __: Any) -> NoReturn:
        raise Terminated

    try:
        before = signal.signal(signal.SIGTERM, terminate)
    except ValueError:  # not the main thread, which alone may ask for signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
