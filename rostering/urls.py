"""The roster for volunteers; the board of the coordinators is in rostering/board/urls.py."""

from django.urls import include, path

from rostering.availability import views as availability
from rostering.calendar import views as calendar
from rostering.hours import views as hours
from rostering.my_roster import views as my_roster
from rostering.offers import views as offers
from rostering.open_shifts import views as open_shifts
from rostering.task_kinds import views as task_kinds

app_name = "rostering"
urlpatterns = [
    path("", include("rostering.board.urls")),
    path("rooster/", open_shifts.open_shifts, name="open_shifts"),
    path("rooster/dienst/<int:pk>/", open_shifts.shift, name="shift"),
    path("rooster/dienst/<int:pk>/boeken/", open_shifts.book, name="book"),
    path("rooster/dienst/<int:pk>/afmelden/", open_shifts.cancel, name="cancel"),
    path("rooster/dienst/<int:pk>/wachtlijst/", open_shifts.wait, name="wait"),
    path("rooster/dienst/<int:pk>/agenda.ics", calendar.event_file, name="event_file"),
    path("rooster/aanbod/<int:pk>/", offers.answer_here, name="answer_here"),
    path("rooster/aanbod/<int:pk>/toch/", offers.take_back, name="take_back"),
    path("antwoord/<str:token>/", offers.answer, name="answer"),
    path("rooster/mijn/", my_roster.my_roster, name="my_roster"),
    path("rooster/mijn/week/", my_roster.my_week, name="my_week"),
    path("rooster/uren/", hours.hours_of_year, name="hours"),
    path("rooster/beschikbaarheid/", availability.availability, name="availability"),
    path("rooster/beschikbaarheid/dagen/", availability.add_days, name="add_days"),
    path("rooster/beschikbaarheid/dagen/<int:pk>/weg/", availability.remove_days, name="remove_days"),
    path(
        "rooster/beschikbaarheid/dagen/terug/<day:from_on>/<day:until_on>/<int:is_available>/",
        availability.restore_days,
        name="restore_days",
    ),
    path("rooster/bereidheid/", availability.willingness, name="willingness"),
    path("rooster/agenda/", calendar.subscription, name="subscription"),
    path("rooster/agenda/stop/", calendar.end_subscription, name="end_subscription"),
    path("rooster/opent/<str:code>/", open_shifts.opened_by, name="opened_by"),
    path("beheer/taken/", task_kinds.kind_list, name="task_kinds"),
    path("beheer/taken/nieuw/", task_kinds.new_kind, name="new_task_kind"),
    path("beheer/taken/<str:code>/", task_kinds.kind, name="task_kind"),
    path("agenda/<str:token>.ics", calendar.feed, name="feed"),
]
