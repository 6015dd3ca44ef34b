"""Whose turn it is: some requests are answered at a time, and the others wait in the order they came.

Who waits holds no thread, so that style sheets come meanwhile; who has left is passed over, so that
a page that is asked for again and again is not made as often.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import Semaphore, move_on_after
from starlette.requests import Request

AT_ONCE = 4
"""Requests that are answered at the same time."""

PATIENCE = 240
"""Seconds that a request waits for its turn: browsers wait five minutes, and a page that comes late
is better than none."""


class Crowded(Exception):
    """So many ask at once that a request did not have its turn in time."""


class Gone(Exception):
    """Whoever asked did not wait for the answer."""


class Turns:
    """So many turns at a time, each for whoever has waited longest."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._free, self._patience = Semaphore(at_once), patience

    @asynccontextmanager
    async def taken(self, request: Request) -> AsyncIterator[None]:
        """A turn for a request of which all that is sent has been read.

        Raises:
            Crowded: It did not come in time.
            Gone: Nobody waits for the answer any more.
        """
        with move_on_after(self._patience) as waiting:
            await self._free.acquire()
        if waiting.cancelled_caught:
            raise Crowded
        try:
            if await request.is_disconnected():
                raise Gone
            yield
        finally:
            self._free.release()
