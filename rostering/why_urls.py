"""Why nobody comes, and what to train."""

from django.urls import path

from rostering import why_views

urlpatterns = [
    path("bord/dienst/<int:pk>/waarom/", why_views.shift_why, name="board_why"),
    path("bord/leren/", why_views.needs, name="training_needs"),
    path("bord/leren/<str:code>/uitnodigen/", why_views.invite, name="invite_to_learn"),
]
