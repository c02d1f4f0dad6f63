"""The trail in words, its honesty, and the history of a cell."""

import ast
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.trail import CellChange, TrailDraft, statement, statement_digest
from app.errors import AccessDenied
from app.services.checkpoints import CheckpointReason, sign_checkpoint
from app.services.trail_review import EXPORT_HEADER, TrailFilter, TrailReview
from app.services.trail_sentences import WORDINGS, Wording, sentence_of
from tests.support.school import invented_pupil, make_school

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def school(tmp_path):
    return make_school(tmp_path, pupils=2)


@pytest.fixture
def review(school):
    return TrailReview(school.uow)


def written_kinds():
    """Every literal "group.verb" handed to a draft or a note anywhere in the program."""
    groups = {kind.split(".")[0] for kind in WORDINGS}
    found = set()
    for folder in ("app/services", "db"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name == "trail_sentences.py":
                continue
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    if name in ("TrailDraft", "_note", "_record"):
                        for child in ast.walk(node):
                            if isinstance(child, ast.Constant) and isinstance(child.value, str):
                                text = child.value
                                if text.split(".")[0] in groups and text.count(".") == 1:
                                    found.add(text)
    return found


class TestWords:
    def test_every_kind_the_services_write_has_its_words(self):
        kinds = written_kinds()
        assert {"roster.imported", "account.added", "mark.set"} <= kinds
        assert kinds - WORDINGS.keys() == set()

    def test_every_entry_of_a_school_year_start_can_be_said(self, school, review):
        secretary, principal = school.actor("secretary"), school.actor("principal")
        other = school.add_class("6B")
        pupil = school.pupils[0]
        today = school.clock.today()
        changed = replace(invented_pupil(0), birth_date=date(2015, 2, 3), note="Dời nhà")
        school.rosters.edit_profile(secretary, school.class_id, pupil, changed)
        school.rosters.freeze(secretary, school.class_id)
        school.rosters.mark_left(secretary, school.class_id, pupil, today, "Ốm dài ngày")
        school.rosters.mark_returned(secretary, school.class_id, pupil, today, "Khỏi")
        school.rosters.move_class(secretary, school.class_id, other, pupil, today, "Đơn")
        teacher = school.accounts_by_key["gdcd"]
        school.assignments.assign(principal, school.class_id, None, teacher)
        school.assignments.end(principal, school.class_id, None, today + timedelta(days=3))
        school.plans.set_tx_count(
            secretary, school.year_id, 6, school.subjects["tin_hoc"], 3, "KH số 5"
        )
        school.setup.save_school(secretary, replace(school.session.school, commune="xã Mới"))
        said = {line.kind: line.sentence for line in review.lines(principal)}
        assert (
            said["roster.profile"]
            == "Hồ sơ Nguyễn Văn An lớp 6A: Ngày sinh: 01/01/2015 → 03/02/2015; "
            "Ghi chú: (trống) → Dời nhà"
        )
        assert said["roster.moved"].startswith("Nguyễn Văn An: 6A sang 6B từ 23/11/2026")
        assert "Tin học khối 6: 2 → 3" in said["subject.tx_count"]
        assert "xã Đồng Xuân → xã Mới" in said["school.saved"]
        assert said["assignment.set"] == (
            "Phân công GVCN lớp 6A: Bùi Văn Đức thay Nguyễn Thị Bình, từ 23/11/2026"
        )
        assert not [kind for kind, text in said.items() if text.startswith(kind)]

    def test_an_unknown_kind_is_shown_raw_and_a_new_one_can_be_taught(self):
        detail = '{"what":"sao hỏa"}'
        assert sentence_of("moon.landing", detail, 0, WORDINGS) == f"moon.landing: {detail}"
        table = {**WORDINGS, "moon.landing": Wording("Đổ bộ", lambda d: f"Lên {d['what']}")}
        assert sentence_of("moon.landing", detail, 3, table) == "Lên sao hỏa (3 ô điểm)"


class TestLines:
    def test_filters_narrow_the_list(self, school, review):
        principal = school.actor("principal")
        everything = review.lines(principal)
        assert [line.seq for line in everything] == list(range(len(everything), 0, -1))
        roster = review.lines(principal, TrailFilter(kind="roster."))
        assert {line.title for line in roster} == {"Thêm học sinh"}
        nobody = review.lines(principal, TrailFilter(account_id=school.accounts_by_key["toan"]))
        assert nobody == ()
        later = review.lines(principal, TrailFilter(since=date(2026, 11, 24)))
        assert later == ()
        today = TrailFilter(since=date(2026, 11, 23), until=date(2026, 11, 23))
        assert review.lines(principal, today) == everything

    def test_teachers_read_their_own_classes_only(self, school, review):
        other = school.add_class("6B")
        teacher = school.actor("tin_hoc")
        own = review.lines(teacher, TrailFilter(class_id=school.class_id))
        assert {line.class_name for line in own} == {"6A"}
        for wanted in (None, TrailFilter(class_id=other)):
            with pytest.raises(AccessDenied):
                review.lines(teacher, wanted)

    def test_the_export_starts_with_the_oldest(self, school, review):
        rows = review.export_rows(school.actor("secretary"))
        assert rows[0] == EXPORT_HEADER
        assert rows[1][0] == "1"
        assert rows[1][3] == "Lập sổ"
        assert all(len(row) == len(EXPORT_HEADER) for row in rows)

    def test_the_filter_offers_every_title(self, review):
        assert dict(review.kinds())["roster.frozen"] == "Chốt danh sách"


class TestHonesty:
    def test_an_honest_chain_passes_with_its_signatures(self, school, review):
        state = review.check(school.actor("principal"))
        assert state.problem == ""
        assert state.checkpoints == len(review.checkpoints(school.actor("principal")))
        assert review.checkpoints(school.actor("principal"))[-1].reason == "Lập sổ"

    def test_a_signature_by_a_key_nobody_pinned_is_found(self, school, review):
        vault, unlocked = school.file.vault, school.session.unlocked
        vault.reset_password(unlocked, school.uid("vice"), "kẻ lạ thay ổ khóa rồi")
        signer = vault.unlock_signer(school.uid("vice"), "kẻ lạ thay ổ khóa rồi")
        vice, now = school.actor("vice"), school.clock.now()
        with school.uow.write() as uow:
            before = uow.trail.last_checkpoint()
            with pytest.raises(AccessDenied) as refusal:
                sign_checkpoint(uow, signer, vice, CheckpointReason.CLOSE, now)
            assert refusal.value.code == "key_not_recorded"
            assert uow.trail.last_checkpoint() == before
        with school.uow.write() as uow:
            # Past the program, as somebody with the database key would.
            seq, head = uow.trail.head()
            said = statement(
                database_id=uow.trail.database_id(),
                seq=seq,
                head=head,
                at=now.isoformat(timespec="seconds"),
                signer=vice.name,
                reason="close",
                previous=statement_digest(before.statement),
            )
            uow.trail.add_checkpoint(
                replace(
                    before,
                    seq=seq,
                    head=head,
                    account_id=vice.account_id,
                    signer=vice.name,
                    public_key=signer.public_key,
                    reason="close",
                    statement=said,
                    signature=signer.sign(said.encode()),
                )
            )
            uow.commit()
        assert "không khớp" in review.check(school.actor("principal")).problem

    def test_a_teacher_checks_nothing(self, school, review):
        with pytest.raises(AccessDenied):
            review.check(school.actor("toan"))
        with pytest.raises(AccessDenied):
            review.checkpoints(school.actor("toan"))


class TestCheckpoints:
    def test_each_signature_names_the_one_before(self, school):
        import hashlib

        principal, signer = school.actor("principal"), school.signer("principal")
        with school.uow.write() as uow:
            before = uow.trail.last_checkpoint()
            point = sign_checkpoint(
                uow, signer, principal, CheckpointReason.SIGN_OFF, school.clock.now()
            )
            assert uow.trail.head() == (point.seq, point.head)
            uow.commit()
        text = json.loads(point.statement)
        assert text["previous"] == hashlib.sha256(before.statement.encode()).hexdigest()
        with school.uow.read() as uow:
            assert text["database"] == uow.trail.database_id()

    def test_nobody_signs_in_anothers_name(self, school):
        with school.uow.write() as uow, pytest.raises(ValueError, match="cannot sign"):
            sign_checkpoint(
                uow,
                school.signer("vice"),
                school.actor("principal"),
                CheckpointReason.CLOSE,
                school.clock.now(),
            )


def test_a_cells_history_joins_every_change(school, review):
    with school.uow.read() as uow:
        column = uow.marks.assessments(school.class_id, school.subjects["toan"])[0].id
    pupil = school.pupils[0]
    for old, new in (("", "7,5"), ("7,5", ""), ("", "8,0")):
        with school.uow.write() as uow:
            detail = {"class": "6A", "subject": "Toán", "gesture": "key"}
            cells = (CellChange(pupil, column, old, new),)
            draft = TrailDraft("mark.set", detail, school.class_id, school.subjects["toan"], cells)
            uow.trail.append(draft, school.actor("toan"), school.clock.now())
            uow.commit()
    steps = review.cell_history(pupil, column)
    assert [(one.old, one.new) for one in steps] == [("", "7,5"), ("7,5", ""), ("", "8,0")]
    assert {one.title for one in steps} == {"Nhập điểm"}
    line = review.lines(school.actor("toan"), TrailFilter(class_id=school.class_id))[0]
    assert line.sentence == "Nhập điểm Toán lớp 6A, gõ (1 ô điểm)"
