"""Ownership XML that is damaged, hostile or in another encoding: mended, reported or refused."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError, ReadError
from ledger.readers.ownership_xml import reader
from ledger.readers.ownership_xml.gathering import ROW_LIMIT
from tests.damage import damaged
from tests.documents import holding, ownership_xml, transaction


def reading(*rows, **said):
    return reader.read(ownership_xml(rows, **said), source="form.xml")


def test_control_characters_are_left_out_and_reported():
    found = reading(transaction(security="Common\x85 St\x9bock"))

    assert found.filing.rows[0].security == "Common Stock"
    assert [(p.place, p.effect) for p in found.problems] == [("I.1 security", "repaired")]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_a_document_is_read_in_any_unicode_encoding(encoding):
    payload = ownership_xml([holding(security="Größe ☂")], declaration="", encoding=encoding)
    found = reader.read(payload, source="x")

    assert found.filing.rows[0].security == "Größe ☂"
    assert found.problems == ()


def test_an_encoding_is_believed_when_declared_and_recorded_when_guessed():
    said = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    declared = ownership_xml([holding(security="Größe")], declaration=said, encoding="latin-1")
    guessed = ownership_xml([holding(security="Größe – A")], encoding="cp1252")
    wrong = ownership_xml(
        [holding(security="Größe")], declaration=said.replace("ISO-8859-1", "EBCDIC")
    )

    assert reader.read(declared, source="x").problems == ()
    assert reader.read(guessed, source="x").filing.rows[0].security == "Größe – A"
    assert [p.place for p in reader.read(guessed, source="x").problems] == ["document"]
    assert "declared as ebcdic" in reader.read(wrong, source="x").problems[0].problem


_DOCTYPES = [
    '<!DOCTYPE ownershipDocument [<!ENTITY a "b">]>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE x PUBLIC "-//X//EN" "http://127.0.0.1:9/x.dtd">',
    '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>',
    '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c "&b;&b;">]>',
    "<!doctype ownershipDocument>",
    "<!DOCTYPE\nownershipDocument>",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("doctype", _DOCTYPES)
def test_a_document_type_is_refused_before_anything_is_built(doctype, encoding):
    text = ownership_xml([transaction()], declaration="").decode()
    payload = (doctype + text.replace("ACME CORP", "&a;")).encode(encoding)

    with pytest.raises(ReadError, match="document type"):
        reader.read(payload, source="evil.xml")


def test_an_entity_nobody_declared_is_not_looked_up():
    payload = ownership_xml([holding()]).replace(b"Common Stock", b"Common &secret; Stock")
    found = reader.read(payload, source="x")

    assert found.filing.recovered
    assert found.filing.rows[0].security == "Common &secret; Stock"


@pytest.mark.parametrize(
    ("damage", "security"),
    [
        ((b"Common Stock", b"AT&T Common"), "AT&T Common"),
        ((b"Common Stock", b"Common&nbsp;Stock"), "Common\u00a0Stock"),
        ((b"Common Stock", b"Stock < 5%"), "Stock < 5%"),
        ((b"Common Stock", b"Com\x01mon Stock"), "Common Stock"),
        ((b"Common Stock", b"Com&#2;mon Stock"), "Common Stock"),
        ((b"Stock</value></securityTitle>", b"Stock</value>"), "Common Stock"),
        ((b"Stock</value></securityTitle>", b"Stock</vaule></securityTitle>"), "Common Stock"),
        ((b"Stock</value></securityTitle>", b"Stock</securityTitle>"), "Common Stock"),
        ((b"<transactionAmounts>", b""), "Common Stock"),
        ((b"</nonDerivativeTransaction>", b""), "Common Stock"),
        ((b"</nonDerivativeTable>", b""), "Common Stock"),
        ((b"</reportingOwner>", b""), "Common Stock"),
        ((b"<nonDerivativeTable>", b"</issuer><nonDerivativeTable>"), "Common Stock"),
        ((b"<remarks>", b"<remarks"), "Common Stock"),
        ((b"<nonDerivativeTable>", b"<nonDerivativeTable ativeTable>"), "Common Stock"),
        ((b"<nonDerivativeTransaction>", b"<nonDerivativeTr\nansaction>"), "Common Stock"),
        ((b"</nonDerivativeTransaction>", b"</nonDerivativeTransac\ntion>"), "Common Stock"),
        ((b"</value></securityTitle>", b"</value\n</securityTitle>"), "Common Stock"),
        ((b"</value></securityTitle>", b"</value></securityTitle"), "Common Stock"),
        ((b"<securityTitle>", b"<securityTitle\n"), "Common Stock"),
        ((b"<securityTitle>", b"<securityTitle x=1 y>"), "Common Stock"),
    ],
)
def test_damage_is_mended_or_survived_and_every_row_with_it(damage, security):
    whole = ownership_xml([transaction(), transaction(), holding("II")], remarks="So.")
    payload = whole.replace(*damage, 1)
    assert payload != whole
    found = reader.read(payload, source="bent.xml")

    assert found.filing.recovered
    assert [r.ref for r in found.filing.rows] == ["I.1", "I.2", "II.1"]
    assert found.filing.rows[0].security == security
    assert found.filing.rows[1].shares == found.filing.rows[0].shares == 100
    assert len(found.filing.signatures) == 1
    assert any("not well-formed" in p.problem for p in found.problems)


def test_rows_that_damage_hides_are_counted_out():
    payload = ownership_xml([transaction(), transaction()])
    cut = payload.index(b"<nonDerivativeTransaction>", 600)
    payload = payload[:cut] + b"</ownershipDocument>" + payload[cut:]
    found = reader.read(payload, source="x")

    assert len(found.filing.rows) < 2
    assert any("2 rows are marked in the text" in p.problem for p in found.problems)


def test_a_row_whose_beginning_is_lost_is_missed():
    payload = ownership_xml([transaction(), transaction()])
    found = reader.read(payload.replace(b"<nonDerivativeTransaction>", b"", 1), source="x")

    assert len(found.filing.rows) == 1
    assert any("2 rows are marked in the text, 1 were read" in p.problem for p in found.problems)
    assert any("“100”" in p.problem for p in found.problems)


def test_a_document_that_ends_too_early_is_set_aside_wherever_it_ends():
    payload = ownership_xml([transaction(), holding("II")], footnotes={"F1": "Note."})

    for end in range(0, len(payload) - 1, 7):
        with pytest.raises(LedgerError):
            reader.read(payload[:end], source="half.xml")


@pytest.mark.parametrize("depth", [300, 50_000])
def test_a_document_nested_too_deep_is_refused(depth):
    payload = ownership_xml(boxes={"deep": "X"}).replace(
        b"X<", b"<a>" * depth + b"</a>" * depth + b"<"
    )

    with pytest.raises(ReadError, match="limits"):
        reader.read(payload, source="deep.xml")


def test_nesting_within_the_limit_is_only_reported():
    payload = ownership_xml([transaction()], boxes={"deep": "X"})
    payload = payload.replace(b"deep>X<", b"deep>" + b"<a>" * 200 + b"</a>" * 200 + b"<")

    assert len(reader.read(payload, source="deep.xml").filing.rows) == 1


def test_a_row_too_many_and_a_field_too_long_are_refused():
    rows = "<nonDerivativeHolding/>" * (ROW_LIMIT + 1)
    with pytest.raises(ReadError, match="10,000 rows"):
        reader.read(ownership_xml([rows]), source="x")
    with pytest.raises(ReadError, match="10,000 things"):
        reader.read(ownership_xml(["<nonDerivativeHolding>" + "<x/>" * 10_001]), source="x")
    with pytest.raises(ReadError, match="tags"):
        reader.read(b"<a>" + b"<b/>" * 1_500_000 + b"</a>", source="x")

    found = reading(holding(security="S" * 4097), holding(security="S" * 4096))
    assert [r.security for r in found.filing.rows] == [None, "S" * 4096]
    assert found.problems[0].effect == "field unknown"


_SAMPLE = ownership_xml(
    [transaction(cites={"price": ("F1",)}), holding("II", nature="By Trust", ownership="I")],
    footnotes={"F1": "A note."},
    remarks="Remarks & more.",
)


def test_a_name_that_ends_in_its_colon_is_damage_like_any_other():
    with pytest.raises(LedgerError):
        reader.read(_SAMPLE[:1] + b"A:" + _SAMPLE[1:], source="x")


@settings(max_examples=300, deadline=None)
@given(damaged(_SAMPLE, longest=8))
def test_no_damage_to_the_bytes_fails_in_any_other_way(payload):
    try:
        found = reader.read(payload, source="x")
    except LedgerError:
        return
    assert found.filing.recovered or len(found.filing.rows) == 2


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_fail_in_any_other_way(payload):
    with suppress(LedgerError):
        reader.read(payload, source="x")
