"""Files beside data/ whose content follows from the payload and the key: lists, key, programs."""

from __future__ import annotations

import base64
from importlib import resources

from app.errors import EnvironmentProblem
from exports.seal import durable, verifier


def own_source(module: str) -> bytes:
    """A stand-alone program that goes onto the medium, read before anything is written."""
    try:
        return resources.files("exports.seal").joinpath(module).read_bytes()
    except OSError as error:
        raise EnvironmentProblem(
            "verifier_missing",
            "Chương trình cài thiếu tệp kiểm tra hoặc phục hồi đi kèm ổ nên chưa niêm phong được. "
            "Hãy cài lại chương trình; dữ liệu của trường không bị ảnh hưởng.",
            file=module,
        ) from error


def manifest(files: dict[str, durable.Fingers], algorithm: str) -> bytes:
    """A BagIt manifest, in the order of its paths."""
    return "".join(f"{getattr(files[rel], algorithm)}  {rel}\n" for rel in sorted(files)).encode()


def pem(public_key: bytes) -> bytes:
    """SubjectPublicKeyInfo of an Ed25519 key (RFC 8410), as openssl reads it."""
    body = base64.b64encode(verifier.PEM_PREFIX + public_key).decode()
    return (verifier.PEM_HEAD + body + verifier.PEM_TAIL).encode()
