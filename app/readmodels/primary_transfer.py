"""Gói chuyển trường of a primary pupil: the four kỳ side by side instead of marks a term.

Texts are as printed. Field names take part in the data digest (see `app.digests`): do not rename.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.readmodels.transfer_pack import TransferPack


@dataclass(frozen=True, slots=True)
class PackKy:
    """A kỳ of which anything is recorded; `closed` says whether it is final."""

    title: str
    closed: bool


@dataclass(frozen=True, slots=True)
class PackItem:
    """A subject, phẩm chất or năng lực: level and Điểm KTĐK in each kỳ of the pack, "" for none."""

    name: str
    levels: tuple[str, ...]
    scores: tuple[str, ...]
    comment: str = ""


@dataclass(frozen=True, slots=True)
class PrimaryTransferPack(TransferPack):
    """`remark` is the GVCN's newest on phẩm chất, năng lực; `absences` one text a học kì.

    `enclosures` is what goes along with the paper; what is inside is still to be put in by hand.
    """

    periods: tuple[PackKy, ...] = ()
    subjects: tuple[PackItem, ...] = ()
    traits: tuple[PackItem, ...] = ()
    remark: str = ""
    absences: tuple[str, ...] = ()
    inclusion: str = ""
    enclosures: tuple[str, ...] = ()
