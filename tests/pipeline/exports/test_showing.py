"""How a value is written where people read it."""

from __future__ import annotations

import pytest

from pipeline.exports.showing import plain_value

BARE = dict.fromkeys(("answer", "value", "value_unit", "range_min", "range_max", "value_raw"))


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"answer": "JA", "value_raw": "Ja"}, "JA"),
        ({"value": 87.5, "value_unit": "procent"}, "87,5\u00a0%"),
        ({"value": 2092.0, "value_unit": "kronor"}, "2\u202f092\u00a0kr"),
        ({"value": 14.0, "value_unit": "dagar"}, "14 dagar"),
        ({"value": 9.0, "value_unit": "antal"}, "9"),
        ({"range_min": 4.0, "range_max": 7.0, "value_unit": "dagar"}, "4–7 dagar"),
        ({"value_raw": "..", "status": "missing"}, "uppgift saknas"),
        ({"value_raw": "x", "status": "suppressed"}, "sekretess"),
        ({"status": "blank"}, "tom cell"),
    ],
)
def test_values_are_written_as_swedish_readers_expect(fields: dict[str, object], shown: str) -> None:
    assert plain_value(BARE | {"status": "ok"} | fields) == shown
