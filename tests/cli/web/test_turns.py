"""Who waits for a page has it in turn, however many ask; who has left is passed over."""

import asyncio

import pytest

from cli.web import site as pages
from cli.web.turns import Crowded, Gone, Turns
from tests.cli.web.browsing import Browser


class Asked:
    """A request whose browser is there, or has left."""

    def __init__(self, gone=False):
        self.gone = gone

    async def is_disconnected(self):
        """Whether nobody waits."""
        return self.gone


def test_whoever_came_first_is_answered_first_and_no_more_than_some_at_once():
    turns, answered, most, now = Turns(at_once=2), [], 0, 0

    async def ask(number):
        nonlocal most, now
        async with turns.taken(Asked()):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            answered.append(number)
            now -= 1

    async def all_of_them():
        await asyncio.gather(*(ask(number) for number in range(50)))

    asyncio.run(all_of_them())

    assert answered == [*range(50)]
    assert most == 2


def test_who_has_left_costs_no_page_and_keeps_nobody_waiting():
    turns = Turns(at_once=1)

    async def ask(gone):
        async with turns.taken(Asked(gone)):
            return "a page"

    with pytest.raises(Gone):
        asyncio.run(ask(True))
    assert asyncio.run(ask(False)) == "a page"


def test_a_turn_that_does_not_come_is_given_up_and_is_not_lost():
    turns = Turns(at_once=1, patience=0.01)

    async def ask():
        async with turns.taken(Asked()):
            with pytest.raises(Crowded):
                async with turns.taken(Asked()):
                    pass
        async with turns.taken(Asked()):
            return "a page"

    assert asyncio.run(ask()) == "a page"


def test_who_waits_too_long_is_told_when_to_come_again(jane, monkeypatch):
    monkeypatch.setattr(pages, "Turns", lambda: Turns(at_once=0, patience=0.01))

    page = Browser(jane).get("/")

    assert page.status == 503
    assert page.headers["retry-after"] == "60"
    assert "Too many ask at once" in page.seen.words


def test_a_crowd_that_asks_at_once_has_all_its_pages(jane):
    assert [page.status for page in Browser(jane).at_once("/people", 60)] == [200] * 60
