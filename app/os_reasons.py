"""Why the operating system refused a file, in Vietnamese: its own texts are English."""

from __future__ import annotations

import errno

_BY_ERRNO = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền, hoặc tệp đang mở ở chương trình khác",
    errno.EPERM: "không có quyền",
    errno.EEXIST: "đã có tệp hoặc thư mục cùng tên",
    errno.ENOTDIR: "trên đường dẫn có tên không phải thư mục",
    errno.EISDIR: "đây là thư mục, không phải tệp",
    errno.ENOTEMPTY: "thư mục chưa trống",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EFBIG: "tệp lớn hơn mức ổ đĩa nhận",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.EIO: "ổ đĩa đọc, ghi bị lỗi",
    errno.ENXIO: "ổ đĩa không còn nối với máy",
    errno.ENODEV: "ổ đĩa không còn nối với máy",
    errno.EBUSY: "tệp hoặc ổ đĩa đang bận",
    errno.EMFILE: "máy đang mở quá nhiều tệp",
    errno.ENFILE: "máy đang mở quá nhiều tệp",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EXDEV: "hai nơi nằm trên hai ổ đĩa khác nhau",
    errno.EINVAL: "tên hoặc vị trí không hợp lệ",
    errno.ETIMEDOUT: "ổ đĩa không trả lời",
}
_BY_WINERROR = {
    19: "ổ đĩa chống ghi",
    21: "ổ đĩa chưa sẵn sàng",
    32: "tệp đang mở ở chương trình khác",
    33: "tệp đang mở ở chương trình khác",
    39: "ổ đĩa đã đầy",
    112: "ổ đĩa đã đầy",
    1117: "ổ đĩa đọc, ghi bị lỗi",
    1167: "ổ đĩa không còn nối với máy",
}
"""Windows numbers that its C library folds into one errno."""


def reason_of(error: OSError) -> str:
    """A few words without full stop, to stand in brackets; the number for what is not known."""
    exact = _BY_WINERROR.get(getattr(error, "winerror", None) or 0)
    if exact is not None:
        return exact
    if error.errno is None:
        return "máy không nói vì sao"
    return _BY_ERRNO.get(error.errno, f"lỗi số {error.errno} của máy")
