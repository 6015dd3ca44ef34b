"""What is kept of notes is bounded by how many they are, and by how long."""

from __future__ import annotations

from ledger.footnotes.remembered import LONGEST, remembered


def test_a_long_text_is_read_each_time_and_not_kept():
    read: list[str] = []

    @remembered(2)
    def first(text: str) -> str:
        read.append(text)
        return text[:1]

    short, long = "a note", "n" * (LONGEST + 1)

    assert [first(short), first(short), first(long), first(long)] == ["a", "a", "n", "n"]
    assert read == [short, long, long]
    assert first.cache_info().currsize == 1


def test_several_texts_are_long_together():
    @remembered(2)
    def count(texts: tuple[str, ...], code: str) -> int:
        return len(texts) + len(code)

    assert count(("n" * LONGEST, "n"), "S") == 3
    assert count.cache_info().currsize == 0
