"""What each office may do in the book, in sentences for the screen and for paper."""

from __future__ import annotations

from app.domain.roles import Role

RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.PRINCIPAL: (
        "Duyệt hồ sơ sửa điểm, chốt kỳ đánh giá, ký duyệt, niêm phong năm học; bàn giao chức hiệu "
        "trưởng; giao vai trò cho mọi người.",
        "Mở đợt nhập, mở bổ sung, khóa và mở khóa cột; khôi phục sổ từ bản sao lưu; giữ phiếu "
        "khôi phục.",
    ),
    Role.VICE_PRINCIPAL: (
        "Mở đợt nhập, khóa cột, xem toàn trường, kiểm dò và duyệt theo phân công của hiệu trưởng.",
    ),
    Role.ADMINISTRATOR: (
        "Lập, khóa, mở tài khoản, đặt lại mật khẩu (trừ hiệu trưởng); sao lưu, khôi phục, thiết "
        "lập. Không duyệt điểm, không sửa điểm.",
    ),
    Role.SECRETARY: (
        "Lập năm học, lớp, danh sách; nhập danh sách từ Excel; in sổ, ghi sổ đăng ký văn bản, sao "
        "lưu. Không sửa điểm.",
    ),
    Role.DEPARTMENT_HEAD: (
        "Xem sổ, tiến độ và việc của từng thành viên trong tổ; in phiếu nhắc việc, báo cáo tháng; "
        "ghi kết quả kiểm tra nội bộ của tổ và xem lại việc khắc phục.",
        "Kiểm dò hồ sơ sửa điểm các môn của tổ, không kiểm dò hồ sơ của chính mình. Không sửa điểm "
        "của người khác.",
    ),
    Role.HOMEROOM_TEACHER: ("Xem danh sách và tổng kết của lớp chủ nhiệm.",),
    Role.SUBJECT_TEACHER: ("Xem sổ của các lớp mình dạy.",),
    Role.ACADEMIC_VICE: (
        "Quản lý kiểm tra, đánh giá, cập nhật điểm, phân công chuyên môn; ký duyệt sửa điểm khi "
        "quy định của trường giao.",
    ),
    Role.HOMEROOM_VICE: (
        "Quản lý thông tin học sinh và công tác chủ nhiệm; ký duyệt sửa thông tin học sinh, điểm "
        "danh, rèn luyện khi quy định của trường giao.",
    ),
    Role.BOARD_HEAD: (
        "Phụ trách hệ thống, bảo mật tài khoản, tập huấn; đóng mở sổ theo quyết định của hiệu "
        "trưởng khi quy định của trường giao. Không duyệt sửa điểm.",
    ),
    Role.INSPECTOR: ("Xem và in mọi thứ trong sổ. Không thay đổi gì.",),
}
"""Sentences of each office."""

HOMEROOM_RIGHT = (
    "Lớp chủ nhiệm: điểm danh, rèn luyện, nhận xét, xác nhận của giáo viên chủ nhiệm, đề nghị danh "
    "sách cuối năm."
)
TEACHING_RIGHT = (
    "Lớp và môn được phân công: nhập điểm, nhận xét trong đợt nhập; xác nhận đã đủ; lập hồ sơ sửa "
    "điểm của chính môn ấy."
)
COMMITMENT = (
    "Người được giao giữ kín mật khẩu, không nhờ người khác làm thay, không để máy mở khi rời chỗ; "
    "việc làm bằng tài khoản này là việc của người đứng tên. Nghi lộ mật khẩu thì đổi ngay và báo "
    "hiệu trưởng.",
)
