"""When the cycle collector walks what is kept for the pages: while nobody waits for one.

By itself it does so in the middle of a request, and with the judgements of some companies in memory
that takes a second. What has outlived a walk is set apart from the next one, which then takes as
long as what is new; what was let go of since is found by a walk through everything, seldom.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from typing import NamedTuple

from starlette.types import ASGIApp, Receive, Scope, Send


class Patience(NamedTuple):
    """How much is new, in objects, before it is walked: while nobody waits, and in any case.

    `grown` is how much may have been new since the last walk through everything before the next. It is
    looked for every `every` seconds.
    """

    idle: int = 20_000
    busy: int = 400_000
    grown: int = 1_500_000
    every: float = 0.2


class Collected:
    """An application, and the collector that stands aside for it while it is served."""

    def __init__(self, app: ASGIApp, patience: Patience = Patience()) -> None:  # noqa: B008 - immutable
        self._app, self._patience = app, patience
        self._asking = self._since = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; from the beginning of service to its end, collect between them."""
        if scope["type"] == "lifespan":
            await self._served(scope, receive, send)
            return
        self._asking += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._asking -= 1

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> None:
        by_itself = gc.isenabled()
        gc.disable()
        self._everything()
        looking = asyncio.create_task(self._look())
        try:
            await self._app(scope, receive, send)
        finally:
            looking.cancel()
            with suppress(asyncio.CancelledError):
                await looking
            gc.unfreeze()
            if by_itself:
                gc.enable()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(self._patience.every)
            self.look()

    def look(self) -> None:
        """Walk what is new, or everything, where there is enough of it."""
        new = gc.get_count()[0]
        if new < (self._patience.busy if self._asking else self._patience.idle):
            return
        gc.collect()
        gc.freeze()
        self._since += new
        if self._since >= self._patience.grown:
            self._everything()

    def _everything(self) -> None:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        self._since = 0
