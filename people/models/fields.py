"""What do the columns of names and addresses hold? Text that is clean, through whatever door it came.

A form, an import, a command and a verb all end here: the field cleans when a form is filled in, when a row is
saved, in bulk too, and when something is looked up. The database sees an ordinary column.
"""

from django import forms
from django.db import models

from people import freetext, text


class LineInput(forms.CharField):
    def to_python(self, value):
        return text.line(super().to_python(value) or "")


class AddressInput(forms.EmailField):
    def to_python(self, value):
        said = super().to_python(value) or ""
        return text.address(said) if said else said


class Cleaned:
    """Makes a field clean what is written and what is searched by, as its `to_python` does."""

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))

    def pre_save(self, model_instance, add):
        setattr(model_instance, self.attname, self.to_python(getattr(model_instance, self.attname)))
        return super().pre_save(model_instance, add)


class Line(Cleaned, models.CharField):
    """One line: a name, a title, a phone number."""

    def to_python(self, value):
        value = super().to_python(value)
        return text.line(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": LineInput, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class Guarded:
    """Makes a field refuse what seems to be of a client, in every form that judges the row; verbs ask it too."""

    default_validators = [freetext.refuse]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.plain}", args, kwargs


class GuardedLine(Guarded, Line):
    """One line that others read: a reason, what was seen."""

    plain = "CharField"


class GuardedNote(Guarded, models.CharField):
    """A few lines that others read, no longer than `max_length`."""

    plain = "CharField"


class GuardedText(Guarded, models.TextField):
    """A text that others read, as long as it wants to be."""

    plain = "TextField"


class Address(Cleaned, models.EmailField):
    """A mail address in the form in which it can be sent to."""

    def to_python(self, value):
        value = super().to_python(value)
        return text.address_or_as_it_is(value) if isinstance(value, str) else value

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value:
            text.address(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": AddressInput, **kwargs})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs


class NameKey(models.CharField):
    """What a name is searched or sorted by, made of the name with each save of the whole row."""

    def pre_save(self, model_instance, add):
        model_instance.key_names()
        return super().pre_save(model_instance, add)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
