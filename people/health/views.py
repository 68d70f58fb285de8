"""Two addresses for machines: does the process answer, and is everything well? Nobody logs in for them."""

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people import health


@require_safe
@never_cache
def alive(request):
    """Answer without a database: for who decides whether to start this process again."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request):
    """Say what is well, in figures; 503 as soon as one thing is ill, for who has to wake somebody."""
    measures = health.measure(timezone.now())
    is_well = all(one.is_well for one in measures)
    told = {one.name: {"well": one.is_well, **one.figures} for one in measures}
    return JsonResponse({"well": is_well, **told}, status=200 if is_well else 503)
