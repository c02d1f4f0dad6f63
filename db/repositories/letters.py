"""Letters, boards and dossiers: rows to dataclasses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.domain.dossiers import Dossier, DossierPart, EnclosedPaper
from app.domain.ids import AccountId, SchoolYearId
from app.domain.letters import Board, BoardMember, LetterKind, LetterText, LetterWords, Seat
from db.rows.letters import board_member, dossier, dossier_enclosure, letter_text
from db.rows.people import account


class SqlLetters:
    """Fulfils `app.letter_ports.LetterRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def texts(self, kind: LetterKind) -> tuple[LetterText, ...]:
        rows = self._db.execute(
            select(letter_text, account.c.full_name)
            .join(account, account.c.id == letter_text.c.written_by)
            .where(letter_text.c.kind == kind.value)
            .order_by(letter_text.c.version)
        ).mappings()
        return tuple(
            LetterText(
                kind,
                row["version"],
                LetterWords(row["about"], row["body"], row["recipients"], row["addressee"]),
                row["full_name"],
                row["written_at"],
            )
            for row in rows
        )

    def add_text(self, text: LetterText, by: AccountId) -> None:
        self._db.execute(
            insert(letter_text).values(
                kind=text.kind.value,
                version=text.version,
                about=text.words.about,
                addressee=text.words.addressee,
                body=text.words.body,
                recipients=text.words.recipients,
                written_by=by,
                written_at=text.written_at,
            )
        )

    def members(self, year_id: SchoolYearId, board: Board) -> tuple[BoardMember, ...]:
        rows = self._db.execute(
            select(board_member)
            .where(board_member.c.school_year_id == year_id, board_member.c.board == board.value)
            .order_by(board_member.c.position)
        ).mappings()
        return tuple(
            BoardMember(
                Seat(row["seat"]),
                row["full_name"],
                row["office"],
                row["duty"],
                None if row["account_id"] is None else AccountId(row["account_id"]),
            )
            for row in rows
        )

    def put_members(
        self, year_id: SchoolYearId, board: Board, members: tuple[BoardMember, ...]
    ) -> None:
        self._db.execute(
            delete(board_member).where(
                board_member.c.school_year_id == year_id, board_member.c.board == board.value
            )
        )
        rows = [
            {
                "school_year_id": year_id,
                "board": board.value,
                "position": position,
                "seat": one.seat.value,
                "full_name": one.full_name,
                "office": one.office,
                "duty": one.duty,
                "account_id": one.account_id,
            }
            for position, one in enumerate(members, 1)
        ]
        if rows:
            self._db.execute(insert(board_member), rows)

    def dossier(self, year_id: SchoolYearId) -> Dossier:
        row = (
            self._db.execute(select(dossier).where(dossier.c.school_year_id == year_id))
            .mappings()
            .first()
        )
        enclosed = tuple(
            EnclosedPaper(DossierPart(one["part"]), one["title"], one["sheets"], one["left_out"])
            for one in self._db.execute(
                select(dossier_enclosure)
                .where(dossier_enclosure.c.school_year_id == year_id)
                .order_by(dossier_enclosure.c.id)
            ).mappings()
        )
        if row is None:
            return Dossier(year_id, enclosed=enclosed)
        return Dossier(
            year_id, row["receiver"], row["due_on"], enclosed, row["handed_on"], row["handed_how"]
        )

    def plan_dossier(self, year_id: SchoolYearId, receiver: str, due_on: date | None) -> None:
        self._put(year_id, receiver=receiver, due_on=due_on)

    def enclose(
        self, year_id: SchoolYearId, paper: EnclosedPaper, by: AccountId, at: datetime
    ) -> None:
        self._db.execute(
            delete(dossier_enclosure).where(
                dossier_enclosure.c.school_year_id == year_id,
                dossier_enclosure.c.part == paper.part.value,
            )
        )
        self._db.execute(
            insert(dossier_enclosure).values(
                school_year_id=year_id,
                part=paper.part.value,
                title=paper.title,
                sheets=paper.sheets,
                left_out=paper.left_out,
                noted_by=by,
                noted_at=at,
            )
        )

    def hand_in(self, year_id: SchoolYearId, on: date, how: str) -> None:
        self._put(year_id, handed_on=on, handed_how=how)

    def _put(self, year_id: SchoolYearId, **values: object) -> None:
        found = upsert(dossier).values(
            {"school_year_id": year_id, "receiver": "", "handed_how": "", **values}
        )
        self._db.execute(
            found.on_conflict_do_update(index_elements=["school_year_id"], set_=values)
        )
