"""A wire between a client and a PostgreSQL server, on which things go wrong when a test says so."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SOCKET = ".s.PGSQL.5432"


class Wire:
    """Passes on what client and server say to each other, through a socket in a folder of its own.

    Once in a while a commit of appended events passes: `on_commit` is then called with its number,
    before the server hears of it, and says whether the server's answer gets lost.
    """

    def __init__(self, folder: Path, server: Path, on_commit: Callable[[Wire, int], bool]) -> None:
        self._server, self._on_commit = str(server / SOCKET), on_commit
        self.commits = 0
        self._open: list[socket.socket] = []
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(folder / SOCKET))
        self._listening.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """End every connection there is."""
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def close(self) -> None:
        """Cut everything, and let nobody in again."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.socket(socket.AF_UNIX)
                try:
                    server.connect(self._server)
                except OSError:  # it is just starting again
                    client.close()
                    continue
                self._open += [client, server]
                line = _Line(self, client, server)
                threading.Thread(target=line.ask, daemon=True).start()
                threading.Thread(target=line.answer, daemon=True).start()

    def committing(self) -> bool:
        """Called at each commit of appended events; whether its answer gets lost."""
        self.commits += 1
        return self._on_commit(self, self.commits)


class _Line:
    """One connection: what the client asks, and what the server answers."""

    def __init__(self, wire: Wire, client: socket.socket, server: socket.socket) -> None:
        self._wire, self._client, self._server = wire, client, server
        self._lost = threading.Event()

    def ask(self) -> None:
        """Pass on what the client says."""
        appending = False
        for said in _heard(self._client):
            appending |= b"COPY " in said
            if appending and b"COMMIT" in said:
                appending = False
                if self._wire.committing():
                    self._lost.set()
            with suppress(OSError):
                self._server.sendall(said)
        self._hang_up()

    def answer(self) -> None:
        """Pass on what the server says, unless it is to get lost."""
        for said in _heard(self._server):
            if self._lost.is_set():
                break
            with suppress(OSError):
                self._client.sendall(said)
        self._hang_up()

    def _hang_up(self) -> None:
        for end in (self._client, self._server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def _heard(end: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while said := end.recv(65_536):
            yield said


@contextmanager
def wire(folder: Path, server: Path, on_commit: Callable[[Wire, int], bool]) -> Iterator[Wire]:
    """A wire that is taken down at the end."""
    laid = Wire(folder, server, on_commit)
    try:
        yield laid
    finally:
        laid.close()
