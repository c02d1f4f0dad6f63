"""Hand-made files that no library here can write: .xls, OLE containers, hostile packages."""

from __future__ import annotations

import io
import struct
import zipfile

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole_file(streams: dict[str, bytes]) -> bytes:
    """A compound file; every stream is padded past the mini-stream limit of 4096 bytes."""
    chains, sectors = [], []
    next_sector = 2
    for content in streams.values():
        padded = content.ljust(4096, b"\0")
        padded += b"\0" * (-len(padded) % SECTOR)
        count = len(padded) // SECTOR
        chains.append((next_sector, count, len(padded)))
        sectors.append(padded)
        next_sector += count
    fat = [FAT, END]
    for start, count, _ in chains:
        fat += [start + n + 1 for n in range(count - 1)] + [END]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    directory = _entry("Root Entry", 5, child=1)
    for number, (name, (start, _, size)) in enumerate(zip(streams, chains, strict=True), 1):
        right = number + 1 if number < len(streams) else FREE
        directory += _entry(name, 2, right=right, start=start, size=size)
    directory = directory.ljust(SECTOR, b"\0")
    header = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 16
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory + b"".join(sectors)


def _entry(name, kind, *, child=FREE, right=FREE, start=0, size=0):
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(raw), kind, 1, FREE, right, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def xls_file(rows, *, name="Lớp 6A", merged=(), password=None) -> bytes:
    """A BIFF8 workbook with one sheet; values are str, int, float, or ("date", serial).

    `password`: 0 for the XOR cipher, 1 for RC4.
    """

    def record(kind, body=b""):
        return struct.pack("<HH", kind, len(body)) + body

    def bof(kind):
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))

    def text(value):
        return struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")

    start = bof(5)
    if password is not None:
        start += record(0x2F, struct.pack("<HHH", password, 0x1234, 0x5678))
    start += record(0x42, struct.pack("<H", 1200))
    start += record(0xE0, struct.pack("<HH", 0, 0) + b"\0" * 16)
    start += record(0xE0, struct.pack("<HH", 0, 14) + b"\0" * 16)
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    offset = len(start) + 4 + 6 + len(title) + 4
    globals_ = start + record(0x85, struct.pack("<IBB", offset, 0, 0) + title) + record(0x0A)
    width = max(len(row) for row in rows)
    sheet = bof(0x10) + record(0x200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                sheet += record(0x204, struct.pack("<HHH", r, c, 0) + text(value))
            else:
                style, number = (1, value[1]) if isinstance(value, tuple) else (0, value)
                sheet += record(0x203, struct.pack("<HHHd", r, c, style, float(number)))
    if merged:
        body = struct.pack("<H", len(merged))
        for first_row, first_column, last_row, last_column in merged:
            body += struct.pack(
                "<4H", first_row - 1, last_row - 1, first_column - 1, last_column - 1
            )
        sheet += record(0xE5, body)
    return ole_file({"Workbook": globals_ + sheet + record(0x0A)})


def package(parts: dict[str, bytes]) -> bytes:
    """A zip of the parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def with_part(workbook: bytes, name: str, content: bytes) -> bytes:
    """A copy of an .xlsx with one part replaced or added."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        parts = {entry: source.read(entry) for entry in source.namelist()}
    return package(parts | {name: content})
