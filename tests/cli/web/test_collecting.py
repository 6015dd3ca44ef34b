"""The cycle collector stands aside for whoever waits for a page."""

from __future__ import annotations

import asyncio
import gc
import weakref

import pytest

from cli.web.collecting import Collected, Patience


class Cycle:
    def __init__(self):
        self.me = self


@pytest.fixture(autouse=True)
def collector():
    yield
    gc.unfreeze()
    gc.enable()


def served(during, **patience):
    """Run something while an application is served, with what is asked of it."""

    async def application(scope, receive, send):
        if scope["type"] == "lifespan":
            await during(made)
        else:
            scope["asked"]()

    made = Collected(application, Patience(**patience))
    asyncio.run(made({"type": "lifespan"}, None, None))


def test_garbage_is_collected_between_requests_and_not_within_one():
    seen = []

    async def during(made):
        gone = weakref.ref(Cycle())

        def asked():
            made.look()
            seen.append(gone() is not None)

        await made({"type": "http", "asked": asked}, None, None)
        made.look()
        seen.append(gone() is not None)

    served(during, idle=0, busy=10**9)
    assert seen == [True, False]


def test_much_garbage_is_collected_though_somebody_waits():
    async def during(made):
        gone = weakref.ref(Cycle())
        await made({"type": "http", "asked": made.look}, None, None)
        assert gone() is None

    served(during, idle=0, busy=0)


def test_what_was_set_apart_and_let_go_of_is_found_by_a_walk_through_everything():
    async def during(made):
        kept = Cycle()
        gone = weakref.ref(kept)
        gc.collect()
        gc.freeze()
        del kept
        made.look()
        assert gone() is None

    served(during, idle=0, grown=0)


def test_the_collector_is_as_it_was_when_service_ends():
    async def during(_):
        assert not gc.isenabled()

    served(during)
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
