"""Every table of the pages by an address of its own, as programs take it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

from starlette.responses import Response

from cli.formats.columnar import ColumnarFiles
from cli.formats.records import write_csv, write_json, write_ndjson
from cli.reports.report import Report
from cli.web import queries
from cli.web.asking import Asking, Whom
from cli.web.lists import due_of
from ledger.errors import UnknownReference, UsageError
from projections import (
    diff,
    explain,
    filed,
    history,
    holdings,
    issuers,
    people,
    stakes,
    stats,
)
from projections.columns import reader
from projections.questions.reconcile import Wanted, reconciled

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


KEYS = ("person", "issuer", "from", "to", "filing", "ref", "within", "today", "sql")
"""What the tables may be asked, by name."""


def kinds() -> list[str]:
    """The formats that tables are written in here: Parquet where its extra is installed."""
    return [kind for kind in _TYPES if kind != "parquet" or find_spec("pyarrow")]


def table(asking: Asking) -> Response:
    """The table that an address names, in the format of its ending."""
    called, _, kind = (asking.word("table") or "").rpartition(".")
    if called not in _TABLES or kind not in (queries.KINDS if called == "sql" else kinds()):
        raise UnknownReference(
            "there is no such table", remedy=f"there are {', '.join(_TABLES)}, each as .csv"
        )
    return written(_TABLES[called](asking), kind, called)


def chart(asking: Asking) -> Response:
    """The chart of a history, as a drawing by itself."""
    return _drawn(_history(asking))


def chart_of(asking: Asking) -> Response:
    """The chart of an answer that its address names."""
    called = asking.word("chart") or ""
    if called not in CHARTS:
        raise UnknownReference(
            "there is no such chart", remedy=f"there are {', '.join(CHARTS)}, each as .svg"
        )
    return _drawn(_TABLES[called](asking))


CHARTS = ("filed", "history", "stakes")
"""The answers that are drawn."""


def _drawn(report: Report) -> Response:
    assert report.picture is not None
    return Response(report.picture(), media_type="image/svg+xml")


def written(report: Report, kind: str, called: str) -> Response:
    """A report in one of the formats, to be kept as a file."""
    stream = StringIO()
    match kind:
        case "csv":
            write_csv(report, stream, raw=False)
        case "json":
            write_json(report, stream)
        case "ndjson":
            write_ndjson(report, stream)
        case _:
            return _sent(_parquet(report), kind, called)
    return _sent(stream.getvalue().encode("utf-8", "backslashreplace"), kind, called)


def _sent(body: bytes, kind: str, called: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{called}.{kind}"'}
    return Response(body, headers=headers, media_type=_TYPES[kind])


def _parquet(report: Report) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.parquet"
        files = ColumnarFiles(report.fields, "parquet", report.document["schema"])
        files.write(map(reader(report.fields), report.records), iter([path]))
        return path.read_bytes()


def _whom(asking: Asking) -> Whom:
    """Whom a table is about: a whole ledger is no page's to hold."""
    if not any(asking.whom.values()):
        raise UsageError(
            "a table is about somebody",
            remedy="name a person, an issuer or both; `ledger export` writes whole tables",
        )
    return asking.whom


def _holdings(asking: Asking) -> Report:
    answer = holdings(asking.ledger, **_whom(asking), as_of=asking.day, **asking.known)
    return asking.shown.holdings(asking.ledger, answer)


def _history(asking: Asking) -> Report:
    return asking.shown.history(history(asking.ledger, **_whom(asking), **asking.known))


def _findings(asking: Asking) -> Report:
    wanted = Wanted(ranked=asking.shown.severities)
    told = reconciled(asking.ledger, wanted, **_whom(asking), **asking.known)
    return asking.shown.reconcile(asking.ledger, *told)


def _changes(asking: Asking) -> Report:
    first, last = asking.word("from"), asking.word("to")
    if first is None or last is None:
        raise UsageError("changes are between two moments", remedy="give `from` and `to`")
    answer = diff(asking.ledger, known_from=first, known_to=last, **_whom(asking))
    return asking.shown.diff(asking.ledger, answer)


def _stakes(asking: Asking) -> Report:
    return asking.shown.stakes(stakes(asking.ledger, **_whom(asking), **asking.known))


def _filed(asking: Asking) -> Report:
    return asking.shown.filed(filed(asking.ledger, **_whom(asking), **asking.known))


def _filing(asking: Asking) -> Report:
    return asking.shown.filing(asking.ledger, asking.word("filing") or "")


def _people(asking: Asking) -> Report:
    return asking.shown.people(
        people(asking.ledger, **asking.whom, severities=asking.shown.severities)
    )


def _issuers(asking: Asking) -> Report:
    return asking.shown.issuers(
        issuers(asking.ledger, **asking.whom, severities=asking.shown.severities)
    )


def _memo(asking: Asking) -> Report:
    answer = explain(
        asking.ledger,
        asking.word("ref") or "",
        **asking.known,
        severities=asking.shown.severities,
    )
    return asking.shown.explain(asking.ledger, answer)


def _stats(asking: Asking) -> Report:
    return asking.shown.stats(stats(asking.ledger))


_TABLES: Mapping[str, Callable[[Asking], Report]] = {
    "changes": _changes,
    "due": due_of,
    "filed": _filed,
    "filing": _filing,
    "findings": _findings,
    "history": _history,
    "holdings": _holdings,
    "issuers": _issuers,
    "memo": _memo,
    "people": _people,
    "sql": queries.report,
    "stakes": _stakes,
    "stats": _stats,
}
