"""The database itself refuses to change or remove a journal entry."""

from django.db import migrations

from faubourg.base.journal import guard


def arm(apps, schema_editor):
    guard.arm(schema_editor.connection)


def disarm(apps, schema_editor):
    guard.disarm(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("base", "0001_initial")]

    operations = [migrations.RunPython(arm, disarm)]
