"""Every rule a school settles for itself, with its default, its limits and who keeps it.

`source` names the paper that asks for the rule, and the requirement (M…): the papers disagree with
each other, which is why each of these is a setting (requirements, Annex C). The defaults are those
of the general profile: what the program did before a school chose anything.
"""

from __future__ import annotations

from app.domain.corrections import CaseKind
from app.domain.roles import Role
from app.domain.rule_readings import READINGS
from app.domain.rules import Keeping, RuleGroup, RuleKind, RuleSpec

_LEADERS = "principal,vice_principal"
_APPROVERS = tuple(
    (role.value, role.label.lower())
    for role in (Role.PRINCIPAL, Role.VICE_PRINCIPAL, Role.ACADEMIC_VICE, Role.HOMEROOM_VICE)
)
_KEEPERS = tuple(
    (role.value, role.label.lower())
    for role in (
        Role.PRINCIPAL,
        Role.VICE_PRINCIPAL,
        Role.ACADEMIC_VICE,
        Role.BOARD_HEAD,
        Role.SECRETARY,
        Role.ADMINISTRATOR,
    )
)

DUE_REGULAR = RuleSpec(
    "due.regular_days", RuleGroup.DUE, "Hạn vào điểm thường xuyên", RuleKind.NUMBER, "",
    "Vào điểm chậm nhất {} sau ngày kiểm tra thường xuyên; muộn hơn vẫn nhận và ghi là muộn.",
    "Kế hoạch cấp THCS 2023–2024, III.1.e · M129",
    none="Không ấn định; giáo viên ghi hạn ở từng cột.",
    low=1, high=60, unit="ngày", kept=Keeping.PROGRAM,
)  # fmt: skip
DUE_PERIODIC = RuleSpec(
    "due.periodic_days", RuleGroup.DUE, "Hạn vào điểm định kì", RuleKind.NUMBER, "",
    "Vào điểm chậm nhất {} sau ngày kiểm tra giữa kì, cuối kì; muộn hơn vẫn nhận và ghi là muộn.",
    "Kế hoạch cấp THCS 2023–2024, III.1.e · M130",
    none="Không ấn định; giáo viên ghi hạn ở từng cột.",
    low=1, high=60, unit="ngày", kept=Keeping.PROGRAM,
)  # fmt: skip
DUE_RETURNED = RuleSpec(
    "due.returned_days", RuleGroup.DUE, "Hạn tính từ ngày trả bài", RuleKind.NUMBER, "",
    "Vào điểm chậm nhất {} sau ngày trả bài cho học sinh, với mọi bài kiểm tra.",
    "Quy định cấp THPT 2017, II.2 · M190",
    none="Không tính từ ngày trả bài.",
    low=1, high=60, unit="ngày", kept=Keeping.PROGRAM,
)  # fmt: skip

ATTENDANCE_DAY = RuleSpec(
    "attendance.due_day", RuleGroup.OFFICE_DATES, "Báo đủ điểm danh hằng tháng",
    RuleKind.NUMBER, "5",
    "Giáo viên chủ nhiệm báo đủ điểm danh mỗi tháng chậm nhất {} tháng sau.",
    "Kế hoạch cấp THCS 2023–2024, III.1.d (ngày 5); quy định cấp THPT 2017, II.1 (ngày 6) · "
    "M121, M181",
    low=1, high=28, kept=Keeping.PROGRAM,
)  # fmt: skip
PROFILE_DAY = RuleSpec(
    "profile.due_on", RuleGroup.OFFICE_DATES, "Hoàn thiện hồ sơ học sinh", RuleKind.DAY, "",
    "Giáo viên chủ nhiệm hoàn thiện sơ yếu lí lịch học sinh và cha mẹ trước ngày {}.",
    "Kế hoạch cấp THCS 2023–2024, I.2 (15/9); quy định cấp THPT 2017, II.1 (30/9) · M36, M47, M180",
    none="Không ấn định ngày.", kept=Keeping.REMINDER,
)  # fmt: skip
ALLOCATION_DAY = RuleSpec(
    "allocation.due_on", RuleGroup.OFFICE_DATES, "Chia lớp đầu cấp", RuleKind.DAY, "",
    "Hoàn thành chia lớp cho học sinh đầu cấp trước ngày {}.",
    "Kế hoạch cấp THCS 2023–2024, I.3 · M46", none="Không ấn định ngày.",
    kept=Keeping.REMINDER,
)  # fmt: skip

PRESSERS = RuleSpec(
    "book.pressers", RuleGroup.ENTRY, "Người bấm đóng, mở, khóa cột", RuleKind.OFFICES,
    "principal,vice_principal,secretary,administrator",
    "Đóng, mở đợt nhập, khóa và mở cột theo quyết định của hiệu trưởng: {}.",
    "Kế hoạch cấp THCS 2023–2024, I.4.b; công văn tiểu học 2018, II.4 · M61, M105, M236",
    choices=_KEEPERS, kept=Keeping.PROGRAM,
)  # fmt: skip
NEEDS_HOMEROOM = RuleSpec(
    "close.needs_homeroom", RuleGroup.ENTRY, "Giáo viên chủ nhiệm xác nhận trước khi chốt",
    RuleKind.FLAG, "1",
    "Chỉ chốt kỳ đánh giá sau khi giáo viên chủ nhiệm đã xác nhận; chưa xác nhận thì phải ghi lý "
    "do.|Chốt kỳ đánh giá không cần giáo viên chủ nhiệm xác nhận trước.",
    "Kế hoạch cấp THCS 2023–2024, III.1.a và III.1.d · M101, M126", kept=Keeping.PROGRAM,
)  # fmt: skip
NEEDS_PROOF = RuleSpec(
    "close.needs_proof", RuleGroup.ENTRY, "Kiểm dò trước khi chốt", RuleKind.FLAG, "0",
    "Chỉ chốt kỳ đánh giá sau khi mọi môn đã kiểm dò theo bảng phân công; chưa đủ thì phải ghi lý "
    "do.|Chốt kỳ đánh giá không bắt buộc kiểm dò; nhận xét kiểm dò còn mở thì vẫn chưa chốt được.",
    "Kế hoạch cấp tiểu học 2023–2024, II · M9, M16", kept=Keeping.PROGRAM,
)  # fmt: skip
FAST_ENTRY = RuleSpec(
    "entry.fast_allowed", RuleGroup.ENTRY, "Gõ nhanh 75 = 7,5", RuleKind.FLAG, "1",
    "Ai chọn gõ nhanh thì 75 là 7,5 khi gõ từng ô; dán và nhập tệp thì không."
    "|Không ai được gõ nhanh 75 = 7,5.",
    "Quyết định của trường", kept=Keeping.PROGRAM,
)  # fmt: skip


def _approver(kind: CaseKind, default: str, source: str) -> RuleSpec:
    return RuleSpec(
        f"correction.approve.{kind.value}", RuleGroup.CORRECTION,
        f"Người duyệt {kind.act}", RuleKind.OFFICES, default,
        f"Hồ sơ {kind.act} sau khi khóa do người sau duyệt: {{}}.", source,
        choices=_APPROVERS, kept=Keeping.PROGRAM,
    )  # fmt: skip


_BY_PRINCIPAL = "Kế hoạch cấp THCS 2023–2024, I.6; công văn tiểu học 2018, II.4"
APPROVE_MARKS = _approver(
    CaseKind.MARKS, _LEADERS, f"{_BY_PRINCIPAL}; quy định cấp THPT 2017, II.4 · M63, M199"
)
APPROVE_CONDUCT = _approver(CaseKind.CONDUCT, _LEADERS, f"{_BY_PRINCIPAL} · M67, M199")
APPROVE_ATTENDANCE = _approver(CaseKind.ATTENDANCE, _LEADERS, f"{_BY_PRINCIPAL} · M67, M200")
APPROVE_PUPILS = _approver(
    CaseKind.PROFILE, _LEADERS,
    f"{_BY_PRINCIPAL}; quy định cấp THPT 2017, II.4 · M67, M200",
)  # fmt: skip


def _named(kind: CaseKind) -> RuleSpec:
    return RuleSpec(
        f"correction.people.{kind.value}", RuleGroup.CORRECTION,
        f"Ai trong số ấy duyệt {kind.act}", RuleKind.PEOPLE, "",
        f"Hồ sơ {kind.act} chỉ những người có tên sau duyệt: {{}}.",
        "Quy định cấp THPT 2017, II.4 · M57, M63, M199, M200",
        none="Ai giữ chức vụ nêu trên đều duyệt được.", kept=Keeping.PROGRAM,
    )  # fmt: skip


NAMED_MARKS = _named(CaseKind.MARKS)
NAMED_CONDUCT = _named(CaseKind.CONDUCT)
NAMED_ATTENDANCE = _named(CaseKind.ATTENDANCE)
NAMED_PUPILS = _named(CaseKind.PROFILE)
UNLOCK_MINUTES = RuleSpec(
    "correction.unlock_minutes", RuleGroup.CORRECTION, "Thời gian mở ô của hồ sơ",
    RuleKind.NUMBER, "15",
    "Sau khi duyệt, ô của hồ sơ mở {} rồi tự khóa lại.",
    "Kế hoạch cấp THCS 2023–2024, I.6 (sửa xong khóa ngay) · M72",
    low=5, high=120, unit="phút", kept=Keeping.PROGRAM,
)  # fmt: skip
CUTOFF_DAYS = RuleSpec(
    "correction.cutoff_days", RuleGroup.CORRECTION, "Hạn cuối lập hồ sơ điểm thường xuyên, giữa kì",
    RuleKind.NUMBER, "",
    "Hạn cuối là {} trước ngày kiểm tra cuối kì của môn; ngày hiệu trưởng đặt riêng cho một kì thì "
    "theo ngày ấy.",
    "Kế hoạch cấp THCS 2023–2024, I.6 (1 tuần trước kiểm tra học kì) · M71, M136",
    none="Không tính theo ngày kiểm tra cuối kì; chỉ theo ngày hiệu trưởng đặt cho từng kì.",
    low=0, high=60, unit="ngày", kept=Keeping.PROGRAM,
)  # fmt: skip
LATE_CASES = RuleSpec(
    "correction.late_allowed", RuleGroup.CORRECTION, "Hồ sơ quá hạn cuối", RuleKind.FLAG, "1",
    "Quá hạn cuối vẫn lập được hồ sơ khi ghi lý do ngoại lệ để người duyệt quyết định."
    "|Quá hạn cuối thì không lập hồ sơ nữa.",
    "Kế hoạch cấp THCS 2023–2024, I.6 · M71", kept=Keeping.PROGRAM,
)  # fmt: skip
EVIDENCE = RuleSpec(
    "correction.evidence", RuleGroup.CORRECTION, "Minh chứng phải có", RuleKind.ITEMS, "book,paper",
    "Hồ sơ phải kèm: {}.",
    "Kế hoạch cấp THCS 2023–2024, I.6; quy định cấp THPT 2017, II.2 · M70, M138, M191",
    none="Không bắt buộc minh chứng; vẫn phải ghi lý do.",
    choices=(("book", "sổ điểm cá nhân"), ("paper", "bài kiểm tra của học sinh")),
    kept=Keeping.PROGRAM,
)  # fmt: skip
WITNESSES = RuleSpec(
    "correction.witnesses", RuleGroup.CORRECTION, "Số người chứng kiến", RuleKind.NUMBER, "2",
    "Biên bản sửa điểm ghi tên ít nhất {} chứng kiến khác nhau.",
    "Kế hoạch cấp THCS 2023–2024, I.6 · M65",
    none="Không bắt buộc người chứng kiến.", low=1, high=5, unit="người", kept=Keeping.PROGRAM,
)  # fmt: skip
REGISTERED = RuleSpec(
    "correction.registered", RuleGroup.CORRECTION, "Văn thư tiếp nhận hồ sơ", RuleKind.FLAG, "1",
    "Văn thư tiếp nhận, ghi số hồ sơ trước khi kiểm dò."
    "|Hồ sơ không qua văn thư; khai xong là kiểm dò.",
    "Quy định cấp THPT 2017, II.1 và II.2 · M185", kept=Keeping.PROGRAM,
)  # fmt: skip
WITNESS_PARTIES = RuleSpec(
    "correction.witness_parties", RuleGroup.CORRECTION, "Thành phần chứng kiến", RuleKind.ITEMS, "",
    "Khi sửa có mặt: {}.",
    "Kế hoạch cấp THCS 2023–2024, I.6 · M65",
    none="Không ấn định thành phần.",
    choices=(
        ("leaders", "đại diện ban giám hiệu"),
        ("board", "ban quản lý hệ thống"),
        ("requester", "người đề nghị sửa"),
    ),
    kept=Keeping.PROGRAM,
)  # fmt: skip
USAGE_BOOK = RuleSpec(
    "correction.usage_book", RuleGroup.CORRECTION, "Sổ theo dõi sử dụng sổ điểm điện tử",
    RuleKind.FLAG, "0",
    "Mỗi lần sửa ghi một dòng và ký tên vào sổ theo dõi sử dụng sổ điểm điện tử."
    "|Không mở sổ theo dõi sử dụng sổ điểm điện tử.",
    "Quy định cấp THPT 2017, II.1 và II.2 · M188", kept=Keeping.PROGRAM,
)  # fmt: skip

MONTHLY_MEETING = RuleSpec(
    "meeting.monthly_day", RuleGroup.MEETINGS, "Họp chuyên môn hằng tháng", RuleKind.NUMBER, "",
    "In nhật ký sửa điểm để giải trình trước buổi họp chuyên môn {} hằng tháng.",
    "Kế hoạch cấp THCS 2023–2024, I.6 · M68, M69",
    none="Không ấn định ngày họp.", low=1, high=28, kept=Keeping.REMINDER,
)  # fmt: skip
REVIEW_TERM_1 = RuleSpec(
    "meeting.review_term_1", RuleGroup.MEETINGS, "Họp xét học kì I", RuleKind.DAY, "",
    "Họp xét kết quả học kì I ngày {}; hồ sơ sửa điểm cuối kì nhận đến hết ngày họp.",
    "Kế hoạch cấp THCS 2023–2024, I.6 · M71",
    none="Không ấn định ngày họp.", kept=Keeping.PROGRAM,
)  # fmt: skip
REVIEW_YEAR = RuleSpec(
    "meeting.review_year", RuleGroup.MEETINGS, "Họp xét cả năm", RuleKind.DAY, "",
    "Họp xét kết quả cả năm ngày {}; hồ sơ sửa điểm cuối kì nhận đến hết ngày họp.",
    "Kế hoạch cấp THCS 2023–2024, I.6 · M71, M100",
    none="Không ấn định ngày họp.", kept=Keeping.PROGRAM,
)  # fmt: skip


def _window(
    code: str, title: str, say: str, source: str, kept: Keeping = Keeping.PROGRAM
) -> RuleSpec:
    return RuleSpec(
        f"window.{code}", RuleGroup.PRIMARY_WINDOWS, title, RuleKind.SPAN, "", say,
        f"Công văn tiểu học 2018, II.1 · {source}", none="Không ấn định ngày.", kept=kept,
    )  # fmt: skip


_ENTRY = "Đợt nhập chỉ mở trong khoảng ngày {}; ngoài khoảng ấy phải mở bổ sung theo quyết định."


WINDOW_GK1 = _window("gk1", "Giữa học kì I", _ENTRY, "M217")
WINDOW_CK1 = _window("ck1", "Cuối học kì I", _ENTRY, "M218")
WINDOW_GK2 = _window("gk2", "Giữa học kì II", _ENTRY, "M219")
WINDOW_CN = _window("cn", "Cuối năm học", _ENTRY, "M220")
WINDOW_RECORD = _window(
    "record", "Học bạ cuối năm", "Cập nhật, in học bạ cuối năm từ ngày {}.", "M221",
    Keeping.REMINDER,
)  # fmt: skip

TEACHER_BOOK_DAY = RuleSpec(
    "print.teacher_book", RuleGroup.PAPERS, "In sổ ghi điểm của giáo viên", RuleKind.DAY, "",
    "In sổ ghi điểm của giáo viên trước ngày {}.", "Kế hoạch cấp THCS 2023–2024, I.1 · M31",
    none="Không ấn định ngày.", kept=Keeping.REMINDER,
)  # fmt: skip
RECORD_COVER_DAY = RuleSpec(
    "print.record_cover", RuleGroup.PAPERS, "In bìa và lí lịch học bạ", RuleKind.DAY, "",
    "In bìa, lí lịch học bạ học sinh đầu cấp, dán ảnh, đóng dấu trước ngày {}.",
    "Kế hoạch cấp THCS 2023–2024, I.3 · M48", none="Không ấn định ngày.", kept=Keeping.REMINDER,
)  # fmt: skip
SUMMARY_TERM_1 = RuleSpec(
    "print.summary_term_1", RuleGroup.PAPERS, "In bảng tổng hợp học kì I", RuleKind.DAY, "",
    "In bảng tổng hợp kết quả học kì I trước ngày {}.",
    "Kế hoạch cấp THCS 2023–2024, I.2 · M40", none="Không ấn định ngày.", kept=Keeping.REMINDER,
)  # fmt: skip
SUMMARY_YEAR = RuleSpec(
    "print.summary_year", RuleGroup.PAPERS, "In bảng tổng hợp cả năm", RuleKind.DAY, "",
    "In bảng tổng hợp kết quả cả năm trước ngày {}.",
    "Kế hoạch cấp THCS 2023–2024, I.2 · M40", none="Không ấn định ngày.", kept=Keeping.REMINDER,
)  # fmt: skip
RECORD_RESULTS_DAY = RuleSpec(
    "print.record_results", RuleGroup.PAPERS, "In trang kết quả học bạ", RuleKind.DAY, "",
    "In các trang kết quả của học bạ trước ngày {}.",
    "Kế hoạch cấp THCS 2023–2024, I.3 · M51", none="Không ấn định ngày.", kept=Keeping.REMINDER,
)  # fmt: skip
PAPERS = RuleSpec(
    "print.papers", RuleGroup.PAPERS, "Giấy tờ phải in", RuleKind.ITEMS,
    "class_book,correction_minutes",
    "Phải in và lưu: {}; giấy tờ in từ chương trình còn thiếu thì chưa niêm phong được năm học.",
    "Cả năm văn bản nền · M14, M41, M74, M162, M188, M225, M228",
    choices=(
        ("teacher_book", "sổ ghi điểm của giáo viên"),
        ("class_book", "sổ theo dõi và đánh giá theo lớp"),
        ("summary", "bảng tổng hợp kết quả đánh giá giáo dục"),
        ("attendance", "trang kiểm diện"),
        ("confirmation", "bảng xác nhận kết quả học tập, rèn luyện"),
        ("learner_record", "học bạ"),
        ("correction_minutes", "biên bản sửa điểm"),
        ("correction_log", "nhật ký sửa điểm hằng tháng"),
        ("usage_book", "sổ theo dõi sử dụng sổ điểm điện tử"),
    ),
    kept=Keeping.PROGRAM,
)  # fmt: skip
KEEPER = RuleSpec(
    "print.keeper", RuleGroup.PAPERS, "Người lưu giữ bản in", RuleKind.OFFICES, "",
    "Người lưu giữ bản in đã ký, đóng dấu: {}.",
    "Kế hoạch cấp tiểu học 2023–2024, III · M15",
    none="Không ấn định; người lưu giữ là ai thì ghi tên người ấy.",
    choices=_KEEPERS, kept=Keeping.PROGRAM,
)  # fmt: skip
SIGN_WAIT = RuleSpec(
    "print.sign_wait_days", RuleGroup.PAPERS, "Bản in chờ ký, đóng dấu", RuleKind.NUMBER, "5",
    "Bản in chờ ký, đóng dấu, đóng tập hay cất quá {} thì nhắc trên bàn làm việc.",
    "Quyết định của trường · M52, M226", low=1, high=60, unit="ngày", kept=Keeping.PROGRAM,
)  # fmt: skip
SIGNED_FOR_SEAL = RuleSpec(
    "print.signed_before_seal", RuleGroup.PAPERS, "Ký đủ trên giấy trước khi niêm phong",
    RuleKind.FLAG, "0",
    "Chỉ niêm phong năm học khi sổ cả năm của mọi lớp đã đủ chữ ký và con dấu trên giấy."
    "|Niêm phong năm học không đợi chữ ký trên giấy; bảng giấy vẫn nêu bản còn thiếu.",
    "Quyết định của trường · M52, M226", kept=Keeping.PROGRAM,
)  # fmt: skip

_MODULES = (
    ("class_book", "sổ theo lớp"),
    ("summary", "sổ tổng hợp"),
    ("learner_record", "học bạ"),
    ("attendance", "điểm danh"),
    ("proof_reading", "kiểm dò theo bảng phân công"),
)
MODULES_REQUIRED = RuleSpec(
    "modules.required", RuleGroup.MODULES, "Bắt buộc", RuleKind.ITEMS, "class_book",
    "Bắt buộc dùng: {}; còn thiếu thì chưa chốt được kỳ, chưa niêm phong được năm học.",
    "Công văn tiểu học 2018, I.1 · M215", choices=_MODULES, kept=Keeping.PROGRAM,
)  # fmt: skip
MODULES_OPTIONAL = RuleSpec(
    "modules.optional", RuleGroup.MODULES, "Khuyến khích", RuleKind.ITEMS, "",
    "Khuyến khích dùng: {}.", "Công văn tiểu học 2018, I.1 · M215",
    none="Không phần nào.", choices=_MODULES,
    on_paper="Khuyến khích thì không ai bị từ chối vì không dùng; trường tự vận động.",
)  # fmt: skip

REMIND_AHEAD = RuleSpec(
    "remind.ahead_days", RuleGroup.WATCHING, "Phiếu nhắc việc nhắc trước", RuleKind.NUMBER, "7",
    "Phiếu nhắc việc in việc quá hạn, việc đến hạn trong {} và việc không có hạn.",
    "Quyết định của trường · M117", low=1, high=60, unit="ngày", kept=Keeping.PROGRAM,
)  # fmt: skip
WORK_BEGINS = RuleSpec(
    "work.begins_at", RuleGroup.WATCHING, "Giờ bắt đầu làm việc trong sổ", RuleKind.NUMBER, "6",
    "Làm việc trong sổ trước {} là ngoài giờ; bảng trả lời thanh tra kê ra, không từ chối.",
    "Quyết định của trường · M216", low=0, high=11, unit="giờ", kept=Keeping.PROGRAM,
)  # fmt: skip
WORK_ENDS = RuleSpec(
    "work.ends_at", RuleGroup.WATCHING, "Giờ thôi làm việc trong sổ", RuleKind.NUMBER, "21",
    "Làm việc trong sổ từ {} trở đi là ngoài giờ; bảng trả lời thanh tra kê ra, không từ chối.",
    "Quyết định của trường · M216", low=12, high=24, unit="giờ", kept=Keeping.PROGRAM,
)  # fmt: skip
SUNDAY_OFF = RuleSpec(
    "work.sunday_off", RuleGroup.WATCHING, "Chủ nhật là ngoài giờ", RuleKind.FLAG, "1",
    "Làm việc trong sổ ngày Chủ nhật là ngoài giờ; bảng trả lời thanh tra kê ra, không từ chối."
    "|Làm việc trong sổ ngày Chủ nhật như ngày thường.",
    "Quyết định của trường · M216", kept=Keeping.PROGRAM,
)  # fmt: skip

CATALOGUE: tuple[RuleSpec, ...] = (
    DUE_REGULAR, DUE_PERIODIC, DUE_RETURNED,
    ATTENDANCE_DAY, PROFILE_DAY, ALLOCATION_DAY,
    PRESSERS, NEEDS_HOMEROOM, NEEDS_PROOF, FAST_ENTRY,
    APPROVE_MARKS, NAMED_MARKS, APPROVE_CONDUCT, NAMED_CONDUCT,
    APPROVE_ATTENDANCE, NAMED_ATTENDANCE, APPROVE_PUPILS, NAMED_PUPILS,
    REGISTERED, EVIDENCE, WITNESSES, WITNESS_PARTIES, UNLOCK_MINUTES, CUTOFF_DAYS, LATE_CASES,
    USAGE_BOOK,
    MONTHLY_MEETING, REVIEW_TERM_1, REVIEW_YEAR,
    WINDOW_GK1, WINDOW_CK1, WINDOW_GK2, WINDOW_CN, WINDOW_RECORD,
    TEACHER_BOOK_DAY, RECORD_COVER_DAY, SUMMARY_TERM_1, SUMMARY_YEAR, RECORD_RESULTS_DAY,
    PAPERS, KEEPER, SIGN_WAIT, SIGNED_FOR_SEAL,
    MODULES_REQUIRED, MODULES_OPTIONAL,
    REMIND_AHEAD, WORK_BEGINS, WORK_ENDS, SUNDAY_OFF,
    *READINGS,
)  # fmt: skip
"""Every rule in the order of the printed table."""
BY_KEY = {spec.key: spec for spec in CATALOGUE}
APPROVER_OF = {
    CaseKind.MARKS: APPROVE_MARKS,
    CaseKind.CONDUCT: APPROVE_CONDUCT,
    CaseKind.ATTENDANCE: APPROVE_ATTENDANCE,
    CaseKind.PROFILE: APPROVE_PUPILS,
}
"""Which rule names the approver of a kind of correction."""
NAMED_OF = {
    CaseKind.MARKS: NAMED_MARKS,
    CaseKind.CONDUCT: NAMED_CONDUCT,
    CaseKind.ATTENDANCE: NAMED_ATTENDANCE,
    CaseKind.PROFILE: NAMED_PUPILS,
}
"""Which rule narrows the approvers of a kind to people by name."""
