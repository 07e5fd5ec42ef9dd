"""The two roles: tidu_owner owns and migrates, tidu_app serves and is bound by row-level security.

tidu_app gets SELECT, INSERT and UPDATE on whatever the owner creates, and never DELETE (nothing is deleted);
the few tables of the framework that must forget, such as sessions, are named in a migration.
"""

import psycopg
from psycopg import Connection, sql

from .address import ADMIN, APP, OWNER, Addresses

OLDEST = 150000
"""PostgreSQL 15, as the server counts versions."""

LEAKPROOF = (
    "textlike(text, text)",
    "texticlike(text, text)",
    "arraycontains(anyarray, anyarray)",
    "arrayoverlap(anyarray, anyarray)",
)
"""Functions a search may evaluate before the row-level policies, else no index serves it.

They could tell a caller something about rows he may not see only through an error message, and these raise
none that holds data. Only a superuser may declare it; without it all works, but searches are slower.
"""


class RolesProblem(Exception):
    """The roles are missing and we may not make them; the message holds the SQL an administrator must run."""


def ensure_database(addresses: Addresses) -> None:
    """The database and the roles exist, their passwords are ours, their rights are right; safe to repeat."""
    if addresses.embedded:
        with psycopg.connect(addresses.admin.conninfo(name=ADMIN), autocommit=True) as connection:
            ensure_roles(connection, addresses)
            create_database(connection, addresses.admin.name)
        with psycopg.connect(addresses.admin.conninfo(), autocommit=True) as connection:
            grant(connection)
        return
    with psycopg.connect(addresses.admin.conninfo(), autocommit=True) as connection:
        if connection.info.server_version < OLDEST:
            raise RolesProblem("DATABASE_URL 指向的 PostgreSQL 版本过低，需 15 或更高。")
        ensure_roles(connection, addresses)
        grant(connection)


def ensure_roles(connection: Connection, addresses: Addresses) -> None:
    if roles_work(addresses):
        return
    statements = role_statements(connection, addresses)
    try:
        for statement in statements:
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesProblem(instructions(connection, statements)) from error


def roles_work(addresses: Addresses) -> bool:
    """Both roles can log in with the passwords we hold. The database may not exist yet: that is no matter."""
    try:
        for address in (addresses.owner, addresses.app):
            name = ADMIN if addresses.embedded else None
            psycopg.connect(address.conninfo(name=name)).close()
    except psycopg.OperationalError:
        return False
    return True


def role_statements(connection: Connection, addresses: Addresses) -> list[sql.Composed]:
    """Passwords are given as verifiers, so that the statements may be shown and logged."""
    statements = []
    for address in (addresses.owner, addresses.app):
        exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [address.user]).fetchone()
        verifier = connection.pgconn.encrypt_password(
            address.password.encode(), address.user.encode(), b"scram-sha-256"
        )
        statements.append(
            sql.SQL("{verb} ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {password}").format(
                verb=sql.SQL("ALTER" if exists else "CREATE"),
                role=sql.Identifier(address.user),
                password=sql.Literal(verifier.decode()),
            )
        )
    statements.append(sql.SQL("GRANT {owner} TO CURRENT_USER").format(owner=sql.Identifier(OWNER)))
    return statements


def create_database(connection: Connection, name: str) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))


def grant(connection: Connection) -> None:
    """What the owner creates in this database, the serving role may read, add to and change."""
    statements = grant_statements(connection.info.dbname)
    try:
        for statement in statements:
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesProblem(instructions(connection, statements)) from error
    if is_superuser(connection):
        for function in LEAKPROOF:
            connection.execute(sql.SQL("ALTER FUNCTION {} LEAKPROOF").format(sql.SQL(function)))


def grant_statements(database: str) -> list[sql.Composed]:
    names = {"database": sql.Identifier(database), "owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    future = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
    texts = (
        "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {owner}",
        "GRANT CONNECT ON DATABASE {database} TO {app}",
        "GRANT USAGE, CREATE ON SCHEMA public TO {owner}",
        "GRANT USAGE ON SCHEMA public TO {app}",
        future + "GRANT SELECT, INSERT, UPDATE ON TABLES TO {app}",
        future + "GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    )
    return [sql.SQL(text).format(**names) for text in texts]


def is_superuser(connection: Connection) -> bool:
    return connection.info.parameter_status("is_superuser") == "on"


def instructions(connection: Connection, statements: list[sql.Composed]) -> str:
    text = ";\n".join(statement.as_string(connection) for statement in statements)
    return f"DATABASE_URL 的用户无权执行下列语句，请数据库管理员在该库中执行后重试：\n\n{text};\n"
