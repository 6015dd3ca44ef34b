"""What reaches a screen: text made safe for it, its width, and lines on stderr.

Names and footnotes are a stranger's words. They are never read as markup or as commands
to a terminal, whichever way they are shown.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import IO, Any

import click

NARROWEST, USUAL, WIDEST = 80, 120, 160
"""Columns: tables are laid out for no fewer and no more, and for this many in a pipe."""


class ReaderGone(Exception):
    """Whoever read our output has read enough: `| head`. Not an error."""


def safe_text(text: str) -> str:
    """A text on one line, without anything that a terminal would obey or hide.

    Control characters are left out, white space of every kind becomes a space, and what
    cannot be seen (bidirectional marks, zero-width characters, unassigned code points)
    is shown as `<U+202E>`.
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if character.isspace():
        return " "
    if ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0:
        return ""
    return f"<U+{ord(character):04X}>"


def width_of(stream: IO[str]) -> int:
    """How many columns a table on this stream may use."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns):
        wanted = int(columns)
    elif stream.isatty():
        wanted = shutil.get_terminal_size((USUAL, 24)).columns
    else:
        wanted = USUAL
    return min(max(wanted, NARROWEST), WIDEST)


def coloured(stream: IO[str]) -> bool:
    """Whether this stream is a terminal that should be shown more than plain text."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not plain


def strong(text: str, stream: IO[str]) -> str:
    """A heading: bold on a terminal, itself elsewhere. The text must be safe already."""
    return click.style(text, bold=True) if coloured(stream) and text.strip() else text


_TINTS: dict[str, dict[str, Any]] = {
    "critical": {"fg": "red", "bold": True},
    "major": {"fg": "red"},
    "minor": {"fg": "yellow"},
    "unexplained": {"fg": "red"},
    "ambiguous": {"fg": "yellow"},
    "explained": {"fg": "cyan"},
    "agreed": {"fg": "green"},
}
"""The colours of severities and verdicts; whoever sees none still reads the words."""


def tinted(text: str, stream: IO[str]) -> str:
    """A severity or a verdict in its colour on a terminal, itself elsewhere; blanks around it stay."""
    tint = _TINTS.get(text.strip()) if coloured(stream) else None
    return text.replace(text.strip(), click.style(text.strip(), **tint)) if tint else text


LOGS = ("text", "json")
"""How lines on stderr may be written: for people, or for programs."""
_LEVELS = {"Error: ": "error", "Note: ": "warning"}


class _Log:
    """How this process writes to stderr."""

    form = "text"


def log_as(form: str) -> None:
    """From now on write lines on stderr as text, or each as a JSON object."""
    _Log.form = form


def logs_json() -> bool:
    """Whether lines on stderr are for programs."""
    return _Log.form == "json"


def _as_json(text: str) -> str:
    """A line as an object: when, how grave, and what."""
    import json  # noqa: PLC0415  (for logs of this form alone)

    prefix = next((one for one in _LEVELS if text.startswith(one)), "")
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    level = _LEVELS.get(prefix, "info")
    return json.dumps({"at": at, "level": level, "message": text.removeprefix(prefix).strip()})


def tell(text: str) -> None:
    """Write one safe line to stderr, after all that was written to stdout before it."""
    with suppress(OSError):  # who closed stdout or stderr has chosen not to hear it
        sys.stdout.flush()
    with suppress(OSError):
        line = safe_text(text).rstrip()
        click.echo(_as_json(line) if logs_json() else line, err=True)
