"""A second program that reads characters, where it is installed: RapidOCR (the extra `ocr2`).

Two programs seldom misread a picture the same way. Only its recogniser is asked, line by line: it
comes with what it has learned, and fetches nothing. It runs on one processor, and says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import numpy as np
from PIL import Image

_QUIET = {
    "Global.log_level": "critical",
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}


def named() -> str:
    """The program and its version, or that it does not start; nothing where it is not here."""
    if not _installed():
        return ""
    try:
        name = f"RapidOCR {version('rapidocr')}"
    except PackageNotFoundError:
        name = "RapidOCR"
    return name if _program() is not None else f"not {name}, which does not start"


def texts(pictures: Sequence[Image.Image]) -> list[str]:
    """What stands on each of some pictures of one line; nothing where the program is not here."""
    program = _program() if pictures else None
    if program is None:
        return [""] * len(pictures)
    found = []
    for picture in pictures:
        colours = np.repeat(np.asarray(picture.convert("L"))[:, :, None], 3, axis=2)
        told = program(colours, use_det=False, use_cls=False).txts
        found.append(str(told[0]).strip() if told else "")
    return found


def _installed() -> bool:
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


@cache
def _program() -> Any | None:
    if not _installed():
        return None
    try:
        from rapidocr import RapidOCR  # noqa: PLC0415  (an extra, and slow to load)

        return RapidOCR(params=_QUIET)
    except Exception:  # noqa: BLE001  (installed in part, which `named` says)
        return None
