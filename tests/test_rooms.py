"""The house keeps its plan: rooms as drawn, imports one way, no circles."""

from __future__ import annotations

from importlib import import_module

import pytest

from projections import judgement
from tests.rooms import PACKAGES, ROOT, circles, floors, folders, module_arrows, rooms, upwards
from tests.rooms_page import PAGE, drawn, permissions, rooms_of

TEXT = PAGE.read_text("utf-8")
MAY_IMPORT = permissions(TEXT)
CHECKING = (["checks"], ["section16"])

each_package = pytest.mark.parametrize("package", PACKAGES)


@each_package
def test_every_room_stands_on_the_page(package):
    assert MAY_IMPORT[package].keys() == rooms_of(package)


def test_the_page_shows_what_stands_in_each_room():
    assert drawn(TEXT) == TEXT, "python -m tests.rooms_page draws it anew"


@each_package
def test_a_room_imports_only_rooms_that_it_may(package):
    between = module_arrows(ROOT, package)
    forbidden = []
    for room, may in MAY_IMPORT[package].items():
        parent = ".".join([package, *room.split("/")[:-1]])
        others = rooms(between, parent)[f"{package}.{room.replace('/', '.')}"]
        names = {other.rpartition(".")[2] for other in others}
        forbidden += [f"{room} -> {name}" for name in sorted(names - set(may))]

    assert forbidden == []


@each_package
def test_a_room_may_import_only_rooms_drawn_above_it(package):
    above: list[str] = []
    for room, may in MAY_IMPORT[package].items():
        if "/" not in room:
            assert set(may) <= set(above), room
            above.append(room)


@each_package
def test_neither_rooms_nor_modules_run_in_a_circle(package):
    between = module_arrows(ROOT, package)
    alone = {name: others - {package} for name, others in between.items() if name != package}
    found = [circle for folder in folders(between) for circle in circles(rooms(between, folder))]

    assert [*found, *circles(alone)] == []


def test_a_folder_that_is_no_checkout_is_not_told_as_a_house_without_faults(tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder ledger/: name a checkout"):
        module_arrows(tmp_path, "ledger")


def test_a_circle_is_found_with_the_fewest_arrows_that_would_have_to_be_turned():
    house = {"attic": {"hall"}, "hall": {"cellar", "porch"}, "porch": {"hall"}, "cellar": set()}

    assert circles(house) == [["hall", "porch"]]
    assert len(upwards(house)) == 1
    assert floors(house | {"porch": {"cellar"}}) == 4


def test_every_check_there_is_is_asked():
    """A module of checks that nobody lists would fall silent without a word."""
    names = [n for n in module_arrows(ROOT, "projections") if n.split(".")[1:2] in CHECKING]
    modules = [import_module(name) for name in names]

    for listed in ("CHECKS", "DOUBTS"):
        there = {check for module in modules for check in getattr(module, listed, ())}
        assert there == set(getattr(judgement, listed))
