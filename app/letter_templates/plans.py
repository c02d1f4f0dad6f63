"""Kế hoạch (Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.4)."""

from __future__ import annotations

from app.domain.letters import LetterWords

PLAN = LetterWords(
    about="Ghi điểm, lưu điểm, in và lưu giữ sổ điểm điện tử năm học {{năm học}}",
    body="""{{căn cứ}}
{{trường}} xây dựng kế hoạch ghi điểm, lưu điểm, in và lưu giữ sổ điểm điện tử năm học {{năm học}} như sau:
# I. MỤC ĐÍCH, YÊU CẦU
1. Sổ điểm ghi đúng, đủ, kịp thời kết quả học tập và rèn luyện của học sinh theo {{thông tư đánh giá}}.
2. Dữ liệu được bảo mật, có nhật ký, có bản in ký tên đóng dấu và bản lưu trên vật mang đã niêm phong.
# II. PHẠM VI
Thực hiện ở {{số lớp}} lớp, {{số học sinh}} học sinh; năm học từ {{ngày bắt đầu}} đến {{ngày kết thúc}}, học kì II từ {{ngày học kì hai}}.
{{bảng lớp}}
# III. GHI ĐIỂM
{{quy định: hạn vào điểm}}
{{quy định: hạn của hồ sơ, danh sách, điểm danh}}
{{bảng đợt nhập}}
# IV. KIỂM DÒ, CHỐT, SỬA ĐIỂM
{{quy định: đóng mở sổ và chốt}}
{{quy định: sửa sau khi đã khóa}}
# V. IN VÀ LƯU GIỮ
{{quy định: in, ký và lưu}}
Người lưu giữ bản in đã ký, đóng dấu: {{người lưu giữ}}.
# VI. TỔ CHỨC THỰC HIỆN
{{bảng phân công}}
Trên đây là kế hoạch ghi điểm, lưu điểm, in và lưu giữ sổ điểm điện tử năm học {{năm học}}; đề nghị các tổ, các bộ phận thực hiện./.""",
    recipients="{{cơ quan chủ quản}} (để báo cáo);\nCác tổ chuyên môn (để thực hiện);\nLưu: VT.",
)
TEST_PLAN = LetterWords(
    about="Kiểm tra, đánh giá học sinh năm học {{năm học}}",
    body="""{{căn cứ}}
{{trường}} xây dựng kế hoạch kiểm tra, đánh giá học sinh năm học {{năm học}} như sau:
# I. MỤC ĐÍCH, YÊU CẦU
Đánh giá học sinh theo {{thông tư đánh giá}}, đúng số lần, đúng thời điểm, công bằng, khách quan.
# II. SỐ LẦN KIỂM TRA, ĐÁNH GIÁ
{{bảng kiểm tra}}
# III. THỜI HẠN VÀO ĐIỂM
{{quy định: hạn vào điểm}}
# IV. HỌP XÉT KẾT QUẢ
{{quy định: họp và nhật ký sửa điểm}}
# V. TỔ CHỨC THỰC HIỆN
1. Tổ trưởng chuyên môn theo dõi tiến độ, tỉ lệ vào điểm hằng tháng và báo cáo phó hiệu trưởng.
2. Giáo viên bộ môn ra đề, chấm, trả bài và vào điểm đúng hạn; giáo viên chủ nhiệm kiểm tra đủ điểm của lớp trước mỗi lần chốt.
Trên đây là kế hoạch kiểm tra, đánh giá học sinh năm học {{năm học}}; đề nghị các tổ, giáo viên thực hiện./.""",
    recipients="{{cơ quan chủ quản}} (để báo cáo);\nCác tổ chuyên môn (để thực hiện);\nLưu: VT.",
)
