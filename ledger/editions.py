"""By which code something was read or judged: a fingerprint of the modules themselves."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path


def folder_of(package: str) -> Path:
    """Where the modules of a package lie, wherever this one does."""
    found = find_spec(package)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def fingerprint(packages: Iterable[Path]) -> str:
    """A short hash of every module below these folders, wherever in them it lies."""
    code = sha256()
    for package in packages:
        for path in sorted(package.rglob("*.py")):
            code.update(f"{path.relative_to(package).as_posix()}\0".encode())
            code.update(path.read_bytes())
    return code.hexdigest()[:12]
