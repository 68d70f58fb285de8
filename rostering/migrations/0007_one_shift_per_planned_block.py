import django.db.models.functions.comparison
from django.db import migrations, models
from django.db.models import Count, Min


def keep_one(apps, schema_editor):
    """Of shifts planned for the same block the first keeps it; the others stay, as if made by hand."""
    shifts = apps.get_model("rostering", "Shift").objects.filter(planned_from__isnull=False).order_by()
    block = ("task_kind", "planned_from", "planned_until", "location", "district")
    for double in shifts.values(*block).annotate(n=Count("pk"), first=Min("pk")).filter(n__gt=1):
        same = shifts.filter(
            **{name if double[name] is not None else f"{name}__isnull": double[name] or True for name in block}
        )
        same.exclude(pk=double["first"]).update(planned_from=None, planned_until=None)


class Migration(migrations.Migration):

    dependencies = [
        ('rostering', '0006_undo'),
    ]

    operations = [
        migrations.RunPython(keep_one, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='shift',
            constraint=models.UniqueConstraint(models.F('task_kind'), models.F('planned_from'), models.F('planned_until'), django.db.models.functions.comparison.Coalesce('location', 0), django.db.models.functions.comparison.Coalesce('district', 0), condition=models.Q(('planned_from__isnull', False)), name='one_shift_per_planned_block'),
        ),
    ]
