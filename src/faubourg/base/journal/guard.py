"""Triggers by which the database itself refuses to change or remove a journal entry.

They stop mistakes and ordinary SQL; an owner of the database can drop them, and then the chain tells.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_TABLE = "base_journalentry"
_REFUSAL = "the journal is append-only"

_ARM = {
    "sqlite": [
        f"CREATE TRIGGER IF NOT EXISTS journal_no_{verb.lower()} BEFORE {verb} ON {_TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE OR REPLACE TRIGGER journal_no_change BEFORE UPDATE OR DELETE ON {_TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION journal_append_only()",
        f"CREATE OR REPLACE TRIGGER journal_no_truncate BEFORE TRUNCATE ON {_TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_append_only()",
    ],
}
_DISARM = {
    "sqlite": [f"DROP TRIGGER IF EXISTS journal_no_{verb}" for verb in ("update", "delete")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS journal_no_{what} ON {_TABLE}" for what in ("change", "truncate")
    ],
}
_COUNT = {
    "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_no_%'",
    "postgresql": "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'journal_no_%' AND tgenabled <> 'D'",
}


def arm(connection: BaseDatabaseWrapper) -> None:
    """Make the database refuse; may be called again."""
    _run(connection, _ARM[connection.vendor])


def disarm(connection: BaseDatabaseWrapper) -> None:
    """For tests, which empty every table between two of them."""
    _run(connection, _DISARM[connection.vendor])


def is_armed(connection: BaseDatabaseWrapper) -> bool:
    """Whether both triggers stand."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT[connection.vendor])
        return bool(cursor.fetchone()[0] == 2)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
