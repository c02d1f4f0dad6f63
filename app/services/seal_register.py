"""Who closed, confirmed and signed what, by pen or key, under which rules, as sealed tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from app.digests import data_digest
from app.domain.ids import SchoolYearId
from app.domain.periods import Period
from app.domain.rule_catalogue import CATALOGUE
from app.domain.rules import RuleSet, RuleVersion
from app.domain.school import School, SchoolClass, SchoolYear
from app.media import SealFile
from app.ports import UnitOfWork
from app.presses import PlainTable, TablePress
from app.regulations.readings import Readings
from app.regulations.registry import circular, settings_of
from app.rule_profiles import BY_CODE, GENERAL
from app.services.data_tables import CLASS_FIELDS, DataField, DataTable
from app.services.formula_check import EXAMPLES, check_examples
from app.services.rules_in_force import readings_of

_Row = list[str | int | None]
_ACT_AT = DataField("luc", "datetime", "Lúc nào")

SIGNATURES = DataTable(
    "ky-duyet",
    "Chốt, xác nhận và ký duyệt",
    (
        *CLASS_FIELDS,
        DataField("ky", "string", "Kỳ đánh giá"),
        DataField("viec", "string", "chốt, xác nhận môn, xác nhận lớp, ký duyệt, ký duyệt bản in"),
        DataField("mon", "string", "Môn học, với xác nhận môn"),
        DataField("nguoi", "string", "Ai"),
        _ACT_AT,
        DataField("quyet_dinh", "string", "Số quyết định hoặc lời phê"),
        DataField("ma_du_lieu", "string", "Mã băm số liệu lúc ấy"),
        DataField("het_hieu_luc", "datetime", "Hết hiệu lực lúc nào"),
        DataField("vi_sao", "string", "Vì sao hết hiệu lực"),
    ),
    (),
)
RULES = DataTable(
    "quy-dinh",
    "Quy định đánh giá của từng lớp",
    (
        *CLASS_FIELDS,
        DataField("khoi", "integer", "Khối lớp"),
        DataField("quy_dinh", "string", "Mã quy định"),
        DataField("so_hieu", "string", "Số, ký hiệu của thông tư"),
        DataField("trich_yeu", "string", "Trích yếu"),
    ),
    ("truong", "nam_hoc", "lop"),
)
GROUNDS = DataTable(
    "can-cu",
    "Căn cứ pháp lý của năm học",
    (
        DataField("so_ky_hieu", "string", "Số, ký hiệu"),
        DataField("ngay", "date", "Ngày ban hành"),
        DataField("co_quan", "string", "Cơ quan ban hành"),
        DataField("trich_yeu", "string", "Trích yếu"),
    ),
    (),
)
DIGITAL = DataTable(
    "ky-so",
    "Chữ ký số trên các bản in",
    (
        DataField("ban_in", "integer", "Số bản in"),
        DataField("tep", "string", "Mã băm SHA-256 của tệp đã ký"),
        DataField("nguoi_ky", "string", "Tên trên chứng thư"),
        DataField("noi_cap", "string", "Nơi cấp chứng thư"),
        DataField("so_chung_thu", "string", "Số chứng thư, hệ 16"),
        DataField("luc_ky", "datetime", "Lúc ký, theo máy của người ký"),
        DataField("ket_qua", "string", "Kết quả kiểm lúc trường nhận"),
        DataField("luc_nhan", "datetime", "Lúc trường nhận hoặc ký"),
        DataField("cach", "string", "ký tại chương trình, nhận bản đã ký"),
    ),
    (),
)
READINGS = DataTable(
    "quy-dinh-truong",
    "Quy định của trường: mọi bản có hiệu lực trong năm, từng điều",
    (
        DataField("truong", "string", "Tên trường"),
        DataField("nam_hoc", "string", "Năm học"),
        DataField("ban", "integer", "Bản quy định thứ mấy của năm; 0 là quy định chung"),
        DataField("tu_ngay", "date", "Có hiệu lực từ ngày; trống là từ đầu năm"),
        DataField("quyet_dinh", "string", "Số quyết định của hiệu trưởng"),
        DataField("ngay_quyet_dinh", "date", "Ngày quyết định"),
        DataField("ho_so_goc", "string", "Mã hồ sơ quy định mà bản này bắt đầu từ đó"),
        DataField("van_ban_goc", "string", "Văn bản của hồ sơ gốc"),
        DataField("ma", "string", "Mã của điều"),
        DataField("dieu", "string", "Tên của điều"),
        DataField("gia_tri", "string", "Giá trị như chương trình giữ"),
        DataField("noi_dung", "string", "Giá trị đọc thành câu"),
        DataField("ai_giu", "string", "máy, máy nhắc hay trường"),
        DataField("nguon", "string", "Văn bản nền đòi điều này"),
    ),
    ("truong", "nam_hoc", "ban", "ma"),
)
REGULATIONS = DataTable(
    "thong-tu",
    "Thông tư đánh giá đã tính ra các con số",
    (
        DataField("quy_dinh", "string", "Mã quy định, như trong quy-dinh.csv"),
        DataField("so_hieu", "string", "Số, ký hiệu của thông tư"),
        DataField("trich_yeu", "string", "Trích yếu"),
        DataField("so_lop", "integer", "Bao nhiêu lớp của năm học theo thông tư này"),
        DataField("cach_hieu", "string", "Cách hiểu những chỗ thông tư để ngỏ, dạng JSON"),
        DataField("so_ca_mau", "integer", "Bao nhiêu ca mẫu để kiểm tra công thức"),
        DataField("so_ca_dung", "integer", "Bao nhiêu ca chương trình tính đúng lúc niêm phong"),
        DataField("ma_ca_mau", "string", "Mã băm của các ca mẫu: đề và đáp án"),
    ),
    ("quy_dinh",),
)
REGISTERS = (SIGNATURES, RULES, REGULATIONS, READINGS, GROUNDS, DIGITAL)


def register_files(
    uow: UnitOfWork, press: TablePress, school: School | None, year: SchoolYear
) -> Iterator[SealFile]:
    """Every table of REGISTERS of a year."""
    name = "" if school is None else school.name
    classes = uow.school.classes(year.id)
    where = {klass.id: [name, year.name, klass.name] for klass in classes}
    yield _file(press, SIGNATURES, [row for k in classes for row in _signed(uow, k, where[k.id])])
    yield _file(press, RULES, [_rules(klass, where[klass.id]) for klass in classes])
    yield _file(press, REGULATIONS, list(_regulations(classes, readings_of(uow, year.id))))
    yield _file(press, READINGS, list(_readings(uow, name, year)))
    yield _file(press, GROUNDS, _grounds(uow, year.id))
    yield _file(press, DIGITAL, list(_digital(uow, year.id)))


def _file(press: TablePress, table: DataTable, rows: list[_Row]) -> SealFile:
    header: _Row = [field.name for field in table.fields]
    return SealFile(f"{table.name}.csv", press.csv(PlainTable(table.title, [header, *rows])))


def _signed(uow: UnitOfWork, klass: SchoolClass, where: list[str]) -> Iterator[_Row]:
    subjects = {subject.id: subject.name for subject in uow.school.subjects(klass.id)}
    for close in uow.control.class_locks(klass.id).closes.values():
        yield [
            *(*where, close.period.value, "chốt", "", close.closed_by, _moment(close.closed_at)),
            *(close.decision_no, close.data_digest, "", ""),
        ]
    for period in Period:
        for one in uow.reviews.confirmation_history(klass.id, period):
            subject = "" if one.subject_id is None else subjects.get(one.subject_id, "")
            act = "xác nhận lớp" if one.subject_id is None else "xác nhận môn"
            yield [
                *(*where, period.value, act, subject, one.name, _moment(one.at)),
                *("", "", _moment(one.voided_at), one.voided_why),
            ]
    for signed in uow.reviews.sign_offs(klass.id):
        act = "ký duyệt" if signed.print_run_id is None else "ký duyệt bản in"
        yield [
            *(*where, signed.period.value, act, "", signed.by, _moment(signed.at)),
            *(signed.remark, signed.data_digest, _moment(signed.voided_at), signed.voided_why),
        ]


def _rules(klass: SchoolClass, where: list[str]) -> _Row:
    under = circular(klass.regulation)
    return [*where, klass.grade, under.id, under.number, under.subject]


def _regulations(classes: Iterable[SchoolClass], readings: Readings) -> Iterator[_Row]:
    """Each circular of the year, how its open points are read, and that it computes as it did."""
    used = Counter(klass.regulation for klass in classes)
    for circular_id, count in sorted(used.items()):
        under = circular(circular_id)
        examples = [one for one in EXAMPLES if one.circular == circular_id]
        passed = sum(one.passed for one in check_examples(examples))
        read = json.dumps(settings_of(circular_id, readings), sort_keys=True)
        digest = data_digest([[one.number, one.case, one.expected] for one in examples])
        yield [
            *(under.id, under.number, under.subject, count, read),
            *(len(examples), passed, digest.hex),
        ]


def _readings(uow: UnitOfWork, school: str, year: SchoolYear) -> Iterator[_Row]:
    """Every version of the school's rules of the year, a line a rule (M207, M237)."""
    for version in uow.rules.versions(year.id) or (_GENERAL_RULES,):
        profile = BY_CODE.get(version.profile, GENERAL)
        chosen = version.number > 0
        for spec in CATALOGUE:
            yield [
                *(school, year.name, version.number),
                version.starts_on.isoformat() if chosen else "",
                version.decision_no,
                "" if version.decision_on is None else version.decision_on.isoformat(),
                *(version.profile, profile.paper_words),
                *(spec.key, spec.title, version.rules.text(spec), version.rules.words(spec)),
                *(spec.kept.value, spec.source),
            ]


_GENERAL_RULES = RuleVersion(
    SchoolYearId(0), 0, GENERAL.code, date.min, "", None, "", RuleSet(GENERAL.values)
)
"""What counts while a school has chosen nothing."""


def _grounds(uow: UnitOfWork, year_id: SchoolYearId) -> list[_Row]:
    return [
        [basis.code, basis.issued_on.isoformat(), basis.issuer, basis.summary]
        for basis in uow.papers.bases(year_id)
    ]


def _digital(uow: UnitOfWork, year_id: SchoolYearId) -> Iterator[_Row]:
    numbers = {run.id: run.number for run in uow.prints.of_year(year_id)}
    for paper in uow.signed_papers.of_year(year_id):
        for one in paper.signatures:
            yield [
                *(numbers[paper.run_id], paper.file_digest, one.signer, one.issuer, one.serial),
                *(_moment(one.said_at), one.verdict.words, _moment(paper.received_at)),
                "ký tại chương trình" if paper.made_here else "nhận bản đã ký",
            ]


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="seconds")
