"""The school's place as papers write it: under the name, and before a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.readmodels.class_book import SchoolLines

if TYPE_CHECKING:
    from app.domain.form_settings import FormSettings

_KINDS = ("Phường ", "Xã ", "Đặc khu ", "Thị trấn ", "Thành phố ", "Tỉnh ")


@dataclass(frozen=True, slots=True)
class PlacedSchool(SchoolLines):
    """The school on a form whose place lines it words itself; "" where they follow its facts."""

    line: str = ""
    dated: str = ""


def placed(school: SchoolLines, form: FormSettings) -> SchoolLines:
    """The school's lines as the form's settings have them."""
    if not form.place and not form.dated:
        return school
    return PlacedSchool(
        school.authority,
        school.name,
        school.commune,
        school.province,
        form.place,
        form.dated,
    )


def place_line(school: SchoolLines) -> str:
    """Commune and province however they were typed: "Xã Sông Trăng, tỉnh Thanh Hóa"."""
    if isinstance(school, PlacedSchool) and school.line:
        return school.line
    places = [_kind_in_small(place) for place in (school.commune, school.province) if place]
    line = ", ".join(places)
    return line[:1].upper() + line[1:]


def date_place(school: SchoolLines) -> str:
    """The bare name, as a date line has it: "Hạc Thành" for "Phường Hạc Thành"."""
    if isinstance(school, PlacedSchool) and school.dated:
        return school.dated
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
