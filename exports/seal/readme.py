"""DOC-TRUOC.txt and bag-info.txt: what a stranger with the medium and no program reads first."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.errors import RuleRefused
from app.media import DriveFacts, DriveSource, ReadmeFacts
from app.text import clean
from exports.seal import verifier

README_NAME = "DOC-TRUOC.txt"
BAG_FORMAT = "2"
"""1: without parity; 2: with phuc-hoi/."""
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9-]*")

_TEXT = """\
KHO LƯU TRỮ SỔ ĐIỂM ĐÃ NIÊM PHONG
{demo}
Trường: {school}
Năm học: {year}
Niêm phong lúc: {sealed}
Gói: {bag} ({files} tệp, {size} byte dữ liệu)

1. ĐÂY LÀ GÌ
Gói này chứa sổ sách của trường đúng như đã in và ký. Đọc được KHÔNG cần phần mềm nào của trường:
bản in là PDF, bảng tính là XLSX, số liệu là CSV (UTF-8, ngăn cách bằng dấu chấm phẩy). Tất cả nằm
trong thư mục data:
{contents}
Không mở rồi lưu lại, không đổi tên, không thêm tệp vào gói: mọi thay đổi đều làm gói bị coi là
hỏng. Muốn làm việc với tệp nào thì chép tệp ấy ra chỗ khác. Không đưa lên trang thông tin điện tử.

Số liệu của nhiều năm, nhiều ổ, nhiều trường đọc chung bằng một dòng, thí dụ với DuckDB (miễn phí,
một tệp, không cần máy chủ; các ổ cắm ở E:, F: hoặc chép vào một thư mục):

  SELECT truong, nam_hoc, lop, mon, avg(diem) FROM read_csv('E:/*/data/lop-*/du-lieu/diem.csv',
  delim=';', header=true, decimal_separator=',', types={{'diem':'DECIMAL(4,1)'}}) GROUP BY ALL;

data/datapackage.json nói cột nào là gì.

2. VÂN TAY KHÓA
{fingerprint}
Vân tay này phải giống từng chữ số với vân tay in trong {kept_in}.
Giống mới là gói của trường; khóa nằm trong gói tự nó không chứng minh được điều đó.

3. KIỂM TRA TRÊN WINDOWS (không cài gì thêm)
Mở PowerShell, chuyển vào thư mục của gói (thay E: bằng ổ đang dùng) rồi dán từng đoạn:

  cd 'E:\\{bag}'

  foreach ($list in 'manifest-sha256.txt', 'tagmanifest-sha256.txt') {{
    foreach ($line in Get-Content $list -Encoding UTF8) {{
      $want, $file = $line -split '  ', 2
      if (-not (Test-Path -LiteralPath $file)) {{ "THIEU: $file"; continue }}
      if ((Get-FileHash -LiteralPath $file -Algorithm SHA256).Hash -ne $want) {{ "SAI: $file" }}
    }}
  }}

  (Get-ChildItem data -Recurse -File).Count

Đoạn thứ hai không in ra dòng nào là đúng; mỗi dòng SAI hay THIEU nêu tên một tệp hỏng hoặc mất.
Đoạn thứ ba phải in ra {files}. Tính vân tay của khóa trong gói để so với mục 2:

  $key = [Convert]::FromBase64String((Get-Content khoa-cong-khai.pem)[1])[12..43]
  $sha = [Security.Cryptography.SHA256]::Create()
  [BitConverter]::ToString($sha.ComputeHash([byte[]]$key)) -replace '-', ''

Máy có Python 3 thì một lệnh kiểm tất cả, kể cả chữ ký và tệp lạ:

  py -I KIEM-TRA.py

4. KIỂM TRA TRÊN LINUX
Chuyển vào thư mục của gói rồi chạy từng lệnh; không in ra dòng nào sai là đúng:

  sha256sum --quiet -c manifest-sha256.txt && sha256sum --quiet -c tagmanifest-sha256.txt
  sha512sum --quiet -c manifest-sha512.txt && sha512sum --quiet -c tagmanifest-sha512.txt
  openssl pkeyutl -verify -pubin -inkey khoa-cong-khai.pem -rawin \\
    -in tagmanifest-sha512.txt -sigfile tagmanifest-sha512.txt.sig
  openssl pkey -pubin -in khoa-cong-khai.pem -outform DER | tail -c 32 | sha256sum
  python3 -I KIEM-TRA.py

Lệnh openssl cuối in ra vân tay để so với mục 2.

5. KIEM-TRA.py
Là chương trình kiểm tra đi kèm, chỉ cần Python 3.7 trở lên. Ai cố ý sửa gói cũng có thể sửa cả tệp
này; khi có nghi ngờ hãy dùng bản KIEM-TRA.py lấy từ một gói khác hoặc từ phần mềm Khóa Sổ:

  python3 -I KIEM-TRA.py ĐƯỜNG_DẪN_TỚI_GÓI --fingerprint VÂN_TAY_TRONG_BIÊN_BẢN

Kết quả: 0 nguyên vẹn; 1 hỏng, giả, thiếu hoặc thừa tệp (nêu tên); 2 không có gì để kiểm tra.

6. KHI GÓI BỊ HỎNG
Thư mục phuc-hoi giữ phần dự phòng (một phần mười dung lượng). Không sửa gì trong gói hỏng; hãy dựng
lại một bản lành ở thư mục mới trên máy tính, rồi kiểm tra bản ấy như mục 5:

  python3 -I PHUC-HOI.py THƯ_MỤC_MỚI
  python3 -I PHUC-HOI.py THƯ_MỤC_MỚI --with ĐƯỜNG_DẪN_TỚI_BẢN_NIÊM_PHONG_KHÁC

Dòng thứ hai dùng khi hỏng quá nhiều và còn một bản niêm phong khác của cùng năm học.

7. CÁCH LÀM
Gói theo chuẩn BagIt 1.0 (RFC 8493): manifest-*.txt ghi mã băm của từng tệp trong data,
tagmanifest-*.txt ghi mã băm của các tệp còn lại, tagmanifest-sha512.txt.sig là chữ ký Ed25519
(RFC 8032) của người quyết định niêm phong trên tagmanifest-sha512.txt.

phuc-hoi/chi-muc.txt liệt kê các tệp được bảo vệ (dòng F: số byte, tên) theo thứ tự nối thành một
dòng byte, rồi 32 chữ số đầu của SHA-256 từng khối dữ liệu (dòng D) và khối dự phòng (dòng P). Dòng
byte chia thành dải, mỗi dải 40 cột bằng nhau; 4 cột dự phòng tính trên GF(256), đa thức 11d, bằng
ma trận Cauchy 1/((40+hàng) xor cột) nhân (40 xor cột). PHUC-HOI.py ghi đủ cách tính.
"""

_DEMO = """
*** GÓI CHẠY THỬ (Source: demo): không phải hồ sơ của trường. ***
"""


def readme_text(
    bag: str, facts: ReadmeFacts, files: int, size: int, key_fingerprint: str, demo: bool
) -> bytes:
    """UTF-8 with a byte order mark and CRLF, so that every Notepad shows it right."""
    contents = "".join(f"  data/{clean(where)}: {clean(what)}\n" for where, what in facts.contents)
    text = _TEXT.format(
        demo=_DEMO if demo else "",
        school=clean(facts.school),
        year=clean(facts.school_year),
        sealed=facts.sealed_at.strftime("%H:%M ngày %d/%m/%Y"),
        bag=bag,
        files=files,
        size=f"{size:,}".replace(",", "."),
        contents=contents,
        fingerprint=verifier.grouped(key_fingerprint),
        kept_in=clean(facts.fingerprint_kept_in),
    )
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def bag_info(
    bag: str,
    facts: ReadmeFacts,
    extra: Mapping[str, str],
    drive: DriveFacts,
    files: int,
    size: int,
    key_fingerprint: str,
) -> bytes:
    """bag-info.txt: RFC 8493 labels first, then ours, then the caller's `extra`.

    RuleRefused `bad_info` for a label that is ours or malformed, or an empty value.
    """
    lines = {
        "Source-Organization": clean(facts.school),
        "External-Identifier": bag,
        "Bagging-Date": facts.sealed_at.strftime("%Y-%m-%d"),
        "Payload-Oxum": f"{size}.{files}",
        "Bag-Software-Agent": "Khóa Sổ",
        verifier.FORMAT_LABEL: BAG_FORMAT,
        "School": clean(facts.school),
        "School-Year": clean(facts.school_year),
        "Sealed-At": facts.sealed_at.isoformat(timespec="seconds"),
        "Key-Fingerprint-SHA256": key_fingerprint,
        "Medium-Label": clean(drive.label),
        "Medium-Serial": clean(drive.serial),
        "Source": "demo" if drive.source is DriveSource.DEMO else "",
    }
    reserved = {label.lower() for label in lines}
    for label, value in extra.items():
        if not _LABEL.fullmatch(label) or label.lower() in reserved or not clean(value):
            raise RuleRefused(
                "bad_info",
                f"Dòng “{label}” không ghi được vào bag-info.txt: tên dòng chỉ gồm chữ không dấu, "
                "chữ số và gạch nối, khác các dòng chương trình tự ghi, và phải có nội dung.",
                label=label,
            )
        lines[label] = clean(value)
    return "".join(f"{label}: {value}\n" for label, value in lines.items() if value).encode()
