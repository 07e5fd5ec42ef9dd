"""The two roles: tidu_owner owns and migrates, tidu_app serves and is bound by row-level security.

tidu_app gets SELECT, INSERT and UPDATE on whatever the owner creates, and never DELETE (nothing is deleted);
the few tables of the framework that must forget, such as sessions, are named in a migration.
"""

import psycopg
from psycopg import Connection, sql

from .address import ADMIN, APP, OWNER, Address, Addresses

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
    """The roles are not as they must be and we may not mend it; the message says what to do."""


def ensure_database(addresses: Addresses) -> None:
    """The database and the roles exist and have their rights; safe to repeat."""
    if addresses.embedded:
        with psycopg.connect(addresses.admin.conninfo(name=ADMIN), autocommit=True) as connection:
            ensure_roles(connection, addresses)
            create_database(connection, addresses.admin.name)
    with psycopg.connect(addresses.admin.conninfo(), autocommit=True) as connection:
        if connection.info.server_version < OLDEST:
            raise RolesProblem("DATABASE_URL 指向的 PostgreSQL 版本过低，需 15 或更高。")
        ensure_roles(connection, addresses)
        if not rights_stand(connection):
            attempt(connection, addresses, grants(addresses))
        declare_leakproof(connection)


def ensure_roles(connection: Connection, addresses: Addresses) -> None:
    """Missing roles are created. A role that is there already belongs to somebody: it is never changed."""
    present = existing(connection)
    missing = [address for address in (addresses.owner, addresses.app) if address.user not in present]
    if missing:
        attempt(connection, addresses, creations(connection, addresses, missing))
    elif not logins_work(addresses):
        raise RolesProblem(FOREIGN_ROLES)
    if APP in powerful(connection):
        raise RolesProblem(f"角色 {APP} 可绕过行级安全，请去掉其 SUPERUSER 与 BYPASSRLS 属性。")


FOREIGN_ROLES = f"""数据库中已有角色 {OWNER}、{APP}，但本处保存的口令不能登录。
如它们属于同一套系统，请用 TIDU_OWNER_PASSWORD 与 TIDU_APP_PASSWORD 给出口令；
如是另一套系统的，请改用另一个数据库服务器，以免相互影响。"""


def existing(connection: Connection) -> set[str]:
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[OWNER, APP]])
    return {row[0] for row in rows}


def powerful(connection: Connection) -> set[str]:
    rows = connection.execute("SELECT rolname FROM pg_roles WHERE rolsuper OR rolbypassrls")
    return {row[0] for row in rows}


def logins_work(addresses: Addresses) -> bool:
    try:
        for address in (addresses.owner, addresses.app):
            psycopg.connect(address.conninfo(name=ADMIN if addresses.embedded else None)).close()
    except psycopg.OperationalError:
        return False
    return True


def creations(connection: Connection, addresses: Addresses, missing: list[Address]) -> list[sql.Composed]:
    """Passwords are given as verifiers, so that the statements may be shown and logged."""
    statements = []
    for address in missing:
        secret, user = address.password.encode(), address.user.encode()
        verifier = connection.pgconn.encrypt_password(secret, user, b"scram-sha-256").decode()
        statement = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        statements.append(statement.format(sql.Identifier(address.user), sql.Literal(verifier)))
    membership = sql.SQL("GRANT {} TO {}")
    statements.append(membership.format(sql.Identifier(OWNER), sql.Identifier(addresses.admin.user)))
    return statements


def create_database(connection: Connection, name: str) -> None:
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))


def rights_stand(connection: Connection) -> bool:
    """The owner may create in this database, and what it creates will be open to the serving role."""
    row = connection.execute(
        "SELECT has_schema_privilege(%(owner)s, 'public', 'CREATE')"
        " AND has_schema_privilege(%(app)s, 'public', 'USAGE')"
        " AND has_database_privilege(%(app)s, current_database(), 'CONNECT')"
        " AND count(*) = 2 FROM pg_default_acl"
        " WHERE defaclrole = to_regrole(%(owner)s) AND defaclnamespace = 'public'::regnamespace",
        {"owner": OWNER, "app": APP},
    ).fetchone()
    return row == (True,)


def grants(addresses: Addresses) -> list[sql.Composed]:
    """What the owner creates in this database, the serving role may read, add to and change."""
    names = {
        "database": sql.Identifier(addresses.admin.name),
        "owner": sql.Identifier(OWNER),
        "app": sql.Identifier(APP),
    }
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


def attempt(connection: Connection, addresses: Addresses, statements: list[sql.Composed]) -> None:
    """Runs the statements, all or none; if we may not, says which ones an administrator must run."""
    try:
        with connection.transaction():
            for statement in statements:
                connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        present = existing(connection)
        missing = [address for address in (addresses.owner, addresses.app) if address.user not in present]
        roles = creations(connection, addresses, missing) if missing else []
        raise RolesProblem(instructions(connection, roles + grants(addresses))) from error


def instructions(connection: Connection, statements: list[sql.Composed]) -> str:
    text = ";\n".join(statement.as_string(connection) for statement in statements)
    return (
        f"用户 {connection.info.user} 无权建立角色或授权。请数据库管理员连接到数据库"
        f" {connection.info.dbname} 执行下列语句（口令已加盐散列，可以传送），然后重试：\n\n{text};\n"
    )


def declare_leakproof(connection: Connection) -> None:
    if connection.info.parameter_status("is_superuser") == "on":
        for function in LEAKPROOF:
            connection.execute(sql.SQL("ALTER FUNCTION {} LEAKPROOF").format(sql.SQL(function)))
