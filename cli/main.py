"""The program `ledger`: its commands, and what a user is told when something goes wrong."""

from __future__ import annotations

import functools
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NoReturn

import click

from cli.commands import (
    diff,
    events,
    explain,
    history,
    holdings,
    ingest,
    reconcile,
    replay,
    show,
    stats,
    verify,
)
from cli.endings import exit_code_of
from cli.session import Session, everywhere


class Program(click.Group):
    """The group of commands, ending every run with an exit code and never a traceback."""

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Run a command line; leaves by SystemExit, as click's own `main` does."""
        session = Session()
        options |= {"standalone_mode": False, "obj": session}
        run = functools.partial(super().main, *arguments, **options)
        raise SystemExit(exit_code_of(run, session))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order one meets them."""
        del ctx
        return list(self.commands)


def _version() -> str:
    try:
        return version("ownership-ledger")
    except PackageNotFoundError:
        return "not installed"


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@everywhere
@click.version_option(_version(), prog_name="ledger")
@click.pass_context
def main(context: click.Context) -> None:
    """A ledger of what insiders own, read from SEC Forms 3, 4 and 5."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(click.UsageError.exit_code)


main.add_command(ingest.command)
main.add_command(events.command)
main.add_command(replay.command)
main.add_command(holdings.command)
main.add_command(history.command)
main.add_command(reconcile.command)
main.add_command(diff.command)
main.add_command(explain.command)
main.add_command(show.command)
main.add_command(verify.command)
main.add_command(stats.command)
