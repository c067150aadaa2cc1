from django.db import migrations, models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce


def add_up(apps, schema_editor):
    """What the dossiers that are there already ask of all their funders."""
    asked = (
        apps.get_model("calls", "FundingRequest")
        .objects.filter(application=OuterRef("pk"))
        .order_by()
        .values("application")
        .annotate(total=Sum("cents"))
        .values("total")
    )
    apps.get_model("calls", "Application").objects.update(asked_cents=Coalesce(Subquery(asked), 0))


class Migration(migrations.Migration):

    dependencies = [
        ('calls', '0010_counted_by_state'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='asked_cents',
            field=models.BigIntegerField(default=0, verbose_name='demandé à tous les financeurs, en centimes'),
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'asked_cents'], name='application_call_asked'),
        ),
        migrations.AddIndex(
            model_name='fundingrequest',
            index=models.Index(
                fields=['funder', 'nature', 'year', 'application', 'cents'], name='request_drawn'
            ),
        ),
    ]
