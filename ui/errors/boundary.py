"""Our own faults: each is shown once, written to a report without names or marks, survived."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from app.clock import Clock

_LOG = logging.getLogger("khoaso.faults")
_CRASH_LOG = "crash.log"


class ErrorBoundary(QObject):
    """Takes what nobody caught, from any thread; `show(report path, headline)` is called once."""

    _arrived = Signal(str, str)

    def __init__(
        self, folder: Path, clock: Clock, version: str, show: Callable[[Path | None, str], None]
    ) -> None:
        """`folder` receives reports and crash.log; `show` runs on the window's thread."""
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._version = version
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self._crash_file: TextIO | None = None
        self._hooks = (sys.excepthook, threading.excepthook)
        self._arrived.connect(
            lambda path, headline: show(Path(path) if path else None, headline),
            Qt.ConnectionType.QueuedConnection,
        )

    def install(self) -> Path | None:
        """Take over the hooks; returns the report of a crash of the last session, if any."""
        self._folder.mkdir(parents=True, exist_ok=True)
        crash = self._keep_last_crash()
        self._crash_file = (self._folder / _CRASH_LOG).open("w", encoding="utf-8")
        faulthandler.enable(self._crash_file)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(self._on_qt_message)
        return crash

    def uninstall(self) -> None:
        """Give the hooks back; the end of the program, or of a test."""
        sys.excepthook, threading.excepthook = self._hooks
        qInstallMessageHandler(None)
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None

    def report(self, error: BaseException) -> None:
        """Write a report and show it, unless the same fault was shown already."""
        fingerprint = _fingerprint(error)
        with self._lock:
            if fingerprint in self._seen:
                return
            self._seen.add(fingerprint)
        headline = f"{type(error).__name__} · {fingerprint}"
        _LOG.error("fault %s", headline)
        try:
            path = str(self._write(error, fingerprint))
        except OSError as disk:
            # The disk may be what broke; the person is told all the same, without a report.
            _LOG.error("no report: %s", type(disk).__name__)
            path = ""
        self._arrived.emit(path, headline)

    def _write(self, error: BaseException, fingerprint: str) -> Path:
        now = self._clock.now()
        path = self._folder / f"loi-{now:%Y%m%d-%H%M%S}-{len(self._seen):02d}.txt"
        lines = [
            f"Khóa Sổ {self._version}",
            f"Python {sys.version.split()[0]}, Qt {qVersion()}, {sys.platform}",
            f"{now:%d/%m/%Y %H:%M:%S}",
            fingerprint,
            "",
        ]
        chain: BaseException | None = error
        while chain is not None:
            code = f" [{chain.code}]" if isinstance(chain, AppError) else ""
            lines.append(f"{type(chain).__name__}{code}")
            # Places only: the message and the locals may hold a pupil's name or a mark.
            lines.extend(
                f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(chain.__traceback__)
            )
            chain = chain.__cause__ or chain.__context__
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    def _keep_last_crash(self) -> Path | None:
        path = self._folder / _CRASH_LOG
        if not path.exists() or path.stat().st_size == 0:
            return None
        kept = self._folder / f"crash-{self._clock.now():%Y%m%d-%H%M%S}.log"
        path.replace(kept)
        return kept

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        self.report(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.report(args.exc_value)

    def _on_qt_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            self.report(QtFault(text.split("(")[0][:80]))
        elif kind is QtMsgType.QtWarningMsg:
            _LOG.warning("qt: %s", text)


class QtFault(Exception):
    """A critical message of Qt itself."""


def _fingerprint(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else str(error)
    return f"{type(error).__name__}@{place}"


def _short(filename: str) -> str:
    """The last three parts: enough to find it, nothing about this PC's folders."""
    return "/".join(Path(filename).parts[-3:])
