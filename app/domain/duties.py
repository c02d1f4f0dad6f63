"""Nhiệm vụ of each office with the paper that lays it down, for the duty list (M97, M179).

Sources are the founding regulations; the rules in force say who approves and who presses.
"""

from __future__ import annotations

from app.domain.roles import Role

_PLAN = "KH THCS 2023–2024"
_RULE = "QĐ THPT 2017"
_LETTER = "CV tiểu học 2018"

DUTIES: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.PRINCIPAL: (
        ("Quản lý chung; ban hành quyết định, quy định, thời điểm mở, khóa sổ.", f"{_RULE}, II.4"),
        ("Quản lý tài khoản, kiểm tra việc giữ bí mật mật khẩu.", f"{_PLAN}, III.1.a"),
        ("Kiểm tra định kì, đột xuất; xét duyệt kết quả; phê duyệt sổ, học bạ.",
         f"{_PLAN}, III.1.a"),
    ),
    Role.VICE_PRINCIPAL: (
        ("Tổ chức kiểm tra, giám sát việc vào điểm; báo cáo định kì, đột xuất.", f"{_RULE}, II.4"),
    ),
    Role.ACADEMIC_VICE: (
        ("Quản lý kiểm tra, đánh giá, phân công chuyên môn; ký duyệt sổ cuối kì, cuối năm.",
         f"{_RULE}, II.4"),
    ),
    Role.HOMEROOM_VICE: (
        ("Quản lý thông tin, danh sách học sinh hằng tháng; công tác chủ nhiệm.", f"{_RULE}, II.4"),
    ),
    Role.BOARD_HEAD: (
        ("Quản lý hệ thống, bảo mật tài khoản, tập huấn, điều kiện làm việc.", f"{_RULE}, II.4"),
    ),
    Role.ADMINISTRATOR: (
        ("Dữ liệu đầu vào, phân quyền, phân công; truy xuất cuối kì, cuối năm.", f"{_RULE}, II.4"),
        ("Bảo mật dữ liệu; khóa, mở sổ theo yêu cầu của hiệu trưởng; sao lưu.",
         f"{_PLAN}, III.1.b"),
    ),
    Role.SECRETARY: (
        ("Tiếp nhận hồ sơ sửa điểm, hướng dẫn thủ tục; học sinh chuyển đi, đến.", f"{_RULE}, II.4"),
        ("In sổ, đóng dấu, lưu trữ bản in; ghi sổ văn bản.", f"{_PLAN}, I.4.b"),
    ),
    Role.DEPARTMENT_HEAD: (
        ("Hằng tháng đôn đốc vào điểm, kiểm tra tiến độ, tỉ lệ; báo cáo phó hiệu trưởng.",
         f"{_PLAN}, III.1.c; {_RULE}, II.3"),
        ("Kiểm dò hồ sơ sửa điểm của tổ, không phải hồ sơ của mình.", f"{_RULE}, II.2"),
    ),
    Role.HOMEROOM_TEACHER: (
        ("Danh sách, sơ yếu lí lịch, điểm danh hằng tháng của lớp.",
         f"{_PLAN}, III.1.d; {_RULE}, II.1"),
        ("Rèn luyện, nhận xét, kiểm tra lại và xác nhận kết quả, lập danh sách cuối năm.",
         f"{_PLAN}, III.1.d"),
    ),
    Role.SUBJECT_TEACHER: (
        ("Trực tiếp vào điểm từ sổ điểm cá nhân, đủ số lần, đúng hạn; nhận xét.",
         f"{_PLAN}, III.1.e; {_RULE}, II.2"),
        ("Báo cáo khi nhập sai, sửa đúng quy trình; ký xác nhận điểm môn mình dạy.",
         f"{_PLAN}, III.1.e"),
    ),
    Role.INSPECTOR: (
        ("Xem, in phục vụ thanh tra, kiểm tra; không thay đổi dữ liệu.", f"{_LETTER}, I"),
    ),
}  # fmt: skip
"""Every office, in the order of the paper."""
