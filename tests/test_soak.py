"""The long runs can begin: what they look for in the code is there."""

from tests.soak.mutants import PARTS, ROOT, must_be_noticed, mutants


def test_the_change_that_must_be_noticed_can_be_made():
    assert must_be_noticed().module in PARTS["seals"]


def test_every_module_that_is_changed_is_there_and_can_be():
    for part in PARTS.values():
        for module in part:
            assert (ROOT / module).is_file()
            assert next(mutants(module))
