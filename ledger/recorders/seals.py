"""The chain of seals: every append is sealed together with all that came before it.

The seal of an append is SHA-256 over the seal before it and the digest of the appended
events, so no event can be altered, removed or put in between without breaking every
seal after it. Whoever rewrites the whole log can also rewrite all seals: only a seal
kept elsewhere proves that this did not happen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from eventsourcing.persistence import StoredEvent

FIRST = "0" * 64
"""What stands before the first seal."""

CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS seals "
    "(position BIGINT PRIMARY KEY, events BIGINT NOT NULL, hash TEXT NOT NULL)"
)
"""`position` is that of the append's last event, `events` how many it had."""

LAST = "SELECT hash FROM seals ORDER BY position DESC LIMIT 1"


def framed(stream: str, version: int, topic: str, state: bytes) -> bytes:
    """An event as bytes that no other event has: its lengths first, then its parts."""
    return f"{len(stream)} {version} {len(topic)} {len(state)} {stream}{topic}".encode() + state


def digest_of(events: Iterable[StoredEvent]) -> str:
    """The digest of the events of one append, as 64 hex digits."""
    return hashlib.sha256(
        b"".join(
            [
                framed(event.originator_id, event.originator_version, event.topic, event.state)  # type: ignore[arg-type]
                for event in events
            ]
        )
    ).hexdigest()


def sealed(previous: str, digest: str) -> str:
    """The seal that follows the previous one over an append with this digest."""
    return hashlib.sha256(f"{previous} {digest}".encode()).hexdigest()
