"""Every table of the file has words for the screen, and no words are left of a dropped one."""

import db.rows
from app.domain.table_words import TABLE_WORDS, table_words
from db.rows.base import metadata


def test_every_table_has_its_words():
    assert db.rows is not None
    assert TABLE_WORDS.keys() == metadata.tables.keys()
    assert len(set(TABLE_WORDS.values())) == len(TABLE_WORDS)
    assert table_words("alembic_version") == "alembic_version"
