"""The roster for volunteers; the board of the coordinators is in board_urls."""

from django.urls import include, path

from rostering import answer_views, calendar_views, my_roster_views, preference_views, shift_views

app_name = "rostering"
urlpatterns = [
    path("", include("rostering.board_urls")),
    path("rooster/", shift_views.open_shifts, name="open_shifts"),
    path("rooster/dienst/<int:pk>/", shift_views.shift, name="shift"),
    path("rooster/dienst/<int:pk>/boeken/", shift_views.book, name="book"),
    path("rooster/dienst/<int:pk>/afmelden/", shift_views.cancel, name="cancel"),
    path("rooster/dienst/<int:pk>/wachtlijst/", shift_views.wait, name="wait"),
    path("rooster/dienst/<int:pk>/agenda.ics", calendar_views.event_file, name="event_file"),
    path("rooster/aanbod/<int:pk>/", answer_views.answer_here, name="answer_here"),
    path("antwoord/<str:token>/", answer_views.answer, name="answer"),
    path("rooster/mijn/", my_roster_views.my_roster, name="my_roster"),
    path("rooster/mijn/week/", my_roster_views.my_week, name="my_week"),
    path("rooster/uren/", my_roster_views.hours_of_year, name="hours"),
    path("rooster/beschikbaarheid/", preference_views.availability, name="availability"),
    path("rooster/beschikbaarheid/dagen/", preference_views.add_days, name="add_days"),
    path("rooster/beschikbaarheid/dagen/<int:pk>/weg/", preference_views.remove_days, name="remove_days"),
    path(
        "rooster/beschikbaarheid/dagen/terug/<day:from_on>/<day:until_on>/<int:is_available>/",
        preference_views.restore_days,
        name="restore_days",
    ),
    path("rooster/bereidheid/", preference_views.willingness, name="willingness"),
    path("rooster/agenda/", calendar_views.subscription, name="subscription"),
    path("rooster/agenda/stop/", calendar_views.end_subscription, name="end_subscription"),
    path("rooster/opent/<str:code>/", shift_views.opened_by, name="opened_by"),
    path("agenda/<str:token>.ics", calendar_views.feed, name="feed"),
]
