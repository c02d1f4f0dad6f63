"""Ký số on a real file: what is filed beside a run, who may, whom the school believes, the seal."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from app.domain.roles import Role
from app.domain.signed_papers import MOST_ADDED, SignCorner, SignPlace, Verdict
from app.errors import AccessDenied, AppError, RuleRefused
from app.readmodels.class_book import BookPart, BookScope
from app.services.paper_board import PaperBoards
from app.services.print_register import PrintRegisters
from app.services.printing import Printing
from app.services.seal_contents import seal_files
from app.services.signed_papers import SignedPapers
from app.services.trail_sentences import WORDINGS, sentence_of
from app.services.trust_roots import TrustRoots
from app.signing_ports import Keystore
from exports.press import Paper, Tables
from exports.signing.pdf_signatures import PadesSignatures
from tests.exports.pdf_reading import all_text
from tests.support.certificates import FILE_PASSWORD, NOW, Authority
from tests.support.record_book import RecordBook, book
from tests.support.school import PASSWORD, make_school

AUTHORITY = Authority()
PRINCIPAL = AUTHORITY.issue("Lê Văn Khải")
TEACHER = AUTHORITY.issue("Nguyễn Thị Bình", number=51)
HIDDEN = SignPlace()


class Desk:
    """Văn thư with two printed parts of 6A's book."""

    def __init__(self, kept: RecordBook) -> None:
        self.kept, self.school = kept, kept.school
        uow, clock = self.school.uow, self.school.clock
        self.printing = Printing(uow, clock, Paper(), Tables())
        self.signed = SignedPapers(uow, clock, PadesSignatures())
        self.roots = TrustRoots(uow, clock, PadesSignatures())
        self.run = self.print(BookScope.YEAR)
        self.other = self.print(BookScope.TERM_1)

    def print(self, scope: BookScope):
        secretary = self.school.actor("secretary")
        printed = self.printing.print_class_book(
            secretary, self.school.class_id, scope, part=BookPart.MARKS
        )
        return printed.payload.run

    def outside(self, run=None, person=PRINCIPAL, on: bytes | None = None) -> bytes:
        """A file signed on another PC."""
        content = on or self.printing.content((run or self.run).id)
        store = Keystore(person.pkcs12(), FILE_PASSWORD)
        return PadesSignatures().sign(content, store, HIDDEN, self.school.clock.now())

    def receive(self, content: bytes, who: str = "secretary", run=None):
        return self.signed.receive(self.school.actor(who), (run or self.run).id, content)

    def sign(self, person=PRINCIPAL, who: str = "principal", password=FILE_PASSWORD, place=HIDDEN):
        store = Keystore(person.pkcs12(), password)
        return self.signed.sign_here(self.school.actor(who), self.run.id, store, place)

    def install(self, authority=AUTHORITY, who: str = "principal"):
        return self.roots.install(self.school.actor(who), authority.der)

    def filed(self, who: str = "secretary"):
        return self.signed.of_run(self.school.actor(who), self.run.id)

    def entries(self):
        with self.school.uow.read() as uow:
            return [e for e in uow.trail.entries() if e.kind.split(".")[0] in ("signed", "trust")]


@pytest.fixture
def desk(tmp_path) -> Desk:
    kept = book(make_school(tmp_path, pupils=2))
    kept.fill()
    kept.close()
    return Desk(kept)


def refused(act, code: str, kind: type[AppError] = RuleRefused) -> str:
    with pytest.raises(kind) as caught:
        act()
    assert caught.value.code == code
    return caught.value.sentence


# --- receiving


def test_a_returned_file_is_kept_with_its_digest_signer_and_verdict(desk) -> None:
    desk.install()
    content = desk.outside()
    paper = desk.receive(content).payload
    (kept,) = desk.filed()
    assert kept == paper
    assert kept.file_digest == hashlib.sha256(content).hexdigest()
    assert (kept.signers, kept.verdict) == ("Lê Văn Khải", Verdict.TRUSTED)
    assert kept.received_at == desk.school.clock.now()
    assert not kept.made_here
    assert desk.signed.content(desk.school.actor("secretary"), kept.id) == content


def test_an_unknown_source_is_filed_and_judged_again_when_its_root_is_installed(desk) -> None:
    paper = desk.receive(desk.outside()).payload
    assert paper.verdict is Verdict.UNKNOWN_SOURCE
    desk.install()
    desk.school.clock.advance(timedelta(days=800))
    (again,) = desk.signed.check_again(desk.school.actor("secretary"), paper.id)
    assert again.verdict is Verdict.TRUSTED
    assert desk.filed()[0].verdict is Verdict.UNKNOWN_SOURCE


def test_a_certificate_that_ran_out_before_the_file_came_back_is_told(desk) -> None:
    desk.install()
    content = desk.outside()
    desk.school.clock.advance(timedelta(days=800))
    assert desk.receive(content).payload.verdict is Verdict.EXPIRED


def test_the_file_of_another_run_is_refused_with_both_runs_printed_from_one_book(desk) -> None:
    said = refused(lambda: desk.receive(desk.outside(desk.other)), "signed_other_document")
    assert "bản in gốc" in said
    assert desk.filed() == ()


def test_content_changed_after_signing_is_refused_and_leaves_nothing(desk) -> None:
    content = desk.outside()
    at = content.rindex(b"/ByteRange")
    at = content.index(b"/Filter", at - 400)
    forged = content[:at] + b"/filter" + content[at + 7 :]
    with pytest.raises(RuleRefused) as caught:
        desk.receive(forged)
    assert caught.value.code in {"signed_not_intact", "signed_unreadable"}
    assert desk.filed() == ()
    assert desk.entries() == []


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_signed_pdf_is_refused(desk, content) -> None:
    with pytest.raises(RuleRefused) as caught:
        desk.receive(content)
    assert caught.value.code in {"signed_not_pdf", "signed_unreadable"}


def test_a_file_is_filed_once_and_not_of_any_size(desk) -> None:
    content = desk.outside()
    desk.receive(content)
    refused(lambda: desk.receive(content), "signed_twice")
    refused(lambda: desk.receive(content + bytes(2 * MOST_ADDED + 1)), "signed_too_big")
    assert len(desk.filed()) == 1


def test_examining_writes_nothing(desk) -> None:
    (fact,) = desk.signed.examine(desk.school.actor("secretary"), desk.run.id, desk.outside())
    assert fact.verdict is Verdict.UNKNOWN_SOURCE
    assert desk.filed() == ()
    assert desk.entries() == []


def test_a_discarded_paper_takes_no_signature(desk) -> None:
    content = desk.outside()
    secretary = desk.school.actor("secretary")
    PaperBoards(desk.school.uow, desk.school.clock).discard(secretary, desk.run.id, "In nhầm")
    refused(lambda: desk.receive(content), "paper_discarded")
    refused(desk.sign, "paper_discarded")


# --- signing here


def test_signing_here_adds_to_those_who_signed_before(desk) -> None:
    desk.install()
    desk.receive(desk.outside(person=TEACHER))
    paper = desk.sign(place=SignPlace(SignCorner.RIGHT)).payload
    assert paper.made_here
    assert [one.signer for one in paper.signatures] == ["Nguyễn Thị Bình", "Lê Văn Khải"]
    assert paper.verdict is Verdict.TRUSTED
    assert paper.signatures[1].said_at == desk.school.clock.now()
    content = desk.signed.content(desk.school.actor("secretary"), paper.id)
    assert content.startswith(desk.printing.content(desk.run.id))


def test_the_password_is_nowhere_after_signing(desk) -> None:
    desk.sign()
    refused(lambda: desk.sign(password="sai"), "keystore_password")
    assert all(FILE_PASSWORD not in entry.detail for entry in desk.entries())
    assert len(desk.filed()) == 1


def test_an_expired_certificate_signs_nothing_here(desk) -> None:
    old = AUTHORITY.issue("Cũ", until=NOW - timedelta(days=1))
    refused(lambda: desk.sign(person=old), "certificate_expired")
    refused(
        lambda: desk.signed.sign_here(
            desk.school.actor("principal"),
            desk.run.id,
            Keystore(bytes(2 * 1024 * 1024), ""),
            HIDDEN,
        ),
        "keystore_unreadable",
    )
    assert desk.filed() == ()


def test_a_book_whose_data_changed_is_not_signed_here(desk) -> None:
    desk.kept.corrected("tin_hoc", {(0, "HK1.gk"): "0"})
    said = refused(desk.sign, "print_differs")
    assert "in lại" in said
    assert desk.receive(desk.outside()).payload.signers == "Lê Văn Khải"


# --- who may


@pytest.mark.parametrize("who", ["homeroom", "admin", "ngu_van"])
def test_only_the_office_files_and_signs(desk, who) -> None:
    content = desk.outside()
    with pytest.raises(AccessDenied):
        desk.receive(content, who)
    with pytest.raises(AccessDenied):
        desk.sign(who=who)
    assert desk.filed() == ()


def test_teachers_of_the_class_may_look_and_others_may_not(desk) -> None:
    desk.receive(desk.outside())
    assert len(desk.filed("homeroom")) == 1
    made = desk.school.accounts.add(
        desk.school.actor("principal"), "Người Lớp Khác", PASSWORD, roles=(Role.SUBJECT_TEACHER,)
    ).payload
    desk.school.uids["stranger"] = made.uid
    desk.school.accounts_by_key["stranger"] = made.account_id
    stranger = desk.school.actor("stranger")
    refused(lambda: desk.signed.of_run(stranger, desk.run.id), "not_your_paper", AccessDenied)
    content = desk.outside()
    refused(
        lambda: desk.signed.examine(stranger, desk.run.id, content), "not_your_paper", AccessDenied
    )


def test_whom_the_school_believes_is_decided_by_its_head(desk) -> None:
    for who in ("secretary", "vice", "homeroom"):
        with pytest.raises(AccessDenied):
            desk.install(who=who)
    root_id = desk.install().payload
    refused(desk.install, "certificate_known")
    with pytest.raises(AccessDenied):
        desk.roots.remove(desk.school.actor("secretary"), root_id, "Thử")
    refused(
        lambda: desk.roots.remove(desk.school.actor("principal"), root_id, " "), "reason_required"
    )
    desk.roots.remove(desk.school.actor("admin"), root_id, "Nơi cấp thôi hoạt động")
    assert desk.roots.all() == ()
    refused(lambda: desk.roots.remove(desk.school.actor("admin"), root_id, "Lại"), "not_found")
    assert desk.receive(desk.outside()).payload.verdict is Verdict.UNKNOWN_SOURCE


def test_a_persons_certificate_an_old_one_and_no_one_are_no_source(desk) -> None:
    principal = desk.school.actor("principal")
    refused(lambda: desk.roots.install(principal, PRINCIPAL.der), "certificate_not_authority")
    refused(lambda: desk.roots.install(principal, b"x"), "certificate_unreadable")
    refused(lambda: desk.roots.install(principal, bytes(100_000)), "certificate_unreadable")
    desk.school.clock.advance(timedelta(days=6 * 365))
    refused(desk.install, "certificate_expired")


# --- the trail, the file, the seal


def test_the_trail_says_who_signed_what(desk) -> None:
    root_id = desk.install().payload
    desk.receive(desk.outside(person=TEACHER))
    desk.sign()
    desk.roots.remove(desk.school.actor("principal"), root_id, "Thôi dùng")
    said = [sentence_of(e.kind, e.detail, 0, WORDINGS) for e in reversed(desk.entries())]
    assert said[0].startswith("Tin chứng thư do Nơi cấp chứng thư thử cấp")
    assert said[1].startswith(f"Nhận bản đã ký số của bản in số {desk.run.number:04d}")
    assert "Nguyễn Thị Bình; chữ ký còn nguyên, chứng thư có nguồn tin cậy" in said[1]
    assert said[2].startswith(f"Ký số bản in số {desk.run.number:04d}")
    assert said[3].endswith("Thôi dùng")


def test_a_signed_file_changed_behind_the_program_is_told(desk) -> None:
    paper = desk.receive(desk.outside()).payload
    with desk.school.uow.write() as uow:
        uow.signed_papers._db.exec_driver_sql(
            "UPDATE signed_paper SET content = zeroblob(length(content)) WHERE id = ?", (paper.id,)
        )
        uow.commit()
    secretary = desk.school.actor("secretary")
    refused(lambda: desk.signed.content(secretary, paper.id), "signed_damaged")


def test_the_register_of_prints_tells_both_roads(desk) -> None:
    desk.receive(desk.outside())
    registers = PrintRegisters(desk.school.uow, desk.school.clock, Paper())
    printed = registers.print(desk.school.actor("secretary"), desk.school.year_id).payload.pdf
    text = " ".join(" ".join(all_text(printed)).split())
    assert "ký số 23/11/2026: Lê Văn Khải (chữ ký còn nguyên, chứng thư không rõ nguồn)" in text


def test_the_seal_holds_signed_files_beside_their_runs(desk) -> None:
    desk.receive(desk.outside())
    before = desk.school.clock.now()
    desk.school.clock.advance(timedelta(hours=1))
    content = desk.sign().payload
    day = desk.school.clock.today()
    with desk.school.uow.read() as uow:
        files = {f.path: f.content for f in seal_files(uow, Tables(), desk.school.year_id, day)}
        later = {f.path for f in seal_files(uow, Tables(), desk.school.year_id, day, since=before)}
        sizes = uow.signed_papers.bytes_of_year(desk.school.year_id)
    names = sorted(path for path in files if "ky-so-" in path)
    stem = f"ban-in-{desk.run.number:04d}"
    assert [name.rpartition("_")[2] for name in names] == ["ky-so-1.pdf", "ky-so-2.pdf"]
    assert all(name.startswith(f"lop-6a/{stem}") for name in names)
    assert sizes == sum(len(files[name]) for name in names)
    assert hashlib.sha256(files[names[1]]).hexdigest() == content.file_digest
    assert f"{names[1].rpartition('_ky-so')[0]}.pdf" in files
    assert [path for path in later if "ky-so-" in path] == [names[1]]
    table = files["ky-so.csv"].decode("utf-8-sig")
    assert table.count("Lê Văn Khải") == 3
    assert "ký tại chương trình" in table
