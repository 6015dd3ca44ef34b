"""Turns facts into the bytes that are stored, and stored bytes back into facts.

The state of an event is one JSON object that anybody can read (SQLite keeps it shorter, `shorthand`):
fields in the order the event class declares them, those left at their default left
out, decimals and dates as text, no spaces. Stream and version are the event's key and
are not repeated in it. Equal facts are equal bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent
from pydantic import ValidationError

from ledger.errors import IntegrityFailure
from ledger.events import (
    TOPICS,
    Fact,
    FilingReported,
    FilingReread,
    NoteStated,
    RowReported,
    classes_of,
)
from ledger.filing import Filing, Row, Statement
from ledger.recording import events_of
from ledger.store import seals
from ledger.store.seals import State, stored_event

_KEY = {"originator_id", "originator_version"}
_BODIES = {"rows", "statements"}
_VERSIONED = b'{"class_version":'

_E = ord("E")


class FactMapper(Mapper[str]):
    """The library's mapper, made strict: known topics only, validated on the way out.

    `topics` says which class each stored topic stands for; nothing is ever imported
    because a database names it.
    """

    def __init__(self, topics: Mapping[str, type[Fact]] = TOPICS) -> None:
        super().__init__(JSONTranscoder())
        self._topics = topics
        self._moulds: dict[type[Any], _Mould] = {}
        self._encode = msgspec.json.Encoder(enc_hook=self._shape).encode

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """One fact as a row of the log."""
        cls = type(domain_event)
        key = domain_event.originator_id, domain_event.originator_version
        whole = self._mould(cls).whole
        state = canonical(domain_event) if whole else self._bodies(cls, [domain_event])[0]
        return stored_event(*key, cls.TOPIC, _versioned(cls, state))

    def to_states(self, filing: Filing, *, after: int = 0, reason: str = "") -> list[State]:
        """The events of one reading of a filing, as rows of the log.

        They are those of `recording.events_of`, of which none is made here: that would take as
        long as to write it.
        """
        if type(filing) is not Filing:
            facts = events_of(filing, after=after, reason=reason)
            return seals.states([*map(self.to_stored_event, facts)])
        head: type[Fact] = FilingReread if after else FilingReported
        stream, first = filing.stream, _head(filing, reason if after else "")
        states = [(stream, after + 1, head.TOPIC, _versioned(head, first))]
        bodies = self._bodies(Row, filing.rows) + self._bodies(Statement, filing.statements)
        for version, (cls, body) in enumerate(
            zip(classes_of(filing), bodies, strict=True), start=after + 2
        ):
            state = body if cls.class_version == 1 else _versioned(cls, body)
            states.append((stream, version, cls.TOPIC, state))
        return states

    def _bodies(self, shape: type[Any], bodies: Sequence[Any]) -> list[bytes]:
        """The states of events of few parts, by themselves or by what of a filing they are made of."""
        fill, encode = self._mould(shape).filled, self._encode
        states = [encode(fill(body.__dict__)) for body in bodies]
        # Perhaps a tiny decimal, which only `canonical` writes plainly. To look for the
        # single letter first is ten times as fast, and mostly the answer.
        for at in [at for at, state in enumerate(states) if _E in state and b"E-" in state]:
            states[at] = canonical(bodies[at])
        return states

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """A row of the log as the fact it was, validated again.

        Raises:
            IntegrityFailure: An unknown topic, a state that is no JSON or is not what
                an event of its topic holds; the message names stream and version.
        """
        cls = self._topics.get(stored_event.topic)
        if cls is None:
            raise _damaged(stored_event, f"it is stored under the topic {stored_event.topic!r}")
        try:
            state = self._upcast(cls, stored_event.state)
            key = b'{"originator_id":%b,"originator_version":%d' % (
                json.dumps(stored_event.originator_id).encode(),
                stored_event.originator_version,
            )
            rest = state[1:] if state[1:2] == b"}" else b"," + state[1:]
            fact = cls.__pydantic_validator__.validate_json(key + rest)
        except (ValidationError, ValueError, TypeError) as error:
            raise _damaged(stored_event, _first_line(error)) from error
        if (fact.originator_id, fact.originator_version) != (
            stored_event.originator_id,
            stored_event.originator_version,
        ):
            raise _damaged(stored_event, "its state names another stream or version")
        return fact

    def _upcast(self, cls: type[Fact], state: bytes) -> bytes:
        """The state as today's class would have stored it."""
        if not isinstance(state, bytes) or not state.startswith(b"{"):
            raise ValueError("its state is not a JSON object")
        if cls.class_version == 1 and not state.startswith(_VERSIONED):
            return state
        said = json.loads(state)
        stored = said.pop("class_version", 1)
        if not isinstance(stored, int) or not 1 <= stored <= cls.class_version:
            raise ValueError(f"its class_version {stored!r} is newer than this program")
        for version in range(stored, cls.class_version):
            said = getattr(cls, f"upcast_v{version}_v{version + 1}")(said)
        return json.dumps(said, separators=(",", ":")).encode()

    def _mould(self, cls: type[Any]) -> _Mould:
        return self._moulds.get(cls) or self._moulds.setdefault(cls, _mould_of(cls))

    def _shape(self, model: Any) -> Any:
        """A part of a fact, for the encoder to write."""
        return self._mould(type(model)).filled(vars(model))


class _Mould(NamedTuple):
    """What is known of a class once: how to store it, and its fields as msgspec knows them.

    Filled, it is a struct that msgspec writes as `canonical` would, at twice the speed.
    `words` are the texts that are defaults: msgspec knows a default only by identity, and
    an equal text may have come from another process. Events of many small parts, which are
    faster written by pydantic than shape upon shape, are written `whole`; one that is `keyed`
    has the event's key, which its state does not repeat.
    """

    whole: bool
    keyed: bool
    struct: Callable[..., Any]
    words: Sequence[tuple[str, str]]

    def filled(self, said: dict[str, Any]) -> Any:
        """A struct of these fields."""
        for name, default in self.words:
            if said[name] == default:
                said = {**said, name: default}
        shape = self.struct(**said)
        if self.keyed:
            shape.originator_id = shape.originator_version = None
        return shape


def _mould_of(cls: type[Any]) -> _Mould:
    fields: list[Any] = []
    for name, field in cls.model_fields.items():
        if name in _KEY:
            fields.append((name, Any, None))
        elif field.is_required():
            fields.append((name, Any))
        elif field.default == {}:
            fields.append((name, Any, msgspec.field(default_factory=dict)))
        else:
            fields.append((name, Any, field.default))
    defaults = ((name, field.default) for name, field in cls.model_fields.items())
    return _Mould(
        issubclass(cls, Fact) and not issubclass(cls, (RowReported, NoteStated)),
        issubclass(cls, Fact),
        msgspec.defstruct(cls.__name__, fields, omit_defaults=True, kw_only=True, gc=False),
        [(name, text) for name, text in defaults if isinstance(text, str) and text],
    )


def canonical(fact: Fact) -> bytes:
    """The state of a fact, by pydantic alone: the definition of the stored bytes."""
    return fact.__pydantic_serializer__.to_json(fact, exclude_defaults=True, exclude=_KEY)


def _head(filing: Filing, reason: str) -> bytes:
    """The state of the first event of a reading: the filing, and how many others follow."""
    said = filing.__pydantic_serializer__.to_json(filing, exclude_defaults=True, exclude=_BODIES)
    state = said[:-1]
    if filing.rows:
        state += b',"row_count":%d' % len(filing.rows)
    if filing.statements:
        state += b',"statement_count":%d' % len(filing.statements)
    if reason:
        state += b',"reason":%b' % msgspec.json.encode(reason)
    return state + b"}"


def _versioned(cls: type[Fact], state: bytes) -> bytes:
    """A state that says of which version of its class it is, unless it is the first."""
    if cls.class_version == 1:
        return state
    rest = b"," + state[1:] if len(state) > 2 else b"}"
    return b"%b%d%b" % (_VERSIONED, cls.class_version, rest)


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        return f"{place}: {first['msg']}" if place else first["msg"]
    return str(error).partition("\n")[0]


def _damaged(event: StoredEvent, why: str) -> IntegrityFailure:
    return IntegrityFailure(
        f"this event cannot be read: {why}",
        where=f"{event.originator_id} version {event.originator_version}",
        remedy="run `ledger verify`; restore the database from a backup if it is damaged",
    )
