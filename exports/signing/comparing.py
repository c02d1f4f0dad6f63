"""Whether a signed file still shows the printed pages, and nothing but signatures beside them.

The signed file begins with the printed bytes, but a later revision of a PDF may replace any object
of an earlier one. Signing changes only: the catalogue (form, extensions, permissions, validation
data), the list of annotations of a page, and metadata. Everything else is another content. pyHanko
judges what came after a signature; this judges what came before the first one as well.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from exports.signing.objects import box_of, inherited, pages_of, value_of

_CATALOGUE_MAY = frozenset({"/AcroForm", "/Extensions", "/DSS", "/Perms", "/Metadata", "/Version"})
_MOST_DEPTH = 16
_PAGE_MAY = frozenset({"/Annots"})
_MOST_OF_A_PAGE = 4
"""Visible signatures cover at most this part (one over it) of a page: they must not hide it."""


def shows_the_original(signed: PdfFileReader, original: PdfFileReader) -> bool:
    """Whether every page of `signed` is that of `original` with nothing but signatures added.

    Both are readers in good order; `signed` begins with the bytes of `original`.
    """
    if not _continues(signed, original):
        return False
    root = _place(original.trailer.raw_get("/Root"))
    if _place(signed.trailer.raw_get("/Root")) != root or "/Encrypt" in signed.trailer:
        return False
    pointed = [
        holder.raw_get(key)
        for holder, key in ((original.trailer, "/Info"), (original.root, "/Metadata"))
        if key in holder
    ]
    metadata = {_place(one) for one in pointed if isinstance(one, generic.IndirectObject)}
    pages = {_place(ref) for ref, _page in pages_of(original)}
    for place in _redefined(signed, original) - metadata:
        if place == root:
            may = _CATALOGUE_MAY
        elif place in pages:
            may = _PAGE_MAY
        else:
            return False
        if not _same_but(_object(original, place), _object(signed, place), may):
            return False
    return _only_signatures(signed)


def _continues(signed: PdfFileReader, original: PdfFileReader) -> bool:
    """Whether the revisions of `original` are the first ones of `signed`.

    A file can begin with bytes that its own table of objects never points to.
    """
    first = original.xrefs.total_revisions
    return signed.xrefs.total_revisions > first and all(
        signed.xrefs.get_startxref_for_revision(at) == original.xrefs.get_startxref_for_revision(at)
        for at in range(first)
    )


def _redefined(signed: PdfFileReader, original: PdfFileReader) -> set[tuple[int, int]]:
    """Objects that a later revision writes again or frees, found by their number.

    Readers differ in whether they ask for the generation, so another one is no other object.
    """
    first, last = original.xrefs.total_revisions, signed.xrefs.total_revisions
    known = {number for number, _ in _written_in(original, range(first))}
    return {place for place in _written_in(signed, range(first, last)) if place[0] in known}


def _written_in(reader: PdfFileReader, revisions: range) -> set[tuple[int, int]]:
    """Objects that the tables of some revisions name, those they free too."""
    return {
        _place(ref)
        for revision in revisions
        for ref in reader.xrefs.explicit_refs_in_revision(revision)
    }


def _same_but(before: Any, after: Any, may: frozenset[str]) -> bool:
    """Whether two dictionaries are written alike but for the keys in `may`."""
    if not (isinstance(before, generic.DictionaryObject) and type(before) is type(after)):
        return False
    keys = (set(before) | set(after)) - may
    return all(
        key in before
        and key in after
        and _written(before.raw_get(key)) == _written(after.raw_get(key))
        for key in keys
    )


def _only_signatures(signed: PdfFileReader) -> bool:
    """Whether the form has signature fields only and annotations are theirs, none of them large."""
    form = value_of(signed.root, "/AcroForm", {})
    if "/XFA" in form:
        return False
    for _ref, page in pages_of(signed):
        box = box_of(page, "/MediaBox")
        room = abs((box[2] - box[0]) * (box[3] - box[1])) / _MOST_OF_A_PAGE
        covered = 0.0
        for annotation in value_of(page, "/Annots", ()):
            one = annotation.get_object()
            rect = box_of(one, "/Rect")
            covered += abs((rect[2] - rect[0]) * (rect[3] - rect[1]))
            if value_of(one, "/Subtype", "") != "/Widget" or inherited(one, "/FT") != "/Sig":
                return False
            if covered > room:
                return False
    return all(_is_signature(field.get_object()) for field in value_of(form, "/Fields", ()))


def _is_signature(field: Any, depth: int = 0) -> bool:
    """Whether a field, or every field under one that only names them, is for a signature."""
    if "/FT" in field:
        return bool(field["/FT"] == "/Sig")
    under = value_of(field, "/Kids", ())
    return (
        bool(under)
        and depth < _MOST_DEPTH
        and all(_is_signature(one.get_object(), depth + 1) for one in under)
    )


def _object(reader: Any, place: tuple[int, int]) -> Any:
    return reader.get_object(generic.Reference(*place, pdf=reader))


def _place(ref: Any) -> tuple[int, int]:
    return ref.idnum, ref.generation


def _written(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out)
    return out.getvalue()
