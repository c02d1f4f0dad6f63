"""Accounts, dated roles and assignments: rows to dataclasses."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, Select, insert, select, update

from app.actor import Actor
from app.domain.ids import AccountId, ClassId, SubjectId
from app.domain.roles import Assignment, Role, RoleGrant
from app.domain.school import Account
from app.errors import AccessDenied, RuleRefused
from app.text import name_key
from db.repositories.new_key import new_key
from db.rows.departments import department_subject
from db.rows.people import account, account_key, assignment, role_grant
from db.rows.school import subject


class SqlAccounts:
    """Fulfils `app.ports.AccountRepository`."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def all(self, day: date) -> tuple[Account, ...]:
        rows = self._db.execute(select(account).order_by(account.c.sort_key)).all()
        roles = self._roles(day)
        return tuple(self._account(row, roles.get(row.id, ())) for row in rows)

    def get(self, account_id: AccountId, day: date) -> Account:
        row = self._db.execute(select(account).where(account.c.id == account_id)).first()
        if row is None:
            raise RuleRefused(
                "not_found", f"Không tìm thấy tài khoản số {account_id}; hãy tải lại trang."
            )
        return self._account(row, self._roles(day).get(account_id, ()))

    def add(
        self, uid: str, full_name: str, department: str, at: datetime, signing_key: bytes
    ) -> AccountId:
        added = self._db.execute(
            insert(account).values(
                uid=uid,
                full_name=full_name,
                sort_key=name_key(full_name),
                department=department,
                created_at=at,
            )
        )
        account_id = AccountId(new_key(added))
        self.record_key(account_id, signing_key, at, "Tạo tài khoản")
        return account_id

    def rename(self, account_id: AccountId, full_name: str, department: str) -> None:
        self._db.execute(
            update(account)
            .where(account.c.id == account_id)
            .values(full_name=full_name, sort_key=name_key(full_name), department=department)
        )

    def record_key(
        self, account_id: AccountId, signing_key: bytes, at: datetime, reason: str
    ) -> None:
        self._db.execute(
            insert(account_key).values(
                account_id=account_id, signing_key=signing_key, since=at, reason=reason
            )
        )

    def keys(self) -> tuple[tuple[AccountId, bytes, datetime], ...]:
        rows = self._db.execute(select(account_key).order_by(account_key.c.id))
        return tuple((AccountId(r.account_id), r.signing_key, r.since) for r in rows)

    def disable(self, account_id: AccountId, on: date | None) -> None:
        self._db.execute(update(account).where(account.c.id == account_id).values(disabled_on=on))

    def grants(self, account_id: AccountId) -> tuple[RoleGrant, ...]:
        rows = self._db.execute(
            select(role_grant)
            .where(role_grant.c.account_id == account_id)
            .order_by(role_grant.c.starts_on, role_grant.c.id)
        )
        return tuple(RoleGrant(account_id, Role(r.role), r.starts_on, r.ends_on) for r in rows)

    def add_grant(self, grant: RoleGrant) -> None:
        self._db.execute(
            insert(role_grant).values(
                account_id=grant.account_id,
                role=grant.role.value,
                starts_on=grant.starts_on,
                ends_on=grant.ends_on,
            )
        )

    def end_grants(self, account_id: AccountId, role: Role, on: date) -> None:
        self._db.execute(
            update(role_grant)
            .where(
                role_grant.c.account_id == account_id,
                role_grant.c.role == role.value,
                role_grant.c.ends_on.is_(None) | (role_grant.c.ends_on > on),
            )
            .values(ends_on=on)
        )

    def assignments(self, class_id: ClassId | None = None) -> tuple[Assignment, ...]:
        query = select(assignment).order_by(assignment.c.id)
        if class_id is not None:
            query = query.where(assignment.c.class_id == class_id)
        return self._assignments(query)

    def _assignments(self, query: Select[tuple[object, ...]]) -> tuple[Assignment, ...]:
        return tuple(
            Assignment(
                ClassId(r.class_id),
                None if r.subject_id is None else SubjectId(r.subject_id),
                AccountId(r.account_id),
                r.starts_on,
                r.ends_on,
            )
            for r in self._db.execute(query)
        )

    def add_assignment(self, new: Assignment) -> None:
        self._db.execute(
            insert(assignment).values(
                class_id=new.class_id,
                subject_id=new.subject_id,
                account_id=new.account_id,
                starts_on=new.starts_on,
                ends_on=new.ends_on,
            )
        )

    def end_assignment(self, class_id: ClassId, subject_id: SubjectId | None, on: date) -> None:
        same_subject = (
            assignment.c.subject_id.is_(None)
            if subject_id is None
            else assignment.c.subject_id == subject_id
        )
        self._db.execute(
            update(assignment)
            .where(
                assignment.c.class_id == class_id,
                same_subject,
                assignment.c.ends_on.is_(None) | (assignment.c.ends_on > on),
            )
            .values(ends_on=on)
        )

    def actor(self, uid: str, day: date) -> Actor:
        row = self._db.execute(select(account).where(account.c.uid == uid)).first()
        # Closed is closed: a PC's clock set back must not open the account again.
        if row is None or row.disabled_on is not None:
            raise AccessDenied(
                "account_disabled",
                "Tài khoản này không còn được dùng trong sổ; hãy hỏi hiệu trưởng hoặc quản trị.",
                uid=uid,
            )
        mine = select(assignment).where(assignment.c.account_id == row.id)
        theirs = [a for a in self._assignments(mine) if a.covers(day)]
        teaches = frozenset((a.class_id, a.subject_id) for a in theirs if a.subject_id is not None)
        homeroom = frozenset(a.class_id for a in theirs if a.subject_id is None)
        roles = {Role(name) for name in self._roles(day).get(row.id, ())}
        if teaches:
            roles.add(Role.SUBJECT_TEACHER)
        if homeroom:
            roles.add(Role.HOMEROOM_TEACHER)
        return Actor(
            AccountId(row.id),
            row.uid,
            row.full_name,
            frozenset(roles),
            teaches,
            homeroom,
            row.department,
            self._subjects_of(row.department) if Role.DEPARTMENT_HEAD in roles else frozenset(),
        )

    def _subjects_of(self, department: str) -> frozenset[SubjectId]:
        """Subjects of a tổ in every year."""
        found = self._db.execute(
            select(subject.c.id)
            .join(department_subject, department_subject.c.code == subject.c.code)
            .where(department_subject.c.department == department)
        )
        return frozenset(map(SubjectId, found.scalars()))

    def teachers(self, class_id: ClassId, subject_id: SubjectId, day: date) -> frozenset[AccountId]:
        rows = self._db.execute(
            select(assignment.c.account_id, assignment.c.starts_on, assignment.c.ends_on)
            .join(account, account.c.id == assignment.c.account_id)
            .where(
                assignment.c.class_id == class_id,
                assignment.c.subject_id == subject_id,
                account.c.disabled_on.is_(None),
            )
        )
        return frozenset(
            AccountId(who)
            for who, starts, ends in rows
            if starts <= day and (ends is None or day <= ends)
        )

    def touch_sign_in(self, account_id: AccountId, at: datetime) -> None:
        self._db.execute(update(account).where(account.c.id == account_id).values(last_sign_in=at))

    def _roles(self, day: date) -> dict[int, tuple[str, ...]]:
        rows = self._db.execute(select(role_grant).order_by(role_grant.c.id))
        found: dict[int, tuple[str, ...]] = {}
        for row in rows:
            if row.starts_on <= day and (row.ends_on is None or day <= row.ends_on):
                held = found.get(row.account_id, ())
                if row.role not in held:
                    found[row.account_id] = (*held, row.role)
        return found

    @staticmethod
    def _account(row: object, roles: tuple[str, ...]) -> Account:
        values = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001 - SQLAlchemy's public name
        return Account(
            AccountId(values["id"]),
            values["uid"],
            values["full_name"],
            values["department"],
            roles,
            values["disabled_on"],
            values["last_sign_in"],
        )
