"""The keyfile's facts, its authentication code, and reading and writing it without half states."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import EnvironmentProblem
from app.vault import PersonEntry
from db.durable_files import replace_file
from db.faults import translated_errors
from db.keys.encoding import canonical, from_base64, to_base64
from db.keys.identity import FORMAT as FORMAT
from db.keys.identity import SUFFIX as SUFFIX
from db.keys.identity import VERSION as VERSION
from db.keys.identity import keyfile_path as keyfile_path
from db.keys.slots import WRAPPED_BYTES, KdfCost, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MAC_INFO: Final = b"khoaso-keyfile-mac-1"

_Old = TypeVar("_Old")
_New = TypeVar("_New")


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the sign-in list with its slot."""

    entry: PersonEntry
    slot: Slot


@dataclass(frozen=True, slots=True)
class Generation:
    """One database key, sealed to everybody who may open the file, and its code over the rest."""

    number: int
    sealed: dict[str, bytes]
    mac: bytes = b""


@dataclass(frozen=True, slots=True)
class Keyfile:
    """Everything the keyfile says.

    `serial` grows with every save. Two generations are present only while the database key is being
    changed.
    """

    database_id: str
    serial: int
    label: dict[str, str]
    people: tuple[Person, ...]
    recovery: Slot
    generations: tuple[Generation, ...]

    def person(self, uid: str) -> Person | None:
        """The line of one account."""
        return next((person for person in self.people if person.entry.uid == uid), None)

    def generation(self, number: int) -> Generation | None:
        """One generation by number."""
        return next((item for item in self.generations if item.number == number), None)


def load(path: Path) -> Keyfile:
    """Read a keyfile; it is not yet authenticated (that needs the database key).

    Raises `EnvironmentProblem`: `keyfile_missing`, `keyfile_newer`, `keyfile_damaged`.
    """
    if not path.exists():
        raise EnvironmentProblem(
            "keyfile_missing",
            f"Không thấy tệp khóa {path.name} trong thư mục {path.parent}. Thiếu tệp khóa thì "
            "không mở được dữ liệu, kể cả khi có mã khôi phục. Nếu vừa đổi tên hay chép tệp dữ "
            "liệu, hãy đổi tên hay chép cả tệp khóa và các tệp cùng tên; nếu không, hãy chép tệp "
            "khóa cùng tên từ bản sao lưu gần nhất.",
            path=path,
        )
    with translated_errors("đọc tệp khóa", path):
        content = path.read_bytes()
    try:
        document = json.loads(content)
        if document["format"] != FORMAT:
            raise ValueError("format")
        version = document["version"]
        if isinstance(version, int) and version > VERSION:
            raise EnvironmentProblem(
                "keyfile_newer",
                f"Tệp khóa {path.name} do phiên bản Khóa Sổ mới hơn ghi (kiểu {version}, bản này "
                f"chỉ biết đến kiểu {VERSION}). Tệp chưa bị thay đổi gì. Hãy cài phiên bản mới rồi "
                "mở lại.",
                path=path,
                found=version,
                supported=VERSION,
            )
        keyfile = _from_document(document)
        if to_bytes(keyfile) != content:
            raise ValueError("not the bytes this program writes")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise EnvironmentProblem(
            "keyfile_damaged",
            f"Tệp khóa {path.name} bị hỏng (thiếu hoặc sai nội dung), không đọc được. Tệp dữ liệu "
            "không bị ảnh hưởng. Hãy giữ lại tệp khóa này để xem xét và chép tệp khóa cùng tên từ "
            "bản sao lưu gần nhất.",
            path=path,
        ) from error
    return keyfile


def save(path: Path, keyfile: Keyfile) -> None:
    """Replace the keyfile durably; the old one stays whole until the new one is."""
    with translated_errors("ghi tệp khóa", path):
        replace_file(path, to_bytes(keyfile))


def sealed_by(keyfile: Keyfile, keys: Mapping[int, bytes]) -> Keyfile:
    """The keyfile with a fresh code on each generation; `keys` maps number to database key."""
    generations = tuple(
        replace(item, mac=_mac(keyfile, item, keys[item.number])) for item in keyfile.generations
    )
    return replace(keyfile, generations=generations)


def check_mac(path: Path, keyfile: Keyfile, number: int, database_key: bytes) -> None:
    """Raise `keyfile_forged` when anything in the keyfile was changed without the database key."""
    generation = keyfile.generation(number)
    if generation is None or not hmac.compare_digest(
        _mac(keyfile, generation, database_key), generation.mac
    ):
        raise forged(path)


def forged(path: Path) -> EnvironmentProblem:
    """The refusal of a keyfile that somebody changed from outside."""
    return EnvironmentProblem(
        "keyfile_forged",
        f"Tệp khóa {path.name} đã bị sửa từ bên ngoài chương trình (tên người, khóa công khai hoặc "
        "tham số không khớp dấu xác thực), nên không ai được mở bằng tệp này. Hãy giữ lại tệp để "
        "xem xét, báo hiệu trưởng, và chép tệp khóa cùng tên từ bản sao lưu gần nhất.",
        path=path,
    )


def put_back(path: Path, newest: int) -> EnvironmentProblem:
    """The refusal of an older keyfile that took the place of the newest in the running session."""
    return EnvironmentProblem(
        "keyfile_put_back",
        f"Tệp khóa {path.name} đã bị thay bằng bản cũ hơn trong lúc sổ đang mở: mật khẩu đã bỏ có "
        "thể lại dùng được, nên việc này chưa được làm. Hãy báo hiệu trưởng, trả lại tệp khóa mới "
        "nhất; hoặc đóng chương trình và đăng nhập lại để việc này được ghi vào nhật ký.",
        path=path,
        newest=newest,
    )


def to_bytes(keyfile: Keyfile) -> bytes:
    """The file's content: readable JSON, one value a line, always the same for the same facts."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        **_authenticated(keyfile),
        "generations": [
            {
                "number": item.number,
                "sealed": _map(item.sealed, to_base64),
                "mac": to_base64(item.mac),
            }
            for item in keyfile.generations
        ],
    }
    text = json.dumps(document, sort_keys=True, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"


def _mac(keyfile: Keyfile, generation: Generation, database_key: bytes) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_MAC_INFO).derive(database_key)
    facts = [
        FORMAT,
        VERSION,
        _authenticated(keyfile),
        generation.number,
        _map(generation.sealed, to_base64),
    ]
    return hmac.digest(key, canonical(facts), "sha256")


def _authenticated(keyfile: Keyfile) -> dict[str, object]:
    return {
        "database_id": keyfile.database_id,
        "serial": keyfile.serial,
        "label": keyfile.label,
        "people": [
            {
                "display_name": person.entry.display_name,
                "department": person.entry.department,
                "note": person.entry.note,
                "active": person.entry.active,
                "slot": _slot_document(person.slot),
            }
            for person in keyfile.people
        ],
        "recovery": _slot_document(keyfile.recovery),
    }


def _slot_document(slot: Slot) -> dict[str, object]:
    return {
        "uid": slot.uid,
        "kdf": {
            "name": "argon2id",
            "t": slot.cost.iterations,
            "p": slot.cost.lanes,
            "m_kib": slot.cost.memory_kib,
        },
        "salt": to_base64(slot.salt),
        "sealing_public": to_base64(slot.sealing_public),
        "signing_public": to_base64(slot.signing_public),
        "wrapped": to_base64(slot.wrapped),
    }


def _from_document(document: dict[str, Any]) -> Keyfile:
    keyfile = Keyfile(
        database_id=_text(document["database_id"]),
        serial=_whole(document["serial"]),
        label=_map(document["label"], _text),
        people=tuple(_person(item) for item in document["people"]),
        recovery=_slot(document["recovery"]),
        generations=tuple(
            Generation(
                _whole(item["number"]), _map(item["sealed"], from_base64), from_base64(item["mac"])
            )
            for item in document["generations"]
        ),
    )
    uids = [person.entry.uid for person in keyfile.people]
    if not keyfile.generations or len(set(uids)) != len(uids):
        raise ValueError("no generation, or an account twice")
    return keyfile


def _person(item: dict[str, Any]) -> Person:
    slot = _slot(item["slot"])
    if not isinstance(item["active"], bool):
        raise ValueError("active")
    return Person(
        PersonEntry(
            slot.uid,
            _text(item["display_name"]),
            _text(item["department"]),
            _text(item["note"]),
            item["active"],
        ),
        slot,
    )


def _slot(item: dict[str, Any]) -> Slot:
    kdf = item["kdf"]
    if kdf["name"] != "argon2id":
        raise ValueError("kdf")
    slot = Slot(
        _text(item["uid"]),
        KdfCost(_whole(kdf["t"]), _whole(kdf["p"]), _whole(kdf["m_kib"])),
        from_base64(item["salt"]),
        from_base64(item["sealing_public"]),
        from_base64(item["signing_public"]),
        from_base64(item["wrapped"]),
    )
    parts = (slot.salt, slot.sealing_public, slot.signing_public, slot.wrapped)
    if [len(part) for part in parts] != [16, 32, 32, WRAPPED_BYTES]:
        raise ValueError("slot sizes")
    return slot


def _map(mapping: Mapping[str, _Old], change: Callable[[_Old], _New]) -> dict[str, _New]:
    return {key: change(value) for key, value in mapping.items()}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("text expected")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("whole number expected")
    return value
