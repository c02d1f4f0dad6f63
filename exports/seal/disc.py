"""A sealed bag as one disc image: ISO 9660 with Joliet, Rock Ridge and UDF, read back before named.

Whatever burns or mounts it in the next decades reads one of the three. The image is not the same
byte for byte when it is made again (it holds its own dates), so its digest is taken afterwards.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pycdlib
from pycdlib.pycdlibexception import PyCdlibException

from app.errors import EnvironmentProblem
from app.progress import Progress, no_progress
from exports.seal import durable, verifier

_BLOCK = 1 << 20


def write_image(bag: Path, image: Path, label: str, progress: Progress = no_progress) -> str:
    """Put the bag folder into a new image file and prove it; the SHA-256 of the image.

    The bag lies in the image under its own name. Under `image` nothing appears before every file
    was read out of the image, through Joliet and through UDF, and found the same.
    EnvironmentProblem `image_failed`; a full or pulled drive as for a bag.
    """
    unfinished = image.with_name(image.name + verifier.UNFINISHED)
    files = verifier.sizes(bag)
    digests = {}
    for rel in files:
        with (bag / rel).open("rb") as stream:
            digests[rel] = _sha512(stream)
    unfinished.unlink(missing_ok=True)  # of an attempt that was killed
    try:
        _build(bag, sorted(files), unfinished, label, progress)
        handle = os.open(unfinished, os.O_RDWR)
        durable.sync_and_close(handle)
        durable.forget_cached(unfinished)
        prove_image(unfinished, bag.name, digests, progress)
        digest = _sha256(unfinished)
        unfinished.rename(image)
        durable.sync_folder(image.parent)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise durable.refusal(error, str(image.parent), image.name) from error
    except PyCdlibException as error:
        unfinished.unlink(missing_ok=True)
        raise _failed(image, "không dựng được cấu trúc đĩa") from error
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return digest


def prove_image(
    image: Path, bag_name: str, digests: dict[str, str], progress: Progress = no_progress
) -> None:
    """Read every file out of the image twice; EnvironmentProblem `image_failed` for a difference.

    `digests`: SHA-512 by the path inside the bag.
    """
    disc = pycdlib.PyCdlib()
    disc.open(str(image))
    try:
        for kind in ("joliet_path", "udf_path"):
            found = set(_listed(disc, kind))
            wanted = {f"/{bag_name}/{rel}" for rel in digests}
            if found != wanted:
                odd = sorted(found ^ wanted)[0]
                raise _failed(image, f"{odd} ({kind})")
            for number, (rel, digest) in enumerate(digests.items()):
                progress(number, len(digests), f"Đang đọc lại ảnh đĩa: {rel}")
                with disc.open_file_from_iso(**{kind: f"/{bag_name}/{rel}"}) as stream:
                    read = _sha512(stream)
                if read != digest:
                    raise _failed(image, f"{rel} ({kind})")
    finally:
        disc.close()


def _build(bag: Path, files: list[str], target: Path, label: str, progress: Progress) -> None:
    disc = pycdlib.PyCdlib()
    disc.new(
        interchange_level=3,
        vol_ident=label,
        joliet=3,
        rock_ridge="1.09",
        udf="2.60",
        app_ident_str="KHOA SO",
    )
    try:
        folders: dict[str, str] = {}
        _add_folder(disc, folders, bag.name)
        for number, rel in enumerate(files):
            place = f"{bag.name}/{rel}"
            parts = place.split("/")
            for depth in range(2, len(parts)):
                _add_folder(disc, folders, "/".join(parts[:depth]))
            above = folders["/".join(parts[:-1])]
            # ISO 9660 itself knows short names only; Rock Ridge, Joliet and UDF carry the real one.
            disc.add_file(
                str(bag / rel),
                f"{above}/F{number:07d}.;1",
                rr_name=parts[-1],
                joliet_path=f"/{place}",
                udf_path=f"/{place}",
            )

        def told(done: int, total: int, _opaque: object = None) -> None:
            progress(done // 1024, total // 1024 + 1, "Đang tạo ảnh đĩa")

        with target.open("xb") as stream:
            disc.write_fp(stream, blocksize=_BLOCK, progress_cb=told)
    finally:
        disc.close()


def _add_folder(disc: Any, folders: dict[str, str], place: str) -> None:
    if place in folders:
        return
    above = folders.get(place.rpartition("/")[0], "")
    folders[place] = f"{above}/D{len(folders):07d}"
    disc.add_directory(
        folders[place],
        rr_name=place.rpartition("/")[2],
        joliet_path=f"/{place}",
        udf_path=f"/{place}",
    )


def _listed(disc: Any, kind: str) -> list[str]:
    return [
        f"{folder.rstrip('/')}/{name}"
        for folder, _, names in disc.walk(**{kind: "/"})
        for name in names
    ]


def _sha512(stream: Any) -> str:
    digest = hashlib.sha512()
    while piece := stream.read(_BLOCK):
        digest.update(piece)
    return digest.hexdigest()


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_BLOCK):
            digest.update(piece)
    return digest.hexdigest()


def _failed(image: Path, why: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "image_failed",
        f"Ảnh đĩa “{image.name}” đọc lại không giống gói niêm phong: {why}. Ảnh này chưa được tạo; "
        "hãy chọn thư mục trên ổ khác rồi làm lại.",
        image=str(image),
    )
