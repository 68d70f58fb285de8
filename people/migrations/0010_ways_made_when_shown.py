"""Addresses that were kept in rows died with a slug; kept is whether there is a way, and it is made when shown."""

from django.db import migrations, models


def keep_that_there_is_a_way(apps, schema_editor):
    Qualification = apps.get_model("people", "Qualification")
    Qualification.objects.exclude(learn_url="").update(is_taught=True)


class Migration(migrations.Migration):
    dependencies = [("people", "0009_duty_phone")]

    operations = [
        migrations.AddField("qualification", "is_taught", models.BooleanField(default=False, editable=False)),
        migrations.RunPython(keep_that_there_is_a_way, migrations.RunPython.noop),
        migrations.RemoveField("qualification", "learn_url"),
        migrations.RemoveField("learningstep", "next_url"),
    ]
