"""Rows of a table as data frames of pandas and Polars, exact in both."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ledger.errors import UsageError
from projections.columns import Column, instant_of
from projections.tables.digits import digits_of

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

Rows = Sequence[tuple[Any, ...]]


def to_pandas(columns: Sequence[Column], rows: Rows) -> pd.DataFrame:
    """A pandas data frame, whose decimals, and lists as tuples, are objects."""
    pandas = _library("pandas")
    types = {"count": "Int64", "truth": "boolean", "day": "datetime64[s]"}
    made = {}
    for column, values in _by_column(columns, rows):
        kind = "object" if column.many else types.get(column.kind, "object")
        if column.kind == "moment" and not column.many:
            kind = "datetime64[us, UTC]"
        made[column.name] = pandas.Series(values, dtype=kind)
    return pandas.DataFrame(made)


def to_polars(columns: Sequence[Column], rows: Rows) -> pl.DataFrame:
    """A Polars data frame, whose decimals have as many places as their column's kind."""
    polars = _library("polars")
    types = {
        "count": polars.Int64,
        "truth": polars.Boolean,
        "day": polars.Date,
        "moment": polars.Datetime("us", "UTC"),
    }
    made = []
    for column, values in _by_column(columns, rows):
        kind = types.get(column.kind, polars.String)
        if column.kind in {"quantity", "price"}:
            kind = polars.Decimal(*digits_of(column, values))
        told = polars.List(kind) if column.many else kind
        cells = [None if v is None else list(v) for v in values] if column.many else values
        made.append(polars.Series(column.name, cells, dtype=told))
    return polars.DataFrame(made)


def _by_column(columns: Sequence[Column], rows: Rows) -> list[tuple[Column, list[Any]]]:
    """The values of each column; moments as instants."""
    cells = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in columns]
    return [
        (column, list(map(instant_of, values)) if column.kind == "moment" else values)
        for column, values in zip(columns, cells, strict=True)
    ]


def _library(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError:
        raise UsageError(f"this needs {name}", remedy=f"pip install {name}") from None
