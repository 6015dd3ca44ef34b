"""Serves the pages until somebody ends it."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from cli.web.collecting import Collected
from ledger.errors import UsageError

_MOST = 500
"""Connections at a time, of which a browser holds six; whoever comes then is told to come again."""


def serve(app: ASGIApp, host: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve pages; `ready` is told their address once somebody can ask for them.

    What is written goes out at once: a page's head and its body are two writes, and between them
    the other side would be waited for. Connections have that from the socket they came by.

    Raises:
        UsageError: Nothing can listen there.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except OSError as error:
        raise UsageError(
            f"nothing can listen on port {port}: {error.strerror or error}",
            where=host,
            remedy="name another --port; 0 takes a free one",
        ) from None
    with listening:
        named = f"[{host}]" if ":" in host else host
        ready(f"http://{named}:{listening.getsockname()[1]}/")
        config = uvicorn.Config(
            Collected(app),
            access_log=False,
            limit_concurrency=_MOST,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=5,
        )
        uvicorn.Server(config).run(sockets=[listening])
