"""The encrypted file: guarded SQLCipher connections, the engine above them, and its checks."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from app.errors import EnvironmentProblem
from db.faults import key_or_file_wrong, translated_errors

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

APPLICATION_ID: Final = 0x4B534F31
"""`PRAGMA application_id` of every file of this program ("KSO1")."""

KEY_BYTES: Final = 32
_PLAIN_HEADER: Final = b"SQLite format 3\x00"
_BUSY_MS: Final = 5000


class Access(Enum):
    """How a connection opens the file."""

    READ_WRITE = "rw"
    READ_ONLY = "ro"
    CREATE = "rwc"


def connect(
    path: Path, key: bytes, *, access: Access = Access.READ_WRITE, foreign_keys: bool = True
) -> Any:
    """One raw connection that is certainly encrypted, or an `EnvironmentProblem`.

    `key` is the raw 256-bit key. Opening never creates a file unless `access` is CREATE, which in
    turn refuses an existing one. READ_ONLY leaves the journal mode alone and
    changes no byte of the file.
    """
    _check_before_open(path, key, access)
    with translated_errors("mở tệp dữ liệu", path):
        connection = sqlcipher.connect(
            f"{path.resolve().as_uri()}?mode={access.value}",
            uri=True,
            timeout=_BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
        )
    try:
        with translated_errors("mở tệp dữ liệu", path):
            _apply_key(connection, path, key)
            _apply_settings(connection, access, foreign_keys=foreign_keys)
            _check_identity(connection, path, access)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_before_open(path: Path, key: bytes, access: Access) -> None:
    # A shorter x'..' literal would silently be taken as a passphrase.
    if len(key) != KEY_BYTES:
        raise ValueError(f"a database key has {KEY_BYTES} bytes, not {len(key)}")
    with translated_errors("mở tệp dữ liệu", path):
        exists = path.exists()
        size = path.stat().st_size if exists else 0
        head = b""
        if size:
            with path.open("rb") as file:
                head = file.read(len(_PLAIN_HEADER))
    if access is Access.CREATE:
        if exists:
            raise EnvironmentProblem(
                "database_exists",
                f"Đã có tệp {path.name} trong thư mục {path.parent}, nên không tạo tệp mới đè lên. "
                "Hãy chọn tên khác hoặc mở tệp đã có.",
                path=path,
            )
        return
    if not exists:
        raise EnvironmentProblem(
            "database_missing",
            f"Không thấy tệp dữ liệu {path.name} trong thư mục {path.parent}: tệp đã bị chuyển, "
            "đổi tên hoặc xóa. Hãy tìm lại tệp, hoặc khôi phục từ bản sao lưu gần nhất.",
            path=path,
        )
    if not size:
        # SQLite would take an empty file for a new database and start over without a word.
        raise EnvironmentProblem(
            "database_empty",
            f"Tệp dữ liệu {path.name} rỗng (0 byte), không còn nội dung để mở. "
            "Hãy khôi phục từ bản sao lưu gần nhất.",
            path=path,
        )
    if head == _PLAIN_HEADER:
        raise EnvironmentProblem(
            "database_not_encrypted",
            f"Tệp {path.name} là cơ sở dữ liệu không mã hóa, không phải tệp của Khóa Sổ, nên "
            "chương trình không mở. Hãy chọn đúng tệp .khoaso của trường.",
            path=path,
        )


def _apply_key(connection: Any, path: Path, key: bytes) -> None:
    # The key must be the first statement; stdlib-like builds ignore it and write plain text.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    if connection.execute("PRAGMA cipher_version").fetchone() is None:
        raise EnvironmentProblem(
            "cipher_missing",
            "Bản cài Khóa Sổ này thiếu phần mã hóa (SQLCipher), nên không mở tệp để tránh ghi dữ "
            "liệu không mã hóa. Hãy cài lại chương trình từ đĩa cài gốc.",
        )
    connection.execute("PRAGMA cipher_log_level = NONE")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlcipher.SQLITE_NOTADB:
            raise key_or_file_wrong(path) from error
        raise


def _apply_settings(connection: Any, access: Access, *, foreign_keys: bool) -> None:
    settings = [
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
        "recursive_triggers = ON",
        f"busy_timeout = {_BUSY_MS}",
        "cache_size = -32000",
        "temp_store = MEMORY",
        "trusted_schema = OFF",
    ]
    if access is not Access.READ_ONLY:
        # FULL, not NORMAL: in WAL, NORMAL loses acknowledged commits at a power cut.
        settings[:0] = ["journal_mode = WAL", "synchronous = FULL"]
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")


def _check_identity(connection: Any, path: Path, access: Access) -> None:
    if access is Access.CREATE:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        return
    (found,) = connection.execute("PRAGMA application_id").fetchone()
    if found != APPLICATION_ID:
        raise EnvironmentProblem(
            "not_a_record_book",
            f"Tệp {path.name} mở được nhưng không phải sổ của Khóa Sổ. "
            "Hãy chọn đúng tệp .khoaso của trường.",
            path=path,
            application_id=found,
        )


def create_database(path: Path, key: bytes) -> None:
    """Make an empty encrypted file (schema number 0); refuses to overwrite."""
    connect(path, key, access=Access.CREATE).close()


def key_opens(path: Path, key: bytes) -> bool:
    """Whether `key` is the file's key; other faults (missing, locked, disk) are raised."""
    try:
        connect(path, key).close()
    except EnvironmentProblem as problem:
        if problem.code == "key_or_file_wrong":
            return False
        raise
    return True


def make_engine(path: Path, key: bytes, *, foreign_keys: bool = True) -> Engine:
    """An engine whose transactions begin explicitly.

    SELECTs run in a deferred BEGIN; writers use `Database.writer`, because a deferred transaction
    that reads and then writes fails at once when another writer came between.
    """
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, foreign_keys=foreign_keys),
        # Always named: the default pool of an URL without a file is one for memory databases.
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=2,
        # Last in, first out: a lane gets back the connection whose page cache is warm.
        pool_use_lifo=True,
        # The text of a database error must not carry a pupil's name or a mark.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        how = connection.get_execution_options().get("sqlite_begin", "BEGIN")
        connection.exec_driver_sql(how)

    return engine


_FOUND_WORDS = {
    "cipher_integrity_check": "trang không khớp mã xác thực",
    "integrity_check": "chỗ sai trong cấu trúc tệp",
    "quick_check": "chỗ sai trong cấu trúc tệp",
    "foreign_key_check": "dòng trỏ tới dòng không còn",
}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """Findings of an integrity check, empty when the file is sound.

    They begin with the name of their PRAGMA, in the English of the engine; `words` is for people.
    """

    findings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Nothing found."""
        return not self.findings

    @property
    def words(self) -> str:
        """What was found, counted: "2 trang không khớp mã xác thực"."""
        found = Counter(finding.split(":")[0] for finding in self.findings)
        return ", ".join(f"{n} {_FOUND_WORDS.get(what, what)}" for what, n in found.items())


class Database:
    """One open encrypted file: its engine, its writer, its checks and its clean end."""

    def __init__(self, path: Path, key: bytes, *, foreign_keys: bool = True) -> None:
        """Open lazily; the first connection proves key and file."""
        self.path = path
        self._key = key
        self.engine = make_engine(path, key, foreign_keys=foreign_keys)
        self.writer = self.engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @property
    def key(self) -> bytes:
        """Raw 256-bit key, for backups and migrations of this very file."""
        return self._key

    def schema_number(self) -> int:
        """`PRAGMA user_version`: 0 in a new file, else the number of its newest migration."""
        with closing(connect(self.path, self._key)) as connection:
            return schema_number(connection)

    def refuse_newer(self, supported: int) -> None:
        """Raise `EnvironmentProblem("newer_schema")` for a file of a newer program."""
        found = self.schema_number()
        if found > supported:
            raise newer_schema(self.path, found, supported)

    def quick_check(self) -> CheckResult:
        """`PRAGMA quick_check` on a connection of its own; fit for every start."""
        with closing(connect(self.path, self._key)) as connection:
            return _run_checks(connection, "quick_check")

    def full_check(self) -> CheckResult:
        """Every page's authentication code, b-trees, indexes and foreign keys.

        The write-ahead log is folded in first: `cipher_integrity_check` reads the main file only
        and would raise false alarms. A busy reader makes that impossible and is raised as
        `database_busy`.
        """
        with closing(connect(self.path, self._key)) as connection:
            with translated_errors("kiểm tra tệp dữ liệu", self.path):
                truncated = truncate_log(connection)
            if not truncated:
                raise EnvironmentProblem(
                    "database_busy",
                    f"Chưa kiểm tra được tệp {self.path.name} vì một việc khác đang đọc hoặc ghi "
                    "tệp. Hãy đợi việc ấy xong rồi kiểm tra lại; dữ liệu không bị ảnh hưởng.",
                    path=self.path,
                )
            return full_check(connection)

    def close(self) -> bool:
        """Fold the write-ahead log into the file and drop every connection.

        False when another connection still held the log: nothing is lost, but the `-wal` file then
        still belongs to the database.
        """
        self.engine.dispose()
        with (
            translated_errors("đóng tệp dữ liệu", self.path),
            closing(connect(self.path, self._key)) as connection,
        ):
            return truncate_log(connection)


def schema_number(connection: Any) -> int:
    """`PRAGMA user_version` of a raw connection."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def newer_schema(path: Path, found: int, supported: int) -> EnvironmentProblem:
    """The refusal of a file written by a newer program."""
    return EnvironmentProblem(
        "newer_schema",
        f"Tệp {path.name} do phiên bản Khóa Sổ mới hơn ghi (cấu trúc số {found}, bản này chỉ biết "
        f"đến số {supported}). Tệp chưa bị thay đổi gì. Hãy cài phiên bản mới rồi mở lại.",
        path=path,
        found=found,
        supported=supported,
    )


def truncate_log(connection: Any) -> bool:
    """`wal_checkpoint(TRUNCATE)`; True when the log is empty afterwards."""
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def full_check(connection: Any) -> CheckResult:
    """Authentication codes, integrity and foreign keys of what a raw connection has open."""
    return _run_checks(connection, "cipher_integrity_check", "integrity_check", "foreign_key_check")


def _run_checks(connection: Any, *pragmas: str) -> CheckResult:
    findings: list[str] = []
    for pragma in pragmas:
        try:
            rows = connection.execute(f"PRAGMA {pragma}").fetchall()
        except sqlcipher.DatabaseError as error:
            # A page that fails its code poisons the connection: what follows would not be true.
            findings.append(f"{pragma}: {error}")
            break
        findings += [
            f"{pragma}: {', '.join(str(part) for part in row)}" for row in rows if row != ("ok",)
        ]
    return CheckResult(tuple(findings))
