"""The program `ledger`: its commands, each loaded when it is asked for."""

from __future__ import annotations

import functools
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any, NoReturn

import click

from cli.endings import exit_code_of
from cli.session import Session, everywhere

COMMANDS = (
    "ingest",
    "events",
    "replay",
    "holdings",
    "history",
    "reconcile",
    "diff",
    "explain",
    "show",
    "verify",
    "stats",
)
"""Every command, in the order one meets them; each is `command` in `cli/commands/NAME.py`."""


class Program(click.Group):
    """The group of commands, ending every run with an exit code and never a traceback."""

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Run a command line; leaves by SystemExit, as click's own `main` does."""
        session = Session()
        options |= {"standalone_mode": False, "obj": session}
        run = functools.partial(super().main, *arguments, **options)
        raise SystemExit(exit_code_of(run, session))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name; only now is what it needs imported."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(f"cli.commands.{cmd_name}").command
        return found


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
