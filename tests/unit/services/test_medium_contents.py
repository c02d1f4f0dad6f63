"""What a label, the minutes and DOC-TRUOC.txt say a medium holds."""

from app.media import SealFile
from app.services.medium_contents import contents_on, holds_of
from app.services.seal_contents import CONTENTS


def where(*holds: str) -> list[str]:
    return [place for place, _ in contents_on(holds)]


def test_a_medium_of_an_earlier_program_says_what_it_always_said() -> None:
    assert contents_on(()) == CONTENTS


def test_only_what_is_there_is_named_and_classes_by_name() -> None:
    assert where("lop-6a", "datapackage.json") == ["lop-6a/", "datapackage.json"]
    assert where("lop-6a", "lop-6b")[0] == "lop-6a/, lop-6b/"
    assert where("lop-9a", "lop-9b", "lop-10a")[0] == "lop-9a/ đến lop-10a/ (3 lớp)"
    assert where("thong-tu.csv") == ["quy-dinh.csv, thong-tu.csv"]


def test_the_confidential_copy_is_named_only_where_it_lies() -> None:
    assert where("nhat-ky", "ban-mat") == ["nhat-ky/", "ban-mat/"]
    assert "ban-mat/" not in where("nhat-ky")


def test_folders_are_named_once_in_the_order_of_the_payload() -> None:
    files = [SealFile(path, b"") for path in ("lop-9a/1.pdf", "lop-10a/1.pdf", "lop-9a/2.pdf")]
    assert holds_of([*files, SealFile("can-cu.csv", b"")]) == ("lop-9a", "lop-10a", "can-cu.csv")
