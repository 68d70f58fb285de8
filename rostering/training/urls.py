"""Why nobody comes, and what to train."""

from django.urls import path

from rostering.explaining import views as explaining
from rostering.training import views

urlpatterns = [
    path("bord/dienst/<int:pk>/waarom/", explaining.shift_why, name="board_why"),
    path("bord/leren/", views.needs, name="training_needs"),
    path("bord/leren/<str:code>/uitnodigen/", views.invite, name="invite_to_learn"),
]
