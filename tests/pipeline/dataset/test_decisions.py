import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pipeline.dataset import Decision
from pipeline.dataset.decisions import decide_flags, reported_evidence
from pipeline.model import Flag
from tests.pipeline.dataset.made import document, flag

HERE = document("a")
IDS = {HERE.record.document_id}
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def decision(made: Flag, status: str, evidence_hash: str = "e1", *, keep: bool = True) -> dict[str, Decision]:
    one = Decision(made.flag_id, evidence_hash, status, "g-7", NOW, "sett", made if keep else None)
    return {made.flag_id: one}


def test_an_undecided_flag_is_open() -> None:
    (one,) = decide_flags([flag(HERE)], {}, IDS)
    assert (one.flag.status, one.flag.reviewer, one.reopened, one.still_found) == ("open", None, False, True)


def test_a_decision_holds_while_the_evidence_does() -> None:
    (one,) = decide_flags([flag(HERE)], decision(flag(HERE), "confirmed"), IDS)
    assert (one.flag.status, one.flag.reviewer, one.flag.review_comment) == ("confirmed", "g-7", "sett")


def test_changed_evidence_opens_the_flag_again() -> None:
    (one,) = decide_flags([flag(HERE, evidence_hash="e2")], decision(flag(HERE), "dismissed"), IDS)
    assert (one.flag.status, one.flag.reviewer, one.reopened) == ("open", None, True)


def test_a_corrected_flag_stays_though_its_check_is_silent() -> None:
    (one,) = decide_flags([], decision(flag(HERE), "corrected"), IDS)
    assert (one.flag.status, one.still_found) == ("corrected", False)


def test_an_open_decision_keeps_no_flag_alive() -> None:
    assert decide_flags([], decision(flag(HERE), "open"), IDS) == ()


def test_a_reported_flag_stays_while_open() -> None:
    reported = flag(HERE, check="reported")
    (one,) = decide_flags([], decision(reported, "open"), IDS)
    assert (one.flag.status, one.still_found) == ("open", True)


def test_a_decided_reported_flag_opens_again_when_its_cells_say_something_else() -> None:
    cell = flag(HERE).observation_ids[0]
    seen = reported_evidence(flag(HERE).sentence, [cell], {cell: "JA"})
    reported = flag(HERE, check="reported", evidence_hash=seen)
    for values, status in (
        ({cell: "JA"}, "confirmed"),
        ({cell: "NEJ"}, "open"),
        ({}, "open"),
        (None, "confirmed"),
    ):
        (one,) = decide_flags([], decision(reported, "confirmed", seen), IDS, values)
        assert (one.flag.status, one.reopened, one.still_found) == (status, status == "open", True), values


def test_a_decision_without_its_flag_or_its_document_makes_no_row() -> None:
    assert decide_flags([], decision(flag(HERE), "confirmed", keep=False), IDS) == ()
    assert decide_flags([], decision(flag(HERE), "confirmed"), set()) == ()
    assert decide_flags([flag(HERE)], {}, set()) == ()


def test_of_two_flags_with_one_id_the_worse_is_kept() -> None:
    (one,) = decide_flags([flag(HERE, severity="info"), flag(HERE)], {}, IDS)
    assert one.flag.severity == "error"


@given(st.permutations([flag(HERE, flag_id=f"f-{n}", page=1 + n % 3, check="abc"[n % 2]) for n in range(6)]))
def test_the_order_of_checks_does_not_matter(flags: list[Flag]) -> None:
    shown = [one.flag for one in decide_flags(flags, {}, IDS)]
    assert shown == sorted(shown, key=lambda one: (one.page, one.check, one.flag_id))
