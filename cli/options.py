"""The options that say what a question is about: whom, which company, which days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


if TYPE_CHECKING:  # only newer releases of click are generic, and only to a type checker
    DateType = click.ParamType[date]
    TextType = click.ParamType[str]
else:
    DateType = TextType = click.ParamType


class Day(DateType):
    """A calendar day, `2004-10-01`."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day a text names."""
        try:
            return date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            self.fail(f"{value!r} is no day of the calendar; write it as 2004-10-01", param, ctx)


class Moment(Day):
    """A day, which means its end, or an instant, which is UTC unless it says otherwise."""

    name = "DATE|DATETIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day or the instant a text names."""
        if _DAY.match(value) and not _DAY.fullmatch(value):
            try:
                moment = datetime.fromisoformat(value if value[10] in "T " else "")
            except ValueError:
                self.fail(
                    f"{value!r} is no moment; write it as 2005-02-04 or 2005-02-04T21:00:00Z",
                    param,
                    ctx,
                )
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return super().convert(value, param, ctx)


LAST = "last"


class Since(Moment):
    """A day or an instant, or `last`: since somebody asked so the last time."""

    name = "DATE|last"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The moment a text names, or `last` itself."""
        return value if value == LAST else super().convert(value, param, ctx)


class Threshold(TextType):
    """A severity, or a kind of finding."""

    name = "SEVERITY|KIND"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The severity or the kind that a text names."""
        from projections.findings.kinds import KINDS, SEVERITIES  # noqa: PLC0415

        text = str(value)
        if text.lower() in SEVERITIES:
            return text.lower()
        if text.upper() in KINDS:
            return text.upper()
        from projections.questions.glossary import kinds_like  # noqa: PLC0415  (seldom)

        severities = ", ".join(SEVERITIES)
        near = ", ".join(kinds_like(text))
        words = f"{text!r} is no severity ({severities}) and no kind"
        return self.fail(words + (f"; the nearest: {near}" if near else ""), param, ctx)


def about(command: Command) -> Command:
    """Give a command `--person` and `--issuer`."""
    for option in (
        click.option(
            "--issuer", metavar="WHICH", help="A company: CIK, ticker or name (`ledger --names`)."
        ),
        click.option("--person", metavar="WHO", help="An insider: CIK or name (`ledger --names`)."),
    ):
        command = option(command)
    return command


def named_or(option: str, metavar: str) -> Callable[[Command], Command]:
    """Let a command take what `--person` or `--issuer` names without the option as well."""

    def taken(context: click.Context, _: click.Parameter, said: str | None) -> None:
        if said is None:
            return
        if context.params.get(option) is not None:
            raise click.UsageError(f"{metavar} is named twice: {said!r} and --{option}", context)
        context.params[option] = said

    return click.argument(
        "named", metavar=f"[{metavar}]", required=False, expose_value=False, callback=taken
    )


def known_at(command: Command) -> Command:
    """Give a command `--known-at`."""
    return click.option(
        "--known-at", type=Moment(), help="With only what was public then. [default: everything]"
    )(command)


def as_of(command: Command) -> Command:
    """Give a command `--as-of`."""
    return click.option(
        "--as-of", type=Day(), help="What was true that day. [default: the latest]"
    )(command)
