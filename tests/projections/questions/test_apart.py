"""What tells holdings apart that read alike, and who holds what by a note that divides a line."""

from projections import holdings
from tests.projections.building import (
    Note,
    bought,
    filing,
    held,
    opening,
    person,
    sold,
    units,
)

GROUP = (
    person(31, "Alder Growth II, L.P."),
    person(32, "Alder Partners LLC"),
    person(33, "VALE A"),
)


def noted(text, **more):
    return {"notes": Note(text), "cites": "ownership", **more}


def apart(ledger):
    return {int(h.shares): h.apart for h in holdings(ledger).holdings}


def holders(ledger):
    return {int(h.shares): h.holder for h in holdings(ledger).holdings}


def test_direct_lines_are_told_apart_by_the_sort_that_their_notes_name(told):
    ledger = told(
        opening(
            700,
            held(300, **noted("Held in an IRA.")),
            held(40, **noted("Held jointly with the reporting person's wife.")),
        )
    )

    assert apart(ledger) == {
        700: None,
        300: "Held in an IRA.",
        40: "Held jointly with the reporting person's wife.",
    }


def test_one_direct_line_needs_nothing_to_tell_it_apart(told):
    ledger = told(opening(700, held(300, how="By IRA", notes=Note("Rolled over in 2019."))))

    assert apart(ledger) == {700: None, 300: None}


def test_a_note_that_all_of_them_cite_tells_none_apart(told):
    pledged = Note("Pledged as security for a loan.")
    lines = (
        held(9, how="By Trust", cites="nature", notes=[Note(f"For {who}."), pledged])
        for who in ("Ann", "Bob")
    )

    assert sorted(h.apart or "" for h in holdings(told(opening(5, *lines))).holdings) == [
        "",
        "For Ann.",
        "For Bob.",
    ]


def test_long_notes_are_shown_from_where_they_differ(told):
    long = "These units were granted under the long-term plan of the company and vest in equal parts on {}, as long as service goes on."
    lines = [
        units(None, 50 + n, 50 + n, notes=Note(long.format(day)), cites="security")
        for n, day in enumerate(("May 3, 2025", "June 9, 2026"))
    ]

    assert apart(told(opening(5, *lines))) == {
        5: None,
        50: "... May 3, 2025, as long as service goes on.",
        51: "... June 9, 2026, as long as service goes on.",
    }


def test_what_is_held_no_more_needs_no_words(told):
    ira = noted("Held in an IRA.")
    gone = filing(sold(300, 0, **ira), bought(1, 701), on="2024-03-01")

    assert apart(told(opening(700, held(300, **ira)), gone)) == {701: None, 0: None}


def joint(*lines):
    return filing(*lines, by=GROUP, form="3", on="2024-01-02")


SEE = {"how": "See footnotes", "cites": "nature"}
IN_POWER = Note(
    "Alder Partners LLC may be deemed to share power with respect to the shares held by Alder I, Alder II and Alder III."
)


def test_funds_that_one_note_names_head_each_the_line_that_is_theirs(told):
    first = Note("Includes 700 shares held by Alder I, L.P. (A I) and 50 shares held by Alder III.")
    second = Note("Represents 900 shares of Common Stock held by Alder II.")
    ledger = told(
        joint(held(750, **SEE, notes=[IN_POWER, first]), held(900, **SEE, notes=[IN_POWER, second]))
    )

    assert holders(ledger) == {750: "700 by Alder I, LP; 50 by Alder III", 900: "Alder II"}


def test_parts_that_are_not_the_whole_divide_nothing(told):
    some = Note("Includes 700 shares held by Alder I, L.P. and 40 shares held by Alder III.")

    assert holders(told(joint(held(750, **SEE, notes=some)))) == {750: None}


def test_a_holder_named_in_passing_is_one_where_no_note_says_more(told):
    only = Note("Alder Partners LLC has sole power over the shares held by Alder II.")

    assert holders(told(joint(held(750, **SEE, notes=only)))) == {750: "Alder II"}


def test_a_direct_line_of_husband_and_wife_is_divided_by_its_note(told):
    couple = (person(34, "VALE ROSE"), person(35, "VALE OTTO"))
    note = Note("Owned as follows: 1,000 by Rose Vale and 500 by O. Vale.")
    ledger = told(filing(held(1_500, notes=note), by=couple, form="3", on="2024-01-02"))

    assert holders(ledger) == {1_500: "1,000 by Rose Vale; 500 by O. Vale"}
