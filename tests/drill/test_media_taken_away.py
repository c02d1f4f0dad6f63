"""The medium is pulled, or another is plugged in its place, at any moment of a seal.

The seal says so, nothing lands on the other medium, and what went away with the first one is
nothing, a folder that says it is unfinished, or a bag that was proved whole.
"""

import pytest

from app.errors import EnvironmentProblem
from exports.seal.bag import write_bag
from exports.seal.checker import check_bag
from exports.seal.verifier import UNFINISHED
from tests.drill.tally import ROUNDS, Fate, count
from tests.exports.seal.making import BAG, WatchedDrive, bind, contents_of, request, seal

pytestmark = pytest.mark.drill


def removed(folder):
    """The mount point is left bare."""
    folder.mkdir()


def swapped(folder):
    """A stick with a bag of the same name, and a paper of somebody's."""
    folder.mkdir()
    seal(folder, request(seed=9))
    (folder / "thu-moi.txt").write_text("của người khác", encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "puts"), [("medium removed", removed), ("medium swapped", swapped)]
)
def test_at_any_moment_of_a_seal(tmp_path, chance, kind, puts):
    (tmp_path / "dem").mkdir()
    watched = WatchedDrive(bind(tmp_path / "dem"))
    write_bag(request(), watched, tmp_path / "dem")
    for turn in range(ROUNDS * 2):
        folder, away = tmp_path / f"E{turn}", tmp_path / f"rut{turn}"
        folder.mkdir()
        drive, moment = WatchedDrive(bind(folder)), chance.randint(1, watched.checks)
        found = {}

        def pull(number, folder=folder, away=away, moment=moment, found=found):
            if number == moment:
                folder.rename(away)
                puts(folder)
                found.update(contents_of(folder))

        drive.at_check = pull
        with pytest.raises(EnvironmentProblem) as caught:
            write_bag(request(), drive, folder)
        left = [path.name for path in away.iterdir()]
        proved = left != [BAG] or check_bag(away / BAG).exit_code == 0
        untouched = contents_of(folder) == found
        fate = Fate.TOLD if proved and untouched else Fate.UNDETECTED
        count(kind, fate)
        assert caught.value.code == "drive_changed"
        assert left in ([], [BAG + UNFINISHED], [BAG])
        assert fate is Fate.TOLD
