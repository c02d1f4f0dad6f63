"""Nhật ký in words: signed PDFs and trusted authorities. Part of `trail_sentences`."""

from __future__ import annotations

from app.domain.signed_papers import Verdict
from app.services.trail_wording import Detail, Wording


def _paper(d: Detail) -> str:
    signers = ", ".join(dict.fromkeys(one["signer"] for one in d["signatures"]))
    return (
        f"bản in số {d['number']:04d} ({d['title']}): {signers}; "
        f"{Verdict(d['verdict']).inside}; mã tệp {d['sha256'][:16]}…"
    )


SIGNED: dict[str, Wording] = {
    "signed.received": Wording("Nhận bản đã ký số", lambda d: f"Nhận bản đã ký số của {_paper(d)}"),
    "signed.made": Wording("Ký số", lambda d: f"Ký số {_paper(d)}"),
    "trust.installed": Wording(
        "Cài nguồn chứng thư",
        lambda d: f"Tin chứng thư do {d['name']} cấp; vân tay {d['sha256'][:16]}…",
    ),
    "trust.removed": Wording(
        "Gỡ nguồn chứng thư",
        lambda d: f"Thôi tin chứng thư do {d['name']} cấp: {d['reason']}",
    ),
}
