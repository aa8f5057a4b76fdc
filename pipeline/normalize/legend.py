"""A document's own key to its codes and colours, read from its sentences, table notes and key tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.model import Legend, Table
from pipeline.normalize.answers import ANSWERS, STATUSES, ZERO
from pipeline.normalize.colours import colour_name
from pipeline.normalize.text import clean, folded, squeezed

if TYPE_CHECKING:
    from pipeline.reference import Registers

#: Signs that can stand alone as a code.
_SIGN = r"\.\.\.?|…|\.|-|–|—|\*{1,3}|[●○◯■□◻✓✔√✗✘◐•◼⬤]|[xo]|[jn]|[0-2]"
#: A key in a table is small: a legend, not data.
_KEY_ROWS, _KEY_COLUMNS = 14, 3
#: What italics or a mark can say of a figure besides its value.
UNCERTAIN = "uncertain"
_DIGITS = ("0", "1", "2")


@dataclass(frozen=True, slots=True)
class _Patterns:
    meanings: tuple[tuple[str, re.Pattern[str]], ...]
    pair: re.Pattern[str]
    spoken: re.Pattern[str]
    named: tuple[tuple[str, re.Pattern[str]], ...]
    colour: re.Pattern[str]
    verb: re.Pattern[str]
    verb_before: re.Pattern[str]
    marked_with: re.Pattern[str]
    inverted: re.Pattern[str]
    clause_end: re.Pattern[str]
    spoken_verb: re.Pattern[str]
    verb_signs: tuple[str, ...]
    spoken_verbs: tuple[str, ...]
    sign_names: Mapping[str, tuple[str, ...]]
    colour_words: tuple[str, ...]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    import yaml

    path = Path(__file__).with_name("legend.yaml")
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    spoken_words = tuple(verb for verb in raw["verbs"] if verb not in "=:")
    verbs, spoken_verbs = _either(raw["verbs"]), _either(spoken_words)
    sign_names = {sign: tuple(names) for sign, names in raw["sign_names"].items()}
    signs = _either(re.sub(r"^(?:en|ett|två) ", "", name) for names in sign_names.values() for name in names)
    colours = "|".join(
        rf"(?P<{name}>\b(?:{_either(sorted(words, key=len, reverse=True))})(?:markera\w*|färga\w*)?)"
        for name, words in raw["colours"].items()
    )
    return _Patterns(
        meanings=tuple((name, re.compile(pattern)) for name, pattern in raw["meanings"]),
        pair=re.compile(
            rf"(?:(?<=^)|(?<=[\s,;(\"”'.]))(?P<code>{_SIGN}|[^\W\d_][\w-]{{1,24}}(?: \w+)?)\s*=\s*"
        ),
        spoken=re.compile(
            rf"(?:^|[\s(\"”'])(?P<code>{_SIGN})[)\"”']?\s+(?:{spoken_verbs})\s+(?P<meaning>[^;]+)"
        ),
        named=tuple(
            (sign, re.compile(rf"\b(?:{_either(names)})\b[^=:]{{0,12}}?\s*(?:{verbs})\s*(?P<meaning>[^;]+)"))
            for sign, names in sign_names.items()
        ),
        colour=re.compile(colours),
        verb=re.compile(rf"^(?:\s*\w+){{0,3}}?\s*(?:[:=]|\b(?:{spoken_verbs})\b)"),
        inverted=re.compile(
            rf"(?<=[\s(\"”'])(?P<code>{_SIGN})[)\"”']?\s+att\s+(?P<meaning>[^,;.]+?)(?=\s+och\s|[,;.]|$)"
        ),
        clause_end=re.compile(
            rf"(?<=\w\w)\.\s|,?\s+och\s+(?=(?:(?:en|ett|två)\s+)?(?:{signs}|[(\"”']?(?:{_SIGN})[)\"”']?\s))"
        ),
        spoken_verb=re.compile(rf"\b(?:{spoken_verbs})\b"),
        verb_before=re.compile(rf"\b(?:{spoken_verbs})\s+$"),
        marked_with=re.compile(r"(?:marker\w*|färga\w*|angiv\w*|visa\w*|redovisa\w*)\s+(?:med|i|som)\s+$"),
        verb_signs=tuple(verb for verb in raw["verbs"] if verb not in spoken_words),
        spoken_verbs=spoken_words,
        sign_names=sign_names,
        colour_words=_shortest([word for words in raw["colours"].values() for word in words]),
    )


def _shortest(words: Sequence[str]) -> tuple[str, ...]:
    """Those of the words that hold none of the others: a text with any of the words holds one of these."""
    return tuple(word for word in words if not any(other != word and other in word for other in words))


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)


def _holds(text: str, words: Iterable[str]) -> bool:
    """Whether a text holds one of the words, if only within another: searching takes longer than looking."""
    for word in words:  # noqa: SIM110 - a generator takes twice as long, and every block comes here
        if word in text:
            return True
    return False


def meaning_of(explanation: str) -> str | None:
    """The answer or status an explanation speaks of (``Uppgift saknas`` → ``missing``), else None.

    ``uncertain`` is given for explanations of italics, ``zero`` for the figure nought.
    """
    shown = folded(explanation)
    for name, pattern in _patterns().meanings:
        if pattern.search(shown):
            return name
    return None


def _code_meaning(explanation: str) -> str | None:
    # An enumeration of codes ends where the next sentence begins.
    first = _patterns().clause_end.split(explanation, maxsplit=1)[0]
    found = meaning_of(first)
    return found if found in (*ANSWERS, *STATUSES, ZERO, UNCERTAIN) else None


class _Found:
    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.colours: dict[str, str] = {}
        self.italic = False

    def code(self, sign: str, meaning: str | None) -> None:
        if meaning is not None:
            self.codes.setdefault(sign, meaning)

    def colour(self, name: str, meaning: str) -> None:
        had = self.colours.get(name)
        if had is None or (had not in (*ANSWERS, *STATUSES) and meaning in (*ANSWERS, *STATUSES)):
            self.colours[name] = meaning


def _pairs(text: str, found: _Found) -> None:
    matches = list(_patterns().pair.finditer(text))
    for match, after in zip(matches, [*matches[1:], None], strict=False):
        explanation = text[match.end() : after.start() if after else len(text)]
        code = match["code"]
        if code.startswith("kursiv"):
            found.italic = found.italic or meaning_of(explanation) == UNCERTAIN
        elif not _patterns().colour.fullmatch(code.split()[0]):
            found.code(folded(code), _code_meaning(explanation))


def _signs(text: str, found: _Found, *, spoken: bool) -> None:
    """Signs and names of signs with their explanations; ``spoken``: the text may hold a verb of the key's."""
    if spoken:
        for match in _patterns().spoken.finditer(text):
            found.code(folded(match["code"]), _code_meaning(match["meaning"]))
    for sign, pattern in _patterns().named:
        named = pattern.search(text) if _holds(text, _patterns().sign_names[sign]) else None
        if named is not None:
            found.code(sign, _code_meaning(named["meaning"]))


def _inverted(text: str, found: _Found) -> None:
    """``betyder .. att uppgift saknas och x att …``: the verb once, then each sign with its clause."""
    if _patterns().spoken_verb.search(text):
        for match in _patterns().inverted.finditer(text):
            found.code(folded(match["code"]), _code_meaning(match["meaning"]))


def _colours(sentence: str, found: _Found) -> None:
    matches = list(_patterns().colour.finditer(sentence))
    explained = False
    for match, after in zip(matches, [*matches[1:], None], strict=False):
        name = str(match.lastgroup)
        before, rest = sentence[: match.start()], sentence[match.end() : after.start() if after else None]
        if _patterns().marked_with.search(before):
            meaning = meaning_of(before)
            if meaning in (*ANSWERS, *STATUSES):
                found.colour(name, meaning)
            continue
        meaning = meaning_of(rest)
        explained = explained or (meaning in ANSWERS and _patterns().verb_before.search(before) is not None)
        if _patterns().verb.search(rest):
            explained = True
            found.colour(
                name, meaning if meaning in (*ANSWERS, *STATUSES) else clean(rest).strip(" ,.;:=")[:80]
            )
        elif explained and meaning in ANSWERS and len(rest.split()) <= 5:
            found.colour(name, meaning)


def legend_of(
    texts: Iterable[str], tables: Iterable[Table] = (), registers: Registers | None = None
) -> Legend:
    """The key that texts (paragraphs, notes) and small key tables spell out; empty when there is none.

    ``registers`` name the fills of a key table's colour samples; without them such tables are left out.
    The first explanation of a code wins: a document's later sections rarely redefine it.
    """
    found = _Found()
    for raw in texts:
        text = " ".join(raw.split()).casefold()
        if "=" in text:
            _pairs(text, found)
        spoken = _holds(text, _patterns().spoken_verbs)
        if spoken or _holds(text, _patterns().verb_signs):
            _signs(text, found, spoken=spoken)
        if spoken:
            _inverted(text, found)
        if "kursiv" in text:
            found.italic = found.italic or _italics(text)
        if _holds(text, _patterns().colour_words):
            for sentence in re.split(r"(?<=\w)[.!?]\s+", text):
                _colours(sentence, found)
    for table in tables:
        _key_table(table, found, registers)
    codes = {code: meaning for code, meaning in found.codes.items() if _usable(code, found.codes)}
    return Legend(
        codes=tuple(sorted(codes.items())),
        colours=tuple(sorted(found.colours.items())),
        italic_uncertain=found.italic,
    )


def _usable(code: str, codes: dict[str, str]) -> bool:
    """A digit is a code only where two digits are answers: else it may be a figure."""
    return code not in _DIGITS or sum(codes.get(digit) in ANSWERS for digit in _DIGITS) >= 2


def for_table(legend: Legend, table: Table) -> Legend:
    """The key as it holds for one table: digits mean answers only where a table holds no other figures."""
    if not any(code in _DIGITS for code, _ in legend.codes):
        return legend
    texts = (folded(cell.text) for cell in table.cells if cell.row >= table.header_rows and cell.col > 0)
    if all(text in _DIGITS for text in texts if text[:1].isdigit()):
        return legend
    return replace(legend, codes=tuple(pair for pair in legend.codes if pair[0] not in _DIGITS))


def _italics(text: str) -> bool:
    return any(
        "kursiv" in sentence and meaning_of(sentence) == UNCERTAIN
        for sentence in re.split(r"(?<=\w)[.!?]\s+", text)
    )


def _key_table(table: Table, found: _Found, registers: Registers | None) -> None:
    if table.n_rows > _KEY_ROWS or not 2 <= table.n_cols <= _KEY_COLUMNS:
        return
    rows: dict[int, list[tuple[int, str, str | None]]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append((cell.col, cell.text, cell.fill))
    for row in rows.values():
        row.sort()
        if len(row) < 2:
            continue
        (_, sign, fill), explanation = row[0], " ".join(text for _, text, _ in row[1:])
        meaning = meaning_of(explanation)
        colour = colour_name(fill, registers) if registers is not None else None
        if not squeezed(sign) and not clean(sign) and colour:
            if meaning is not None:
                found.colour(colour, meaning)
        elif match := _patterns().colour.match(folded(sign)):
            if meaning is not None and len(sign.split()) <= 2:
                found.colour(str(match.lastgroup), meaning)
        elif re.fullmatch(_SIGN, folded(sign)):
            found.code(folded(sign), _code_meaning(explanation))


def merged(first: Legend, second: Legend) -> Legend:
    """Both keys; where they differ ``first`` (the nearer one: a table's own notes) wins."""
    codes = {**dict(second.codes), **dict(first.codes)}
    colours = {**dict(second.colours), **dict(first.colours)}
    return Legend(
        codes=tuple(sorted(codes.items())),
        colours=tuple(sorted(colours.items())),
        italic_uncertain=first.italic_uncertain or second.italic_uncertain,
    )
