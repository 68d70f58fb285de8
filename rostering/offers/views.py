"""Yes or no to an offer: from the home page and the page of the shift, and from the link of a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from rostering import words
from rostering.acts import told_of_move
from rostering.offers import answers


@login_required
def answer_here(request, pk):
    """Yes or no to an offer, from the home page or the page of the shift."""
    row = get_object_or_404(request.user.bookings.with_shift().select_related("person"), pk=pk)
    if request.method == "POST":
        yes = request.POST.get("antwoord") == "ja"
        if not yes and request.POST.get("antwoord") != "nee":
            messages.warning(request, _("Choose yes or no."))
        elif not told_of_move(request, row.shift):
            said = answers.answer(row, yes=yes, now=timezone.now())
            undo = {
                "yes": reverse("rostering:cancel", args=[row.shift_id]),
                "no": reverse("rostering:take_back", args=[row.pk]),
            }.get(said.code, "")
            level = messages.SUCCESS if said.code in ("yes", "no") else messages.INFO
            messages.add_message(request, level, said.sentence, extra_tags=undo)
        if request.POST.get("terug") == "start":
            return redirect("home")
    return redirect("rostering:shift", row.shift_id)


@login_required
@require_POST
def take_back(request, pk):
    """The undo of a "no": the question is there again."""
    row = get_object_or_404(request.user.bookings.with_shift().select_related("person"), pk=pk)
    said = answers.take_back(row, now=timezone.now())
    if said.code == "open":
        messages.success(request, _("Your no is taken back. You can answer again."))
    else:
        messages.info(request, said.sentence)
    return redirect("rostering:shift", row.shift_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, token):
    """The link of a mail. Opening it only asks; the answer is a POST for this one offer, and no log-in."""
    now = timezone.now()
    try:
        row = answers.offer_of(token, now=now)
    except answers.NotReadable as trouble:
        status = 410 if isinstance(trouble, answers.Expired) else 404
        return _private(
            render(request, "rostering/offers/answer_closed.html", {"trouble": trouble}, status=status)
        )
    choice = request.POST.get("antwoord")
    with translation.override(row.person.language):  # who reads a mail may have another browser at hand
        if request.method == "POST" and choice in ("ja", "nee") and not told_of_move(request, row.shift):
            said = answers.answer(row, yes=choice == "ja", now=now)
            row.refresh_from_db(fields=["state", "was", "moved_at"])
        elif request.method == "POST" and choice == "toch":
            said = answers.take_back(row, now=now)
        else:
            said = answers.state_of(row, now=now)
        page = {
            "row": row,
            "shift": row.shift,
            "said": said,
            "where": words.times_and_place(row.shift),
            "can_take_back": answers.can_take_back(row, now=now),
        }
        return _private(render(request, "rostering/offers/answer.html", page))


def _private(response):
    """The address is the key to an answer: it goes to no other site, and into no search engine.

    Not `no-referrer`: with that a browser sends our own form with "Origin: null", which the check of forms refuses.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
