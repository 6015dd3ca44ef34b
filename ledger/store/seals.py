"""The chain of seals: every append is sealed together with all that came before it.

The seal of an append is SHA-256 over the seal before it and the digest of the appended
events, so no event can be altered, removed or put in between without breaking every
seal after it. Whoever rewrites the whole log can also rewrite all seals: only a seal
kept elsewhere proves that this did not happen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from eventsourcing.persistence import StoredEvent

FIRST = "0" * 64
"""What stands before the first seal."""

CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS seals "
    "(position BIGINT PRIMARY KEY, events BIGINT NOT NULL, hash TEXT NOT NULL)"
)
"""`position` is that of the append's last event, `events` how many it had."""

LAST = "SELECT hash FROM seals ORDER BY position DESC LIMIT 1"


class Digest:
    """The digest of the events of one append: of their keys, and of their states.

    A key says how long its parts are, so no two lists of events share one.
    """

    def __init__(self) -> None:
        self._keys, self._states = hashlib.sha256(), hashlib.sha256()

    def add(self, keys: str, states: bytes) -> None:
        """Further events: the `key` of each, and the state of each, joined."""
        self._keys.update(keys.encode())
        self._states.update(states)

    def hexdigest(self) -> str:
        """64 hex digits for the events so far."""
        return hashlib.sha256(self._keys.digest() + self._states.digest()).hexdigest()


def key(stream: str, version: int, topic: str, state: bytes) -> str:
    """What an event is called and how long it is, in one line."""
    return f"{len(stream)} {stream} {version} {len(topic)} {topic} {len(state)}\n"


def digest_of(events: Sequence[StoredEvent]) -> str:
    """The digest of the events of one append, as 64 hex digits."""
    digest = Digest()
    digest.add(
        "".join(
            [key(str(e.originator_id), e.originator_version, e.topic, e.state) for e in events]
        ),
        b"".join([e.state for e in events]),
    )
    return digest.hexdigest()


def sealed(previous: str, digest: str) -> str:
    """The seal that follows the previous one over an append with this digest."""
    return hashlib.sha256(f"{previous} {digest}".encode()).hexdigest()
