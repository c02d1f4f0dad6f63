"""Identity types: numbers of the file, never shown to users."""

from __future__ import annotations

from typing import NewType

AccountId = NewType("AccountId", int)
SchoolYearId = NewType("SchoolYearId", int)
ClassId = NewType("ClassId", int)
SubjectId = NewType("SubjectId", int)
PupilId = NewType("PupilId", int)
AssessmentId = NewType("AssessmentId", int)
CorrectionId = NewType("CorrectionId", int)
PrintRunId = NewType("PrintRunId", int)
