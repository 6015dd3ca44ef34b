"""The chain of seals: every append is sealed together with all that came before it.

The seal of an append is SHA-256 over the seal before it and the digest of the appended
events, so no event can be altered, removed or put in between without breaking every
seal after it. Whoever rewrites the whole log can also rewrite all seals: only a seal
kept elsewhere proves that this did not happen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from operator import attrgetter
from typing import Any

from eventsourcing.persistence import StoredEvent

from ledger.errors import IntegrityFailure

FIRST = "0" * 64
"""What stands before the first seal."""

CREATE_TABLE = (
    "CREATE TABLE IF NOT EXISTS seals "
    "(position BIGINT PRIMARY KEY, events BIGINT NOT NULL, hash TEXT NOT NULL)"
)
"""`position` is that of the append's last event, `events` how many it had."""

LAST = "SELECT position, hash FROM seals ORDER BY position DESC LIMIT 1"


State = tuple[str, int, str, bytes]
"""A stored event as it lies there: stream, version, topic, state."""

_AT_ONCE = 500

_new, _put = object.__new__, object.__setattr__

_state = attrgetter("originator_id", "originator_version", "topic", "state")


def states(events: Sequence[StoredEvent] | Sequence[State]) -> list[State]:
    """Stored events, in the event library's own type or not, as they are to lie there."""
    return [one if isinstance(one, tuple) else _state(one) for one in events]


def stored_event(stream: str, version: int, topic: str, state: bytes) -> StoredEvent:
    """A StoredEvent without the cost of a frozen dataclass's constructor, for bulk work."""
    event = _new(StoredEvent)
    said = {
        "originator_id": stream,
        "originator_version": version,
        "topic": topic,
        "state": state,
    }
    _put(event, "__dict__", said)
    return event


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


def require(meant: Sequence[State], stored: Iterable[tuple[Any, ...]]) -> None:
    """Make sure that what was stored for an append, read back, is what was meant.

    Raises:
        IntegrityFailure: It is not: something in the database, such as a trigger, alters it.
    """
    lying = iter(stored)
    for some in _some(meant):
        found = [*islice(lying, len(some))]
        if some != found:
            pairs = zip_longest(some, found)
            raise altered(next(str((one or other)[0]) for one, other in pairs if one != other))
    for beyond in lying:
        raise altered(str(beyond[0]))


def altered(where: str) -> IntegrityFailure:
    """The error that something in the database alters what is stored."""
    return IntegrityFailure(
        "what was stored is not what was meant, so nothing of it was kept",
        where=where,
        remedy="`ledger verify` names what was added to the database, such as a trigger",
    )


def key(stream: str, version: int, topic: str, state: bytes) -> str:
    """What an event is called and how long it is, in one line."""
    return f"{len(stream)} {stream} {version} {len(topic)} {topic} {len(state)}\n"


def digest_of(events: Sequence[State]) -> str:
    """The digest of the events of one append, as 64 hex digits."""
    digest = Digest()
    for some in _some(events):
        # As `key` has it, written out: this is done for every event that is appended or read.
        keys = [f"{len(s)} {s} {v} {len(t)} {t} {len(x)}\n" for s, v, t, x in some]
        digest.add("".join(keys), b"".join([event[3] for event in some]))
    return digest.hexdigest()


def _some(events: Sequence[State]) -> Iterator[Sequence[State]]:
    """Events in parts whose texts the processor keeps at hand: a third faster than all at once."""
    return (events[start : start + _AT_ONCE] for start in range(0, len(events), _AT_ONCE))


def following(last: Sequence[Any] | None, before: int, digest: str) -> str:
    """The seal of an append with this digest, whose first event follows the position `before`.

    Raises:
        IntegrityFailure: The last seal is not that of the event before it.
    """
    position, seal = last or (0, FIRST)
    if position != before:
        raise out_of_step("removed" if isinstance(position, int) and position > before else "")
    return sealed(seal, digest)


def out_of_step(how: str) -> IntegrityFailure:
    """The error that log and seals do not go together: events were `removed`, or added."""
    return IntegrityFailure(
        f"the log and its seals do not go together: events were {how or 'added by something else'}",
        where="the end of the log",
        remedy="run `ledger verify`; restore the database from a backup",
    )


def sealed(previous: str, digest: str) -> str:
    """The seal that follows the previous one over an append with this digest."""
    return hashlib.sha256(f"{previous} {digest}".encode()).hexdigest()
