"""The words of the command line: a call that is wrong is refused in one Vietnamese sentence."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

WRONG_CALL = 2
"""Exit code of a call that was not understood."""

_FAULTS = (
    (r"the following arguments are required: (.+)", "thiếu {}"),
    (r"argument (\S+): expected one argument", "sau {} thiếu giá trị"),
    (r"argument (\S+): invalid \w+ value: '(.*)'", "sau {} phải là số nguyên, không phải “{}”"),
    (r"argument --(\S+): invalid choice: '(.*)' \(.*", "--{} không có lựa chọn “{}”"),
    (r"argument \S+: invalid choice: '(.*)' \(.*", "không có lệnh “{}”"),
    (r"unrecognized arguments: (.+)", "không có tham số {}"),
)
"""What `argparse` says, and how it is told."""


class CommandParser(argparse.ArgumentParser):
    """An `ArgumentParser` that says what is wrong with the words typed, and exits with 2."""

    def error(self, message: str) -> NoReturn:
        """Called by `argparse` with its English finding."""
        found = ((re.fullmatch(pattern, message), words) for pattern, words in _FAULTS)
        said = next((words.format(*hit.groups()) for hit, words in found if hit), message)
        self.exit(WRONG_CALL, f"Lệnh gõ chưa đúng: {said}. Hãy xem {self.prog} --help.\n")
