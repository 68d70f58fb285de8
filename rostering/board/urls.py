"""The board and what hangs on it, for who fills the roster."""

from django.urls import include, path, register_converter

from people.paths import DayConverter
from rostering.board import acts, shift_views, views
from rostering.demand import views as demand

SHIFT, BOOKING = "bord/dienst/<int:pk>/", "bord/boeking/<int:pk>/"

register_converter(DayConverter, "day")

urlpatterns = [
    path("bord/", views.board, name="board"),
    path("bord/<day:day>/<slug:part>/", views.cell, name="board_cell"),
    path("bord/mensen/", views.people, name="board_people"),
    path("bord/nieuw/", shift_views.new_shift, name="new_shift"),
    path(SHIFT, shift_views.shift, name="board_shift"),
    path(f"{SHIFT}wijzig/", shift_views.change, name="board_change"),
    path(f"{SHIFT}vraag-vier/", acts.ask_four, name="board_ask_four"),
    path(f"{SHIFT}vraag/<uuid:public_id>/", acts.offer, name="board_offer"),
    path(f"{SHIFT}zet-erop/<uuid:public_id>/", acts.book, name="board_book"),
    path(f"{SHIFT}annuleer/", acts.cancel, name="board_cancel"),
    path(f"{SHIFT}gaat-door/", acts.undo_cancel, name="board_undo_cancel"),
    path(f"{SHIFT}publiceer/", acts.publish, name="board_publish"),
    path(f"{SHIFT}allemaal-aanwezig/", acts.all_attended, name="board_all_attended"),
    path(f"{BOOKING}bevestig/", acts.confirm, name="board_confirm"),
    path(f"{BOOKING}weiger/", acts.refuse, name="board_refuse"),
    path(f"{BOOKING}eraf/", acts.take_off, name="board_take_off"),
    path(f"{BOOKING}toch-niet/", acts.undo, name="board_undo"),
    path(f"{BOOKING}aanwezig/", acts.attended, name="board_attended"),
    path(f"{BOOKING}afwezig/", acts.absent, name="board_absent"),
    path("bord/behoefte/", demand.demand, name="import_demand"),
    path("bord/behoefte/opzij/", demand.put_aside, name="put_demand_aside"),
    path("bord/behoefte/overnemen/", demand.take_over, name="take_over_demand"),
    path("bord/behoefte/plannen/", demand.plan, name="plan_demand"),
    path("bord/behoefte/planning/<int:pk>/terug/", demand.undo_planning, name="undo_planning"),
    path("bord/behoefte/overname/<int:pk>/terug/", demand.undo_take_over, name="undo_take_over"),
    path("", include("rostering.proposals.urls")),
    path("", include("rostering.quality.urls")),
    path("", include("rostering.training.urls")),
]
