"""On PostgreSQL the database itself refuses two booked shifts of one person that overlap.

The range over the person id stands in for `person_id WITH =`, which would need the extension btree_gist.
SQLite has no such constraint; there the rule is held by the single writer (BEGIN IMMEDIATE).
"""

from django.db import migrations

ADD = """
ALTER TABLE rostering_booking ADD CONSTRAINT booked_shifts_do_not_overlap EXCLUDE USING gist (
  int8range(person_id, person_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (state = 'booked')
"""
DROP = "ALTER TABLE rostering_booking DROP CONSTRAINT booked_shifts_do_not_overlap"


def on_postgresql(statement):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("rostering", "0001_initial")]
    operations = [migrations.RunPython(on_postgresql(ADD), on_postgresql(DROP))]
