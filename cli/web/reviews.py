"""What people make of a finding, told on its page and, where that is allowed, said there."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from cli.reports.blocks import Block, Paragraph
from cli.reports.reviews import sayings
from cli.web.asking import Asking
from ledger.errors import UsageError
from ledger.review import LONGEST
from projections import review
from projections.findings.finding import Finding
from projections.questions.reviews import remarks
from projections.questions.subject import moment_of

_DONE = ("accept", "reopen", "note")
"""What a form says of a finding, by the button that is pressed."""


class Review(NamedTuple):
    """A finding as people left it: in words, and what its form needs where there is one."""

    told: Markup
    finding: Finding
    to: str
    by: str
    token: str
    writes: bool
    longest: int = LONGEST


def review_of(asking: Asking, finding: Finding) -> Review:
    """Where a finding stands, what was said of it, and the form to say more.

    As known at a moment it is what had been said by then, and nothing can be added.
    """
    moment, _ = moment_of(asking.moment.known_at or None)
    said = [] if moment else review(asking.ledger, finding.id).reviews[0].said
    words = "; ".join(remarks(finding)) or "nobody said anything of it"
    blocks: list[Block] = [Paragraph(f"{finding.status.capitalize()}: {words}.")]
    blocks += [sayings(said)] if said else []
    return Review(
        told=asking.plain(blocks),
        finding=finding,
        to=asking.moment.to("findings", finding.id),
        by=asking.by,
        token=asking.token,
        writes=asking.writes and moment is None,
    )


def said(asking: Asking, sent: FormData) -> Response:
    """Record what a form says of a finding, and lead back to its page.

    Raises:
        UsageError: The form is not one of ours, says nothing, or nobody says it.
        UnknownReference: No finding has this id.
    """
    asking.require_ours(sent)
    done, note = sent.get("do"), sent.get("note")
    if done not in _DONE:
        raise UsageError("nothing is said of the finding", remedy="press one of its buttons")
    if not asking.by:
        raise UsageError(
            "it must be said who reviews", remedy="sign in with a name beside the password"
        )
    (now,) = review(asking.ledger, asking.word("finding") or "").reviews
    before = now.finding.note if now.finding else None
    remark = _remark(note if isinstance(note, str) else "", before or "")
    if done == "note" and remark is None:
        raise UsageError("the note is as it was", remedy="change it, or accept the finding")
    asked: dict[str, Any] = {"accept": done == "accept", "reopen": done == "reopen"}
    review(asking.ledger, now.id, note=remark, by=asking.by, **asked)
    return RedirectResponse(asking.moment.to("findings", now.id, place="review"), 303)


def _remark(note: str, before: str) -> str | None:
    """A note that is sent, None where it is what was noted before."""
    text = " ".join(note.split())
    return None if text == before else text
