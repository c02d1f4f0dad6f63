"""One transaction: kept whole after `commit`, gone without it."""

from __future__ import annotations

import pytest

from app.errors import EnvironmentProblem, RuleRefused
from tests.support.school import TestSchool, make_school


@pytest.fixture
def school(tmp_path) -> TestSchool:
    return make_school(tmp_path, pupils=1)


def setting(school: TestSchool) -> str:
    with school.uow.read() as uow:
        return uow.school.setting("probe", "none")


def test_nothing_is_kept_without_a_commit(school):
    with school.uow.write() as uow:
        uow.school.set_setting("probe", "a")
        assert uow.school.setting("probe") == "a"
    assert setting(school) == "none"


@pytest.mark.parametrize("error", [RuleRefused("no", "Không được."), KeyError("bug")])
def test_an_error_passes_as_it_is_and_takes_everything_back(school, error):
    def fail() -> None:
        with school.uow.write() as uow:
            uow.school.set_setting("probe", "a")
            raise error

    with pytest.raises(type(error)) as caught:
        fail()
    assert caught.value is error
    assert setting(school) == "none"
    with school.uow.write() as uow:
        uow.school.set_setting("probe", "b")
        uow.commit()
    assert setting(school) == "b"


def test_what_was_committed_stays_when_the_rest_fails(school):
    def fail() -> None:
        with school.uow.write() as uow:
            uow.school.set_setting("probe", "a")
            uow.commit()
            uow.school.set_setting("probe", "b")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert setting(school) == "a"


def test_a_commit_outside_is_a_bug(school):
    uow = school.uow.write()
    with pytest.raises(RuntimeError):
        uow.commit()
    with uow:
        uow.school.set_setting("probe", "a")
    with pytest.raises(RuntimeError):
        uow.commit()


def test_a_reader_keeps_its_snapshot(school):
    with school.uow.read() as reader:
        assert reader.school.setting("probe", "none") == "none"
        with school.uow.write() as uow:
            uow.school.set_setting("probe", "a")
            uow.commit()
        assert reader.school.setting("probe", "none") == "none"
    assert setting(school) == "a"


def test_a_second_writer_is_told_to_wait(school):
    engine = school.session.uow._database.engine
    held = [engine.connect() for _ in range(3)]
    for connection in held:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
        connection.close()
    with school.uow.write() as uow:
        uow.school.set_setting("probe", "a")
        with pytest.raises(EnvironmentProblem) as busy, school.uow.write():
            pytest.fail("two writers met")
        uow.commit()
    assert busy.value.code == "database_busy"
    assert busy.value.sentence.endswith(".")
    assert setting(school) == "a"
