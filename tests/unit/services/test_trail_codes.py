"""The code on the paper against the file: kept, older, rewritten, cut, unsigned."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.trail import entry_hash
from app.errors import AccessDenied, RuleRefused
from app.services.backups import Backups
from app.services.print_keeping import checkpoint_code
from app.services.trail_codes import CodeState, TrailCodes, read_code
from app.services.untold_marks import UntoldMarks
from db.rows.trail import trigger_statements
from tests.support.record_book import RecordBook, book
from tests.support.school import PASSWORD, make_school


@pytest.fixture
def kept(tmp_path):
    one = book(make_school(tmp_path, pupils=3))
    one.enter("tin_hoc", {(0, "HK1.tx1"): "8", (1, "HK1.tx1"): "7"}, "paste")
    return next_day(one)


def next_day(kept):
    kept.school.close()
    kept.school.reopen()
    return RecordBook(kept.school)


def printed(kept):
    """The code a paper of this moment bears."""
    with kept.school.uow.read() as uow:
        return checkpoint_code(uow)


def compare(kept, text):
    return TrailCodes(kept.school.uow).compare(kept.school.actor("principal"), text)


def old_copy(kept, folder):
    """The closed file of this moment, to be put back later."""
    kept.school.close()
    folder.mkdir()
    for part in kept.school.path.parent.iterdir():
        if part.is_file():
            shutil.copyfile(part, folder / part.name)
    kept.school.reopen()
    return RecordBook(kept.school)


def put_back(kept, folder):
    kept.school.close()
    for part in folder.iterdir():
        shutil.copyfile(part, kept.school.path.parent / part.name)
    kept.school.reopen()
    return RecordBook(kept.school)


def test_an_honest_file_holds_the_code_of_every_paper(kept):
    first = printed(kept)
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    kept = next_day(kept)
    for code in (first, printed(kept)):
        verdict = compare(kept, code)
        assert verdict.state is CodeState.KEPT
        assert verdict.is_kept
        assert "Lê Văn Khải ký lúc" in verdict.sentence
    seq, prefix = first.split("-")
    assert compare(kept, f"mã nhật ký  {seq} – {prefix.upper()}").is_kept


def test_a_whole_folder_put_back_is_found_by_the_paper(kept, tmp_path):
    """Database, keyfile and side file together: only something outside the PC can tell."""
    kept = old_copy(kept, tmp_path / "old")
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    kept = next_day(kept)
    code = printed(kept)
    kept = put_back(kept, tmp_path / "old")
    assert not [w for w in kept.school.session.warnings if "Nhật ký" in w]
    verdict = compare(kept, code)
    assert verdict.state in (CodeState.BEYOND_THE_END, CodeState.DIFFERS)
    assert "bản sao lưu" in verdict.sentence


def test_a_tail_cut_clean_is_found_by_the_paper(kept):
    code = printed(kept)
    seq = int(code.split("-")[0])
    kept.tampered(
        f"DELETE FROM trail_cell WHERE seq >= {seq}",
        f"DELETE FROM checkpoint WHERE seq >= {seq}",
        f"DELETE FROM trail WHERE seq >= {seq}",
        *trigger_statements(),
    )
    assert compare(kept, code).state is CodeState.BEYOND_THE_END


def test_history_written_anew_is_found_by_the_paper(kept):
    code = printed(kept)
    with kept.school.uow.read() as uow:
        last = uow.trail.entries(newest=1)[0]
        entry = uow.trail.entries(newest=last.seq - int(code.split("-")[0]) + 1)[-1]
    changed = entry_hash(entry.__class__(**{
        **{f: getattr(entry, f) for f in entry.__dataclass_fields__}, "actor": "Người khác",
    }))  # fmt: skip
    kept.tampered(f"UPDATE trail SET actor = 'Người khác', hash = x'{changed.hex()}' "
                  f"WHERE seq = {entry.seq}", *trigger_statements())  # fmt: skip
    assert compare(kept, code).state is CodeState.DIFFERS


def test_a_rewritten_entry_before_the_mark_is_named(kept):
    code = printed(kept)
    kept.tampered("UPDATE trail SET actor = 'Ai' WHERE seq = 3", *trigger_statements())
    verdict = compare(kept, code)
    assert verdict.state is CodeState.CHAIN_BAD
    assert "mục 3" in verdict.sentence


def test_damage_after_the_mark_leaves_it_but_is_told(kept):
    code = printed(kept)
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    kept.tampered(
        "UPDATE trail SET actor = 'Ai' WHERE seq = (SELECT max(seq) FROM trail)",
        *trigger_statements(),
    )
    verdict = compare(kept, code)
    assert verdict.state is CodeState.KEPT_BUT_LATER_BAD
    assert "bị thay đổi" in verdict.sentence


def test_a_signature_taken_away_is_told(kept):
    code = printed(kept)
    seq = code.split("-")[0]
    kept.tampered(f"DELETE FROM checkpoint WHERE seq >= {seq}", *trigger_statements())
    assert compare(kept, code).state is CodeState.UNSIGNED


def test_a_restore_explains_the_papers_of_the_work_given_up(kept):
    school = kept.school
    Backups(school.uow, school.clock, school.session.backups).make_now(school.actor("principal"))
    kept.enter("tin_hoc", {(0, "HK1.tx1"): "9"})
    for _ in range(3):
        kept = next_day(kept)
    code = printed(kept)
    desk = school.file.restoring()
    plan = desk.prepare(desk.backups(desk.usual_folder())[0], school.uid("principal"), PASSWORD)
    desk.carry_out(plan)
    school.session = school.file.sign_in(school.uid("principal"), PASSWORD)
    verdict = compare(RecordBook(school), code)
    assert not verdict.is_kept
    assert "đã được khôi phục lúc" in verdict.sentence


def test_what_is_no_code_is_refused_and_teachers_may_not_ask(kept):
    with pytest.raises(RuleRefused) as refused:
        compare(kept, "12-xyz")
    assert refused.value.code == "trail_code_malformed"
    assert "12-xyz" in refused.value.sentence
    with pytest.raises(AccessDenied):
        TrailCodes(kept.school.uow).compare(kept.school.actor("tin_hoc"), "1-00000000")


@given(st.integers(1, 999_999_999), st.binary(min_size=4, max_size=4), st.text(max_size=20))
def test_any_code_is_read_out_of_its_surroundings(seq, head, around):
    code = f"{seq}-{head.hex()}"
    assert read_code(code) == (seq, head.hex())
    try:
        found = read_code(around)
    except RuleRefused:
        return
    assert len(found[1]) == 8


class TestUntold:
    def found(self, kept):
        return UntoldMarks(kept.school.uow).all(kept.school.actor("principal"))

    def test_an_honest_file_has_none(self, kept):
        assert self.found(kept) == ()

    def test_every_mark_changed_behind_the_program_is_listed(self, kept):
        kept.tampered("UPDATE mark SET value = 100", *trigger_statements())
        found = self.found(kept)
        assert [(m.stored, m.told) for m in found] == [("10,0", "8,0"), ("10,0", "7,0")]
        assert found[0].class_name == "6A"
        assert found[0].last.startswith("Lý Thị Ngọc, ")
        table = UntoldMarks.table(found)
        assert len(table.rows) == 3

    def test_a_mark_put_in_and_one_taken_away_too(self, kept):
        column = kept.column_ids("tin_hoc", "HK1.tx1")[0]
        kept.tampered(
            f"DELETE FROM mark WHERE pupil_id = {kept.school.pupils[0]}",
            f"UPDATE mark SET pupil_id = {kept.school.pupils[2]} "
            f"WHERE pupil_id = {kept.school.pupils[1]} AND assessment_id = {column}",
            *trigger_statements(),
        )
        assert [(m.stored, m.told) for m in self.found(kept)] == [
            ("", "8,0"), ("", "7,0"), ("7,0", ""),
        ]  # fmt: skip

    def test_a_mark_whose_subject_was_taken_away_is_listed_not_tripped_over(self, kept):
        with kept.school.uow.read() as uow:
            subject = kept.school.subjects["tin_hoc"]
            assert uow.school.subjects(kept.school.class_id)
        kept.tampered(
            "PRAGMA foreign_keys = OFF",
            f"DELETE FROM class_subject WHERE subject_id = {subject}",
            *trigger_statements(),
        )
        found = self.found(kept)
        assert len(found) == 2
        assert {m.subject for m in found} == {"(môn không còn trong tệp)"}

    def test_teachers_may_not_ask(self, kept):
        with pytest.raises(AccessDenied):
            UntoldMarks(kept.school.uow).all(kept.school.actor("tin_hoc"))
