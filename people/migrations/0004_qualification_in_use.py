from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_stamps'),
    ]

    operations = [
        migrations.AddField(
            model_name='qualification',
            name='is_active',
            field=models.BooleanField(default=True, verbose_name='in use'),
        ),
    ]
