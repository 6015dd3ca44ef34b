"""Where the program begins: signals are heard before anything else is loaded.

Only what Python has at hand when it starts is imported here.
"""

from __future__ import annotations

import signal

from cli.leaving import NAMES, leave


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
