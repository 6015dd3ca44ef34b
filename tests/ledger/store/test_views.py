"""Views: a read model and its position are written together, or not at all."""

from __future__ import annotations

import threading

import pytest

from ledger import Ledger
from ledger.errors import LedgerError, StoreUnavailable


@pytest.fixture
def view(ledger):
    view = ledger.view("holdings")
    with view.transaction() as transaction:
        transaction.execute("CREATE TABLE held (name TEXT, shares TEXT)")
    return view


def test_a_view_begins_before_the_first_event(view):
    assert view.position() == 0


def test_rows_and_position_are_written_together(view):
    with view.transaction() as transaction:
        transaction.executemany("INSERT INTO held VALUES (?, ?)", [("a", "1"), ("b", "2")])
        transaction.advance(7)

        assert transaction.position() == 7
        assert transaction.execute("SELECT shares FROM held WHERE name = ?", ("b",)) == [("2",)]
    assert view.position() == 7
    assert view.query("SELECT name, name FROM held ORDER BY name") == [("a", "a"), ("b", "b")]


def test_a_failed_transaction_leaves_neither(view):
    def fail_half_way():
        with view.transaction() as transaction:
            transaction.execute("INSERT INTO held VALUES ('a', '1')")
            transaction.advance(7)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()

    assert (view.position(), view.query("SELECT * FROM held")) == (0, [])


def test_a_position_never_moves_twice_over_the_same_events(view):
    with view.transaction() as transaction:
        transaction.advance(7)

    def count_again(position):
        with view.transaction() as transaction:
            transaction.execute("INSERT INTO held VALUES ('twice', '1')")
            transaction.advance(position)

    for position in (7, 6):
        with pytest.raises(StoreUnavailable, match="already holds"):
            count_again(position)
    assert view.query("SELECT * FROM held") == []


def test_a_view_can_be_built_again_from_the_start(view):
    with view.transaction() as transaction:
        transaction.advance(7)
    with view.transaction() as transaction:
        transaction.rewind()
        transaction.advance(7)

    assert view.position() == 7


def test_views_have_positions_of_their_own(ledger, view):
    with view.transaction() as transaction:
        transaction.advance(7)

    assert ledger.view("findings").position() == 0


def test_what_another_edition_wrote_does_not_count(ledger):
    first, second = ledger.view("holdings", "1"), ledger.view("holdings", "2")
    with first.transaction() as transaction:
        transaction.advance(7)
    assert second.position() == 0

    with second.transaction() as transaction:
        transaction.rewind()
        transaction.advance(5)

    assert (first.position(), second.position()) == (0, 5)


def test_marks_and_percent_signs_in_text_stay_text(view):
    with view.transaction() as transaction:
        transaction.execute("INSERT INTO held VALUES ('why? 100%', ?)", ("%s ?",))

    assert view.query("SELECT * FROM held WHERE name LIKE 'why?%' AND shares = ?", ("%s ?",)) == [
        ("why? 100%", "%s ?")
    ]


def test_wrong_sql_is_an_error_that_says_so_and_no_traceback_of_the_driver(view):
    with pytest.raises(LedgerError, match="nowhere"):
        view.query("SELECT * FROM nowhere")


def test_writers_of_one_view_wait_for_each_other(store_url, view):
    def add(times):
        with Ledger.open(store_url) as ledger:
            for _ in range(times):
                with ledger.view("holdings").transaction() as transaction:
                    position = transaction.position()
                    transaction.execute("INSERT INTO held VALUES (?, '1')", (str(position),))
                    transaction.advance(position + 1)

    threads = [threading.Thread(target=add, args=(20,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert view.position() == 60
    assert view.query("SELECT count(*), count(DISTINCT name) FROM held") == [(60, 60)]
