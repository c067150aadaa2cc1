"""What every test may use."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.browser import LAUNCH

# How long one example takes tells how busy the machine is, not whether a property holds.
hypothesis_settings.register_profile("faubourg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("faubourg")


@pytest.fixture(autouse=True)
def _media_in_a_temporary_folder(settings, tmp_path):
    """No test leaves a file in an installation."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.JOURNAL_ANCHOR = tmp_path / "journal.anchor"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """See `tests.browser`."""
    return LAUNCH


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """A run that was killed leaves its journal beside a database that Django then makes anew: both go."""
    from django.db import connections

    for connection in connections.all():
        if connection.vendor == "sqlite":
            for beside in ("", "-wal", "-shm"):
                Path(f"{connection.settings_dict['TEST']['NAME']}{beside}").unlink(missing_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tables come from the models; what migrations add to them is added here: the guard of the journal, and
    the list of those that are applied, which a backup carries along."""
    from django.db import connections
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder
    from django.test import override_settings

    from faubourg.base.journal import guard

    with override_settings(MIGRATION_MODULES={}):
        applied = sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    with django_db_blocker.unblock():
        for connection in connections.all():
            guard.arm(connection)
            # Django asks SQLite once a connection; whoever asks first would pay for the others.
            assert connection.features.supports_json_field
            recorder = MigrationRecorder(connection)
            recorder.ensure_schema()
            recorder.migration_qs.bulk_create(recorder.Migration(app=app, name=name) for app, name in applied)


@pytest.fixture(scope="session", autouse=True)
def _the_journal_may_be_emptied_between_two_tests():
    """Its triggers refuse what `flush` does after a test; they are lifted for that moment only."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from faubourg.base.journal import guard

    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_everything(operations, statements):
        guard.disarm(operations.connection)
        flush(operations, statements)
        guard.arm(operations.connection)

    BaseDatabaseOperations.execute_sql_flush = flush_everything
    yield
    BaseDatabaseOperations.execute_sql_flush = flush
