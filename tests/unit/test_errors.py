"""A refusal keeps its code, sentence and facts on the way from another process."""

import pickle

import pytest

from app.errors import AccessDenied, AppError, EnvironmentProblem, RuleRefused, StaleData


@pytest.mark.parametrize("kind", [RuleRefused, AccessDenied, StaleData, EnvironmentProblem])
def test_a_refusal_travels_whole(kind: type[AppError]) -> None:
    sent = kind("class_closed", "Lớp 6A đã chốt.", class_id=3, days=(1, 2))
    came = pickle.loads(pickle.dumps(sent))
    assert type(came) is kind
    assert (came.code, came.sentence) == (sent.code, sent.sentence)
    assert came.facts == {"class_id": 3, "days": (1, 2)}
    assert str(came) == "Lớp 6A đã chốt."
