"""The Windows calls behind `drives_windows.WindowsCalls`, by ctypes; decides nothing.

Written from Microsoft's documentation; has never run on a Windows machine.
"""

from __future__ import annotations

import sys

from exports.seal.drives_windows import DiskAnswer, VolumeAnswer

if sys.platform == "win32":
    import ctypes
    import struct
    from ctypes import wintypes

    _IOCTL_DISK_EXTENTS = 0x00560000
    _IOCTL_QUERY_PROPERTY = 0x002D1400
    _SHARE_ALL = 0x7
    _OPEN_EXISTING = 3
    _INVALID_HANDLE = ctypes.c_void_p(-1).value
    _NAME_LENGTH = 261

    class Kernel32:
        """`WindowsCalls` as kernel32.dll answers; device handles ask for no access right."""

        def __init__(self) -> None:
            self._dll = ctypes.WinDLL("kernel32", use_last_error=True)
            self._dll.CreateFileW.restype = wintypes.HANDLE
            self._dll.CreateFileW.argtypes = [
                wintypes.LPCWSTR,
                wintypes.DWORD,
                wintypes.DWORD,
                wintypes.LPVOID,
                wintypes.DWORD,
                wintypes.DWORD,
                wintypes.HANDLE,
            ]
            self._dll.DeviceIoControl.argtypes = [
                wintypes.HANDLE,
                wintypes.DWORD,
                wintypes.LPVOID,
                wintypes.DWORD,
                wintypes.LPVOID,
                wintypes.DWORD,
                ctypes.POINTER(wintypes.DWORD),
                wintypes.LPVOID,
            ]
            self._dll.CloseHandle.argtypes = [wintypes.HANDLE]

        def roots(self) -> list[str]:
            """GetLogicalDrives."""
            letters = self._dll.GetLogicalDrives()
            return [f"{chr(ord('A') + n)}:\\" for n in range(26) if letters & (1 << n)]

        def root_of(self, path: str) -> str:
            """GetVolumePathNameW, for a path that exists."""
            if self._dll.GetFileAttributesW(ctypes.c_wchar_p(path)) == -1:
                raise ctypes.WinError(ctypes.get_last_error())
            name = ctypes.create_unicode_buffer(_NAME_LENGTH)
            self._hold(self._dll.GetVolumePathNameW(ctypes.c_wchar_p(path), name, _NAME_LENGTH))
            return name.value

        def drive_type(self, root: str) -> int:
            """GetDriveTypeW."""
            return int(self._dll.GetDriveTypeW(ctypes.c_wchar_p(root)))

        def volume(self, root: str) -> VolumeAnswer:
            """GetVolumeInformationW."""
            label = ctypes.create_unicode_buffer(_NAME_LENGTH)
            kind = ctypes.create_unicode_buffer(_NAME_LENGTH)
            serial, longest, flags = wintypes.DWORD(), wintypes.DWORD(), wintypes.DWORD()
            self._hold(
                self._dll.GetVolumeInformationW(
                    ctypes.c_wchar_p(root),
                    label,
                    _NAME_LENGTH,
                    ctypes.byref(serial),
                    ctypes.byref(longest),
                    ctypes.byref(flags),
                    kind,
                    _NAME_LENGTH,
                )
            )
            return VolumeAnswer(label.value, serial.value, kind.value, flags.value)

        def space(self, root: str) -> tuple[int, int]:
            """GetDiskFreeSpaceExW."""
            free, total = ctypes.c_ulonglong(), ctypes.c_ulonglong()
            self._hold(
                self._dll.GetDiskFreeSpaceExW(
                    ctypes.c_wchar_p(root), ctypes.byref(free), ctypes.byref(total), None
                )
            )
            return total.value, free.value

        def disks(self, root: str) -> tuple[int, ...]:
            """IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS: count, padding, then 24 bytes an extent."""
            answer = self._ask(
                f"\\\\.\\{root.rstrip(chr(92))}", _IOCTL_DISK_EXTENTS, b"", 8 + 24 * 32
            )
            count = struct.unpack_from("<L", answer)[0]
            return tuple(struct.unpack_from("<L", answer, 8 + 24 * n)[0] for n in range(count))

        def disk(self, number: int) -> DiskAnswer:
            """IOCTL_STORAGE_QUERY_PROPERTY, StorageDeviceProperty: STORAGE_DEVICE_DESCRIPTOR."""
            query = struct.pack("<LL4x", 0, 0)
            answer = self._ask(f"\\\\.\\PhysicalDrive{number}", _IOCTL_QUERY_PROPERTY, query, 4096)
            serial_at, bus = struct.unpack_from("<LL", answer, 24)
            serial = answer[serial_at:].split(b"\0", 1)[0] if serial_at else b""
            return DiskAnswer(bus, bool(answer[10]), serial.decode("ascii", "replace"))

        def _ask(self, device: str, code: int, question: bytes, room: int) -> bytes:
            handle = self._dll.CreateFileW(device, 0, _SHARE_ALL, None, _OPEN_EXISTING, 0, None)
            if handle == _INVALID_HANDLE:
                raise ctypes.WinError(ctypes.get_last_error())
            try:
                answer = ctypes.create_string_buffer(room)
                length = wintypes.DWORD()
                self._hold(
                    self._dll.DeviceIoControl(
                        handle,
                        code,
                        question or None,
                        len(question),
                        answer,
                        room,
                        ctypes.byref(length),
                        None,
                    )
                )
                return answer.raw
            finally:
                self._dll.CloseHandle(handle)

        @staticmethod
        def _hold(answer: int) -> None:
            """Raise what Windows says about a call that answered 0."""
            if not answer:
                raise ctypes.WinError(ctypes.get_last_error())
