"""The JSON Schemas of the answers: written for whoever reads the docs, and asked of every answer.

python -m tests.schemas
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from io import StringIO
from typing import IO, Any
from unittest import mock

import jsonschema

from cli.formats import output
from cli.reports.report import Report
from cli.schemas import names, schema_of
from tests.rooms import ROOT

FOLDER = ROOT / "docs" / "reference" / "schemas"


def written() -> dict[str, str]:
    """What stands in each file of the folder."""
    return {f"{name}.json": json.dumps(schema_of(name), indent=2) + "\n" for name in names()}


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """What checks answers of a name, days included."""
    schema = schema_of(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    formats = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=formats)


def faults(document: dict[str, Any]) -> list[str]:
    """Where an answer is not as its schema says."""
    found = validator(document["schema"]).iter_errors(document)
    return [f"{error.json_path}: {error.message:.200}" for error in found]


@contextmanager
def every_answer_checked() -> Iterator[None]:
    """While this lasts, each answer that the program writes as JSON is held to its schema."""
    write: Callable[[Report, IO[str]], None] = output.records.write_json
    right: set[bytes] = set()

    def checked(report: Report, stream: IO[str]) -> None:
        whole = StringIO()
        write(report, whole)
        same = sha256(whole.getvalue().encode()).digest()
        if same not in right:
            document = json.loads(whole.getvalue())
            assert "$schema" in document or faults(document) == []
            right.add(same)
        stream.write(whole.getvalue())

    with mock.patch.object(output.records, "write_json", checked):
        yield


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in written().items():
        FOLDER.joinpath(name).write_text(text, "utf-8")
