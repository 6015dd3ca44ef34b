"""Markup within a scanned text: footnote marks, boxes, letters and escapes in one spelling."""

from __future__ import annotations

import html
import re

MARK_OPEN, MARK_CLOSE = "⟦", "⟧"
"""Around a footnote mark that was raised in print, so that it is no number."""

TICKED, EMPTY = "☒", "☐"
"""A box with and without a mark."""

BREAK = "\u2028"
"""Where a line ended inside one box of the form."""

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)((?:\s[^<>]*)?/?)>")
"""An HTML tag: whether it closes, its name, its attributes."""

FORMULA = re.compile(r"\$(?=[^$]*[\\^{])([^$]*)\$\$?")
"""A formula between dollar signs, with its closing sign or without."""

_INPUT = re.compile(r"(?i)<input\b([^<>]*)>")
_RAISED = re.compile(r"(?is)<sup[^<>]*>(.*?)</sup\s*>")
_BREAKING = re.compile(r"(?i)</?(?:br|hr|p|div|li)\b[^<>]*>")
_POWER = re.compile(r"\^\s*(?:\{([^{}]*)\}|(\(\d{1,2}\)|\d{1,2}))")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", "0123456789()")
_RAISED_RUN = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]+")
_REFERENCE = re.compile(r"\[\^(\d{1,2})\]")
_SLASHED = re.compile(
    r"(?:(?<=[A-Za-z.,)])|(?<=\d{3})|(?<=\.\d)|(?<=\.\d\d))/(?P<close>\d{1,2})/(?![\d/])"
    r"|(?:(?<=\s)|^)/(?P<apart>\d{1,2})/(?!\s*[\d/])"
)
"""A footnote mark between strokes: typed so, or in square brackets that were read as strokes."""

_LATEX_WORD = re.compile(
    r"\\(?:text|mathrm|mathbf|textbf|textit|mathit|operatorname|rm|bf)\s*\{([^{}]*)\}"
)
_DOLLAR = "\ue000"
_BOXES = dict.fromkeys("☑☒✓✔✗✘🗹🗷", TICKED) | dict.fromkeys("☐□▢❏❑", EMPTY)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SIGNS = str.maketrans(_BOXES | _LIGATURES)


def cleaned(text: str) -> str:
    """One cell's text without markup: marks and boxes in one spelling, escapes undone."""
    text = html.unescape(text).replace("\xa0", " ").replace("\u200b", "")
    text = _INPUT.sub(lambda tag: f" {_box(tag.group(1))} ", text)
    text = _RAISED.sub(lambda found: raised(TAG.sub("", found.group(1))), text)
    text = TAG.sub("", _BREAKING.sub(BREAK, text))
    text = unescaped(text)
    text = _REFERENCE.sub(lambda found: raised(found.group(1)), text)
    if "/" in text:
        text = _SLASHED.sub(lambda found: raised(found["close"] or found["apart"]), text)
    text = _RAISED_RUN.sub(lambda run: raised(run.group().translate(_SUPERSCRIPTS)), text)
    text = spelt(text)
    text = re.sub(r"\*\*(?=\S)(.+?)(?<=\S)\*\*(?!\*)", r"\1", text)
    text = re.sub(r"^\s*#{1,6}\s+", "", text)
    text = re.sub(rf"\s*{BREAK}[\s{BREAK}]*", BREAK, text).strip(f" \t{BREAK}")
    return re.sub(r"[ \t]{2,}", BREAK, text)


def unescaped(text: str) -> str:
    r"""A text without LaTeX or markdown escapes: `$2. \ Includes \ 2,\!500$` is plain words.

    A dollar sign survives where it is escaped or is no delimiter.
    """
    text = text.replace("\\$", _DOLLAR)
    text = FORMULA.sub(r"\1", text)
    if "\\" in text or "^" in text or "{,}" in text:
        text = _LATEX_WORD.sub(r"\1", text.replace("{,}", ","))
        text = _POWER.sub(lambda found: raised(found.group(1) or found.group(2)), text)
        text = re.sub(r"\\(?:[!,;:]|quad|qquad)", lambda found: _gap(found.group()), text)
        text = re.sub(r"\\ ", " ", text)
        text = re.sub(r"\\([^\w\s])", r"\1", text)
        text = re.sub(r" {2,}", " ", text)
    return text.replace(_DOLLAR, "$")


def _gap(command: str) -> str:
    return "" if command in {"\\!", "\\,"} else " "


def _box(attributes: str) -> str:
    if not re.search(r"(?i)checkbox|radio", attributes):
        return ""
    return TICKED if re.search(r"(?i)\bchecked\b", attributes) else EMPTY


def raised(text: str) -> str:
    """What stood raised: footnote numbers are marked as such, anything else dropped or kept."""
    numbers = re.findall(r"\d{1,3}", text)
    if numbers and not re.search(r"[A-Za-z]", text):
        return "".join(f"{MARK_OPEN}{number}{MARK_CLOSE}" for number in numbers)
    return text


def spelt(text: str) -> str:
    """A text whose boxes, ticked or empty, have one spelling, and whose letters all stand alone.

    Typefaces print two or three letters as one sign (`Hoﬀman`), and PDFs and programs keep that.
    """
    return text.translate(_SIGNS)
