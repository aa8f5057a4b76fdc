"""Words and stems: how alike two Swedish words are for the purpose of finding an indicator in a sentence."""

from __future__ import annotations

from functools import lru_cache

from pipeline.claims.lexicon import grammar, load_lexicon

#: Spaces that typography uses; each is one character, so offsets stay true.
_SPACES = "\xa0\u2007\u2009\u202f\t\n"
#: A stem may hide in a compound (missbruk in missbruksvård) from this length on.
_HIDDEN = 5
#: … and as its first part, joined by s, from this length on.
_ROOT = 4
#: Shorter words than this are too alike by chance to be misspellings of each other.
_SPELLING = 8


def plain(text: str) -> str:
    """The text with every kind of space as an ordinary one; length and offsets unchanged."""
    for space in _SPACES:  # the replacing of what is not there costs next to nothing
        text = text.replace(space, " ")
    return text.replace("‑", "-")


@lru_cache(maxsize=1)
def _stemmer() -> object:
    import snowballstemmer

    return snowballstemmer.stemmer("swedish")


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    """Stem → the stem that stands for its line of synonyms."""
    found: dict[str, str] = {}
    for line in load_lexicon().synonyms:
        for word in line:
            found.setdefault(_raw_stem(word), _raw_stem(line[0]))
    return found


@lru_cache(maxsize=20_000)
def _raw_stem(word: str) -> str:
    stemmed: str = _stemmer().stemWord(word.lower())  # type: ignore[attr-defined]
    for ending in ("in", "an", "arn"):  # Snowball leaves psykiatrin, skolan
        if len(stemmed) > len(ending) + 5 and stemmed.endswith(ending) and ending != "an":
            return stemmed[: -len(ending) + 1] if ending == "in" else stemmed[: -len(ending)]
    return stemmed


def stem(word: str) -> str:
    """The stem that stands for a word and its synonyms (patterns/words.yaml)."""
    raw = _raw_stem(word)
    return _meanings().get(raw, raw)


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Stems of the content words, in order, each once; stop words and bare numbers are left out.

    A word with a hyphen or slash gives its parts as well as the whole.
    """
    tokens = text.split()  # no word goes across white space, and the same ones come again and again
    if len(tokens) == 1:
        return _stems_of(tokens[0])
    return tuple(dict.fromkeys([one for token in tokens for one in _stems_of(token)]))


@lru_cache(maxsize=20_000)
def _stems_of(token: str) -> tuple[str, ...]:
    lexicon = load_lexicon()
    found: dict[str, None] = {}
    for word in grammar("text_word").findall(plain(token).lower()):
        parts = [word.replace("-", ""), *(word.split("-") if "-" in word else ())]
        for part in parts:
            if len(part) > 1 and part not in lexicon.stop:
                found.setdefault(stem(part))
    return tuple(found)


@lru_cache(maxsize=100_000)
def alike(one: str, two: str) -> float:
    """How alike two stems are: 1.0 equal, 0.85 one within the other, 0.8 a spelling apart, else 0.0."""
    if one == two:
        return 1.0
    short, long = sorted((one, two), key=len)
    if len(short) >= _HIDDEN and short in long:
        return 0.85
    if len(short) >= _ROOT and long.startswith(short + "s") and len(long) - len(short) > _ROOT:
        return 0.7  # våldsrutin, våld
    common = next(
        (index for index, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    if common >= _HIDDEN and len(long) - common <= 2:
        return 0.8
    if len(short) >= _SPELLING:
        from rapidfuzz.distance import OSA

        if OSA.distance(short, long, score_cutoff=1) <= 1:
            return 0.8
        if len(long) > len(short) + 3 and OSA.distance(short, long[: len(short) + 1], score_cutoff=1) <= 1:
            return 0.75
    return 0.0


@lru_cache(maxsize=100_000)
def akin(one: str, two: str) -> float:
    """How alike two stems are, compounds with the same first part included (fritidsstöd, fritidsaktivitet):
    enough to doubt a binding, too little to make one."""
    like = alike(one, two)
    if like > 0:
        return like
    common = next((at for at, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), 0)
    return 0.5 if common > _HIDDEN or (common == _HIDDEN and one[common - 1] == "s") else 0.0


@lru_cache(maxsize=1)
def weak_stems() -> frozenset[str]:
    """Stems of words that say how, not what: alone they bind nothing (patterns/words.yaml)."""
    return frozenset(stem(word) for word in load_lexicon().weak)


@lru_cache(maxsize=1)
def plain_stems() -> frozenset[str]:
    """Stems of words that say how something is or goes, not what (patterns/words.yaml)."""
    return frozenset(stem(word) for word in load_lexicon().plain)


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    lexicon = load_lexicon()
    return {word: name for name, words in lexicon.heads.items() for word in words}


@lru_cache(maxsize=20_000)
def heads(text: str) -> frozenset[str]:
    """The kinds of thing (agreement, routine, plan …) that a phrase names, by patterns/words.yaml."""
    found = {one for token in text.split() for one in _heads_of(token)}
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _heads_of(token: str) -> tuple[str, ...]:
    found = (_head(word) for word in grammar("text_word").findall(token.lower()))
    return tuple(head for head in found if head is not None)


@lru_cache(maxsize=20_000)
def _head(word: str) -> str | None:
    """The kind a word names, a long word also when it is misspelt by one letter."""
    known = _heads()
    if word in known or len(word) < _SPELLING:
        return known.get(word)
    from rapidfuzz.distance import OSA

    near = [
        other for other in known if len(other) > _SPELLING and OSA.distance(word, other, score_cutoff=1) <= 1
    ]
    return known[near[0]] if near else None
