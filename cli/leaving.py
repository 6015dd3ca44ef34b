"""What is said when a signal ends the program, and by which code it leaves.

Only what Python has at hand when it starts is imported here.
"""

from __future__ import annotations

import os
import signal

NAMES = {signal.SIGINT: "interrupted", signal.SIGTERM: "terminated"}


def leave(number: int, _: object = None) -> None:
    """End the process where it stands, with one line and the code of the signal."""
    os.write(2, f"{told(number)}\n".encode())
    os._exit(128 + number)


def told(number: int) -> str:
    """One line about a signal: what happened, and why nothing is lost."""
    how = NAMES[signal.Signals(number)]
    return f"Error: {how}; filings are recorded whole or not at all, so run it again to go on"
