"""The gate before expressions and the look-up of phrases by their words: as much is found as without."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.gate import Gate, clauses_of
from pipeline.claims.lexicon import gate, grammar, load_lexicon
from pipeline.claims.mentions import Annotated
from pipeline.claims.names import reader_of
from pipeline.claims.nlp import pipeline_for
from pipeline.claims.openings import Openings, openings_of, words_of
from pipeline.claims.phrase import phrase_of
from pipeline.claims.structure import annotate
from pipeline.claims.worded import matches_at, worded
from pipeline.reference import load_registers
from tests.pipeline.claims.making import document

_EXPRESSIONS = sorted(gate().needs)
_WORDS = sorted(
    {word for one in load_lexicon().patterns for text in one.examples for word in text.split()}
    | {"för", "sjunde", "året", "i", "följd", "förvaltningen", "bl.a.", "ca.", "–", "87,5", "(n=12)"}
)
_SENTENCES = st.lists(st.sampled_from(_WORDS), max_size=14).map(" ".join)


def _expression(name: str) -> re.Pattern[str]:
    made = load_lexicon().expressions().get(name)
    return grammar(name) if made is None else re.compile(made)


@given(st.data())
@settings(max_examples=300)
def test_the_gate_lets_through_whatever_an_expression_matches(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(_EXPRESSIONS))
    text = data.draw(st.from_regex(_expression(name)))
    need = gate().needs[name]
    assert gate().marks(text.lower()) & need == need


@given(_SENTENCES)
def test_the_gate_agrees_with_a_search(text: str) -> None:
    lower = text.lower()
    marks = gate().marks(lower)
    for name in _EXPRESSIONS:
        if marks & gate().needs[name] != gate().needs[name]:
            assert _expression(name).search(lower) is None, name


def test_what_an_expression_needs_is_read_from_it() -> None:
    words = [frozenset({"bara", "endast"}), frozenset({"i", "av"})]
    assert set(clauses_of(r"\b(?:bara|endast)\s+(?:i|av)\s+\d")) == {*words, frozenset({"\\d"})}
    assert clauses_of(r"(?:\d+ %|\d+,\d+)")[-1] == frozenset({"\\d"})
    assert clauses_of(r"[a-zåäö]+s?") == ()
    assert clauses_of(r"(?i)tabell \d") == (frozenset({"\\d"}),)
    assert clauses_of(r"kommun(?:en)?(?!er)") == (frozenset({"kommun"}),)


def test_a_gate_tells_which_words_are_there() -> None:
    made = Gate({"fall": "minsk(?:ar|at)", "number": r"\d+", "any": r"\w+"})
    seen = made.marks("andelen har minskat")
    assert [name for name, need in made.needs.items() if seen & need == need] == ["fall", "any"]
    assert made.marks("12 barn") & made.needs["number"]


@given(_SENTENCES)
def test_cues_are_those_that_trying_every_phrase_everywhere_finds(text: str) -> None:
    lower = text.lower()
    kinds: dict[str, list[tuple[str, str]]] = {}
    for pattern in load_lexicon().patterns:
        for kind, value, phrase in pattern.cues:
            kinds.setdefault(kind, []).append((phrase, value))
    plainly = []
    for kind, lines in kinds.items():
        ordered = sorted(lines, key=lambda line: (-len(line[0]), line[0]))
        either = "|".join(f"(?P<g{at}>{phrase})" for at, (phrase, _) in enumerate(ordered))
        whole = re.compile(rf"(?<![\w-])(?:{either})(?![\w-])".replace(" ", r"\s+"))
        plainly += [
            (kind, ordered[int(str(m.lastgroup)[1:])][1], m.start(), m.end()) for m in whole.finditer(lower)
        ]
    found = [(cue.kind, cue.value, cue.start, cue.end) for cue in load_lexicon().cues(lower)]
    assert sorted(found) == sorted(plainly)


def test_the_first_words_of_a_phrase_are_read_from_it() -> None:
    assert openings_of(r"(?:nästan\s+)?alla") == (frozenset({"nästan alla", "alla"}), frozenset())
    assert openings_of(r"ca\.") == (frozenset({"ca"}), frozenset())
    assert openings_of(r"för\s+\w+\s+året") == (frozenset(), frozenset({"för "}))
    assert openings_of(r"\w+")[1] == {""}


def test_things_are_found_by_their_first_words_in_order() -> None:
    made = Openings([(r"i\s+snitt", "mean"), (r"[\w-]*snittet", "named"), (r"i", "place")])
    after, alone = made.of("i")
    assert after == {"snitt": ("mean", "place")}
    assert alone == ("place",)
    assert made.of("rikssnittet") == ({}, ("named",))
    assert made.of("snitt") == ({}, ())
    assert words_of("i snitt, 3") == ((0, "i"), (2, "snitt"), (9, "3"))


def test_of_two_names_at_one_place_the_longer_is_read() -> None:
    read = pipeline_for(load_registers())("I Upplands Bro och VGR samt på Gotlands län finns planer.")
    assert [one.text for one in read.entities] == ["Upplands Bro", "VGR", "Gotlands län"]


@given(st.lists(st.sampled_from(["två", "12", "3,5", "av", "-", ".", "x", " ", "tre-", "%"])).map("".join))
def test_matches_are_found_where_they_can_begin(lower: str) -> None:
    expression = re.compile(r"(?<![\w,.-])(?:\d+(?:,\d+)?|två|tre)(?![\w-])(?:\s*(?:av|%))?")
    places = [at for at, word in words_of(lower) if word[0].isdecimal() or word in ("två", "tre")]
    found = [match.span() for match in matches_at(expression, lower, places)]
    assert found == [match.span() for match in expression.finditer(lower)]


@given(_SENTENCES)
def test_word_lists_are_found_where_their_expressions_are(text: str) -> None:
    told = worded(text)
    for name in ("group_plural", "group_singular", "place_riket", "place_lan", "place_mean"):
        expression = re.compile(load_lexicon().expressions()[f"words_{name}"])
        assert told.spans.get(name, []) == [match.span() for match in expression.finditer(told.lower)]
        assert told.may(f"words_{name}") or not told.spans.get(name)


@given(_SENTENCES, st.integers(0, 60))
def test_a_sentence_answers_as_the_expressions_themselves(text: str, place: int) -> None:
    told = worded(text)
    note, lower = Annotated(told.text, told.lower, marks=told.marks), told.lower
    for name in (one for one in _EXPRESSIONS if not one.startswith("words_")):
        plainly = grammar(name)
        for seen, expected in (
            (note.search(name), plainly.search(lower)),
            (note.before(name, place), plainly.search(lower[:place])),
            (note.at(name, place), plainly.match(lower, place)),
            (note.behind(name, place), plainly.match(lower[place:])),
        ):
            assert (seen and seen.span()) == (expected and expected.span()), name


def test_what_is_taken_out_of_a_phrase_leaves_spaces() -> None:
    note = annotate(
        "I Fagersta (två av fem) har drygt 40 procent en plan.", reader_of(document([]), load_registers())
    )
    phrase = phrase_of(note, 0, len(note.text))
    assert phrase.split() == ["I", "har", "en", "plan."]
    assert phrase_of(note, 28, len(note.text)).split() == ["en", "plan."]


@given(_SENTENCES, st.sampled_from([" ", "  ", "\u00a0", " \u2003"]))
def test_a_sentence_is_read_by_its_runs_as_in_one_go(text: str, space: str) -> None:
    told = worded(text.replace(" ", space))
    lexicon = load_lexicon()
    assert told.cues == lexicon.cues(told.lower)
    assert told.marks == gate().marks(told.lower)
    numbers = [at for at, word in words_of(told.lower) if word in lexicon.numbers or word[0].isdecimal()]
    assert list(told.numbers) == numbers
