"""Lines of one cell or paragraph made one text: line-break hyphens undone, real hyphens kept."""

from __future__ import annotations

from collections.abc import Container, Sequence

#: After these a hyphen at the line's end is a suspended compound ("barn- och ungdomsvård").
CONJUNCTIONS = frozenset({"och", "eller", "samt", "respektive", "resp", "resp.", "till", "and", "or"})
HYPHENS = frozenset("-\u2010\u2011\u00ad")
SOFT = "\u00ad"
_EDGES = ".,;:()[]\"'”’?!"


def join_lines(lines: Sequence[str], vocabulary: Container[str] = ()) -> str:
    """One text out of lines.

    A hyphen at a line's end goes when the next line begins in lower case ("arbets-/marknad") and
    stays before a capital or a figure ("Upplands-/Bro", "18-/24"), after a figure or an acronym
    ("IT-/stöd"), and before a conjunction, which also keeps its space. A word that the vocabulary
    (lower case) knows only with, or only without, the hyphen settles the case against these rules.
    """
    text = ""
    for line in lines:
        line = line.strip()
        if not line:
            continue
        text = _joined(text, line, vocabulary) if text else line
    return text.replace(SOFT, "")


def _joined(text: str, line: str, vocabulary: Container[str]) -> str:
    last = text[-1]
    if last in HYPHENS and len(text) > 1 and (text[-2].isalnum() or last == SOFT):
        head, tail = text.rsplit(None, 1)[-1][:-1].lstrip(_EDGES), line.split(None, 1)[0]
        if last == SOFT:
            return text[:-1] + line
        if tail.casefold() in CONJUNCTIONS:
            return f"{text} {line}"
        return text + line if _keeps(head, tail, vocabulary) else text[:-1] + line
    if last in "/\u2013" and len(text) > 1 and text[-2].isalnum() and line[0].isalnum():
        return text + line
    return f"{text} {line}"


def _keeps(head: str, tail: str, vocabulary: Container[str]) -> bool:
    """Whether the hyphen between the two parts belongs to the word."""
    tail = tail.rstrip(_EDGES)
    if not tail or not head:
        return True
    hyphened, plain = f"{head}-{tail}".casefold(), f"{head}{tail}".casefold()
    knows_hyphened, knows_plain = hyphened in vocabulary, plain in vocabulary
    if knows_hyphened != knows_plain:
        return knows_hyphened
    first = tail[0]
    if not first.isalpha():
        return True
    if first.isupper():
        shouted = len(head) > 1 and head.isupper() and len(tail) > 1 and tail.isupper()
        return not shouted
    part = head.rsplit("-", 1)[-1]
    return not part[-1:].isalpha() or len(part) == 1 or part.isupper()
