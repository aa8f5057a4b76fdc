"""How Swedish writes a unit's name: genitive -s, and "kommun", "stad", "län" before or behind it."""

from __future__ import annotations

from collections.abc import Iterator

#: Words behind a name, squashed, with the kinds of unit that they can follow. Longest first.
_BEHIND: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("stadsdelsnämndsområde", ("stadsdel",)),
    ("stadsdelsförvaltnings", ("stadsdel",)),
    ("stadsdelsförvaltning", ("stadsdel",)),
    ("stadsdelsområde", ("stadsdel",)),
    ("stadsdelsnämnds", ("stadsdel",)),
    ("stadsdelsnämnd", ("stadsdel",)),
    ("stadsdels", ("stadsdel",)),
    ("stadsdel", ("stadsdel",)),
    ("kommuners", ("lan",)),
    ("kommuner", ("lan",)),
    ("kommuns", ("kommun",)),
    ("kommun", ("kommun",)),
    ("stads", ("kommun",)),
    ("stad", ("kommun",)),
    ("sdf", ("stadsdel",)),
    ("sdn", ("stadsdel",)),
)
#: Words before a name, with the kinds of unit that they can introduce.
_BEFORE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("stadsdelsförvaltningen", ("stadsdel",)),
    ("stadsdelsnämnden", ("stadsdel",)),
    ("stadsdelen", ("stadsdel",)),
    ("kommunen", ("kommun",)),
    ("kommun", ("kommun",)),
    ("sdf", ("stadsdel",)),
    ("sdn", ("stadsdel",)),
)
_ENDS, _BEGINS = tuple(word for word, _ in _BEHIND), tuple(word for word, _ in _BEFORE)


def genitive(name: str) -> str:
    """The genitive of a name: -s, or the name itself where it already ends in s, x or z."""
    return name if name[-1:].casefold() in "sxz" else name + "s"


def name_keys(name: str, kind: str) -> tuple[str, ...]:
    """Squashed spellings that follow from the name itself, by rule.

    Of a län, "Stockholms län": with the genitive forgotten ("Stockholm län") or added ("Kalmars län").
    """
    if kind != "lan":
        return ()
    key = "".join(part for part in name.casefold() if part.isalnum())
    bare = key.removesuffix("län").removesuffix("s")
    return (bare + "län", bare + "slän")


def stripped_of_suffix(key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Shorter keys to look up when a squashed name is unknown, each with the kinds it may name.

    "solnastads" gives "solna" (kommun); the genitive of the name before the word is tried too:
    "stockholmsstad" gives "stockholms", which the register knows as a genitive.
    """
    for word, kinds in _BEHIND if key.endswith(_ENDS) else ():
        if key.endswith(word) and len(key) > len(word) + 1:
            yield key.removesuffix(word), kinds
    for word, kinds in _BEFORE if key.startswith(_BEGINS) else ():
        if key.startswith(word) and len(key) > len(word) + 1:
            yield key.removeprefix(word), kinds
    if key[:4].isdecimal() and not key.isdecimal():
        # A kommun code printed before the name ("0184 Solna").
        yield key[4:], ("kommun",)
