"""Ảnh học sinh, kept inside the encrypted file: shown to whoever sees the rest of the profile."""

from __future__ import annotations

import hashlib

from app.actor import Actor
from app.changes import CommandResult, Topic
from app.clock import Clock
from app.domain.ids import ClassId, PupilId
from app.domain.photos import check_photo
from app.domain.trail import TrailDraft
from app.errors import AccessDenied, RuleRefused
from app.ports import UnitOfWork, UowFactory
from app.services.class_scope import sees_profiles
from app.services.roster import find_entry, permit_edit
from app.services.roster_rules import refuse_sealed
from app.services.standing import standing

_TOPICS = frozenset({Topic.ROSTER, Topic.TRAIL})


class PupilPhotos:
    """One photo a pupil."""

    def __init__(self, uows: UowFactory, clock: Clock) -> None:
        self._uows = uows
        self._clock = clock

    def photo(self, actor: Actor, class_id: ClassId, pupil_id: PupilId) -> bytes | None:
        """The bytes of the JPEG or PNG, None without one.

        Raises AccessDenied for whoever is neither the class's GVCN nor of the office.
        """
        with self._uows.read() as uow:
            actor = standing(uow, actor, self._clock.today())
            klass = uow.school.class_(class_id)
            if not sees_profiles(actor, class_id):
                raise AccessDenied(
                    "not_your_class",
                    f"Ảnh học sinh lớp {klass.name} chỉ văn phòng và GVCN của lớp xem được.",
                    class_id=class_id,
                )
            find_entry(uow, klass, pupil_id)
            return uow.pupils.photo(pupil_id)

    def put(
        self, actor: Actor, class_id: ClassId, pupil_id: PupilId, content: bytes
    ) -> CommandResult:
        """Keep or replace a photo; the trail keeps its digest and size, not the picture.

        The kind begins with "roster.", so that a sealed trail keeps even those to itself.
        """
        with self._uows.write() as uow:
            actor, class_name, name = self._open(uow, actor, class_id, pupil_id)
            check_photo(content, name)
            uow.pupils.put_photo(pupil_id, content, actor.account_id, self._clock.now())
            detail = {
                "class": class_name,
                "pupil": pupil_id,
                "name": name,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            seq = uow.trail.append(
                TrailDraft("roster.photo", detail, class_id), actor, self._clock.now()
            )
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã lưu ảnh của {name}", class_id)

    def remove(self, actor: Actor, class_id: ClassId, pupil_id: PupilId) -> CommandResult:
        """Take the photo away."""
        with self._uows.write() as uow:
            actor, class_name, name = self._open(uow, actor, class_id, pupil_id)
            if uow.pupils.photo(pupil_id) is None:
                raise RuleRefused("no_photo", f"{name} chưa có ảnh nên không có gì để bỏ.")
            uow.pupils.remove_photo(pupil_id)
            detail = {"class": class_name, "pupil": pupil_id, "name": name}
            seq = uow.trail.append(
                TrailDraft("roster.photo_removed", detail, class_id), actor, self._clock.now()
            )
            uow.commit()
        return CommandResult(_TOPICS, seq, f"Đã bỏ ảnh của {name}", class_id)

    def _open(
        self, uow: UnitOfWork, actor: Actor, class_id: ClassId, pupil_id: PupilId
    ) -> tuple[Actor, str, str]:
        """Actor of today, class name and pupil's name when the profile may be edited now."""
        now = standing(uow, actor, self._clock.today())
        klass = uow.school.class_(class_id)
        permit_edit(now, klass)
        refuse_sealed(uow, klass)
        return now, klass.name, find_entry(uow, klass, pupil_id).profile.full_name
