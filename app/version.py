"""The program's name and version, as screens and papers tell them."""

from __future__ import annotations

PROGRAM = "Khóa Sổ"
VERSION = "0.1.0"
