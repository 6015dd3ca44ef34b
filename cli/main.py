"""The program `ledger`: its commands, each loaded when it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NoReturn

import click

from cli.exits import exit_code_of
from cli.session import Session, everywhere


class OnDemand(Mapping[str, click.Command]):
    """Every command by its name, in the order one meets them.

    Each is `command` in `cli/commands/NAME.py`, which is imported when it is looked up:
    a run starts at once, and an interrupt never meets a half-imported program.
    """

    _NAMES = (
        *("ingest", "events", "replay", "holdings", "history", "reconcile"),
        *("diff", "explain", "show", "verify", "seal", "stats"),
    )

    def __getitem__(self, name: str) -> click.Command:
        if name not in self._NAMES:
            raise KeyError(name)
        found: click.Command = import_module(f"cli.commands.{name}").command
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._NAMES)

    def __len__(self) -> int:
        return len(self._NAMES)


class Program(click.Group):
    """The group of commands, ending every run with an exit code and never a traceback."""

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Run a command line; leaves by SystemExit, as click's own `main` does."""
        session = Session()
        options |= {"standalone_mode": False, "obj": session}
        run = functools.partial(super().main, *arguments, **options)
        raise SystemExit(exit_code_of(run, session))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in their own order."""
        del ctx
        return list(self.commands)


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib import metadata  # noqa: PLC0415  (slow, and seldom asked for)

        try:
            number = metadata.version("ownership-ledger")
        except metadata.PackageNotFoundError:
            number = "unknown, for it is not installed"
        click.echo(f"ledger, version {number}")
        context.exit()


@click.group(
    cls=Program,
    commands=OnDemand(),
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@everywhere
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """A ledger of what insiders own, read from SEC Forms 3, 4 and 5."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(click.UsageError.exit_code)
