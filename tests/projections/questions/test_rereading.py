"""What a better source of a filing changed, field by field."""

from decimal import Decimal

from ledger.filing import Repair
from projections import reread
from tests.projections.building import bought, filing, gave, held

DAY = "2024-05-06"
XML = filing(bought(100, 1_100), gave(40, 1_060), held(500, ownership="indirect"), on=DAY)


def scan(*rows, **said):
    """The same filing as it came off its paper, with other rows."""
    return XML.model_copy(update={"sha256": "0" * 64, "format": "scanned", "rows": rows, **said})


def changes(ledger):
    found = reread(ledger, XML.id).changes
    return {(c.because[0].partition("#")[2], c.what): (c.before, c.after) for c in found}


def repaired(row, field, value, effect, why):
    told = Repair(field=field, printed="", effect=effect, why=why)
    return row.model_copy(update={field: value, "repairs": (told,)})


def test_a_source_that_says_the_same_in_every_field_changed_nothing(told):
    ledger = told(scan(*XML.rows), XML)

    assert len(ledger.readings(XML.id)) == 1
    assert changes(ledger) == {}


def test_a_field_that_the_paper_could_not_tell_is_listed_with_the_reason(told):
    first, *others = XML.rows
    lost = repaired(first, "code", None, "field unknown", "nothing legible stands there")
    ledger = told(scan(lost, *others), XML)

    assert [one.format for one in ledger.readings(XML.id)] == ["scanned", "ownership-xml"]
    assert changes(ledger) == {("I.1", "code"): ("unknown: nothing legible stands there", "P")}


def test_a_field_that_was_repaired_wrongly_is_listed_and_one_repaired_rightly_is_not(told):
    first, second, third = XML.rows
    wrong = repaired(first, "shares", Decimal(700), "repaired", "of two readings, the likelier")
    right = repaired(second, "shares", second.shares, "repaired", "the totals say so")
    ledger = told(scan(wrong, right, third), XML)

    assert changes(ledger) == {("I.1", "shares"): ("700: of two readings, the likelier", "100")}


def test_a_row_that_the_paper_lost_moves_no_other_row_out_of_its_place(told):
    _, second, third = XML.rows
    ledger = told(
        scan(second.model_copy(update={"line": 1}), third.model_copy(update={"line": 2})), XML
    )

    assert changes(ledger) == {("I.1", "row"): (None, "Common Stock, 2024-05-06, P, 100, 1100")}


def test_words_that_differ_in_case_and_points_alone_agree(told):
    issuer = XML.issuer.model_copy(update={"name": f"{XML.issuer.name.title()}."})
    ledger = told(scan(*XML.rows, issuer=issuer), XML)

    assert changes(ledger) == {}


def test_a_source_that_knows_when_it_was_filed_says_so(told):
    ledger = told(scan(*XML.rows, filed_on=None), XML)

    assert changes(ledger) == {("", "filed_on"): (None, str(XML.filed_on))}
