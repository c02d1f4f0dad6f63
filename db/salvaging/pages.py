"""The pages of an encrypted file, each proved by its own code; damaged ones are named, not read.

SQLCipher 4: 4096-byte pages that end in a 16-byte IV and an HMAC-SHA512 over cipher text, IV and
page number; page 1 begins with the salt. The engine refuses a whole connection after one bad page,
so salvage opens pages by itself. Nothing decrypted ever touches a disk.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

PAGE: Final = 4096
_IV, _MAC = 16, 64
_RESERVE: Final = _IV + _MAC
USABLE: Final = PAGE - _RESERVE
"""Bytes of a page that carry content."""
_SALT: Final = 16
_SALT_MASK: Final = 0x3A
_PLAIN_HEADER: Final = b"SQLite format 3\x00"
_WAL_HEADER, _FRAME_HEADER = 32, 24
_WAL_MAGICS: Final = {0x377F0682: "<", 0x377F0683: ">"}


class Pages:
    """Decrypted pages of the file at `path` with its log laid over; 1 is the first.

    A page that cannot be read or proved is None and its number is kept in `damaged`. `log_cut` says
    that the log has frames behind a damaged place, which nobody can use.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.damaged: set[int] = set()
        self.log_cut = False
        self._key = key
        self._file = path.open("rb")
        self._log: BinaryIO | None = None
        self._frames: dict[int, int] = {}
        self.count = -(-path.stat().st_size // PAGE)
        salt = self._read(self._file, 0, PAGE)[:_SALT].ljust(_SALT, b"\x00")
        mask = bytes(byte ^ _SALT_MASK for byte in salt)
        self._mac_key = hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)
        log = path.with_name(path.name + "-wal")
        if log.exists() and log.stat().st_size > _WAL_HEADER:
            self._log = log.open("rb")
            self._read_log()

    def close(self) -> None:
        """Let the files go."""
        self._file.close()
        if self._log is not None:
            self._log.close()

    def page(self, number: int) -> bytes | None:
        """One decrypted page, PAGE bytes; None when damaged."""
        if not 1 <= number <= self.count:
            return None
        place = self._frames.get(number)
        if place is not None and self._log is not None:
            raw = self._read(self._log, place, PAGE)
        else:
            raw = self._read(self._file, (number - 1) * PAGE, PAGE)
        found = self._opened(number, raw)
        if found is None:
            self.damaged.add(number)
        return found

    def _opened(self, number: int, raw: bytes) -> bytes | None:
        if len(raw) != PAGE:
            return None
        start = _SALT if number == 1 else 0
        body, iv = raw[start:USABLE], raw[USABLE : USABLE + _IV]
        code = hmac.new(self._mac_key, body + iv + struct.pack("<I", number), hashlib.sha512)
        if not hmac.compare_digest(code.digest(), raw[USABLE + _IV :]):
            return None
        reader = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
        plain = reader.update(body) + reader.finalize()
        return (_PLAIN_HEADER if number == 1 else b"") + plain + raw[USABLE:]

    def _read_log(self) -> None:
        """Which frames count: as the engine does, up to the last whole commit before any damage."""
        if self._log is None:
            return
        header = self._read(self._log, 0, _WAL_HEADER)
        if len(header) < _WAL_HEADER or struct.unpack(">I", header[:4])[0] not in _WAL_MAGICS:
            self.log_cut = True
            return
        order = _WAL_MAGICS[struct.unpack(">I", header[:4])[0]]
        salts = header[16:24]
        if struct.pack(">II", *_checksum(order, header[:24], (0, 0))) != header[24:32]:
            self.log_cut = True
            return
        sums = struct.unpack(">II", header[24:32])
        pending: dict[int, int] = {}
        at = _WAL_HEADER
        while True:
            frame = self._read(self._log, at, _FRAME_HEADER + PAGE)
            if len(frame) < _FRAME_HEADER + PAGE or frame[8:16] != salts:
                break
            sums = _checksum(order, frame[:8] + frame[_FRAME_HEADER:], sums)
            if struct.pack(">II", *sums) != frame[16:24]:
                self.log_cut = True
                return
            number, size = struct.unpack(">II", frame[:8])
            pending[number] = at + _FRAME_HEADER
            at += len(frame)
            if size:
                self._frames.update(pending)
                pending.clear()
                self.count = size

    def _read(self, file: BinaryIO, at: int, size: int) -> bytes:
        try:
            file.seek(at)
            return file.read(size)
        except OSError:
            # A sector the disk no longer gives: damaged like a changed one.
            return b""


def _checksum(order: str, data: bytes, start: tuple[int, int]) -> tuple[int, int]:
    """SQLite's log checksum of `data`, a multiple of eight bytes."""
    one, two = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for at in range(0, len(words), 2):
        one = (one + words[at] + two) & 0xFFFFFFFF
        two = (two + words[at + 1] + one) & 0xFFFFFFFF
    return one, two
