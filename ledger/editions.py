"""By which code something was read or judged: a fingerprint of the modules themselves."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path


def folder_of(package: str) -> Path:
    """Where the modules of a package lie, wherever this one does."""
    found = find_spec(package)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


def fingerprint(packages: Mapping[Path, Collection[str]]) -> str:
    """A short hash of every module below these folders, each without some of the folders in it."""
    code = sha256()
    for package, without in packages.items():
        for names in sorted(_modules(os.fspath(package), (), without)):
            code.update(f"{'/'.join(names)}\0".encode())
            with open(os.path.join(package, *names), "rb", buffering=0) as file:  # noqa: PTH118, PTH123
                code.update(file.read())
    return code.hexdigest()[:12]


def _modules(
    folder: str, within: tuple[str, ...], without: Collection[str] = ()
) -> Iterator[tuple[str, ...]]:
    """The parts of the path of each module; every question asks, and pathlib takes twice as long."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                yield (*within, entry.name)
            elif entry.name not in without and entry.is_dir():
                yield from _modules(entry.path, (*within, entry.name))
