"""Marks that come along from another class or from a former school."""

from datetime import date

import pytest

from app.domain.marks import CellState
from app.domain.movements import MovementKind, MovementPaper
from app.domain.periods import Period, Term
from app.errors import AccessDenied, RuleRefused
from app.readmodels.mark_sheet import CellKey, SheetId
from app.services.entry_control import EntryControl
from app.services.former_marks import FormerMarks, FormerSchool
from app.services.mark_entry import MarkEntry
from app.services.period_close import PeriodClosing
from app.services.trail_sentences import WORDINGS, sentence_of
from app.services.trail_witness import witness_problem
from tests.gui.page_kit import fill_conduct, fill_marks, open_windows
from tests.support.school import invented_pupil, make_school

TODAY = date(2026, 11, 23)
ORIGIN = FormerSchool("THCS Lý Tự Trọng", "Học bạ số 45", "Hiệu trưởng Lê Văn Tám")


@pytest.fixture
def school(tmp_path):
    school = make_school(tmp_path, pupils=3)
    yield school
    school.close()


@pytest.fixture
def former(school):
    return FormerMarks(school.uow, school.clock)


@pytest.fixture
def newcomer(school):
    return school.rosters.add_pupil(
        school.actor("secretary"), school.class_id, invented_pupil(50), TODAY,
        kind=MovementKind.TRANSFER_IN, paper=MovementPaper(ORIGIN.school, "GGT 7"),
    ).payload  # fmt: skip


def refused(family, call, *args, **kwargs):
    with pytest.raises(family) as refusal:
        call(*args, **kwargs)
    return refusal.value


def cells(school, class_id, pupil):
    """(subject, term, code) -> cell of one pupil in one class."""
    with school.uow.read() as uow:
        columns = {a.id: a for a in uow.marks.assessments(class_id)}
        return {
            (columns[m.assessment_id].subject_id, columns[m.assessment_id].term,
             columns[m.assessment_id].code): m.cell
            for m in uow.marks.cells(class_id, None, [pupil])
        }  # fmt: skip


def witnessed(school):
    with school.uow.read() as uow:
        return witness_problem(uow)


def last_entry(school):
    with school.uow.read() as uow:
        return uow.trail.entries(newest=1)[0]


def close(school, class_id, period=Period.HK1):
    closing = PeriodClosing(school.uow, school.clock)
    closing.close(school.signer("principal"), class_id, period, "57/QĐ", "Lớp mẫu")


def open_late(school, class_id):
    EntryControl(school.uow, school.clock).open_late(
        school.actor("principal"), class_id, None, Period.HK1, TODAY, TODAY, "99/QĐ", TODAY
    )


class TestMovingClass:
    def move(self, school, to):
        return school.rosters.move_class(
            school.actor("secretary"), school.class_id, to, school.pupils[0], TODAY, "Nguyện vọng"
        )

    def test_marks_comments_and_conduct_go_along_in_one_entry(self, school):
        open_windows(school)
        fill_marks(school, (Term.HK1,))
        fill_conduct(school, (Term.HK1,))
        other = school.add_class("6B")
        before = cells(school, school.class_id, school.pupils[0])
        kinds = len(school.trail_kinds())
        result = self.move(school, other)
        assert len(school.trail_kinds()) == kinds + 1
        after = cells(school, other, school.pupils[0])
        assert after.keys() == before.keys()
        for key, cell in before.items():
            assert after[key].state is CellState.TRANSFERRED
            assert after[key].value == cell.value
            assert after[key].reason == "chuyển từ lớp 6A ngày 23/11/2026"
        assert cells(school, school.class_id, school.pupils[0]) == before
        with school.uow.read() as uow:
            (row,) = uow.marks.conduct(other)
        assert row.term is Term.HK1
        assert f"chép {len(before)} ô điểm" in result.summary
        assert witnessed(school) == ("", None)

    def test_a_closed_term_waits_for_a_late_opening(self, school, former):
        open_windows(school)
        fill_marks(school, (Term.HK1,))
        other = school.add_class("6B", pupils=1)
        close(school, other)
        result = self.move(school, other)
        assert result.payload.held == (Term.HK1,)
        assert "mở bổ sung" in result.summary
        assert cells(school, other, school.pupils[0]) == {}
        who = school.actor("secretary")
        error = refused(RuleRefused, former.carry, who, school.class_id, other, school.pupils[0])
        assert "mở bổ sung" in error.sentence
        open_late(school, other)
        former.carry(who, school.class_id, other, school.pupils[0])
        assert len(cells(school, other, school.pupils[0])) == len(
            cells(school, school.class_id, school.pupils[0])
        )
        entry = last_entry(school)
        assert "từ lớp 6A sang lớp 6B" in sentence_of(
            entry.kind, entry.detail, entry.cell_count, WORDINGS
        )
        assert witnessed(school) == ("", None)
        error = refused(RuleRefused, former.carry, who, school.class_id, other, school.pupils[0])
        assert error.code == "nothing_carried"

    def test_who_may_not_carry_and_who_did_not_move(self, school, former):
        other = school.add_class("6B", pupils=1)
        args = (school.class_id, other, school.pupils[0])
        refused(AccessDenied, former.carry, school.actor("toan"), *args)
        assert refused(RuleRefused, former.carry, school.actor("secretary"), *args).code == (
            "not_found"
        )

    def test_back_to_the_class_they_came_from_gives_the_old_line_back(self, school):
        other = school.add_class("6B")
        who, pupil = school.actor("secretary"), school.pupils[0]
        self.move(school, other)
        error = refused(
            RuleRefused, school.rosters.move_class, who, other, school.class_id, pupil,
            date(2026, 11, 22), "Đổi ý",
        )  # fmt: skip
        assert error.code == "return_date"
        school.rosters.move_class(who, other, school.class_id, pupil, TODAY, "Đổi ý")
        view = school.rosters.view(who, school.class_id)
        line = next(x for x in view.lines if x.pupil_id == pupil)
        assert line.is_here
        assert len(view.lines) == 3


class TestFormerSchool:
    def texts(self, school, **marks):
        return {(school.subjects[code], "tx1"): text for code, text in marks.items()}

    def test_a_term_in_one_command_says_where_it_comes_from(self, school, former, newcomer):
        texts = self.texts(school, toan="8,5", gdtc="Đ", ngu_van="")
        result = former.enter(
            school.actor("secretary"), school.class_id, newcomer, Term.HK1, ORIGIN, texts
        )
        assert result.payload == 2
        found = cells(school, school.class_id, newcomer)
        toan = found[school.subjects["toan"], Term.HK1, "tx1"]
        assert (toan.state, toan.value) == (CellState.TRANSFERRED, 85)
        assert toan.reason == "THCS Lý Tự Trọng; Học bạ số 45; Hiệu trưởng Lê Văn Tám ký"
        entry = last_entry(school)
        assert (entry.kind, entry.cell_count) == ("marks.former", 2)
        said = sentence_of(entry.kind, entry.detail, entry.cell_count, WORDINGS)
        assert "Học bạ số 45" in said
        assert "học kì I" in said
        assert witnessed(school) == ("", None)
        form = former.form(school.actor("secretary"), school.class_id, newcomer, Term.HK1)
        assert (form.school, form.document) == (ORIGIN.school, "GGT 7")
        row = next(s for s in form.subjects if s.name == "Toán")
        assert (row.cells[0].text, row.cells[0].stop) == ("8,5", "đã có điểm")

    def test_the_open_sheet_shows_them_at_once(self, school, former, newcomer):
        open_windows(school)
        marks = MarkEntry(school.uow, school.clock)
        sheet = SheetId(school.class_id, school.subjects["toan"])
        marks.open(school.actor("toan"), sheet)
        former.enter(
            school.actor("secretary"), school.class_id, newcomer, Term.HK1, ORIGIN,
            self.texts(school, toan="7"),
        )  # fmt: skip
        key = CellKey(newcomer, "HK1.tx1")
        error = refused(
            RuleRefused, marks.set_cells, school.actor("toan"), sheet, {key: "9"}, "key"
        )
        assert "điểm trường cũ" in error.sentence

    @pytest.mark.parametrize("who", ["toan", "principal", "vice", "admin"])
    def test_only_the_secretary_enters(self, school, former, newcomer, who):
        error = refused(
            AccessDenied, former.enter, school.actor(who), school.class_id, newcomer, Term.HK1,
            ORIGIN, self.texts(school, toan="8"),
        )  # fmt: skip
        assert "văn thư" in error.sentence.lower()
        refused(AccessDenied, former.form, school.actor(who), school.class_id, newcomer, Term.HK1)

    @pytest.mark.parametrize("field", ["school", "document", "signer"])
    def test_the_origin_is_whole(self, school, former, newcomer, field):
        origin = FormerSchool(**{
            "school": "A", "document": "B", "signer": "C", **{field: " "},
        })  # fmt: skip
        error = refused(
            RuleRefused, former.enter, school.actor("secretary"), school.class_id, newcomer,
            Term.HK1, origin, self.texts(school, toan="8"),
        )  # fmt: skip
        assert error.facts["field"] == field

    def test_all_or_none(self, school, former, newcomer):
        texts = self.texts(school, toan="8", ngu_van="11", gdtc="7")
        error = refused(
            RuleRefused, former.enter, school.actor("secretary"), school.class_id, newcomer,
            Term.HK1, ORIGIN, texts,
        )  # fmt: skip
        assert set(error.facts["cells"]) == {
            (school.subjects["ngu_van"], "tx1"), (school.subjects["gdtc"], "tx1"),
        }  # fmt: skip
        assert cells(school, school.class_id, newcomer) == {}

    def test_filled_closed_left_and_nothing(self, school, former, newcomer):
        open_windows(school)
        who = school.actor("secretary")
        texts = self.texts(school, toan="8")
        args = (who, school.class_id, newcomer, Term.HK1, ORIGIN)
        assert refused(RuleRefused, former.enter, *args, {}).code == "nothing_typed"
        former.enter(*args, texts)
        assert "ô đã có 8,0" in refused(RuleRefused, former.enter, *args, texts).sentence
        close(school, school.class_id)
        later = self.texts(school, ngu_van="8")
        assert "đã chốt" in refused(RuleRefused, former.enter, *args, later).sentence
        assert former.form(who, school.class_id, newcomer, Term.HK1).stop
        open_late(school, school.class_id)
        former.enter(*args, later)
        school.rosters.mark_left(who, school.class_id, newcomer, TODAY, "Đi")
        assert refused(RuleRefused, former.enter, *args, texts).code == "pupil_left"
