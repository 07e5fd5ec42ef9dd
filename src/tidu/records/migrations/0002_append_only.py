"""The ledger's own doors in the database, and nothing else than doors.

The serving role can neither insert, update nor delete entries: it calls ``records_append``, which works
for an actor who may not read the chain (the public files an objection) and refuses one who claims to be
somebody else. Triggers hold even the owner to adding only; switching them off is what
``tidu records verify`` finds.
"""

from django.db import migrations
from tidu.database.policies import policy, predicate, protect

LOCK_CHAIN = """
CREATE FUNCTION records_lock_chain(which bigint)
RETURNS TABLE (token text, algorithm text, head_seq int, head_digest text, clock timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT c.token, c.algorithm, c.head_seq, c.head_digest, clock_timestamp()
    FROM records_chain c WHERE c.id = which AND tidu_kind() IS NOT NULL FOR NO KEY UPDATE
$$
"""

APPEND = """
CREATE FUNCTION records_append(
    chain bigint, seq int, verb text, kind text, account bigint, office bigint, firm bigint, name text,
    happened_at timestamptz, written_at timestamptz, salt bytea, body bytea, body_digest text,
    snapshot text, previous text, digest text, algorithm text
) RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
#variable_conflict use_variable
DECLARE
    entry bigint;
BEGIN
    IF tidu_kind() IS NULL OR tidu_kind() <> 'system' AND
        (tidu_kind(), tidu_account(), tidu_office(), tidu_firm()) IS DISTINCT FROM (kind, account, office, firm)
    THEN
        RAISE insufficient_privilege USING MESSAGE = 'an entry names another actor than the one in scope';
    END IF;
    UPDATE records_chain c SET head_seq = seq, head_digest = digest
    WHERE c.id = chain AND c.head_seq = seq - 1 AND c.head_digest = previous;
    IF NOT FOUND THEN
        RAISE serialization_failure USING MESSAGE = 'the entry does not follow the head of its chain';
    END IF;
    INSERT INTO records_entry (chain_id, seq, verb, actor_kind, account_id, office_id, firm_id, actor_name,
        "at", written_at, salt, body, body_digest, snapshot, previous, digest, algorithm)
    VALUES (chain, seq, verb, kind, account, office, firm, name,
        happened_at, written_at, salt, body, body_digest, snapshot, previous, digest, algorithm)
    RETURNING id INTO entry;
    RETURN entry;
END
$$
"""

ERASE_BODY = """
CREATE FUNCTION records_erase_body(entry bigint)
RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF tidu_kind() IS NULL OR tidu_kind() NOT IN ('system', 'operator') THEN
        RAISE insufficient_privilege USING MESSAGE = 'only the system or an operator erases a body';
    END IF;
    UPDATE records_entry SET body = NULL, salt = NULL WHERE id = entry AND body IS NOT NULL;
    RETURN FOUND;
END
$$
"""

REFUSE = """
CREATE FUNCTION records_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = format('%s on %s: the ledger only grows', TG_OP, TG_TABLE_NAME);
END
$$
"""

GUARD_ENTRY = """
CREATE FUNCTION records_guard_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    permitted records_entry := OLD;
BEGIN
    permitted.body := NULL;
    permitted.salt := NULL;
    IF NEW IS DISTINCT FROM permitted THEN
        RAISE insufficient_privilege USING MESSAGE = 'an entry is never changed; only its body may be erased';
    END IF;
    RETURN NEW;
END
$$
"""

GUARD_CHAIN = """
CREATE FUNCTION records_guard_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    permitted records_chain := OLD;
BEGIN
    permitted.head_seq := OLD.head_seq + 1;
    permitted.head_digest := NEW.head_digest;
    IF NEW IS DISTINCT FROM permitted THEN
        RAISE insufficient_privilege USING MESSAGE = 'a chain only grows, by one entry at a time';
    END IF;
    RETURN NEW;
END
$$
"""

GUARD_FROZEN = """
CREATE FUNCTION records_guard_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.digest, NEW.body) IS DISTINCT FROM (OLD.digest, OLD.body) OR OLD.public THEN
        RAISE insufficient_privilege USING MESSAGE = 'a frozen body is never changed; it may only be made public';
    END IF;
    RETURN NEW;
END
$$
"""

FUNCTIONS = {
    "records_lock_chain": LOCK_CHAIN,
    "records_append": APPEND,
    "records_erase_body": ERASE_BODY,
    "records_refuse": REFUSE,
    "records_guard_entry": GUARD_ENTRY,
    "records_guard_chain": GUARD_CHAIN,
    "records_guard_frozen": GUARD_FROZEN,
}
GUARDS = {"records_entry": "records_guard_entry", "records_chain": "records_guard_chain", "records_frozen": "records_guard_frozen"}
TABLES = ("records_frozen", "records_chain", "records_entry", "records_root", "records_sealedentry")


def function(name: str, source: str) -> migrations.RunSQL:
    return migrations.RunSQL(source, f"DROP FUNCTION {name}")


def trigger(table: str, name: str, events: str, called: str, *, each: str = "ROW") -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE {events} ON {table} FOR EACH {each} EXECUTE FUNCTION {called}()",
        f"DROP TRIGGER {name} ON {table}",
    )


def only_grows(table: str) -> list[migrations.RunSQL]:
    """Rows are added; a change is refused, or judged by the table's own guard."""
    guard = GUARDS.get(table, "records_refuse")
    return [
        trigger(table, "a_row_is_not_changed", "UPDATE", guard),
        trigger(table, "a_row_is_not_deleted", "DELETE", "records_refuse"),
        trigger(table, "the_table_is_not_emptied", "TRUNCATE", "records_refuse", each="STATEMENT"),
    ]


def withhold(privileges: str, table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"REVOKE {privileges} ON {table} FROM tidu_app", f"GRANT {privileges} ON {table} TO tidu_app"
    )


SOMEBODY = "(SELECT tidu_kind()) IS NOT NULL"
SYSTEM = "(SELECT tidu_kind()) = 'system'"
PUBLISHERS = "(SELECT tidu_kind()) IN ('office', 'operator', 'system')"
NAMED_BY_A_READABLE_ENTRY = "SELECT 1 FROM records_entry WHERE snapshot = which"


class Migration(migrations.Migration):
    dependencies = [("database", "0001_who_is_asking"), ("records", "0001_ledger")]

    operations = [
        *[function(name, source) for name, source in FUNCTIONS.items()],
        *[operation for table in TABLES for operation in only_grows(table)],
        withhold("INSERT, UPDATE", "records_entry"),
        withhold("UPDATE", "records_chain"),
        withhold("UPDATE", "records_root"),
        withhold("UPDATE", "records_sealedentry"),
        *[protect(table) for table in TABLES],
        policy("records_entry", "system_reads", command="SELECT", using=SYSTEM),
        policy("records_chain", "anybody_reads", command="SELECT", using=SOMEBODY),
        policy("records_chain", "anybody_opens", command="INSERT", check=f"head_seq = 0 AND {SOMEBODY}"),
        predicate("records_read_snapshot", "which text", NAMED_BY_A_READABLE_ENTRY),
        policy(
            "records_frozen",
            "public_or_named_by_a_readable_entry",
            command="SELECT",
            using=f"public OR {SYSTEM} OR records_read_snapshot(digest)",
        ),
        policy("records_frozen", "anybody_freezes", command="INSERT", check=f"NOT public AND {SOMEBODY} OR {PUBLISHERS}"),
        policy("records_frozen", "publishers_publish", command="UPDATE", using=PUBLISHERS, check="public"),
        policy("records_root", "all_read", command="SELECT", using="true"),
        policy("records_root", "system_seals", command="INSERT", check=SYSTEM),
        policy("records_sealedentry", "all_read", command="SELECT", using="true"),
        policy("records_sealedentry", "system_seals", command="INSERT", check=SYSTEM),
    ]
