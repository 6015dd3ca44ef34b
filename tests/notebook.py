"""The notebook of the docs: its cells executed as a kernel would, and what they show written in.

python -m tests.notebook
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from tests.transcripts import EXAMPLES, ROOT

NOTEBOOK = ROOT / "docs" / "first-ten-steps.ipynb"


def executed(notebook: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The notebook with the outputs of its cells, run in order beside the worked example."""
    shutil.copytree(ROOT / EXAMPLES, folder / EXAMPLES)
    names: dict[str, Any] = {"__name__": "__main__"}
    before, cells = Path.cwd(), []
    os.chdir(folder)
    try:
        for number, cell in enumerate(notebook["cells"], start=1):
            if cell["cell_type"] == "code":
                outputs = _shown("".join(cell["source"]), names)
                cells.append(cell | {"execution_count": number, "outputs": outputs})
            else:
                cells.append(cell)
    finally:
        os.chdir(before)
    return notebook | {"cells": cells}


def _shown(source: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    """What a cell prints, and what its last line is if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "cell", "exec"), names)
        value = (
            None
            if last is None
            else eval(compile(ast.Expression(last.value), "cell", "eval"), names)
        )
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        outputs.append({"output_type": "stream", "name": "stdout", "text": text})
    if value is not None:
        page = value._repr_html_() if hasattr(value, "_repr_html_") else ""
        data = {"text/html": [page]} if page else {}
        shown = {"text/plain": [f"<{type(value).__name__}>" if page else repr(value)]}
        result = {"output_type": "execute_result", "metadata": {}, "data": data | shown}
        outputs.append(result | {"execution_count": None})
    return outputs


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        told = executed(json.loads(NOTEBOOK.read_text("utf-8")), Path(folder))
    NOTEBOOK.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
