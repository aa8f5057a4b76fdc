"""Reviewers behind their pseudonyms: accounts, logins, sessions, and the log of what was done."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from pipeline.review import tables
from pipeline.review.database import writing
from pipeline.review.errors import RefusedError
from pipeline.review.store import in_utc, utc_now

if TYPE_CHECKING:
    from argon2 import PasswordHasher

READER, REVIEWER, STEWARD = "läsare", "granskare", "förvaltare"
#: What may be done, least first: read; decide; change registers, accounts and read the log.
ROLES = (READER, REVIEWER, STEWARD)
#: A working day; then one logs in again.
SESSION = dt.timedelta(hours=10)
#: Wrong passwords for one name within the window before it has to wait (OWASP: throttle by account).
TRIES, WINDOW = 6, dt.timedelta(minutes=10)
#: NIST SP 800-63B rev. 4 asks for 15 characters where the password is the only factor.
MIN_PASSWORD = 15
#: How long a soft claim lasts after the page was last seen to be open.
LOOKING = dt.timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Person:
    """A reviewer: the pseudonymous id that is published, and the name that is not."""

    reviewer_id: str
    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether the person's role is this one or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


class People:
    """Accounts and what they do, in the store of decisions."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def named(self, name: str, role: str = REVIEWER) -> Person:
        """The person with this name, made with this role and no password when unknown.

        For the desk without login and behind a proxy that has told who it is.
        """
        name = _checked_name(name)
        found = self._find(tables.reviewers.c.name == name)
        if found is None:
            self._insert(name, role, None)
            found = self._find(tables.reviewers.c.name == name)
        assert found is not None
        return found

    def add_account(self, name: str, role: str, password: str) -> Person:
        """Make an account, or give an existing one a new role and password.

        Raises:
            RefusedError: the password is short or the role is none.
        """
        name = _checked_name(name)
        if role not in ROLES:
            raise RefusedError(f"Rollen {role} finns inte: välj {', '.join(ROLES)}.")
        if len(password) < MIN_PASSWORD:
            raise RefusedError(f"Lösenordet är för kort: välj minst {MIN_PASSWORD} tecken, gärna flera ord.")
        hashed = _hasher().hash(password)
        if self._find(tables.reviewers.c.name == name) is None:
            self._insert(name, role, hashed)
        else:
            with writing(self._engine) as connection:
                connection.execute(
                    update(tables.reviewers)
                    .where(tables.reviewers.c.name == name)
                    .values(role=role, password_hash=hashed, active=True)
                )
        found = self._find(tables.reviewers.c.name == name)
        assert found is not None
        with writing(self._engine) as connection:
            connection.execute(
                delete(tables.sessions).where(tables.sessions.c.reviewer_id == found.reviewer_id)
            )
        self.note(found.reviewer_id, "konto", role)
        return found

    def change_password(self, person: Person, old: str, new: str, keep: str, address: str) -> None:
        """Give one's own account another password; every session but the one at hand ends.

        Args:
            keep: token of the session that goes on.

        Raises:
            RefusedError: the old password is wrong (or has been too often), or the new one is short.
        """
        if len(new) < MIN_PASSWORD:
            raise RefusedError(f"Det nya lösenordet är för kort: välj minst {MIN_PASSWORD} tecken.")
        token = self.log_in(person.name, old, address)
        if token is None:
            raise RefusedError("Det nuvarande lösenordet stämmer inte.")
        mine = tables.sessions.c.reviewer_id == person.reviewer_id
        with writing(self._engine) as connection:
            connection.execute(
                update(tables.reviewers)
                .where(tables.reviewers.c.reviewer_id == person.reviewer_id)
                .values(password_hash=_hasher().hash(new))
            )
            connection.execute(
                delete(tables.sessions).where(mine, tables.sessions.c.token_hash != _digest(keep))
            )
        self.note(person.reviewer_id, "nytt lösenord", address=address)

    def has_accounts(self) -> bool:
        """Whether anybody can log in."""
        query = select(func.count()).where(
            tables.reviewers.c.password_hash.is_not(None), tables.reviewers.c.active
        )
        with self._engine.connect() as connection:
            return bool(connection.execute(query).scalar())

    def names(self) -> Mapping[str, str]:
        """Names by pseudonymous id."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.reviewers.c.reviewer_id, tables.reviewers.c.name)).all()
        return {row[0]: row[1] for row in rows}

    def log_in(self, name: str, password: str, address: str) -> str | None:
        """A new session's token when name and password fit, else None; both are noted.

        Raises:
            RefusedError: too many wrong passwords for this name within a short time.
        """
        from argon2.exceptions import InvalidHashError, VerificationError

        name = name.strip()[:100]
        since = utc_now() - WINDOW
        wrong = select(func.count()).where(
            tables.audit.c.who == name, tables.audit.c.what == "inloggning nekad", tables.audit.c.at > since
        )
        query = select(tables.reviewers).where(tables.reviewers.c.name == name, tables.reviewers.c.active)
        with self._engine.connect() as connection:
            tries = int(connection.execute(wrong).scalar() or 0)
            row = connection.execute(query).mappings().first()
        if tries >= TRIES:
            raise RefusedError("För många felaktiga försök. Vänta tio minuter och försök igen.")
        known = row["password_hash"] if row is not None else None
        try:
            # An unknown name costs as much time as a wrong password, so that names cannot be told apart.
            _hasher().verify(known or _no_ones_hash(), password)
            fits = known is not None
        except (VerificationError, InvalidHashError):
            fits = False
        if not fits or row is None:
            self.note(name, "inloggning nekad", address=address)
            return None
        token = secrets.token_urlsafe(32)
        with writing(self._engine) as connection:
            connection.execute(delete(tables.sessions).where(tables.sessions.c.expires < utc_now()))
            connection.execute(
                insert(tables.sessions).values(
                    token_hash=_digest(token), reviewer_id=row["reviewer_id"], expires=utc_now() + SESSION
                )
            )
        self.note(row["reviewer_id"], "inloggning", address=address)
        return token

    def of_session(self, token: str) -> Person | None:
        """The person whose session this is; None when it is unknown or has run out."""
        query = (
            select(tables.reviewers, tables.sessions.c.expires)
            .join(tables.sessions, tables.sessions.c.reviewer_id == tables.reviewers.c.reviewer_id)
            .where(tables.sessions.c.token_hash == _digest(token), tables.reviewers.c.active)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None or in_utc(row["expires"]) < utc_now():
            return None
        return Person(row["reviewer_id"], row["name"], row["role"])

    def log_out(self, token: str, person: Person, address: str) -> None:
        """End a session."""
        with writing(self._engine) as connection:
            connection.execute(delete(tables.sessions).where(tables.sessions.c.token_hash == _digest(token)))
        self.note(person.reviewer_id, "utloggning", address=address)

    def note(self, who: str, what: str, subject: str = "", address: str = "") -> None:
        """Add a line to the log."""
        with writing(self._engine) as connection:
            connection.execute(
                insert(tables.audit).values(
                    at=utc_now(), who=who[:100], what=what[:40], subject=subject[:400], address=address[:60]
                )
            )

    def log(self, limit: int, before: int | None = None) -> Sequence[Mapping[str, Any]]:
        """The newest lines of the log (before the one with an id), newest first."""
        query = select(tables.audit).order_by(tables.audit.c.id.desc()).limit(limit)
        if before is not None:
            query = query.where(tables.audit.c.id < before)
        with self._engine.connect() as connection:
            return [dict(row) | {"at": in_utc(row["at"])} for row in connection.execute(query).mappings()]

    def look(self, flag_id: str, person: Person) -> tuple[str, ...]:
        """Say that a person has a flag open; gives the names of the others who have."""
        now = utc_now()
        mine = (tables.looking.c.flag_id == flag_id) & (tables.looking.c.reviewer_id == person.reviewer_id)
        others = (
            select(tables.reviewers.c.name)
            .join(tables.looking, tables.looking.c.reviewer_id == tables.reviewers.c.reviewer_id)
            .where(
                tables.looking.c.flag_id == flag_id,
                tables.looking.c.reviewer_id != person.reviewer_id,
                tables.looking.c.until > now,
            )
            .order_by(tables.reviewers.c.name)
        )
        with writing(self._engine) as connection:
            connection.execute(delete(tables.looking).where(mine | (tables.looking.c.until < now)))
            connection.execute(
                insert(tables.looking).values(
                    flag_id=flag_id, reviewer_id=person.reviewer_id, until=now + LOOKING
                )
            )
            return tuple(connection.execute(others).scalars())

    def _find(self, condition: Any) -> Person | None:
        query = select(tables.reviewers).where(condition, tables.reviewers.c.active)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else Person(row["reviewer_id"], row["name"], row["role"])

    def _insert(self, name: str, role: str, password_hash: str | None) -> None:
        values = {
            "reviewer_id": f"granskare-{secrets.token_hex(4)}",
            "name": name,
            "role": role,
            "password_hash": password_hash,
            "active": True,
            "created": utc_now(),
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(tables.reviewers).values(**values))
        except IntegrityError as error:
            if self._find(tables.reviewers.c.name == name) is None:  # made by another just now is fine
                raise RefusedError(f"Kontot {name} är avstängt.") from error


def _checked_name(name: str) -> str:
    shown = " ".join(name.split())[:100]
    if not shown or not shown.isprintable():
        raise RefusedError("Ange ett namn med vanliga tecken.")
    return shown


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id with the parameters of RFC 9106, low-memory profile


def _no_ones_hash() -> str:
    global _dummy
    if _dummy is None:
        _dummy = _hasher().hash(secrets.token_urlsafe(32))
    return _dummy


_dummy: str | None = None
