"""Which version of the ledger this is, as it is installed."""

from __future__ import annotations

from importlib import metadata


def _installed() -> str:
    try:
        return metadata.version("ownership-ledger")
    except metadata.PackageNotFoundError:
        return "unknown, for it is not installed"


__version__ = _installed()
