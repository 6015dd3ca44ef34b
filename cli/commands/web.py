"""`ledger web`: the answers as pages for a browser."""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from cli.commands import check, diff, explain, history, holdings, reconcile, show, stats
from cli.session import Session, everywhere
from cli.terminal import tell
from ledger.errors import UsageError

if TYPE_CHECKING:
    from cli.web.guard import Rules

_PASSWORD = "LEDGER_WEB_PASSWORD"  # noqa: S105 - where it stands, not what it is
_PORT = 8765


@click.command("web")
@everywhere
@click.option("--host", default="127.0.0.1", metavar="HOST", help="Where to listen. [127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, help=f"[default: {_PORT}]")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="A host name it is asked under."
)
@click.option(
    "--proxy-header", metavar="HEADER", help="Ask for this header, by which a proxy says who it is."
)
@click.pass_obj
def command(
    session: Session, host: str, port: int, names: tuple[str, ...], proxy_header: str | None
) -> None:
    """Show the answers as pages in a browser, read only."""
    try:
        # An extra, for this command alone.
        from cli.web.asking import Shown  # noqa: PLC0415
        from cli.web.guard import LOOPBACK, Rules  # noqa: PLC0415
        from cli.web.serving import serve  # noqa: PLC0415
        from cli.web.site import site, style_of_charts  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "pages need Starlette, Jinja2 and uvicorn",
            remedy="pip install 'ownership-ledger[web]'",
        ) from None
    rules = Rules(
        hosts=frozenset({*LOOPBACK, _named(host), *map(str.lower, names)}),
        password=os.environ.get(_PASSWORD) or None,
        proxy=proxy_header,
        style=style_of_charts(),
    )
    if not _only_this_machine(host) and not (rules.password or rules.proxy):
        raise UsageError(
            f"others could reach {host}, and nothing asks who they are",
            remedy=f"set {_PASSWORD}, or name the --proxy-header of a proxy in front",
        )
    session.opened().close()  # so that what cannot be opened is said here, not on a page
    _tell(host, rules)
    shown = Shown(
        check=check.report,
        diff=diff.report,
        explain=explain.report,
        filing=show.report,
        history=history.report,
        holdings=holdings.report,
        reconcile=reconcile.report,
        stats=stats.report,
    )
    serve(site(session.opened, shown, rules), host, port, lambda url: tell(f"Open {url}"))


def _only_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(host: str) -> str:
    """How a Host header has what we listen on."""
    return f"[{host}]" if ":" in host else host.lower()


def _tell(host: str, rules: Rules) -> None:
    """Who may ask, where that is not this machine alone."""
    if rules.proxy:
        tell(
            f"Whoever reaches {host} with a header {rules.proxy} may read this ledger: "
            "let nobody but the proxy reach it."
        )
    elif rules.password:
        tell(
            f"Whoever reaches {host} with the password may read this ledger. "
            "It travels as it is: put a proxy with TLS in front, or a tunnel."
        )
