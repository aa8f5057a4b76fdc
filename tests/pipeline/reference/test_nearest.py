"""Near names: what the laid-out spellings give is what trying every spelling gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from pipeline.reference import load_registers
from pipeline.reference.nearest import LIMIT, NearLabels, NearNames, allowed_distance, without_diacritics

#: Few letters, so that made names come near each other.
names = st.text("aäåes", min_size=1, max_size=12)
UNITS = load_registers().units
#: Names that are clear without an edition.
NAMED = sorted(unit.name for unit in UNITS.all if unit.kind != "stadsdel")


def by_trying_all(key: str, known: list[str]) -> tuple[str, ...]:
    limit = allowed_distance(len(key))
    found = []
    for one in known if limit else ():
        edits = OSA.distance(key, one)
        if abs(len(one) - len(key)) > limit:
            if len(key) >= 5 and one.startswith(key):
                found.append((limit + 1, one))
        elif edits <= limit and (len(key) >= 7 or key[0] == one[0]):
            found.append((edits, one))
        elif without_diacritics(one) == without_diacritics(key):
            found.append((1, one))
    return tuple(one for _, one in sorted(found)[:LIMIT])


@given(names, st.lists(names, unique=True, max_size=30))
def test_the_nearest_are_those_of_trying_every_name(key: str, known: list[str]) -> None:
    assert NearNames((one, one) for one in known).find(key) == by_trying_all(key, known)


def test_one_proposal_of_several_spellings_is_told_once_at_its_nearest() -> None:
    near = NearNames([("skogsby", "1: Skogsby"), ("skogsbys", "1: Skogsby"), ("skogsbo", "2: Skogsbo")])
    assert near.find("skogsbi") == ("1: Skogsby", "2: Skogsbo")


@given(st.one_of(st.sampled_from(NAMED), st.text(max_size=20)), st.sampled_from(["", "s", " kommun", "x"]))
def test_a_known_label_is_found_and_an_unknown_one_only_proposed_for(name: str, ending: str) -> None:
    label, lan = name + ending, "01"
    known, match = UNITS.known(label, lan=lan), UNITS.find(label, lan=lan)
    assert match.exact == (known is not None)
    assert match == known if known is not None else match.unit_id is None


labels = st.lists(st.text("aåel", min_size=1, max_size=5), min_size=1, max_size=4)


@given(labels, st.lists(labels, max_size=8))
def test_labels_are_alike_whatever_the_order_of_their_words(asked: list[str], known: list[list[str]]) -> None:
    found = NearLabels((words, f"{at}: {' '.join(words)}") for at, words in enumerate(known)).find(
        asked, 60.0
    )
    alike = {
        f"{at}: {' '.join(words)}": fuzz.token_sort_ratio(" ".join(asked), " ".join(words))
        for at, words in enumerate(known)
    }
    near = {name: likeness for name, likeness in alike.items() if likeness >= 60.0}
    assert found == tuple(sorted(near.items(), key=lambda pair: (-pair[1], pair[0]))[:LIMIT])
