"""The words that claims are told by: patterns/*.yaml compiled once, each cue with the file it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from pipeline.errors import RegisterError

#: The structure of sentences, as expressions by name.
GRAMMAR = "grammar.yaml"
#: White space that Swedish typography puts inside phrases: a cue matches across any of it.
_SPACE = re.compile(r" +")
#: Where a cue may begin: no letter, digit or hyphen before it.
_PLACES = re.compile(r"(?<![\w-])(?=(..?))", re.DOTALL)
_NESTED = re.compile(r"\(.*\)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One file of patterns/: the cues of a kind of claim and the sentences its tests run.

    Attributes:
        cues: ``(kind, value, phrase)`` in the order of the file; phrases are regular expressions.
    """

    name: str
    claim_type: str | None
    cues: tuple[tuple[str, str, str], ...]
    examples: tuple[str, ...]
    non_examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase found in a sentence: ``kind`` and ``value`` as the pattern file names them, offsets in the
    sentence."""

    kind: str
    value: str
    start: int
    end: int
    rule: str


#: What is tried at a place: the kind of cue, the expression, and value and rule by the group that matched.
Tried = tuple[str, re.Pattern[str], dict[str, tuple[str, str]]]


class Lexicon:
    """All patterns, compiled: one expression for all cues, and the shared word lists."""

    def __init__(self, patterns: tuple[Pattern, ...], words: dict[str, Any]) -> None:
        self.patterns = patterns
        self.numbers: dict[str, int] = dict(words["numbers"])
        self.ordinals: dict[str, int] = dict(words["ordinals"])
        self.stop = frozenset(words["stop"])
        self.synonyms: tuple[tuple[str, ...], ...] = tuple(tuple(line) for line in words["synonyms"])
        self.weak: tuple[str, ...] = tuple(words["weak"])
        self.plain: tuple[str, ...] = tuple(words["plain"])
        self.heads: dict[str, tuple[str, ...]] = {name: tuple(line) for name, line in words["heads"].items()}
        self.intros = tuple(re.compile(_phrase(text)) for text in words["intros"])
        self.group_plural = _alternatives(words["group_nouns"]["plural"])
        self.group_singular = _alternatives(words["group_nouns"]["singular"])
        self.lower_is_better = re.compile(r"\b(?:" + "|".join(words["lower_is_better"]) + ")")
        self.higher_is_better = re.compile(r"\b(?:" + "|".join(words["higher_is_better"]) + ")")
        self.pronoun_verbs = _alternatives(words["pronoun_verbs"])
        self.places = {name: _alternatives(line) for name, line in words["places"].items()}
        self._by_first = self._compile()

    def _compile(self) -> dict[str, tuple[re.Pattern[str], tuple[Tried, ...]]]:
        """Per first two characters (``""`` for all others), what to try there, and what is none of them.

        One expression for all phrases of a kind would try each of them at every place of a sentence.
        """
        kinds: dict[str, list[tuple[str, str, str]]] = {}
        for pattern in self.patterns:
            for kind, value, phrase in pattern.cues:
                kinds.setdefault(kind, []).append((phrase, value, f"{pattern.name}.{kind}.{value}"))
        firsts = {_first(phrase) for lines in kinds.values() for phrase, _, _ in lines} - {""}
        tried: dict[str, list[Tried]] = {first: [] for first in ("", *firsts)}
        any_of: dict[str, list[str]] = {first: [] for first in tried}
        for kind, lines in kinds.items():
            lines.sort(key=lambda line: (-len(line[0]), line[0]))
            loose = [line for line in lines if not _first(line[0])]
            anywhere = [_tried(kind, loose)] if loose else []
            own = {_first(line[0]) for line in lines} - {""}
            for first, made in tried.items():
                here = [line for line in lines if _first(line[0]) in ("", first)]
                made += [_tried(kind, here)] if first in own else anywhere
                any_of[first] += [_phrase(line[0]) for line in here]
        return {
            first: (re.compile(rf"(?:{'|'.join(any_of[first])})(?![\w-])"), tuple(made))
            for first, made in tried.items()
        }

    def cues(self, lower: str) -> tuple[Cue, ...]:
        """All cues in a lower-case sentence, by place; of one kind the longest wins, kinds may overlap."""
        found, ends = [], dict[str, int]()
        elsewhere = self._by_first[""]
        for place in _PLACES.finditer(lower):
            at, first = place.start(), place.group(1)
            if first[1:].isspace():
                first = f"{first[0]} "
            any_of, tried = self._by_first.get(first, elsewhere)
            if not any_of.match(lower, at):
                continue
            for kind, expression, named in tried:
                if ends.get(kind, 0) <= at and (match := expression.match(lower, at)):
                    value, rule = named[str(match.lastgroup)]
                    found.append(Cue(kind, value, at, match.end(), rule))
                    ends[kind] = match.end()
        return tuple(sorted(found, key=lambda cue: (cue.start, -cue.end, cue.kind)))


def _tried(kind: str, lines: list[tuple[str, str, str]]) -> Tried:
    """One expression for phrases of one kind (phrase, value, rule), tried in their order."""
    named = {f"g{index}": (value, rule) for index, (_, value, rule) in enumerate(lines)}
    body = "|".join(f"(?P<g{index}>{_phrase(phrase)})" for index, (phrase, _, _) in enumerate(lines))
    return kind, re.compile(rf"(?:{body})(?![\w-])"), named


def _first(phrase: str) -> str:
    """The two characters that every match of a phrase begins with; empty when that cannot be told."""
    letters = phrase[:2].replace(" ", "").isalnum() and phrase[0] != " "
    plain = letters and phrase[2:3] not in set("?*{") and "|" not in _NESTED.sub("", phrase)
    return phrase[:2] if plain else ""


def _phrase(text: str) -> str:
    return _SPACE.sub(r"\\s+", text)


def _alternatives(lines: list[str]) -> re.Pattern[str]:
    ordered = sorted(lines, key=lambda line: (-len(line), line))
    return re.compile(r"(?<![\w-])(?:" + "|".join(_phrase(line) for line in ordered) + r")(?![\w-])")


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The package's own patterns.

    Raises:
        RegisterError: a pattern file lacks a key or cannot be read as YAML.
    """
    import yaml

    patterns: list[Pattern] = []
    words: dict[str, Any] = {}
    folder = files("pipeline.claims").joinpath("patterns")
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if not entry.name.endswith(".yaml"):
            continue
        try:
            data = yaml.safe_load(entry.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            raise RegisterError(f"Mönsterfilen {entry.name} kan inte läsas som YAML: {error}") from error
        if entry.name == "words.yaml":
            words = data
        elif entry.name == GRAMMAR:
            continue
        else:
            patterns.append(_pattern(entry.name.removesuffix(".yaml"), data))
    return Lexicon(tuple(patterns), words)


@lru_cache(maxsize=1)
def _grammar_texts() -> dict[str, str]:
    import yaml

    text = files("pipeline.claims").joinpath("patterns").joinpath(GRAMMAR).read_text(encoding="utf-8")
    expressions = yaml.safe_load(text)["expressions"]
    return {
        name: "".join(told) if isinstance(told, list) else str(told) for name, told in expressions.items()
    }


@lru_cache(maxsize=256)
def grammar(name: str) -> re.Pattern[str]:
    """The expression of patterns/grammar.yaml with this name, compiled at its first use.

    Raises:
        RegisterError: grammar.yaml has no such expression.
    """
    text = _grammar_texts().get(name)
    if text is None:
        raise RegisterError(f"{GRAMMAR} saknar uttrycket ”{name}”.")
    return re.compile(text)


def _pattern(name: str, data: dict[str, Any]) -> Pattern:
    try:
        cues = tuple(
            (str(kind), str(value), str(phrase))
            for kind, values in data.get("cues", {}).items()
            for value, phrases in values.items()
            for phrase in phrases
        )
        examples, silent = tuple(data["examples"]), tuple(data["non_examples"])
    except (KeyError, AttributeError, TypeError) as error:
        raise RegisterError(f"Mönsterfilen {name}.yaml saknar nycklar eller har fel form: {error}") from error
    return Pattern(name, data.get("claim_type"), cues, examples, silent)
