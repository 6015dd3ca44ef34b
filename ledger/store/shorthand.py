"""How SQLite keeps the states of events: shorter, still JSON, and told again to the byte.

A state repeats the names of its fields, and a filing says whom and what company it is about,
its notes and who signs in the words of the filings before it. Here a common name is one letter,
a common name with its value another, and what filings repeat lies once in a table of its own:

    {"table":"I","line":1,"security":"Common Stock","shares_after":"100","ownership":"direct"}
    {"F":0,"c":1,"L":0,"a":"100","A":0}

No field of an event is called by a single character, so that each can be told from what it
stands for; where one should be, the state is kept as it is, behind a blank. What was kept
before there were such letters has none and is told as it lies there. Seals and digests are of
whole states: what they prove, and what another database keeps, is the same.

The letters are for ever: files are full of them. More may be added, none ever changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from zlib import crc32

NAMES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz0123456789",
        (
            *("shares_after", "security", "line", "shares", "price", "effective_on", "code"),
            *("form_type", "cited", "nature", "direction", "ownership", "note", "kind", "start"),
            *("end", "accession", "period", "accepted_at", "filed_on", "row_count"),
            *("statement_count", "schema_version", "exercise_price", "exercisable_on"),
            *("expires_on", "underlying", "underlying_shares", "signatures", "footnotes"),
            *("reader_version", "sha256", "effective_from", "effective_to", "table", "text"),
        ),
        strict=True,
    )
)
"""Names of fields, by the letter that stands for each."""

MEMBERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *('"ownership":"direct"', '"equity_swap":false', '"direction":"disposed"'),
            *('"direction":"acquired"', '"not_subject_to_section16":false', '"table":"I"'),
            *('"table":"II"', '"form_type":"4"', '"holding":true', '"ownership":"indirect"'),
            *('"format":"submission"', '"security":"Common Stock"', '"code":"S"', '"code":"M"'),
            *('"code":"P"', '"code":"A"', '"code":"F"', '"code":"G"', '"form":"4"'),
            *('"no_securities_owned":false', '"price":"0"', '"format":"ownership-xml"'),
            *('"underlying":"Common Stock"', '"schema_version":"X0306"'),
            *('"schema_version":"X0508"', '"form_type":"5"'),
        ),
        strict=True,
    )
)
"""Fields with their values, by the letter that stands for each."""

REPEATED = "CREATE TABLE IF NOT EXISTS repeated (id INTEGER PRIMARY KEY, member BLOB NOT NULL)"
"""Where lies once what filings repeat, by its CRC-32."""

_NESTED = 16
"""Calls within one another that SQLite's parser takes at once, with room for others."""

_SHARED = re.compile(
    rb'"(?:issuer":\{[^][{}]*\}|owners":\[(?:\{[^][{}]*\},?)+\]'
    rb'|name":"(?:[^"\\]{12,}"|(?=[^"\\]*\\)(?:[^"\\]|\\.){12,}")'
    rb'|(?:text|remarks)":"(?:[^"\\]{40,}"|(?=[^"\\]*\\)(?:[^"\\]|\\.){40,}"))'
)
"""What filings repeat from one to the next, each long enough to be worth a number."""

_FILING = b'"issuer":'
_NUMBER = re.compile(rb'"@":([0-9]+)')
_LETTERED = re.compile(rb'"[a-zA-Z0-9@]":')
"""A field that is called by a single character, as none of an event is."""

_TOLD = {
    **{f'{letter}":'.encode(): f'{name}":'.encode() for letter, name in NAMES.items()},
    **{f'{letter}":0'.encode(): member[1:].encode() for letter, member in MEMBERS.items()},
}
_MOST, _LONGEST = 50_000, 40
"""Fields kept at hand, each as it is told and as it is kept, and how long: most say what another said."""

_BETWEEN, _PLACE = b'\n,"\n', b"\0"
"""What parts states that are shortened at once, and what stands in for the name of what is repeated
meanwhile: JSON has neither of these characters."""

_AT_ONCE = 200
"""States shortened at once."""


class _Unlike(Exception):
    """A state that cannot be shortened among others: it is no object, or a field has a single character."""


class _Fields(dict[bytes, bytes]):
    """Fields behind their first quotation mark, each with what is put in its place."""

    def __init__(self, names: Mapping[bytes, bytes], members: Mapping[bytes, bytes]) -> None:
        ends = (b"", b"}", b"}\n")
        self._names = names
        self._fixed = {one + end: other + end for one, other in members.items() for end in ends}
        super().__init__(self._fixed)

    def __missing__(self, field: bytes) -> bytes:
        found = self._found(field)
        if len(field) <= _LONGEST:
            if len(self) >= _MOST:
                self.clear()
                self.update(self._fixed)
            self[field] = found
        return found

    def _found(self, field: bytes) -> bytes:
        end = field.find(b'":') + 2
        name = self._names.get(field[:end])
        return field if name is None else name + field[end:]


class _Shortened(_Fields):
    """The same of what is told, also of the first field of each of many states."""

    def _found(self, field: bytes) -> bytes:
        if field[:1] == b"\n":
            if field[1:3] != b'{"':
                raise _Unlike
            return b'\n{"' + self[field[3:]]
        if _LETTERED.search(b'"' + field):
            raise _Unlike
        return super()._found(field).replace(_PLACE, b'@":')


_shortened = _Shortened(
    {told: kept for kept, told in _TOLD.items() if kept.endswith(b":")},
    {told: kept for kept, told in _TOLD.items() if kept.endswith(b"0")},
)
_told = _Fields(
    {kept: told for kept, told in _TOLD.items() if kept.endswith(b":")},
    {kept: told for kept, told in _TOLD.items() if kept.endswith(b"0")},
)


def repeated(state: bytes) -> list[bytes]:
    """What of a state lies in the table of what is repeated, or is to lie there."""
    return _SHARED.findall(state) if _FILING in state else []


def every_repeated(states: Iterable[bytes]) -> dict[int, list[bytes]]:
    """The same of many, by their places among them, where there is any."""
    heads = ((at, _SHARED.findall(one)) for at, one in enumerate(states) if _FILING in one)
    return {at: found for at, found in heads if found}


def number(member: bytes) -> int:
    """The number under which something lies in the table of what is repeated."""
    return crc32(member)


def short(state: bytes, shared: Iterable[bytes] = ()) -> bytes:
    """A state as it is kept, where `shared` of it lies in the table of what is repeated."""
    if _LETTERED.search(state):
        return b" " + state
    if state[:2] != b'{"' or b"\n" in state or _PLACE in state:
        return state
    fields = _without(state, shared)[2:].split(b',"')
    return b'{"' + b',"'.join(map(_shortened.__getitem__, fields))


def _without(state: bytes, shared: Iterable[bytes]) -> bytes:
    for member in shared:
        state = state.replace(member, b'"%b%d' % (_PLACE, crc32(member)))
    return state


def every_short(states: Sequence[bytes], shared: Mapping[int, Iterable[bytes]]) -> list[bytes]:
    """Many states as `short` gives each, in half the time.

    Args:
        states: The states.
        shared: What of them lies in the table of what is repeated, by their places among them.
    """
    kept: list[bytes] = []
    for start in range(0, len(states), _AT_ONCE):
        some = [*states[start : start + _AT_ONCE]]
        places = range(start, start + len(some))
        own = {at - start: shared[at] for at in shared.keys() & places}
        kept += _at_once(some, own) or [short(one, own.get(at, ())) for at, one in enumerate(some)]
    return kept


def _at_once(states: Sequence[bytes], shared: Mapping[int, Iterable[bytes]]) -> list[bytes]:
    """The same of a few, which are taken for one long state; none where one is unlike the others."""
    text = _BETWEEN.join(states)
    if text.count(b"\n") != 2 * (len(states) - 1) or _PLACE in text:
        return []
    without = [*states]
    for at, members in shared.items():
        without[at] = _without(states[at], members)
    text = b"\n" + _BETWEEN.join(without)
    try:
        text = b',"'.join(map(_shortened.__getitem__, text.split(b',"')))
    except _Unlike:
        return []
    return text[1:].split(_BETWEEN)


def whole(state: bytes, member: Callable[[int], bytes | None]) -> bytes:
    """A state as it was before it was shortened; `member` gives what is repeated by its number."""
    if state[:2] == b'{"':
        state = b'{"' + b',"'.join(map(_told.__getitem__, state[2:].split(b',"')))
        if b'"@":' in state:
            state = _NUMBER.sub(lambda found: member(int(found[1])) or found[0], state)
    elif state[:1] == b" " and _LETTERED.search(state):
        return state[1:]
    return state


def _view() -> str:
    """The SELECT by which SQLite alone tells the log as it was recorded."""
    columns = "position, originator_id, originator_version, topic, kept"
    rest = "substr(s, instr(s, '\"@\":') + 4)"
    kept = (
        "SELECT rowid AS position, originator_id, originator_version, topic, "
        "CAST(state AS TEXT) AS kept FROM stored_events"
    )
    numbers = (
        "WITH RECURSIVE step(s) AS (SELECT kept UNION ALL SELECT substr(s, 1, instr(s, '\"@\":') - 1)"  # noqa: S608
        f" || (SELECT CAST(member AS TEXT) FROM repeated WHERE id = CAST({rest} AS INTEGER)) || "
        f"ltrim({rest}, '0123456789') FROM step WHERE instr(s, '\"@\":')) "
        "SELECT s FROM step WHERE NOT instr(s, '\"@\":')"
    )
    steps = [f"SELECT {columns}, ({numbers}) AS state FROM ({kept})"]  # noqa: S608 - our own names
    letters = iter(_TOLD.items())  # each behind its quotation mark, which is never escaped
    while some := [*islice(letters, _NESTED)]:
        told = "state"
        for letter, said in some:
            told = f"replace({told}, '\"{letter.decode()}', '\"{said.decode()}')"
        steps.append(f"SELECT {columns}, {told} AS state FROM step{len(steps) - 1}")  # noqa: S608
    named = ", ".join(f"step{number} AS ({step})" for number, step in enumerate(steps))
    return (
        f"WITH {named} SELECT {columns.removesuffix(', kept')}, "  # noqa: S608 - our own names
        "iif(kept LIKE ' %', substr(kept, 2), state) AS state "
        f"FROM step{len(steps) - 1}"
    )


VIEW = "events"
"""The view by which anybody reads the log with SQLite alone."""

SELECT = _view()
CREATE_VIEW = f"CREATE VIEW IF NOT EXISTS {VIEW} AS {SELECT}"
