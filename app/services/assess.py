"""`khoaso assess`: cases in, results out, so that anybody can check the arithmetic (JSON)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import cast

from app.errors import EnvironmentProblem, RuleRefused
from app.os_reasons import reason_of
from app.regulations import registry
from app.services.assess_primary import assess_primary
from app.services.assess_secondary import assess_secondary
from app.services.assess_tt58 import assess_tt58
from app.services.assess_values import SaidTwice, as_object

INPUT_FORMAT = "khoaso-assess/1"
RESULT_FORMAT = "khoaso-assess-result/1"

READ = 0
UNREADABLE = 2

CaseReader = Callable[[Mapping[str, object]], dict[str, object]]

CASE_READERS: Mapping[str, CaseReader] = {
    "TT22/2021": partial(assess_secondary, regulation=registry.regulation("TT22/2021")),
    "TT58/2011": partial(assess_tt58, regulation=registry.regulation("TT58/2011")),
    "TT27/2020": partial(assess_primary, regulation=registry.primary_regulation("TT27/2020")),
    "TT22/2016": partial(assess_primary, regulation=registry.primary_regulation("TT22/2016")),
}
"""One reader a circular: takes a case, returns its result without the id."""

_MOST_DIGITS = 4000
"""Python itself stops a little later."""

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def assess(document: object) -> dict[str, object]:
    """Results of all cases of a parsed `khoaso-assess/1` document, one a case, in order.

    Raises RuleRefused when the document names another format or has no list of cases.
    """
    if not isinstance(document, dict) or document.get("format") != INPUT_FORMAT:
        raise RuleRefused(
            "unknown_format",
            f"Tệp không ghi định dạng “{INPUT_FORMAT}” ở khóa format nên không đọc được; "
            "hãy kiểm tra lại tệp.",
        )
    cases = document.get("cases")
    if not isinstance(cases, list):
        raise RuleRefused(
            "no_cases",
            "Tệp không có danh sách ở khóa cases nên không có gì để tính; hãy kiểm tra lại tệp.",
        )
    return {"format": RESULT_FORMAT, "results": [_assess_case(case) for case in cases]}


def read_and_assess(path: Path) -> tuple[int, str]:
    """Exit code and text: the results as JSON (0), or one sentence why the file is no use (2)."""
    try:
        results = assess(_read(path))
    except (RuleRefused, EnvironmentProblem) as refusal:
        return UNREADABLE, refusal.sentence
    text = _one_result_a_line(results)
    # JSON can carry half a surrogate pair, which no UTF-8 stream accepts; escape it again.
    return READ, _LONE_SURROGATES.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def _one_result_a_line(results: Mapping[str, object]) -> str:
    head = json.dumps(results["format"])
    lines = [
        json.dumps(result, ensure_ascii=False)
        for result in cast("list[dict[str, object]]", results["results"])
    ]
    return f'{{"format": {head}, "results": [\n' + ",\n".join(lines) + "\n]}"


def _assess_case(raw: object) -> dict[str, object]:
    case = cast("Mapping[str, object]", raw) if isinstance(raw, dict) else {}
    case_id = case.get("id")
    try:
        return {"id": case_id, **_reader(raw)(case)}
    except RuleRefused as refusal:
        error = {
            "at": str(refusal.facts.get("at", "")),
            "code": refusal.code,
            "message": refusal.sentence,
        }
        return {"id": case_id, "errors": [error]}


def _reader(raw: object) -> CaseReader:
    name = as_object(raw, "").get("regulation")
    reader = CASE_READERS.get(name) if isinstance(name, str) else None
    if reader is not None:
        return reader
    raise RuleRefused(
        "unknown_regulation",
        "Khóa regulation không ghi mã thông tư được biết; "
        f"hãy ghi một trong các mã {', '.join(CASE_READERS)}.",
        at="regulation",
    )


def _read(path: Path) -> object:
    """The parsed file: UTF-8 without BOM, JSON proper (no NaN). Raises with one sentence."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise EnvironmentProblem(
            "unreadable_file",
            f"Không đọc được tệp {path}: {reason_of(problem)}; "
            "hãy kiểm tra đường dẫn và quyền đọc tệp.",
            path=path,
        ) from problem
    try:
        return json.loads(
            content.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_printable,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as problem:
        raise RuleRefused(
            "not_json",
            f"Tệp {path} không phải là JSON mã UTF-8 không có BOM nên không đọc được; "
            "hãy lưu lại tệp đúng dạng này.",
            path=path,
        ) from problem


def _finite(digits: str) -> float | str:
    """A number as JSON can say it again; one beyond every float stays as it was written."""
    number = float(digits)
    return number if math.isfinite(number) else digits


def _printable(digits: str) -> int | str:
    """A whole number as JSON can say it again; one longer than Python reads stays as written."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of the file; one that says a key twice is marked, as no one knows what it means."""
    found = dict(pairs)
    return found if len(found) == len(pairs) else SaidTwice(found)


def _refuse_constant(word: str) -> object:
    raise ValueError(word)
