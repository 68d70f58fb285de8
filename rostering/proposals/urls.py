"""Proposals for the roster, for who fills it."""

from django.urls import path

from rostering.proposals import acts, views

PROPOSAL, LINE = "bord/voorstel/<int:pk>/", "bord/voorstel/regel/<int:pk>/"

urlpatterns = [
    path("bord/voorstellen/", views.listed, name="proposals"),
    path("bord/voorstellen/nieuw/", views.new, name="new_proposal"),
    path(PROPOSAL, views.proposal, name="proposal"),
    path(f"{PROPOSAL}stop/", acts.stop, name="proposal_stop"),
    path(f"{PROPOSAL}leg-weg/", acts.discard, name="proposal_discard"),
    path(f"{PROPOSAL}opnieuw/", acts.run_again, name="proposal_again"),
    path(f"{PROPOSAL}bijwerken/", acts.replan, name="proposal_replan"),
    path(f"{PROPOSAL}verstuur/", acts.send, name="proposal_send"),
    path(f"{LINE}waarom/", views.why, name="proposal_why"),
    path(f"{LINE}zet-vast/", acts.pin, name="proposal_pin"),
    path(f"{LINE}laat-los/", acts.unpin, name="proposal_unpin"),
    path(f"{LINE}laat-weg/", acts.leave_out, name="proposal_leave_out"),
    path(f"{LINE}houd/", acts.keep, name="proposal_keep"),
]
