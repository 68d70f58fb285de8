"""The screen on which an administrator reads and changes the house rules."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from people import house_rules, roles, stamps
from people.access import needs
from people.house_rules.forms import HouseRules


@needs(roles.MANAGE_PEOPLE)
@stamps.edits
def rules(request):
    form = HouseRules(request.POST or None, agreed=house_rules.agreed())
    if request.method == "POST" and form.is_valid():
        try:
            changed = house_rules.change(form.cleaned_data, by=request.user, now=timezone.now())
        except house_rules.NotAllowed as refused:
            form.refuse(refused.said)
        else:
            messages.success(
                request, _("The house rules have been saved.") if changed else _("Nothing changed.")
            )
            return redirect("people:house_rules")
    return render(request, "people/house_rules/rules.html", {"section": "manage", "form": form})
