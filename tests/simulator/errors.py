"""Every kind of filer error the simulator can make by name, and their innocent neighbours."""

from __future__ import annotations

from random import Random

from tests.simulator.amended_holders import AMENDED_HOLDER_NEIGHBOURS, AMENDED_HOLDERS
from tests.simulator.beside import BESIDE, BESIDE_NEIGHBOURS
from tests.simulator.classes_exchanged import CLASSES_EXCHANGED, CLASSES_EXCHANGED_NEIGHBOURS
from tests.simulator.coincidences import COINCIDENCE_NEIGHBOURS, COINCIDENCES
from tests.simulator.filing_errors import FILING_ERRORS
from tests.simulator.forms_in_parts import FORMS_IN_PARTS, FORMS_IN_PARTS_NEIGHBOURS
from tests.simulator.gaps import GAP_NEIGHBOURS, GAPS
from tests.simulator.identities import IDENTITIES, IDENTITY_NEIGHBOURS
from tests.simulator.last_forms import LAST_FORM_NEIGHBOURS, LAST_FORMS
from tests.simulator.letters_and_forms import LETTER_AND_FORM_NEIGHBOURS, LETTERS_AND_FORMS
from tests.simulator.listed_parts import LISTED_PART_NEIGHBOURS, LISTED_PARTS
from tests.simulator.lone_sides import LEFT_OUT, LONE_SIDE_NEIGHBOURS, LONE_SIDES
from tests.simulator.members import MEMBER_NEIGHBOURS, MEMBERS
from tests.simulator.moved_tables import MOVED_TABLE_NEIGHBOURS, MOVED_TABLES
from tests.simulator.noted_units import NOTED_UNITS, NOTED_UNITS_NEIGHBOURS
from tests.simulator.option_slips import OPTION_SLIP_NEIGHBOURS, OPTION_SLIPS
from tests.simulator.other_units import OTHER_UNIT_NEIGHBOURS, OTHER_UNITS
from tests.simulator.outcomes import OUTCOME_NEIGHBOURS, OUTCOMES
from tests.simulator.passing_on import PASSING_ON, PASSING_ON_NEIGHBOURS
from tests.simulator.plan_credits import PLAN_CREDIT_NEIGHBOURS, PLAN_CREDITS
from tests.simulator.received import RECEIVED, RECEIVED_NEIGHBOURS
from tests.simulator.regrouped import REGROUPED, REGROUPED_NEIGHBOURS
from tests.simulator.reports import Draft
from tests.simulator.retelling import RETELLING, RETELLING_NEIGHBOURS
from tests.simulator.row_errors import ROW_ERRORS, ROW_NEIGHBOURS
from tests.simulator.settled_otherwise import SETTLED_OTHERWISE, SETTLED_OTHERWISE_NEIGHBOURS
from tests.simulator.spoiling import ErrorKind, Scene, Spoilt, Unsuitable
from tests.simulator.taking_back import TAKING_BACK, TAKING_BACK_NEIGHBOURS
from tests.simulator.terms import TERM_ERRORS, TERM_NEIGHBOURS
from tests.simulator.ties import TIE_NEIGHBOURS, TIES
from tests.simulator.told_elsewhere import TOLD_ELSEWHERE, TOLD_ELSEWHERE_NEIGHBOURS
from tests.simulator.told_movements import TOLD_MOVEMENT_NEIGHBOURS, TOLD_MOVEMENTS
from tests.simulator.total_errors import TOTAL_ERRORS
from tests.simulator.wholesale import WHOLESALE, WHOLESALE_NEIGHBOURS
from tests.simulator.withheld import WITHHELD, WITHHELD_NEIGHBOURS
from tests.simulator.words_of_change import WORDS_OF_CHANGE, WORDS_OF_CHANGE_NEIGHBOURS

ERRORS: dict[str, ErrorKind] = {
    kind.name: kind
    for kind in (
        *TOTAL_ERRORS,
        *ROW_ERRORS,
        *FILING_ERRORS,
        *RETELLING,
        *TAKING_BACK,
        *COINCIDENCES,
        *LETTERS_AND_FORMS,
        *OTHER_UNITS,
        *GAPS,
        *IDENTITIES,
        *TERM_ERRORS,
        *TOLD_MOVEMENTS,
        *PASSING_ON,
        *LAST_FORMS,
        *OUTCOMES,
        *OPTION_SLIPS,
        *TIES,
        *MEMBERS,
        *LISTED_PARTS,
        *REGROUPED,
        *PLAN_CREDITS,
        *MOVED_TABLES,
        *RECEIVED,
        *WHOLESALE,
        *NOTED_UNITS,
        *LONE_SIDES,
        *BESIDE,
        *TOLD_ELSEWHERE,
        *AMENDED_HOLDERS,
        *SETTLED_OTHERWISE,
        *WORDS_OF_CHANGE,
        *WITHHELD,
        *FORMS_IN_PARTS,
        *CLASSES_EXCHANGED,
    )
}
"""Kinds of error by name, in the order the benchmark prints them."""

NEIGHBOURS: dict[str, ErrorKind] = {
    kind.name: kind
    for kind in (
        *ROW_NEIGHBOURS,
        *RETELLING_NEIGHBOURS,
        *TAKING_BACK_NEIGHBOURS,
        *COINCIDENCE_NEIGHBOURS,
        *LETTER_AND_FORM_NEIGHBOURS,
        *TERM_NEIGHBOURS,
        *OTHER_UNIT_NEIGHBOURS,
        *GAP_NEIGHBOURS,
        *IDENTITY_NEIGHBOURS,
        *TOLD_MOVEMENT_NEIGHBOURS,
        *PASSING_ON_NEIGHBOURS,
        *LAST_FORM_NEIGHBOURS,
        *OUTCOME_NEIGHBOURS,
        *OPTION_SLIP_NEIGHBOURS,
        *TIE_NEIGHBOURS,
        *MEMBER_NEIGHBOURS,
        *LISTED_PART_NEIGHBOURS,
        *REGROUPED_NEIGHBOURS,
        *PLAN_CREDIT_NEIGHBOURS,
        *MOVED_TABLE_NEIGHBOURS,
        *RECEIVED_NEIGHBOURS,
        *WHOLESALE_NEIGHBOURS,
        *NOTED_UNITS_NEIGHBOURS,
        *LONE_SIDE_NEIGHBOURS,
        *BESIDE_NEIGHBOURS,
        *TOLD_ELSEWHERE_NEIGHBOURS,
        *AMENDED_HOLDER_NEIGHBOURS,
        *SETTLED_OTHERWISE_NEIGHBOURS,
        *WORDS_OF_CHANGE_NEIGHBOURS,
        *WITHHELD_NEIGHBOURS,
        *FORMS_IN_PARTS_NEIGHBOURS,
        *CLASSES_EXCHANGED_NEIGHBOURS,
    )
}
"""What looks like an error and is none, by name: no finding names it."""

OMISSIONS: dict[str, ErrorKind] = {kind.name: kind for kind in LEFT_OUT}
"""What a form leaves out, by name, and no total of it or of later ones shows."""

MADE = ERRORS | NEIGHBOURS | OMISSIONS
"""Everything that can be put into drafts, by name."""


def inject(name: str, drafts: list[Draft], rng: Random) -> Spoilt:
    """Put one error, or one neighbour, of a kind into drafts that are in order of acceptance.

    The list itself changes when the error adds or removes a filing.

    Raises:
        Unsuitable: None of the drafts can carry it.
        KeyError: No such kind.
    """
    kind = MADE[name]
    spoilt = kind.make(Scene(name, kind.right, drafts, rng))
    spoilt.also += _amendments([spoilt.draft, *spoilt.also], drafts)
    return spoilt


def _amendments(erring: list[Draft], drafts: list[Draft]) -> list[Draft]:
    """The amendments of forms, which repeat what they do not put right."""
    filed = {(id(one.insider), one.filed_on) for one in erring}
    return [
        one
        for one in drafts
        if one.original_on and (id(one.insider), one.original_on) in filed and one not in erring
    ]


__all__ = ["ERRORS", "MADE", "NEIGHBOURS", "OMISSIONS", "Unsuitable", "inject"]
