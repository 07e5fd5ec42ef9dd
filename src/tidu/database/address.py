"""Where the database is and as whom to enter it: the embedded server, or the one DATABASE_URL names."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from psycopg.conninfo import make_conninfo

from .home import Home, home

DATABASE_NAME = "tidu"
ADMIN = "postgres"
OWNER = "tidu_owner"
APP = "tidu_app"


@dataclass(frozen=True)
class Address:
    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False)
    options: tuple[tuple[str, str], ...] = ()

    def conninfo(self, *, name: str | None = None) -> str:
        """For psycopg.connect; ``name`` enters another database of the same server."""
        return make_conninfo(
            host=self.host,
            port=self.port,
            dbname=name or self.name,
            user=self.user,
            password=self.password,
            **dict(self.options),
        )

    def settings(self) -> dict[str, Any]:
        """For Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": self.host,
            "PORT": str(self.port),
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "OPTIONS": dict(self.options),
        }


@dataclass(frozen=True)
class Addresses:
    """The same database entered by three roles.

    admin may create roles and databases, owner migrates, app serves and is bound by row-level security.
    """

    admin: Address
    owner: Address
    app: Address
    embedded: bool


def addresses(place: Home | None = None, environ: Mapping[str, str] = os.environ) -> Addresses:
    """From DATABASE_URL, else the embedded server; TIDU_DATABASE_NAME chooses another database there."""
    place = place or home(environ)
    url = environ.get("DATABASE_URL")
    admin = parse(url) if url else embedded_admin(place)
    admin = replace(admin, name=environ.get("TIDU_DATABASE_NAME", admin.name))

    def password(variable: str, secret: str) -> str:
        """Named where several machines share a database, else made by chance and kept in TIDU_HOME."""
        return environ.get(variable) or place.secret(secret)

    return Addresses(
        admin=admin,
        owner=replace(admin, user=OWNER, password=password("TIDU_OWNER_PASSWORD", "database-owner")),
        app=replace(admin, user=APP, password=password("TIDU_APP_PASSWORD", "database-app")),
        embedded=not url,
    )


def embedded_admin(place: Home) -> Address:
    return Address(
        host=str(socket_folder(place)),
        port=5432,
        name=DATABASE_NAME,
        user=ADMIN,
        password=place.secret("database-admin"),
    )


def socket_folder(place: Home) -> Path:
    """Beside the data. A socket's path is limited to 107 bytes by the operating system."""
    return place.postgres / "socket"


def parse(url: str) -> Address:
    """``postgresql://user:password@host:5432/name?sslmode=require``"""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL 须以 postgresql:// 开头，例如 postgresql://用户:口令@主机:5432/库名")
    return Address(
        host=unquote(parts.hostname or "localhost"),
        port=parts.port or 5432,
        name=unquote(parts.path.lstrip("/")) or DATABASE_NAME,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        options=tuple(parse_qsl(parts.query)),
    )
