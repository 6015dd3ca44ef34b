"""A draft that somebody sends to be judged; it lies in a folder of its own, and only until then."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from starlette.datastructures import FormData, UploadFile

from cli.web.asking import Asking
from cli.web.parts import Page, Section
from ledger.errors import NothingReadable, UsageError
from ledger.types import eastern_day
from projections import check
from projections.desk import Check
from projections.questions.subject import moment_of

_NAME = re.compile(r"[^\w.-]+")
_LONGEST = 100
"""Characters of a file's name that are kept."""


def form(asking: Asking) -> Page:
    """Where a draft is chosen."""
    return Page("Check a draft", more={"token": asking.token}, template="check.html")


def judged(asking: Asking, sent: FormData) -> Page:
    """What a draft amounts to, judged as if it were filed; nothing of it is recorded.

    Raises:
        UsageError: The form is not one of ours, or brings no file.
        NothingReadable: It is no Form 3, 4 or 5.
    """
    asking.require_ours(sent)
    given = sent.get("draft")
    if not isinstance(given, UploadFile) or not given.filename:
        raise UsageError("no file was chosen", remedy="choose the draft as XML or text")
    answer = _checked(asking, given)
    if not answer.drafts:
        raise NothingReadable(
            "no draft could be read as a Form 3, 4 or 5",
            remedy="; ".join(p["problem"] for p in answer.problems) or "give it as XML or text",
        )
    report = asking.shown.check(asking.ledger, answer)
    body = asking.drawn(report)(report.blocks())
    sections = [Section("The draft, judged", body, place="judged")]
    return Page("Check a draft", sections, more={"token": asking.token}, template="check.html")


def _checked(asking: Asking, given: UploadFile) -> Check:
    with tempfile.TemporaryDirectory(prefix="ledger-draft-") as folder:
        called = _NAME.sub("_", Path(given.filename or "").name)[-_LONGEST:].lstrip(".") or "draft"
        path = Path(folder) / called
        path.write_bytes(given.file.read())
        moment, _ = moment_of(asking.known["known_at"])
        today = eastern_day(moment or datetime.now(UTC))
        answer = check(asking.ledger, path, **asking.known, today=today)
        return _without(answer, f"{folder}/")


def _without(answer: Check, folder: str) -> Check:
    """The answer as if the draft had lain nowhere in particular."""
    replace = msgspec.structs.replace
    return replace(
        answer,
        drafts=tuple(replace(d, source=d.source.removeprefix(folder)) for d in answer.drafts),
        problems=tuple(
            {key: said.replace(folder, "") for key, said in problem.items()}
            for problem in answer.problems
        ),
    )
