"""The words that claims are told by: patterns/*.yaml compiled once, each cue with the file it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

from pipeline.claims.gate import Gate, clauses_of, holds
from pipeline.claims.openings import Begun, Openings, word_behind, words_of
from pipeline.errors import RegisterError

#: The structure of sentences, as expressions by name.
GRAMMAR = "grammar.yaml"
#: White space that Swedish typography puts inside phrases: a cue matches across any of it.
_SPACE = re.compile(r" +")


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


class Cue(NamedTuple):
    """A phrase found in a sentence: ``kind`` and ``value`` as the pattern file names them, offsets in the
    sentence."""

    kind: str
    value: str
    start: int
    end: int
    rule: str


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
        self._lists = {"group_plural": words["group_nouns"]["plural"]}
        self._lists["group_singular"] = words["group_nouns"]["singular"]
        self._lists |= {f"place_{name}": line for name, line in words["places"].items()}
        self._groups: tuple[frozenset[str], ...] | None = None
        self._opened, self._loose, self._rest = self._compile()

    def _compile(self) -> tuple[Openings[Tried], tuple[Tried, ...], Openings[Tried]]:
        """All phrases by the words they can begin with: kind by kind, of one kind the longest first.

        One expression for all phrases would try each of them at every place of a sentence. The few that
        any word can begin are told apart: for most sentences the rest is all there is.
        """
        kinds: dict[str, list[tuple[str, str, str]]] = {}
        for pattern in self.patterns:
            for kind, value, phrase in pattern.cues:
                kinds.setdefault(kind, []).append((phrase, value, f"{pattern.name}.{kind}.{value}"))
        kinds |= {name: [(phrase, "", "") for phrase in listed] for name, listed in self._lists.items()}
        made: list[tuple[str, Tried]] = []
        for kind, lines in kinds.items():
            lines.sort(key=lambda line: (-len(line[0]), line[0]))
            made += [(_phrase(line[0]), Tried(kind, *line)) for line in lines]
        found = Openings(made)
        if found.bare:
            raise RegisterError(f"Uttrycket ”{found.bare[0].phrase}” börjar inte med ett ord.")
        loose = found.anywhere
        return found, loose, Openings([one for one in made if one[1] not in loose])

    def cues(self, lower: str) -> tuple[Cue, ...]:
        """All cues in a lower-case sentence, by place; of one kind the longest wins, kinds may overlap."""
        return self.read(lower, [(at, len(word), self.opened(word)) for at, word in words_of(lower)])[0]

    def opened(self, word: str) -> Begun[Tried]:
        """What is tried where a word stands; the few phrases that any word can begin are not told."""
        return self._rest.of(word)

    def read(
        self, lower: str, opened: Iterable[tuple[int, int, Begun[Tried]]]
    ) -> tuple[tuple[Cue, ...], dict[str, list[tuple[int, int]]]]:
        """The cues of a lower-case sentence, and where phrases of the word lists stand.

        Args:
            opened: where words stand that something begins with, how long each is, and what begins so.
        """
        found, ends = list[Cue](), dict[str, int]()
        spans: dict[str, list[tuple[int, int]]] = {}
        for one in self._loose:
            if one.may(lower):
                opened = [(at, len(word), self._opened.of(word)) for at, word in words_of(lower)]
        for at, length, (after, begun) in opened:
            if after:
                begun = after.get(word_behind(lower, at + length), begun)
            for one in begun:
                kind = one.kind
                if ends.get(kind, 0) <= at and (match := one.expression.match(lower, at)):
                    end = ends[kind] = match.end()
                    if one.rule:
                        found.append(Cue(kind, one.value, at, end, one.rule))
                    else:
                        spans.setdefault(kind, []).append((at, end))
        return tuple(sorted(found, key=lambda cue: (cue.start, -cue.end, cue.kind))), spans

    def holds_groups(self, lower: str) -> bool:
        """Whether a lower-case text can hold plurals that stand for units (``group_plural``)."""
        if self._groups is None:
            self._groups = clauses_of(self.group_plural.pattern)
        return holds(self._groups, lower)

    def expressions(self) -> dict[str, str]:
        """The word lists that are expressions, by name."""
        listed = {
            "words_group_plural": self.group_plural,
            "words_group_singular": self.group_singular,
            "words_pronoun_verbs": self.pronoun_verbs,
        }
        listed |= {f"words_place_{name}": made for name, made in self.places.items()}
        listed |= {f"words_intro_{at}": made for at, made in enumerate(self.intros)}
        return {name: made.pattern for name, made in listed.items()}


class Tried:
    """A phrase that is tried where a word it can begin with stands; compiled at its first use."""

    def __init__(self, kind: str, phrase: str, value: str, rule: str) -> None:
        self.kind, self.phrase, self.value, self.rule = kind, phrase, value, rule

    def may(self, lower: str) -> bool:
        """Whether a lower-case text holds what every match of the phrase must hold."""
        return holds(self._clauses, lower)

    @cached_property
    def _clauses(self) -> tuple[frozenset[str], ...]:
        return clauses_of(_phrase(self.phrase))

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The phrase, with no letter, digit or hyphen behind it."""
        return re.compile(rf"(?:{_phrase(self.phrase)})(?![\w-])")


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
            data = _read_yaml(entry)
        except yaml.YAMLError as error:
            raise RegisterError(f"Mönsterfilen {entry.name} kan inte läsas som YAML: {error}") from error
        if entry.name == "words.yaml":
            words = data
        elif entry.name == GRAMMAR:
            continue
        else:
            patterns.append(_pattern(entry.name.removesuffix(".yaml"), data))
    return Lexicon(tuple(patterns), words)


def _read_yaml(entry: Traversable) -> dict[str, Any]:
    """One file of patterns/, by the loader in C where there is one: ten times as fast at a worker's start."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(entry.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 – a safe one
    return found


@lru_cache(maxsize=1)
def _grammar_texts() -> dict[str, str]:
    expressions = _read_yaml(files("pipeline.claims").joinpath("patterns").joinpath(GRAMMAR))["expressions"]
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


@lru_cache(maxsize=1)
def gate() -> Gate:
    """What each expression of patterns/ needs of a sentence: those of the grammar and of the word lists."""
    return Gate(_grammar_texts() | load_lexicon().expressions())


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
