"""Lines of one cell or paragraph made one text: line-break hyphens undone, real hyphens kept."""

from __future__ import annotations

from collections.abc import Container, Sequence

#: After these a hyphen at the line's end is a suspended compound ("barn- och ungdomsvård").
CONJUNCTIONS = frozenset({"och", "eller", "samt", "respektive", "resp", "resp.", "till", "and", "or"})
HYPHENS = frozenset("-\u2010\u2011\u00ad")
SOFT = "\u00ad"
_EDGES = ".,;:()[]\"'”’?!"
#: A word that is too wide for its cell is broken into at most so many pieces more.
MOST_PIECES = 6
#: Letters that alone are neither a word nor a unit of measurement.
CONSONANTS = frozenset("bcdfjknrtz")
#: Words that stand before others and may look like the first part of a longer word ("till" in "tillsyn").
LEADING_WORDS = frozenset(
    {"av", "för", "från", "i", "in", "med", "mot", "om", "på", "till", "under", "upp", "ut", "vid", "över"}
)


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


def join_broken(lines: Sequence[str], vocabulary: Container[str]) -> str:
    """One text out of a cell's lines (:func:`join_lines`), words that were broken without any hyphen made
    whole where the vocabulary knows the whole ("Li / by / n") and not its parts."""
    kept = [line.strip() for line in lines if line.strip()]
    text, index = "", 0
    while index < len(kept):
        taken = _pieces(text, kept[index:], vocabulary) if text else 0
        if taken:
            text += "".join(kept[index : index + taken])
        else:
            text = _joined(text, kept[index], vocabulary) if text else kept[index]
        index += taken or 1
    return text.replace(SOFT, "")


def is_cut_off(before: str, after: str) -> bool:
    """Whether a line is one letter that can be no word, cut off from the word that the line before is."""
    return after in CONSONANTS and len(before) > 4 and before.isalpha()


def _pieces(before: str, after: Sequence[str], vocabulary: Container[str]) -> int:
    """How many lines after ``before`` it takes to make its last word a known one; 0 for none."""
    head = before.rsplit(None, 1)[-1]
    if not head[-1].isalpha():
        return 0
    if is_cut_off(head, after[0]):
        return 1
    whole = head
    for count, line in enumerate(after[:MOST_PIECES], start=1):
        word = line.split(None, 1)[0]
        if not word[0].isalpha() or (word[0].isupper() and not whole.isupper()):
            return 0
        whole += word
        alone = head == before and word == line and count == len(after)
        apart = _bare(head) in vocabulary and _bare(word) in vocabulary
        if _bare(whole) in vocabulary and (alone or not (apart or _bare(head) in LEADING_WORDS)):
            return count
        if word != line or not word[-1].isalpha():
            return 0
    return 0


def _bare(word: str) -> str:
    return word.strip(_EDGES).casefold()


def _joined(text: str, line: str, vocabulary: Container[str]) -> str:
    last = text[-1]
    if last in HYPHENS and len(text) > 1 and (text[-2].isalnum() or last == SOFT):
        head, tail = text.rsplit(None, 1)[-1][:-1].lstrip(_EDGES), line.split(None, 1)[0]
        if last == SOFT:
            return text[:-1] + line
        if tail.casefold() in CONJUNCTIONS:
            return f"{text} {line}"
        return text + line if _keeps(head, tail, vocabulary) else text[:-1] + line
    if last in ",." and text[:-1].isdecimal() and line[0].isdecimal():
        return text + line
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
