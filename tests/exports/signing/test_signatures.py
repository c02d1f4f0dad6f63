"""Signing a printed PDF and reading it back; every way such a file can lie."""

from __future__ import annotations

import io
import re
import socket
from datetime import timedelta

import pypdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from app.domain.signed_papers import SignCorner, SignPlace, Verdict
from app.errors import RuleRefused
from app.signing_ports import Keystore
from exports.pdf.page import PDFACanvas
from exports.pdf.pdfa import DocumentInfo
from exports.signing import certificates, maker
from exports.signing.pdf_signatures import PadesSignatures
from tests.support.certificates import FILE_PASSWORD, NOW, YEAR, Authority, rsa_key

SIGNATURES = PadesSignatures()
AUTHORITY = Authority()
PRINCIPAL = AUTHORITY.issue("Lê Văn Khải")
TEACHER = AUTHORITY.issue("Nguyễn Thị Bình", number=51)


def printed(text: str = "Điểm 8,5", pages: int = 2) -> bytes:
    page = PDFACanvas(DocumentInfo("Sổ", "Trường", "Lớp 6A", "KS1", NOW))
    for _ in range(pages):
        page.begin_page()
        page.setFont("KhoaSoSerif", 12)
        page.drawString(100, 700, text)
        page.end_page()
    return page.finish().content


PRINTED = printed()


def sign(content: bytes = PRINTED, person=PRINCIPAL, place: SignPlace | None = None, at=NOW):
    return SIGNATURES.sign(
        content, Keystore(person.pkcs12(), FILE_PASSWORD), place or SignPlace(), at
    )


def read(content: bytes, original: bytes = PRINTED, roots=(AUTHORITY.der,), at=NOW):
    return SIGNATURES.read(content, original, list(roots), at)


def verdicts(content: bytes, **more) -> list[Verdict]:
    return [one.verdict for one in read(content, **more)]


def refused(act, code: str) -> str:
    with pytest.raises(RuleRefused) as caught:
        act()
    assert caught.value.code == code
    assert caught.value.sentence.endswith(".")
    return caught.value.sentence


SIGNED = sign()


def test_a_signature_names_its_signer_and_keeps_the_printed_bytes() -> None:
    (one,) = read(SIGNED)
    assert SIGNED.startswith(PRINTED)
    assert (one.signer, one.issuer) == ("Lê Văn Khải", AUTHORITY.name)
    assert one.serial == f"{PRINCIPAL.certificate.serial_number:X}"
    assert one.said_at == NOW
    assert one.verdict is Verdict.TRUSTED
    assert len(pypdf.PdfReader(io.BytesIO(SIGNED)).pages) == 2


def test_many_may_sign_one_after_the_other() -> None:
    both = sign(SIGNED, TEACHER)
    assert [one.signer for one in read(both)] == ["Lê Văn Khải", "Nguyễn Thị Bình"]
    assert verdicts(both) == [Verdict.TRUSTED] * 2


@pytest.mark.parametrize("corner", [SignCorner.LEFT, SignCorner.MIDDLE, SignCorner.RIGHT])
def test_a_visible_signature_stands_inside_its_page_and_beside_the_other(corner) -> None:
    place = SignPlace(corner, page=1)
    both = sign(sign(place=place), TEACHER, place)
    assert verdicts(both) == [Verdict.TRUSTED] * 2
    first, second = pypdf.PdfReader(io.BytesIO(both)).pages[0]["/Annots"]
    a, b = (tuple(map(float, one.get_object()["/Rect"])) for one in (first, second))
    assert a[3] <= b[1]
    assert 0 < a[0] < a[2] < 596
    shown = first.get_object()["/AP"]["/N"]
    assert "/XObject" in shown["/Resources"]


def test_an_rsa_key_signs_too() -> None:
    assert verdicts(sign(person=AUTHORITY.issue("Văn thư", key=rsa_key()))) == [Verdict.TRUSTED]


# --- sources and times


def test_without_its_root_the_source_is_unknown() -> None:
    assert verdicts(SIGNED, roots=()) == [Verdict.UNKNOWN_SOURCE]


def test_a_root_of_the_same_name_is_not_the_root() -> None:
    other = Authority(AUTHORITY.name, number=9)
    assert verdicts(SIGNED, roots=(other.der,)) == [Verdict.UNKNOWN_SOURCE]


@pytest.mark.parametrize("at", [NOW + 2 * YEAR, NOW - 2 * YEAR])
def test_what_counts_is_the_day_the_school_got_it(at) -> None:
    assert verdicts(SIGNED, at=at) == [Verdict.EXPIRED]


def test_a_certificate_not_meant_for_signing_is_told() -> None:
    weak = AUTHORITY.issue("Máy chủ", may_sign=False, number=52)
    refused(lambda: sign(person=weak), "certificate_unfit")
    refused(
        lambda: sign(person=AUTHORITY.issue("Khóa ngắn", key=rsa_key(1024))), "certificate_unfit"
    )


def test_nobody_is_asked_over_a_network(monkeypatch) -> None:
    """The certificate says where its revocation list lies; the PC has no network and asks none."""

    def forbidden(*_args: object, **_more: object) -> None:
        raise AssertionError("somebody opened a connection")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    person = AUTHORITY.issue("Có địa chỉ", online="http://crl.example/ds.crl", number=54)
    assert verdicts(sign(person=person)) == [Verdict.TRUSTED]


def test_an_old_algorithm_is_not_believed(monkeypatch) -> None:
    real = maker.PdfSignatureMetadata
    monkeypatch.setattr(
        maker, "PdfSignatureMetadata", lambda **more: real(**{**more, "md_algorithm": "sha1"})
    )
    person = AUTHORITY.issue("Phần mềm cũ", key=rsa_key())
    assert verdicts(sign(person=person)) == [Verdict.WEAK]
    assert not Verdict.WEAK.intact


def test_what_a_certificate_may_not_do_is_told_when_it_signed_elsewhere(monkeypatch) -> None:
    monkeypatch.setattr(certificates, "_refuse_unfit", lambda *_: None)
    monkeypatch.setattr(maker, "_USAGES", set())
    signed = sign(person=AUTHORITY.issue("Máy chủ", may_sign=False, number=52))
    assert verdicts(signed) == [Verdict.UNFIT]
    at = signed.index(b"/SigFlags", len(PRINTED)) + len("/SigFlags ")
    assert verdicts(signed[:at] + b"1" + signed[at + 1 :]) == [Verdict.FALSE]


# --- files that lie


def test_a_byte_changed_in_what_was_printed_is_another_document() -> None:
    at = SIGNED.index(b"stream", 200) + 30
    forged = SIGNED[:at] + bytes([SIGNED[at] ^ 1]) + SIGNED[at + 1 :]
    refused(lambda: read(forged), "signed_other_document")


def test_a_byte_changed_after_the_print_is_a_false_signature() -> None:
    at = SIGNED.index(b"/SigFlags", len(PRINTED)) + len("/SigFlags ")
    assert SIGNED[at : at + 1].isdigit()
    forged = SIGNED[:at] + b"1" + SIGNED[at + 1 :]
    assert forged != SIGNED
    assert verdicts(forged) == [Verdict.FALSE]


def replaced_page(content: bytes) -> bytes:
    """A later revision whose first page shows another stream."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    page_ref, _ = writer.find_page_for_modification(0)
    page = page_ref.get_object()
    stream = generic.StreamObject(stream_data=b"BT ET")
    page[generic.pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pages_changed_after_signing_are_told() -> None:
    assert verdicts(replaced_page(SIGNED)) == [Verdict.CHANGED]


def test_pages_changed_before_signing_are_told_though_the_signature_is_good() -> None:
    early = sign(replaced_page(PRINTED))
    assert early.startswith(PRINTED)
    assert verdicts(early) == [Verdict.CHANGED]


def overlaid(content: bytes, key: str, value: object) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root[generic.pdf_name(key)] = value
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_catalogue_that_does_something_on_opening_is_told() -> None:
    action = generic.DictionaryObject({generic.pdf_name("/S"): generic.pdf_name("/JavaScript")})
    assert verdicts(sign(overlaid(PRINTED, "/OpenAction", action))) == [Verdict.CHANGED]


def test_a_note_laid_over_a_page_is_told() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(PRINTED))
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.TextStringObject("9,5"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                [generic.NumberObject(n) for n in (100, 690, 200, 720)]
            ),
        }
    )
    writer.register_annotation(writer.find_page_for_modification(0)[0], writer.add_object(note))
    out = io.BytesIO()
    writer.write(out)
    assert verdicts(sign(out.getvalue())) == [Verdict.CHANGED]


def test_a_signature_large_enough_to_hide_a_page_is_told(monkeypatch) -> None:
    monkeypatch.setattr("exports.signing.maker.WIDTH", 480)
    monkeypatch.setattr("exports.signing.maker.HEIGHT", 600)
    hidden = sign(place=SignPlace(SignCorner.LEFT))
    assert verdicts(hidden) == [Verdict.CHANGED]


def test_a_signature_of_another_document_pasted_behind_ours_is_told() -> None:
    other = printed("Điểm 9,5")
    refused(lambda: read(sign(other)), "signed_other_document")
    refused(lambda: read(PRINTED + sign(other)), "signed_unreadable")


def moved(content: bytes, by: int) -> bytes:
    """The same document as it must be written to stand `by` bytes into a file."""
    at = content.rindex(b"startxref")
    table = content.rindex(b"xref\n", 0, at)
    entry = re.compile(rb"(\d{10}) (\d{5}) n")
    lines = entry.sub(lambda m: b"%010d %s n" % (int(m[1]) + by, m[2]), content[table:at])
    return content[:table] + lines + b"startxref\n%d\n%%%%EOF\n" % (table + by)


def test_a_whole_document_behind_ours_is_told_though_its_signature_is_good() -> None:
    """The file begins with the print, yet every reader shows the other one."""
    both = PRINTED + moved(printed("Điểm 9,5"), len(PRINTED))
    assert "Điểm 9,5" in pypdf.PdfReader(io.BytesIO(both)).pages[0].extract_text()
    signed = sign(both)
    assert signed.startswith(PRINTED)
    assert verdicts(signed) == [Verdict.CHANGED]


def test_an_object_written_again_under_another_generation_is_told() -> None:
    """Some readers show the newest object of a number, whatever generation is asked for."""
    writer = IncrementalPdfFileWriter(io.BytesIO(PRINTED))
    contents = writer.find_page_for_modification(0)[0].get_object().raw_get("/Contents")
    number = contents.idnum
    again = b"%d 1 obj\n<< /Length 5 >>\nstream\nBT ET\nendstream\nendobj\n" % number
    start = PRINTED.rindex(b"startxref")
    trailer = PRINTED[PRINTED.rindex(b"trailer") : start].strip()
    before = int(PRINTED[start:].split()[1])
    trailer = trailer[: trailer.rindex(b">>")] + b"/Prev %d >>\n" % before
    table = len(PRINTED) + len(again)
    early = PRINTED + again + b"xref\n%d 1\n%010d 00001 n \n" % (number, len(PRINTED))
    early += trailer + b"startxref\n%d\n%%%%EOF\n" % table
    try:
        found = verdicts(sign(early))
    except RuleRefused as error:
        assert error.code == "signed_unreadable"  # noqa: PT017 - as good as told
    else:
        assert found == [Verdict.CHANGED]


def test_a_file_without_signature_or_pages_is_refused() -> None:
    refused(lambda: read(PRINTED), "signed_none")
    refused(lambda: read(b"PK\x03\x04"), "signed_not_pdf")
    refused(lambda: read(b""), "signed_not_pdf")
    refused(lambda: read(SIGNED[:-400]), "signed_unreadable")


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_no_damaged_file_gives_more_than_a_refusal_or_a_verdict(cut) -> None:
    at = len(PRINTED) + (len(SIGNED) - len(PRINTED)) * cut // 40
    for bad in (SIGNED[:at], SIGNED[:at] + b"\x00\xff>>" + SIGNED[at + 4 :]):
        try:
            found = verdicts(bad)
        except RuleRefused as error:
            assert error.code in {"signed_unreadable", "signed_none"}  # noqa: PT017
        else:
            assert found == [Verdict.FALSE] or found == [Verdict.CHANGED]


# --- key stores


def test_a_wrong_password_signs_nothing_and_repeats_no_password() -> None:
    store = Keystore(PRINCIPAL.pkcs12(), "sai hẳn")
    said = refused(lambda: SIGNATURES.sign(PRINTED, store, SignPlace(), NOW), "keystore_password")
    assert "sai hẳn" not in said + repr(store)


@pytest.mark.parametrize("content", [b"", b"MZ not a key", b"%PDF-1.7"])
def test_a_file_that_is_no_key_store_is_refused(content) -> None:
    refused(
        lambda: SIGNATURES.sign(PRINTED, Keystore(content, "x"), SignPlace(), NOW),
        "keystore_unreadable",
    )


def test_expired_and_early_certificates_do_not_sign() -> None:
    old = AUTHORITY.issue("Cũ", until=NOW - timedelta(days=1))
    early = AUTHORITY.issue("Sớm", since=NOW + timedelta(days=1))
    assert "22/11/2026" in refused(lambda: sign(person=old), "certificate_expired")
    refused(lambda: sign(person=early), "certificate_not_yet")


def test_a_page_that_is_not_there_is_refused() -> None:
    refused(lambda: sign(place=SignPlace(SignCorner.RIGHT, page=3)), "sign_page_missing")


def test_a_file_locked_by_its_first_signer_takes_no_second_one(monkeypatch) -> None:
    real, locked = maker.PdfSignatureMetadata, {"certify": True}
    locked["docmdp_permissions"] = MDPPerm.NO_CHANGES
    with monkeypatch.context() as patched:
        patched.setattr(maker, "PdfSignatureMetadata", lambda **more: real(**more, **locked))
        certified = sign()
    assert verdicts(certified) == [Verdict.TRUSTED]
    refused(lambda: sign(certified, TEACHER), "sign_not_allowed")


# --- roots


def test_a_root_is_read_from_both_ways_of_writing_it() -> None:
    facts = SIGNATURES.certificate(AUTHORITY.der)
    assert facts == SIGNATURES.certificate(AUTHORITY.pem)
    assert facts.is_authority
    assert facts.own_issuer
    assert not SIGNATURES.certificate(PRINCIPAL.der).is_authority
    refused(lambda: SIGNATURES.certificate(b"no certificate"), "certificate_unreadable")
