"""Where the program begins: signals are heard before anything else is loaded.

Only what Python has at hand when it starts is imported here.
"""

from __future__ import annotations

import os
import signal

NAMES = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}


def main() -> None:
    """Run the program `ledger`; leaves by SystemExit, or at once where a signal says so."""
    leave_at_once()
    from cli.main import main as program  # noqa: PLC0415  (loaded while we listen)

    program()


def leave_at_once() -> None:
    """Until a command runs, a signal ends the process where it stands: nothing is open yet.

    A signal that whoever started us wants ignored, as `nohup` does, stays ignored.
    """
    for number in NAMES:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, leave)


def leave(number: int, _: object = None) -> None:
    """End the process where it stands, with one line and the code of the signal."""
    os.write(2, f"{told(number)}\n".encode())
    os._exit(128 + number)


def told(number: int) -> str:
    """One line about a signal: what happened, and why nothing is lost."""
    how = NAMES[signal.Signals(number)]
    return f"Error: {how}; filings are recorded whole or not at all, so run it again to go on"
