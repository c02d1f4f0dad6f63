"""Quyết định cá biệt (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.2)."""

from __future__ import annotations

from app.domain.letters import LetterWords

_TO_WHOM = "Như Điều {n};\n{{{{cơ quan chủ quản}}}} (để báo cáo);\nLưu: VT."

BOARD = LetterWords(
    about="Về việc thành lập Ban quản lý sổ điểm điện tử năm học {{năm học}}",
    body="""{{căn cứ}}
Theo đề nghị của bộ phận văn thư.
= QUYẾT ĐỊNH:
Điều 1. Thành lập Ban quản lý sổ điểm điện tử của {{trường}} năm học {{năm học}} gồm {{số người trong ban}} người có tên sau đây:
{{bảng thành viên ban}}
Điều 2. Ban quản lý sổ điểm điện tử có nhiệm vụ giúp hiệu trưởng quản lý tài khoản, dữ liệu và việc nhập, khóa, sửa, in, lưu sổ theo Quy chế quản lý, sử dụng sổ điểm điện tử của trường. Từng thành viên làm nhiệm vụ ghi ở Điều 1.
Điều 3. Ban tự giải thể khi kết thúc năm học và đã bàn giao đủ sổ, vật mang lưu trữ cho người lưu giữ.
Điều 4. Bộ phận văn thư, các tổ chuyên môn và các ông, bà có tên ở Điều 1 chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực từ ngày ký./.""",
    recipients=_TO_WHOM.format(n=4),
)
RULES_DECISION = LetterWords(
    about="Về việc ban hành Quy chế quản lý, sử dụng sổ điểm điện tử",
    body="""{{căn cứ}}
Theo đề nghị của Ban quản lý sổ điểm điện tử.
= QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý, sử dụng sổ điểm điện tử của {{trường}} năm học {{năm học}}.
Điều 2. Quyết định này có hiệu lực từ ngày ký. Các quy định trước đây của trường trái với Quy chế này không còn hiệu lực.
Điều 3. Ban quản lý sổ điểm điện tử, các tổ chuyên môn, giáo viên và nhân viên của trường chịu trách nhiệm thi hành Quyết định này./.""",
    recipients=_TO_WHOM.format(n=3),
)
KEEPERS = LetterWords(
    about="Về việc phân công tổ phụ trách sổ điểm điện tử năm học {{năm học}}",
    body="""{{căn cứ}}
Theo đề nghị của bộ phận văn thư.
= QUYẾT ĐỊNH:
Điều 1. Phân công các ông, bà sau đây phụ trách sổ điểm điện tử của {{trường}} năm học {{năm học}}:
{{bảng thành viên tổ}}
Điều 2. Nhiệm vụ của từng chức danh sử dụng sổ điểm điện tử:
{{bảng phân công}}
Điều 3. Người được phân công dùng tài khoản của chính mình, giữ bí mật mật khẩu và không nhờ người khác làm thay. Khi vắng mặt, việc ủy quyền phải bằng văn bản, có thời hạn.
Điều 4. Bộ phận văn thư, các tổ chuyên môn và các ông, bà có tên ở Điều 1 chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực từ ngày ký./.""",
    recipients=_TO_WHOM.format(n=4),
)
PROOF = LetterWords(
    about="Về việc cử người kiểm dò điểm năm học {{năm học}}",
    body="""{{căn cứ}}
Theo đề nghị của các tổ chuyên môn.
= QUYẾT ĐỊNH:
Điều 1. Cử các ông, bà sau đây kiểm dò điểm trong sổ điểm điện tử với sổ giấy và bài kiểm tra, không ai kiểm dò môn, lớp do chính mình dạy:
{{bảng kiểm dò}}
Điều 2. Người kiểm dò ghi nhận xét từng chỗ khác nhau, xác nhận khi đã xem đủ; nhận xét chưa giải quyết thì kỳ đánh giá chưa chốt.
Điều 3. Giáo viên bộ môn, giáo viên chủ nhiệm và các ông, bà có tên ở Điều 1 chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực từ ngày ký./.""",
    recipients="Như Điều 3;\nLưu: VT.",
)
