"""Table definitions; they never leave db/. Importing this package registers every table."""

from db.rows import (  # noqa: F401 - importing registers the tables
    attendance,
    control,
    corrections,
    departments,
    forms,
    letters,
    marks,
    media,
    office,
    paper_lives,
    people,
    prints,
    proofs,
    roster,
    rules,
    school,
    signed_papers,
    trail,
    year_end,
)
from db.rows.base import metadata

__all__ = ["metadata"]
