"""``./tidu migrate``: creates the roles and the schema, or brings them up to date."""

from tidu.deployment import site


def run(arguments: list[str]) -> int:
    with site.database_up():
        site.ready()
        changed = site.migrate()
    print("数据库结构已升级" if changed else "数据库结构已是最新")
    return 0
