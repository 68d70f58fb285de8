"""The shape of what an administrator fills in; what it means is judged by the verbs."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from people import codes, freetext, locations, qualifications, roles, stamps
from people.forms import DayField, RowsField
from people.models import District, Grant, Invitation, Location, Person, Qualification, RoleAssignment, Room


def code_from(said: str, model) -> str:
    """Return a code in capitals; raise ValidationError when it cannot be one, or when it is in use."""
    code = codes.typed(said)
    if taken := model.objects.filter(code__iexact=code).first():
        raise forms.ValidationError(_("%(name)s has this code."), params={"name": taken})
    return code


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


def open_locations():
    return Location.objects.filter(is_open=True)


class OneScope:
    """A role is for one location, for one district, or for the whole country when both are empty.

    Who fills the roster of the whole country does so by choice, not because a field was forgotten.
    """

    def add_everywhere(self) -> None:
        self.fields["everywhere"] = forms.BooleanField(
            label=_("For the whole country"),
            required=False,
            help_text=_("Only for a coordinator without a location or district."),
        )

    def clean(self):
        filled = super().clean()
        everywhere, role = filled.pop("everywhere", False), roles.ROLES.get(filled.get("role"))
        somewhere = filled.get("location") or filled.get("district")
        asked = somewhere or everywhere or {"location", "district"} & set(self.errors)
        if everywhere and somewhere:
            self.add_error("everywhere", _("Choose one place or the whole country, not both."))
        elif role and roles.FILL_ROSTER in role.may and not asked:
            self.add_error(
                "location", _("For which place? Choose a location, a district or the whole country.")
            )
        if filled.get("location") and filled.get("district"):
            self.add_error("district", _("Choose a location or a district, not both."))
        return filled


class FindPeople(forms.Form):
    q = forms.CharField(label=_("Name or mail address"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False)
    location = forms.ModelChoiceField(
        Location.objects.all(), label=_("Location"), required=False, empty_label=_("All locations")
    )
    engagement = forms.ChoiceField(label=_("Engagement"), required=False)
    gone = forms.BooleanField(label=_("Has left"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("All roles")), *roles.CHOICES]
        self.fields["engagement"].choices = [("", _("All engagements")), *Person.Engagement.choices]


class Invite(OneScope, forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "first_name", "infix", "last_name", "engagement", "role", "location", "district"]
        labels = {
            "email": _("Mail address"),
            "first_name": _("First name"),
            "infix": _("Surname prefix"),
            "last_name": _("Last name"),
            "engagement": _("Engagement"),
            "location": _("Location"),
            "district": _("District"),
        }
        help_texts = {
            "email": _("The invitation goes there, and later it is what the person logs in with."),
            "district": _("Only for a coordinator of a whole district. Leave the location empty then."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=roles.CHOICES)
        self.fields["location"].queryset = open_locations()
        self.fields["location"].empty_label = _("No location")
        self.fields["district"].empty_label = _("No district")
        self.order_fields(self.Meta.fields)
        self.add_everywhere()


class PersonDetails(stamps.Seen, forms.ModelForm):
    class Meta:
        model = Person
        fields = [
            "email",
            "first_name",
            "infix",
            "last_name",
            "phone",
            "engagement",
            "home",
            "travel_km",
            "joined_on",
        ]
        labels = {
            "email": _("Mail address"),
            "first_name": _("First name"),
            "infix": _("Surname prefix"),
            "last_name": _("Last name"),
            "phone": _("Phone number"),
            "engagement": _("Engagement"),
            "home": _("Location"),
            "travel_km": _("Travels at most, in kilometres"),
            "joined_on": _("Joined on"),
        }
        help_texts = {"email": _("The person logs in with this. Tell them when you change it.")}
        widgets = {"joined_on": DayInput()}
        field_classes = {"joined_on": DayField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = True
        self.fields["home"].empty_label = _("No location")

    def clean_email(self):
        email = self.cleaned_data["email"]
        if Person.objects.exclude(pk=self.instance.pk).filter(email=email).exists():
            raise forms.ValidationError(_("Somebody with this mail address already has an account."))
        return email


class AssignRole(OneScope, forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=roles.CHOICES)
    location = forms.ModelChoiceField(
        Location.objects.none(), label=_("Location"), required=False, empty_label=_("No location")
    )
    district = forms.ModelChoiceField(
        District.objects.all(),
        label=_("District"),
        required=False,
        empty_label=_("No district"),
        help_text=_("Leave location and district empty for a role in the whole country."),
    )
    since_on = DayField(label=_("From"), widget=DayInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["location"].queryset = open_locations()
        self.add_everywhere()
        self.order_fields(["role", "location", "district", "everywhere"])


class DutyPhone(stamps.Seen, forms.ModelForm):
    class Meta:
        model = RoleAssignment
        fields = ["duty_phone"]
        labels = {"duty_phone": _("Work phone")}
        help_texts = {
            "duty_phone": _(
                "Who is booked on a shift at this place reads it, with the name. Not a private number, unless "
                "the person agrees. Leave it empty and nobody is told to call."
            )
        }


class GiveQualification(forms.Form):
    qualification = forms.ModelChoiceField(
        Qualification.objects.filter(is_active=True), label=_("Qualification"), empty_label=_("Choose one")
    )
    source = forms.ChoiceField(
        label=_("How do we know?"),
        choices=[
            (source.value, source.label)
            for source in (
                Grant.Source.SEEN,
                Grant.Source.SIGNED,
                Grant.Source.OBSERVED,
                Grant.Source.EXEMPTION,
            )
        ],
    )
    evidence = forms.CharField(
        label=_("What was seen, and by whom?"),
        max_length=200,
        help_text=_(
            "For example: original VOG seen by Carla Smit. Never the document itself, never its number."
        ),
        validators=[freetext.refuse],
    )
    valid_from = DayField(label=_("Valid from"), widget=DayInput())
    valid_until = DayField(
        label=_("Valid until"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: as long as this qualification is always valid."),
    )


class SayWhy(forms.Form):
    because = forms.CharField(
        label=_("Why?"),
        max_length=200,
        help_text=_("The person reads this too."),
        validators=[freetext.refuse],
    )


class Place(stamps.Seen, forms.ModelForm):
    class Meta:
        model = Location
        fields = [
            "name",
            "district",
            "street",
            "postcode",
            "town",
            "entrance",
            "bell",
            "parking",
            "accessibility",
            "latitude",
            "longitude",
            "school_region",
            "is_open",
        ]
        labels = {
            "name": _("Name"),
            "district": _("District"),
            "street": _("Street and number"),
            "postcode": _("Postcode"),
            "town": _("Town"),
            "entrance": _("Entrance"),
            "bell": _("Bell or reception"),
            "parking": _("Parking"),
            "accessibility": _("Accessibility"),
            "latitude": _("Latitude"),
            "longitude": _("Longitude"),
            "school_region": _("School region"),
            "is_open": _("In use"),
        }
        help_texts = {
            "street": _("Who can take a shift here reads this, and how to get in."),
            "town": _("Leave empty if it is the name of the location."),
            "entrance": _("Which door? Never write down the code of a door or an alarm."),
            "bell": _(
                "What does somebody do at the door? For example: ring at Slachtofferhulp, second floor."
            ),
            "parking": _("For cars and bicycles."),
            "accessibility": _("For example: no thresholds, a lift, an adapted toilet."),
            "latitude": _("In degrees, such as 52.09. A map shows it when you point at the place."),
            "longitude": _("In degrees, such as 5.12."),
            "school_region": _("noord, midden or zuid: for the school holidays."),
            "is_open": _("Turn this off to close the location. What happened there stays on record."),
        }

    def clean_postcode(self):
        return locations.postcode(self.cleaned_data["postcode"])

    def clean(self):
        filled = super().clean()
        if filled.get("postcode") and not filled.get("street") and "street" not in self.errors:
            self.add_error("street", _("Write the street too, with the postcode."))
        return filled


class RoomDetails(stamps.Seen, forms.ModelForm):
    class Meta:
        model = Room
        fields = ["name", "directions", "is_open"]
        labels = {"name": _("Name"), "directions": _("How do you find it?"), "is_open": _("In use")}
        help_texts = {
            "directions": _("From the entrance, such as: first floor, the second door on the left."),
            "is_open": _("Turn this off and no shift can be planned in it. What was planned stays."),
        }

    def clean_name(self):
        name, others = self.cleaned_data["name"], self.instance.location.rooms.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("This location has a room with that name already."))
        return name


class Area(stamps.Seen, forms.ModelForm):
    class Meta:
        model = District
        fields = ["name"]
        labels = {"name": _("Name")}


class QualificationDetails(stamps.Seen, forms.ModelForm):
    class Meta:
        model = Qualification
        fields = ["code", "name", "kind", "valid_months", "includes", "is_active"]
        labels = {
            "code": _("Code"),
            "name": _("Name"),
            "kind": _("Kind"),
            "valid_months": _("Valid for, in months"),
            "includes": _("Who has this, also has"),
            "is_active": _("In use"),
        }
        help_texts = {
            "code": _("Short, such as VOG or C06. It stands in files and cannot be changed later."),
            "valid_months": _("Leave empty if it does not expire. What was granted before keeps its date."),
            "is_active": _(
                "Turn this off and nobody can be given it any more. Who has it keeps it, and what happened stays "
                "on record."
            ),
        }
        widgets = {"includes": forms.CheckboxSelectMultiple()}
        field_classes = {"includes": RowsField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["includes"].queryset = Qualification.objects.exclude(pk=self.instance.pk)
        self.fields["valid_months"].validators.append(MaxValueValidator(qualifications.LONGEST_TERM))
        self.fields["valid_months"].validators.append(MinValueValidator(1))
        if self.instance.pk:
            del self.fields["code"]  # it stands in files, and courses and kinds of task go by it
        else:
            del self.fields["is_active"]

    def clean_code(self):
        return code_from(self.cleaned_data["code"], Qualification)

    def clean_includes(self):
        includes = self.cleaned_data["includes"]
        if self.instance.pk and (circles := qualifications.circles(self.instance, includes)):
            raise forms.ValidationError(
                _("%(names)s already includes this one. Then each would include the other."),
                params={"names": ", ".join(map(str, circles))},
            )
        return includes


class FindLines(forms.Form):
    """Filters of the journal."""

    verb = forms.ChoiceField(label=_("What"), required=False)
    actor = forms.CharField(label=_("Done by (name or mail address)"), required=False, max_length=100)
    about = forms.CharField(label=_("About (name or mail address)"), required=False, max_length=100)
    since = DayField(label=_("From"), required=False, widget=DayInput())
    until = DayField(label=_("Up to and including"), required=False, widget=DayInput())

    def __init__(self, *args, verbs=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("Everything")), *verbs]
