"""Indicators as the dataset publishes them: with their breaks."""

from pipeline.reference import load_registers
from pipeline.reference.published import published_indicators


def test_every_break_of_the_register_is_published_with_its_indicator() -> None:
    register = load_registers().indicators
    made = {one.indicator_id: one for one in published_indicators(register)}
    assert list(made) == [one.indicator_id for one in register.all]
    told = {(name, int(text[:4]), text[6:]) for name, one in made.items() for text in one.breaks}
    assert told == {(one.indicator_id, one.year, one.note) for one in register.all_breaks}
    assert told and all(list(one.breaks) == sorted(one.breaks) for one in made.values())
    some = next(one for one in made.values() if one.breaks)
    assert (some.name, some.area) == (some.entry.name, some.entry.area)
