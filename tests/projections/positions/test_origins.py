"""Why a holding is one of its own, as its rows tell it."""

from projections import explain
from tests.projections.building import Note, bought, filing, held

FIRST = "2023-02-01"


def test_a_holding_tells_what_it_is_apart_from_and_why(told):
    form = filing(
        held(900, how="By Spouse"),
        held(700, how="By Doe Trust"),
        held(300, how="See footnote", notes=Note("Held by Elm Fund."), cites="nature"),
        on=FIRST,
    )

    story = explain(told(form), f"{form.accession}#I.1")

    apart = [line.text for line in story.lines if line.source and line.source[-3:] != "I.1"]
    assert apart == [
        "Common Stock By Doe Trust: another holder",
        "Common Stock See footnote: another holder",
    ]


def test_a_holding_alone_in_its_class_and_form_says_nothing_of_others(told):
    form = filing(bought(100, 900), held(700, how="By Doe Trust"), on=FIRST)

    story = explain(told(form), f"{form.accession}#I.1")

    assert not any(line.label == "Apart from" for line in story.lines)
