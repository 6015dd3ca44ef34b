"""The program `ledger`: its commands, each loaded when it is asked for."""

from __future__ import annotations

import atexit
import functools
import gc
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cli.exits import exit_code_of
from cli.session import Session, everywhere
from cli.terminal import log_as

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

SUMMARIES = {
    "ingest": "Record the Forms 3, 4 and 5 in files, folders, archives and data sets; `-` is stdin.",
    "fetch": "Bring the filings of people and companies from EDGAR, and record them.",
    "follow": "Keep a ledger current with every day's filings, and the hour's.",
    "events": "Print the log, oldest first: what was said, nothing judged.",
    "replay": "Drop every projection and rebuild it from the events.",
    "holdings": "What people held on a day, as known at a moment.",
    "history": "Every entry of a position, with balance, claim and verdict.",
    "stakes": "What each insider held of each class of stock, day by day; with -o FILE.svg, drawn.",
    "reconcile": "Check every reported total, and list what does not follow.",
    "diff": "What changed in what was known, and through which filings.",
    "check": "Judge drafts before they are filed, and record nothing.",
    "due": "What is to be filed, and by when; as a calendar with --format ics.",
    "filed": "What was filed: when each was due, and how its totals fare; with -o FILE.svg, drawn.",
    "people": "Who is in the ledger: filings, last filing and open findings of each.",
    "issuers": "Which companies are in the ledger: people, filings, totals and open findings.",
    "explain": "Tell a filing, row or finding with its arithmetic.",
    "show": "A filing as recorded, its footnotes beside the lines citing them.",
    "export": "Write whole tables: events, entries, holdings, findings, filings, panel.",
    "web": "Show the answers as pages in a browser.",
    "report": "Write a person's or a company's report: positions, charts, findings and how.",
    "review": "Accept findings, reopen them, assign or annotate them; or show that.",
    "retract": "Take a wrongly recorded filing back, as an event of its own.",
    "verify": "Check that the log is whole, readable and unaltered.",
    "seal": "Print a seal of the log, to keep elsewhere for `verify --against`.",
    "backup": "Copy the ledger to a file of its own, and verify the copy.",
    "stats": "Count filings, people, issuers, events and findings.",
    "sql": "Make views in the database for SQL, and keep them current.",
    "schema": "Print the JSON Schema of an answer, by its name: `holdings`.",
}
"""Every command in the order one meets them, and its summary: its own docstring's first line."""


_UNCOLLECTED = 50_000
"""New objects after which cycles are looked for. A run makes few of them, and loading modules
makes so many objects that to look as often as Python does takes more time than it saves memory."""


@functools.cache
def _loaded(name: str) -> click.Command:
    """A command, whose help begins with examples."""
    from cli.examples import led_by_examples  # noqa: PLC0415  (a command at a time)

    found: click.Command = import_module(f"cli.commands.{name}").command
    found.help = led_by_examples(name, found.help or "")
    return found


class OnDemand(Mapping[str, click.Command]):
    """Every command by its name, in the order one meets them.

    Each is `command` in `cli/commands/NAME.py`, which is imported when it is looked up:
    a run starts at once, and an interrupt never meets a half-imported program.
    """

    def __getitem__(self, name: str) -> click.Command:
        if name not in SUMMARIES:
            raise KeyError(name)
        return _loaded(name)

    def __iter__(self) -> Iterator[str]:
        return iter(SUMMARIES)

    def __len__(self) -> int:
        return len(SUMMARIES)


class Program(click.Group):
    """The group of commands, ending every run with an exit code and never a traceback."""

    def main(self, *arguments: Any, **options: Any) -> NoReturn:
        """Run a command line; leaves by SystemExit, as click's own `main` does."""
        gc.set_threshold(_UNCOLLECTED)
        atexit.register(gc.freeze)  # all is closed by then, and no cycle worth looking for
        session = Session()
        log_as("text")
        options |= {"standalone_mode": False, "obj": session}
        run = functools.partial(super().main, *arguments, **options)
        raise SystemExit(exit_code_of(run, session))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in their own order."""
        del ctx
        return list(self.commands)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(SUMMARIES.items()))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands, and the options, that begin so, without loading any command."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415  (at a TAB alone)

        named = [n for n in SUMMARIES if n.startswith(incomplete)]
        return [
            *(CompletionItem(name, help=SUMMARIES[name]) for name in named),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from ledger.version import __version__  # noqa: PLC0415  (seldom asked for)

        click.echo(f"ledger, version {__version__}")
        context.exit()


def _tell_names(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked:
        from cli.naming import PAGE  # noqa: PLC0415  (seldom asked for)

        click.echo(PAGE, nl=False)
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
@click.option(
    "--names",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_names,
    help="Show how filings, people, companies, findings and days are named, and exit.",
)
@click.pass_context
def main(context: click.Context) -> None:
    """A ledger of what insiders own, read from SEC Forms 3, 4 and 5."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(click.UsageError.exit_code)
