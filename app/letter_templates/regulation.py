"""Quy chế, out of the offices, rights, windows and rules that the file really holds (M148)."""

from __future__ import annotations

from app.domain.letters import LetterWords

RULES = LetterWords(
    about="Quản lý, sử dụng sổ điểm điện tử năm học {{năm học}}",
    body="""= Chương I
= QUY ĐỊNH CHUNG
# Điều 1. Phạm vi điều chỉnh và đối tượng áp dụng
1. Quy chế này quy định việc nhập, kiểm dò, khóa, sửa, in, ký, lưu trữ sổ điểm điện tử của {{trường}} bằng phần mềm {{phần mềm}} trong năm học {{năm học}}, gồm {{số lớp}} lớp.
2. Quy chế áp dụng với cán bộ quản lý, giáo viên, nhân viên của trường có tài khoản trong sổ.
3. Việc đánh giá học sinh thực hiện theo {{thông tư đánh giá}}. Trường chỉ dùng một phần mềm sổ điểm điện tử.
# Điều 2. Nguyên tắc
1. Mỗi người một tài khoản; việc làm bằng tài khoản nào là việc của người đứng tên tài khoản ấy.
2. Mọi thay đổi trong sổ đều vào nhật ký, không ai xóa được nhật ký.
3. Bản in có chữ ký của hiệu trưởng và con dấu của trường là hồ sơ pháp lý.
= Chương II
= PHÂN CÔNG TRÁCH NHIỆM, PHÂN QUYỀN
# Điều 3. Trách nhiệm của từng chức danh
{{bảng phân công}}
# Điều 4. Quyền của từng chức danh trong sổ
{{bảng quyền hạn}}
# Điều 5. Ủy quyền
Ủy quyền phải bằng văn bản, có ngày bắt đầu và ngày kết thúc, hết hạn tự chấm dứt; người được ủy quyền không ủy quyền tiếp.
{{bảng ủy quyền}}
= Chương III
= NHẬP, CHỐT VÀ SỬA
# Điều 6. Thời hạn vào điểm
{{quy định: hạn vào điểm}}
# Điều 7. Hạn của hồ sơ, danh sách, điểm danh
{{quy định: hạn của hồ sơ, danh sách, điểm danh}}
# Điều 8. Đợt nhập của năm học
{{bảng đợt nhập}}
# Điều 9. Đóng, mở sổ và chốt
{{quy định: đóng mở sổ và chốt}}
# Điều 10. Sửa sau khi đã khóa
{{quy định: sửa sau khi đã khóa}}
# Điều 11. Họp xét và nhật ký sửa điểm
{{quy định: họp và nhật ký sửa điểm}}
= Chương IV
= IN, KÝ, LƯU TRỮ
# Điều 12. In, ký và lưu bản in
{{quy định: in, ký và lưu}}
# Điều 13. Niêm phong
Kết thúc năm học, dữ liệu và mọi bản in chính thức được niêm phong trên ổ cứng rời chuyên dụng và đĩa quang, có biên bản, không đặt chung với máy nhập điểm; người lưu giữ bản in và vật mang: {{người lưu giữ}}.
= Chương V
= TỔ CHỨC THỰC HIỆN
# Điều 14. Trách nhiệm thi hành
1. Ban quản lý sổ điểm điện tử hướng dẫn, theo dõi, kiểm tra việc thực hiện Quy chế này.
2. Người vi phạm Quy chế bị xem xét, xử lý theo quy định của pháp luật và của trường.
3. Trong khi thực hiện có vướng mắc, các bộ phận báo cáo hiệu trưởng xem xét, quyết định./.""",
    recipients="",
)
