"""The school's place as papers write it: under the name, and before a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.readmodels.class_book import SchoolLines

_KINDS = ("Phường ", "Xã ", "Đặc khu ", "Thị trấn ", "Thành phố ", "Tỉnh ")


def place_line(school: SchoolLines) -> str:
    """Commune and province however they were typed: "Xã Sông Trăng, tỉnh Thanh Hóa"."""
    places = [_kind_in_small(place) for place in (school.commune, school.province) if place]
    line = ", ".join(places)
    return line[:1].upper() + line[1:]


def date_place(school: SchoolLines) -> str:
    """The bare name, as a date line has it: "Hạc Thành" for "Phường Hạc Thành"."""
    place = school.commune or school.province
    kind = _kind_of(place)
    return place[len(kind) :]


def _kind_in_small(place: str) -> str:
    kind = _kind_of(place)
    return kind.lower() + place[len(kind) :]


def _kind_of(place: str) -> str:
    for kind in _KINDS:
        if place.casefold().startswith(kind.casefold()):
            return kind
    return ""
