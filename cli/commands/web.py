"""`ledger web`: the answers as pages for a browser."""

from __future__ import annotations

import os
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from cli.commands import (
    check,
    diff,
    due,
    explain,
    filed,
    history,
    holdings,
    issuers,
    people,
    reconcile,
    show,
    stakes,
    stats,
)
from cli.commands.review import login
from cli.ranking import as_held, severities
from cli.session import Place, Session, everywhere
from cli.terminal import tell
from ledger.errors import UsageError
from ledger.extras import install

if TYPE_CHECKING:
    from cli.web.asking import Shown
    from cli.web.guard import Rules

_PASSWORD = "LEDGER_WEB_PASSWORD"  # noqa: S105 - where it stands, not what it is
_PORT = 8765


@click.command("web")
@everywhere
@click.option(
    "--host", type=Place(), default="127.0.0.1", metavar="HOST", help="Where to listen. [127.0.0.1]"
)
@click.option("--port", type=click.IntRange(0, 65535), default=_PORT, help=f"[default: {_PORT}]")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="A host name it is asked under."
)
@click.option(
    "--proxy-header", metavar="HEADER", help="Ask for this header, by which a proxy says who it is."
)
@click.option(
    "--allow-write", is_flag=True, help="Let findings be accepted, noted and reopened on pages."
)
@click.option(
    "--by",
    metavar="WHO",
    envvar="LEDGER_REVIEWER",
    help="Who says so where nobody signs in. [default: the login name; env: LEDGER_REVIEWER]",
)
@click.pass_obj
def command(
    session: Session,
    host: str,
    port: int,
    names: tuple[str, ...],
    proxy_header: str | None,
    *,
    allow_write: bool,
    by: str | None,
) -> None:
    """Show the answers as pages in a browser."""
    try:
        # An extra, for this command alone.
        from cli.web.guard import LOOPBACK, Rules  # noqa: PLC0415
        from cli.web.serving import serve  # noqa: PLC0415
        from cli.web.site import site, style_of_charts  # noqa: PLC0415
    except ImportError:
        raise UsageError(
            "pages need Starlette, Jinja2 and uvicorn",
            remedy=install("web"),
        ) from None
    rules = Rules(
        hosts=frozenset({*LOOPBACK, _named(host), *map(str.lower, names)}),
        password=os.environ.get(_PASSWORD) or None,
        proxy=proxy_header,
        style=style_of_charts(),
    )
    if not _only_this_machine(host) and not rules.names:
        raise UsageError(
            f"others could reach {host}, and nothing asks who they are",
            remedy=f"set {_PASSWORD}, or name the --proxy-header of a proxy in front",
        )
    reviewer = (by or login()) if allow_write else None
    if reviewer == "" and not rules.names:
        raise UsageError("nobody would say what is made of findings", remedy="give --by WHO")
    session.opened().close()  # so that what cannot be opened is said here, not on a page
    _tell(host, rules, "read and review" if allow_write else "read")
    served = site(session.opened, shown(session.database), rules, reviewer)
    serve(served, host, port, lambda url: tell(f"Open {url}"))


def shown(database: str) -> Shown:
    """How each answer is made ready: as the command does it that gives it, as grave as it is at this desk."""
    from cli.web.asking import Shown  # noqa: PLC0415

    modules = {
        "check": check,
        "diff": diff,
        "due": due,
        "explain": explain,
        "filed": filed,
        "filing": show,
        "history": history,
        "holdings": holdings,
        "issuers": issuers,
        "people": people,
        "reconcile": reconcile,
        "stakes": stakes,
        "stats": stats,
    }
    ready = {answer: module.report for answer, module in modules.items()}
    ranked = severities(database)
    ready["holdings"] = lambda ledger, told: holdings.report(ledger, as_held(told, ranked))
    return Shown(**ready, severities=ranked)


def _only_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(host: str) -> str:
    """How a Host header has what we listen on."""
    return f"[{host}]" if ":" in host else host.lower()


def _tell(host: str, rules: Rules, may: str) -> None:
    """Who may ask, where that is not this machine alone."""
    if rules.proxy:
        tell(
            f"Whoever reaches {host} with a header {rules.proxy} may {may} this ledger: "
            "let nobody but the proxy reach it."
        )
    elif rules.password:
        tell(
            f"Whoever reaches {host} with the password may {may} this ledger. "
            "It travels as it is: put a proxy with TLS in front, or a tunnel."
        )
