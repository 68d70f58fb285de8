"""What does a person hold, and how is a certificate claimed?"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from academy import access as audience
from academy.certificates import awarding, papers
from people import access, days, roles


@require_POST
@access.needs(roles.FOLLOW_COURSES)
def claim(request, pk):
    """Collect a certificate for which everything was done before, such as after a missing one came in."""
    course = audience.course_or_404(request.user, pk=pk)
    award, reasons = awarding.settle(request.user, course, now=timezone.now())
    if award:
        messages.success(request, _("You now hold the certificate %(name)s.") % {"name": award.qualification})
    else:
        messages.error(request, " ".join(reasons))
    return redirect(course.get_url(request))


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def my_certificates(request):
    rows = papers.of(request.user, on=days.today())
    return render(request, "academy/certificates/certificates.html", {"rows": rows, "section": "academy"})
