"""Proposals for the roster, for who fills it."""

from django.urls import path

from rostering import proposal_acts, proposal_views

PROPOSAL, LINE = "bord/voorstel/<int:pk>/", "bord/voorstel/regel/<int:pk>/"

urlpatterns = [
    path("bord/voorstellen/", proposal_views.listed, name="proposals"),
    path("bord/voorstellen/nieuw/", proposal_views.new, name="new_proposal"),
    path(PROPOSAL, proposal_views.proposal, name="proposal"),
    path(f"{PROPOSAL}stop/", proposal_acts.stop, name="proposal_stop"),
    path(f"{PROPOSAL}leg-weg/", proposal_acts.discard, name="proposal_discard"),
    path(f"{PROPOSAL}opnieuw/", proposal_acts.run_again, name="proposal_again"),
    path(f"{PROPOSAL}bijwerken/", proposal_acts.replan, name="proposal_replan"),
    path(f"{PROPOSAL}verstuur/", proposal_acts.send, name="proposal_send"),
    path(f"{LINE}waarom/", proposal_views.why, name="proposal_why"),
    path(f"{LINE}zet-vast/", proposal_acts.pin, name="proposal_pin"),
    path(f"{LINE}laat-los/", proposal_acts.unpin, name="proposal_unpin"),
    path(f"{LINE}laat-weg/", proposal_acts.leave_out, name="proposal_leave_out"),
    path(f"{LINE}houd/", proposal_acts.keep, name="proposal_keep"),
]
