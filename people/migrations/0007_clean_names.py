from django.db import migrations

from people import text

NAMES = ("first_name", "infix", "last_name")


def clean(apps, schema_editor):
    """Give the names that stand the form in which new ones come in, and what they are searched and sorted by."""
    _addresses(apps.get_model("people", "Person"))
    for row in apps.get_model("people", "Person").objects.iterator():
        _names(row)
        name = {field: getattr(row, field) for field in NAMES}
        row.searched_as = text.folded(" ".join(name.values()))[:700]
        row.sorted_as = text.sorted_as(**name)[:700]
        row.save(update_fields=[*NAMES, "searched_as", "sorted_as"])
    for row in apps.get_model("people", "Invitation").objects.iterator():
        _names(row)
        row.email = text.address_or_as_it_is(row.email)
        row.save(update_fields=[*NAMES, "email"])


def _addresses(people):
    """Bring an address in the form it can be sent to, unless somebody else has that one already."""
    standing = set(people.objects.values_list("email", flat=True))
    for row in people.objects.iterator():
        found = text.address_or_as_it_is(row.email)
        if found != row.email and found not in standing:
            standing.add(found)
            row.email = found
            row.save(update_fields=["email"])


def _names(row):
    for field in NAMES:
        setattr(row, field, text.line(getattr(row, field)))


class Migration(migrations.Migration):
    dependencies = [("people", "0006_names_searched_and_sorted")]
    operations = [migrations.RunPython(clean, migrations.RunPython.noop)]
