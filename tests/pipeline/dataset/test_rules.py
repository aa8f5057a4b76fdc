"""Every rule that a reviewer can meet is told in Swedish words."""

import pytest

from pipeline.checks.registry import corpus_checks, document_checks
from pipeline.dataset.rules import check_rule, claim_rule, rules
from pipeline.dataset.schemas import words


def test_every_check_is_told() -> None:
    names = {name for name, _ in (*document_checks(), *corpus_checks())} | set(words("check"))
    assert {name for name in names if check_rule(name) is None} == set()


@pytest.mark.parametrize("kind", sorted(words("claim_type")))
def test_every_kind_of_claim_is_told(kind: str) -> None:
    rule = claim_rule(f"{kind}.some.rule")
    assert rule is not None
    assert rule.words.endswith(".") and rule.words[0].isupper()


def test_the_longest_beginning_counts_and_only_whole_parts_do() -> None:
    assert claim_rule("count.indicators.rod") == rules()["count.indicators"]
    assert claim_rule("count.number") == rules()["count"]
    assert claim_rule("all_except.lone") == rules()["all_except"]
    assert claim_rule("något.nytt") is None
    assert check_rule("något nytt") is None
