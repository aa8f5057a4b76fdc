"""Units named in a sentence: by the registers, by the tables' own labels, by place words, and near misses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pipeline.claims.lexicon import Lexicon, grammar, load_lexicon
from pipeline.claims.mentions import Name
from pipeline.claims.nlp import pipeline_for
from pipeline.claims.own_names import common_names, grouped_names, region_words, titles
from pipeline.claims.text import plain
from pipeline.claims.view import known_units
from pipeline.claims.worded import Worded, worded
from pipeline.model import ReadDocument, Sentence
from pipeline.model.ids import fold
from pipeline.reference.nearest import allowed_distance

if TYPE_CHECKING:
    from pipeline.claims.nlp import Read
    from pipeline.reference import Registers

#: Shorter words are too near each other by chance; alone in a sentence a word must be longer still.
_SHORT, _ALONE = 3, 5
#: From so many headings on that are nothing but a unit's name, a heading that is nearly one is misspelt.
_TITLED = 2


class NameReader:
    """Reads the unit names of one document's sentences.

    Args:
        registers: the registers.
        known: the units of the document's tables: key (unit_id or ``label:…``) → printed label.
        document: its text tells the report's own region words ("nordvästkommunerna" → "nordväst").
    """

    def __init__(
        self, registers: Registers, known: Mapping[str, str], lexicon: Lexicon, document: ReadDocument
    ) -> None:
        self._registers = registers
        self._known = dict(known)
        self._lexicon = lexicon
        labels = sorted(
            (label for key, label in known.items() if key.startswith("label:")), key=lambda s: (-len(s), s)
        )
        self._own = (
            re.compile(r"(?<![\w-])(" + "|".join(re.escape(label) for label in labels) + r")s?(?![\w-])")
            if labels
            else None
        )
        self._nlp = pipeline_for(registers)
        self._common = common_names(known)
        self._grouped = grouped_names(labels)
        self._regions = region_words(document, lexicon)
        self._region = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, self._regions)) or '(?!)'})(?![\w-])"
        )
        self._titled = titles(document, self._known) >= _TITLED
        self._initials: dict[str, list[tuple[str, str]]] = {}
        for key, label in self._known.items():
            if key != "00" and label:
                self._initials.setdefault(label[0], []).append((key, label))
        self._like: dict[str, bool] = {}
        self._told: dict[str, tuple[Name, ...]] = {}

    def read(self, told: Worded) -> tuple[Name, ...]:
        """All unit names of a sentence, by place, none overlapping another; kept for the next who asks."""
        names = self._told.get(told.text)
        if names is None:
            names = self._told[told.text] = self._fresh(told)
        return names

    def read_text(self, text: str) -> tuple[Name, ...]:
        """The unit names of a sentence as printed."""
        names = self._told.get(plain(text))
        return self.read(worded(text)) if names is None else names

    def _fresh(self, told: Worded) -> tuple[Name, ...]:
        text = told.text
        found = self._registered(self._nlp(text))
        for name in self._labels(text):
            found += [name] if _free(name, found) else []
        found += [name for name in _places(told) if _free(name, found)]
        for expression, key, label in self._common:
            for match in expression.finditer(told.lower):
                made = Name(
                    match.start(), match.end(), text[match.start() : match.end()], key, label, "kommun"
                )
                found += [made] if _free(made, found) else []
        if any(one in told.lower for one in self._regions):
            for match in self._region.finditer(told.lower):
                made = Name(match.start(), match.end(), match.group(), "members", match.group(), "grupp")
                found += [made] if _free(made, found) else []
        found += self._near(text, found)
        return tuple(sorted(found, key=lambda name: name.start))

    def _registered(self, doc: Read) -> list[Name]:
        found = []
        for span in doc.entities:
            common = span.entity_id.startswith("~")
            ids = span.entity_id.removeprefix("~").split("|")
            unit_id = next((one for one in ids if one in self._known), ids[0])
            if common and unit_id not in self._known:
                continue
            unit = self._registers.units.get(unit_id)
            end = span.end
            suffix = grammar("names_suffix").match(doc.text, end)
            kind, key, label = unit.kind, unit_id, unit.name
            if suffix and "län" in suffix.group() and unit.lan_code:
                kind, key = "lan", unit.lan_code
            found.append(Name(span.start, suffix.end() if suffix else end, span.text, key, label, kind))
        return found

    def _labels(self, text: str) -> list[Name]:
        grouped = [
            Name(m.start(), m.end(), m.group(), "label:" + fold(label), label, "grupp")
            for expression, label in self._grouped
            for m in expression.finditer(text)
        ]
        if self._own is None:
            return grouped
        return grouped + [
            Name(m.start(), m.end(), m.group(), "label:" + fold(m[1]), m[1], "grupp")
            for m in self._own.finditer(text)
        ]

    def _near(self, text: str, found: list[Name]) -> list[Name]:
        """Capitalised words that are no known name but nearly one, where names stand."""
        near: list[Name] = []
        words = list(grammar("names_capital").finditer(text))
        for index, match in enumerate(words):
            if any(match.start() < name.end and name.start < match.end() for name in (*found, *near)):
                continue
            if "-" in (text[match.end() : match.end() + 1], text[match.start() - 1 : match.start()]):
                continue
            after = words[index + 1] if index + 1 < len(words) else None
            made = self._joined(text, match, after, found) or self._single(text, match, found)
            if made is not None:
                near.append(made)
        return near

    def _joined(
        self, text: str, match: re.Match[str], after: re.Match[str] | None, found: list[Name]
    ) -> Name | None:
        """Two capitalised words as one name (Upplads Väsby), also when the second is a name of its own."""
        if after is None or after.start() != match.end() + 1:
            return None
        made = self._nearest(f"{match.group()} {after.group()}", match.start(), True)
        if made is None or " " not in made.label:
            return None
        found[:] = [name for name in found if not (name.start < made.end and made.start < name.end)]
        return made

    def _single(self, text: str, match: re.Match[str], found: list[Name]) -> Name | None:
        listed = bool(found) and self._listed(text, match.start(), match.end(), found)
        if not (listed or self._resembles(match.group())):
            return None
        subject = _is_subject(text, match) or (self._titled and text.strip() == match.group())
        return self._nearest(match.group(), match.start(), listed, subject=subject)

    @staticmethod
    def _listed(text: str, start: int, end: int, found: list[Name]) -> bool:
        for name in found:
            if name.kind not in ("riket", "lan"):
                gap = text[end : name.start] if name.start >= end else text[name.end : start]
                if len(gap) < 40 and grammar("names_joint").match(gap) and gap.strip():
                    return True
        return False

    def _spelt(self, word: str, start: int) -> Name | None:
        """A name the register knows through hyphen, space or genitive ("Upplands-Väsby"): no misspelling."""
        from pipeline.errors import AmbiguousError

        try:
            match = self._registers.units.known(word)
        except AmbiguousError:
            return None
        if match is None or not match.exact or match.unit_id is None or match.statistic is not None:
            return None
        if match.unit_id not in self._known and " " not in word and "-" not in word:
            return None
        return Name(start, start + len(word), word, match.unit_id, match.name, match.kind or "kommun")

    def _nearest(self, word: str, start: int, listed: bool, *, subject: bool = False) -> Name | None:
        """The known name a word is a misspelling of: a unit of the tables first, in a list also of the
        register."""
        if len(word) < _SHORT:
            return None
        known = self._spelt(word, start)
        if known is not None:
            return known
        end = start + len(word)
        for printed in dict.fromkeys((word, word.removesuffix("s"))):
            best = self._closest(printed, max(allowed_distance(len(printed)), 1) if listed else 1)
            if best is not None and (listed or subject or len(word) > _ALONE):
                return Name(start, end, word, best, self._known[best], "kommun", exact=False)
        near = self._registers.units.find(word).near if listed else ()
        if not near:
            return None
        key, _, label = near[0].partition(": ")
        return Name(start, end, word, key, label, "kommun", exact=False)

    def _resembles(self, word: str) -> bool:
        """Whether a word alone can be any name at all: else where it stands need not be looked at."""
        like = self._like.get(word)
        if like is None:
            like = self._like[word] = len(word) >= _SHORT and (
                self._spelt(word, 0) is not None
                or any(self._closest(one, 1) is not None for one in (word, word.removesuffix("s")))
            )
        return like

    def _closest(self, word: str, limit: int) -> str | None:
        """The key of the tables' unit within so many edits of a word; None when none or several are."""
        from rapidfuzz.distance import OSA

        near = [
            (OSA.distance(word, label, score_cutoff=limit), key)
            for key, label in self._initials.get(word[0], ())
            if abs(len(label) - len(word)) <= limit
        ]
        near = sorted(pair for pair in near if pair[0] <= limit)
        return near[0][1] if near and (len(near) == 1 or near[0][0] < near[1][0]) else None


def _is_subject(text: str, match: re.Match[str]) -> bool:
    """Whether a word stands where a unit's name would: "Sola har …", "i Sola", "Sola (12 dagar)"."""
    if grammar("names_suffix").match(text, match.end()):
        return True
    after = grammar("names_verb_after").match(text, match.end())
    if after is not None and (match.start() == 0 or "(" in after.group()):
        return True
    return grammar("names_before").search(text[: match.start()].lower()) is not None


#: The reader of the document in hand: claims and checks read the same names.
_IN_HAND: list[tuple[ReadDocument, Registers, NameReader]] = []


def reader_of(document: ReadDocument, registers: Registers) -> NameReader:
    """The reader of a document's names; that of the latest document is kept."""
    for known, by, reader in _IN_HAND:
        if known is document and by is registers:
            return reader
    made = NameReader(registers, known_units(document), load_lexicon(), document)
    _IN_HAND[:] = [(document, registers, made)]
    return made


def near_names(document: ReadDocument, registers: Registers) -> Iterator[tuple[Sentence, Name]]:
    """Every name in the document's text that no register or table knows but that is near one that is
    known."""
    reader = reader_of(document, registers)
    for sentence in document.sentences:
        if document.blocks[sentence.block].kind != "running":
            for name in reader.read_text(sentence.text):
                if not name.exact:
                    yield sentence, name


def _places(told: Worded) -> list[Name]:
    """The country and the län, by the words that stand for them."""
    return [
        Name(start, end, told.text[start:end], key, told.text[start:end], kind)
        for key, kind in (("00", "riket"), ("lan", "lan"))
        for start, end in told.spans.get(f"place_{kind}", ())
    ]


def _free(name: Name, found: list[Name]) -> bool:
    return all(name.end <= other.start or name.start >= other.end for other in found)
