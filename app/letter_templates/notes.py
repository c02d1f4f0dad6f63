"""Tờ trình, công văn, biên bản (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4, 1.5, 1.9)."""

from __future__ import annotations

from app.domain.letters import LetterWords

SUBMISSION = LetterWords(
    about="Về việc sử dụng sổ điểm điện tử năm học {{năm học}}",
    addressee="{{cơ quan nhận hồ sơ}}",
    body="""{{căn cứ}}
{{trường}} kính trình {{cơ quan nhận hồ sơ}} việc sử dụng sổ điểm điện tử năm học {{năm học}} như sau:
1. Phần mềm: trường dùng một phần mềm sổ điểm điện tử duy nhất là {{phần mềm}}, phiên bản {{phiên bản}}, chạy trên máy tính của trường, dữ liệu mã hóa trong một tệp và không gửi ra mạng.
2. Phạm vi: {{số lớp}} lớp, {{số học sinh}} học sinh; đánh giá theo {{thông tư đánh giá}}.
3. Quản lý: trường đã ban hành quy chế, phân công người phụ trách, lập kế hoạch ghi điểm, lưu điểm và in sổ; hồ sơ gửi kèm gồm:
{{danh mục hồ sơ}}
4. Lưu trữ: cuối năm học in đủ sổ theo mẫu, ký, đóng dấu; dữ liệu niêm phong trên ổ cứng rời và đĩa quang.
{{trường}} kính đề nghị {{cơ quan nhận hồ sơ}} xem xét, chấp thuận./.""",
    recipients="Như trên;\nLưu: VT.",
)
COVERING = LetterWords(
    about="V/v gửi đĩa phần mềm và hồ sơ sổ điểm điện tử năm học {{năm học}}",
    addressee="{{cơ quan nhận hồ sơ}}",
    body="""Thực hiện hướng dẫn của {{cơ quan nhận hồ sơ}} về sổ điểm điện tử, {{trường}} gửi kèm công văn này:
1. Một đĩa ghi phần mềm {{phần mềm}}, phiên bản {{phiên bản}}, và sách hướng dẫn sử dụng.
2. Một tập hồ sơ sổ điểm điện tử năm học {{năm học}} gồm:
{{danh mục hồ sơ}}
Phần mềm chạy trên máy tính Windows không cần mạng; đĩa không chứa dữ liệu của học sinh. {{trường}} báo cáo {{cơ quan nhận hồ sơ}} để theo dõi, chỉ đạo./.""",
    recipients="Như trên;\nLưu: VT.",
)
MEETING = LetterWords(
    about="Họp Ban quản lý sổ điểm điện tử năm học {{năm học}}",
    body="""Thời gian bắt đầu: …… giờ …… phút, ngày …… tháng …… năm ……
Địa điểm: {{trường}}.
Thành phần tham dự:
{{bảng thành viên ban}}
Chủ trì: ông (bà) {{trưởng ban}}. Thư ký: ông (bà) {{thư ký ban}}.
# Nội dung
1. Tình hình nhập điểm, kiểm dò, sửa điểm:
...
...
2. Ý kiến thảo luận:
...
...
3. Kết luận của chủ trì:
...
...
Cuộc họp kết thúc vào …… giờ …… phút, ngày …… tháng …… năm …… Biên bản đã đọc cho mọi người dự họp cùng nghe và nhất trí./.""",
    recipients="Ban quản lý sổ điểm điện tử;\nLưu: VT.",
)
