"""Writes an answer where and how the user asked for it: the options and what they do."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from cli.formats.pager import paged
from cli.formats.targets import replacing, require_free
from cli.formats.text import write_text
from cli.reports.report import Report
from cli.session import Place, Session
from cli.terminal import ReaderGone, tell
from ledger.errors import UsageError
from ledger.loading import later

if TYPE_CHECKING:  # only newer releases of click are generic, and only to a type checker
    from cli.formats import columnar, markup, records, sheets
    from projections import columns

    ChoiceType = click.Choice[str]
else:  # an answer is written in one format, mostly as text
    columnar, markup, records, sheets, columns = map(
        later,
        (
            *("cli.formats.columnar", "cli.formats.markup", "cli.formats.records"),
            *("cli.formats.sheets", "projections.columns"),
        ),
    )
    ChoiceType = click.Choice

_EVERYWHERE = ("table", "json", "ndjson", "csv", "md", "html", "pdf", "parquet", "arrow", "xlsx")
_ELSEWHERE = {
    "svg": ("no chart is drawn of this answer", "`ledger history -o chart.svg` draws one"),
    "ics": ("this answer is no calendar", "`ledger due -o due.ics` writes one"),
}
"""Formats of some answers alone: what is said of the others, and where there is one."""

BINARY = frozenset({"pdf", "parquet", "arrow", "xlsx"})
"""Formats that are no text for a terminal or pipe."""

_ENDINGS = {
    ".txt": "table",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".csv": "csv",
    ".md": "md",
    ".html": "html",
    ".pdf": "pdf",
    ".htm": "html",
    ".svg": "svg",
    ".ics": "ics",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".xlsx": "xlsx",
}

_INSTEAD = {
    ".docx": "write it as .html, which word processors open",
    ".xls": "write it as .xlsx",
}
"""What to do where somebody wants what is not written here."""


_SPELT = {"pdf": "PDF"}
"""Formats that are not spelt as words are."""


class Destination:
    """Where an answer goes: a format, and a file or stdout."""

    def __init__(
        self,
        kind: str | None,
        path: Path | None,
        *,
        csv_raw: bool = False,
        besides: Collection[str] = (),
    ) -> None:
        self.path = None if path is None or str(path) == "-" else path
        self.kind = kind or _inferred(self.path)
        if self.kind in _ELSEWHERE and self.kind not in besides:
            raise _written_elsewhere(self.kind)
        self._csv_raw = csv_raw
        _require_its_ending(self.kind, self.path)
        if self.kind == "pdf":
            from cli.formats.paper import browser  # noqa: PLC0415  (seldom asked for)

            browser()  # which is missed before anything is asked
        if self.kind in BINARY and self.path is None:
            raise UsageError(
                f"{_SPELT.get(self.kind, self.kind.capitalize())} is no text for a terminal or pipe",
                remedy="add -o FILE",
            )

    def write(self, report: Report) -> None:
        """Write an answer; a file appears whole or not at all."""
        if self.path is None:
            machine = self.kind in {"json", "ndjson", "csv"}
            with to_stdout(machine=machine):
                if self.kind == "table":
                    with paged(sys.stdout) as screen:
                        self._write_to(report, screen)
                else:
                    self._write_to(report, sys.stdout)
            return
        with replacing(self.path) as draft:
            if self.kind in BINARY:
                self._write_binary(report, draft)
            else:
                with draft.open("w", encoding="utf-8", errors="backslashreplace") as stream:
                    self._write_to(report, stream)

    def _write_binary(self, report: Report, draft: Path) -> None:
        if self.kind == "pdf":
            from cli.formats.paper import print_page  # noqa: PLC0415  (seldom asked for)

            page = StringIO()
            self._write_page(report, page)
            print_page(page.getvalue(), draft)
            return
        rows, schema = map(columns.reader(report.fields), report.records), report.document["schema"]
        if self.kind == "xlsx":
            with sheets.Workbook(draft) as book:
                book.add(schema.removeprefix("ledger.").partition("/")[0], report.fields, rows)
            book.tell()
            return
        files = columnar.ColumnarFiles(report.fields, self.kind, schema)
        files.write(rows, iter([draft]))
        for column in files.wide:
            tell(f"Note: {columnar.widened(column)}")

    @staticmethod
    def _write_page(report: Report, stream: IO[str]) -> None:
        linked = markup.Linked(stream, report.addresses(), markup.HTML_LINK)
        markup.write_html(report.blocks(), linked, report.anchors, report.beside)

    def _write_to(self, report: Report, stream: IO[str]) -> None:
        match self.kind:
            case "json":
                records.write_json(report, stream)
            case "ndjson":
                records.write_ndjson(report, stream)
            case "csv":
                records.write_csv(report, stream, raw=self._csv_raw)
            case "md":
                linked = markup.Linked(stream, report.addresses(), markup.MARKDOWN_LINK)
                markup.write_markdown(report.blocks(), linked, report.beside)
            case "html":
                self._write_page(report, stream)
            case "svg":
                stream.write(_of(report.picture))
            case "ics":
                stream.write(_of(report.calendar))
            case _:
                write_text(report.blocks(), stream)


class _Offered(ChoiceType):
    """The formats of a command, of which those of other commands are told where they are."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The format that a word names."""
        if value in _ELSEWHERE and value not in self.choices:
            raise _written_elsewhere(value)
        return super().convert(value, param, ctx)


def answers_in(*besides: str) -> Callable[[Callable[..., Report]], Callable[..., None]]:
    """Give a command the options that say how its answer is written, and write it.

    Args:
        besides: The formats that not every answer has, and this one does.
    """
    formats = (*_EVERYWHERE, *besides)

    def given(ask: Callable[..., Report]) -> Callable[..., None]:
        @click.option(
            "--format", "kind", type=_Offered(formats), help="How to write it. [default: table]"
        )
        @click.option(
            "-o",
            "--output",
            type=Place(path_type=Path),
            help="Write to this file; its ending gives the format.",
        )
        @click.option("--csv-raw", is_flag=True, help="CSV: no guard against formulas in texts.")
        @functools.wraps(ask)
        def answer(
            *arguments: Any,
            kind: str | None,
            output: Path | None,
            csv_raw: bool,
            **options: Any,
        ) -> None:
            context = click.get_current_context()
            _require_no_folder(output)
            destination = Destination(kind, output, csv_raw=csv_raw, besides=besides)
            if destination.path is not None:
                require_free(destination.path)
            session = context.ensure_object(Session)
            with session.timed("answering"):
                report = ask(*arguments, **options)
            with session.timed("writing"):
                destination.write(report)
            report.afterwards()
            context.exit(report.exit_code)

        return answer

    return given


answers = answers_in()
"""Give a command the options that say how its answer is written, and write it."""


def _of(made: Callable[[], str] | None) -> str:
    if made is None:  # a command says that it has this format, and its answer has not
        raise AssertionError
    return made()


def _written_elsewhere(kind: str) -> UsageError:
    words, remedy = _ELSEWHERE[kind]
    return UsageError(words, remedy=remedy)


def _require_no_folder(path: Path | None) -> None:
    if path is not None and path.is_dir():
        raise UsageError(
            "this is a folder, and the answer is one file",
            where=str(path),
            remedy=f"name a file in it, such as {path / 'answer.html'}",
        )


def _inferred(path: Path | None) -> str:
    if path is None:
        return "table"
    kind = _ENDINGS.get(path.suffix.lower())
    if kind is None:
        raise UsageError(
            f"no format goes with the ending of {path.name!r}",
            remedy=_INSTEAD.get(
                path.suffix.lower(), f"add --format, or use one of {' '.join(_ENDINGS)}"
            ),
        )
    return kind


def _require_its_ending(kind: str, path: Path | None) -> None:
    """Refuse to write text into what any program would open as something else."""
    ending = None if path is None else path.suffix.lower()
    named = _ENDINGS.get(ending or "")
    if named != kind and named in BINARY:
        raise UsageError(
            f"{kind} is not what a file named {ending} holds",
            where=str(path),
            remedy=f"leave --format out, or name the file .{kind}",
        )


def _encode_as_asked(stream: Any, *, machine: bool) -> None:
    """Programs get UTF-8; a terminal gets its own encoding, and never an encoding error."""
    if isinstance(stream, TextIOWrapper):
        encoding = "utf-8" if machine else None
        stream.reconfigure(encoding=encoding, errors="backslashreplace")


@contextmanager
def to_stdout(*, machine: bool) -> Iterator[None]:
    """Writing to stdout, for a `machine` in UTF-8; it ends well when nobody reads on."""
    _encode_as_asked(sys.stdout, machine=machine)
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise ReaderGone from None
