"""The board and what hangs on it, for who fills the roster."""

from django.urls import include, path, register_converter

from people.paths import DayConverter
from rostering import board_acts, board_shift_views, board_views, demand_views

SHIFT, BOOKING = "bord/dienst/<int:pk>/", "bord/boeking/<int:pk>/"
register_converter(DayConverter, "day")
urlpatterns = [
    path("bord/", board_views.board, name="board"),
    path("bord/<day:day>/<slug:part>/", board_views.cell, name="board_cell"),
    path("bord/mensen/", board_views.people, name="board_people"),
    path("bord/nieuw/", board_shift_views.new_shift, name="new_shift"),
    path(SHIFT, board_shift_views.shift, name="board_shift"),
    path(f"{SHIFT}wijzig/", board_shift_views.change, name="board_change"),
    path(f"{SHIFT}vraag-vier/", board_acts.ask_four, name="board_ask_four"),
    path(f"{SHIFT}vraag/<uuid:public_id>/", board_acts.offer, name="board_offer"),
    path(f"{SHIFT}zet-erop/<uuid:public_id>/", board_acts.book, name="board_book"),
    path(f"{SHIFT}annuleer/", board_acts.cancel, name="board_cancel"),
    path(f"{SHIFT}publiceer/", board_acts.publish, name="board_publish"),
    path(f"{SHIFT}allemaal-aanwezig/", board_acts.all_attended, name="board_all_attended"),
    path(f"{BOOKING}bevestig/", board_acts.confirm, name="board_confirm"),
    path(f"{BOOKING}weiger/", board_acts.refuse, name="board_refuse"),
    path(f"{BOOKING}eraf/", board_acts.take_off, name="board_take_off"),
    path(f"{BOOKING}toch-niet/", board_acts.undo, name="board_undo"),
    path(f"{BOOKING}aanwezig/", board_acts.attended, name="board_attended"),
    path(f"{BOOKING}afwezig/", board_acts.absent, name="board_absent"),
    path("bord/behoefte/", demand_views.demand, name="import_demand"),
    path("bord/behoefte/overnemen/", demand_views.take_over, name="take_over_demand"),
    path("bord/behoefte/plannen/", demand_views.plan, name="plan_demand"),
    path("", include("rostering.proposal_urls")),
    path("", include("rostering.quality_urls")),
    path("", include("rostering.why_urls")),
]
