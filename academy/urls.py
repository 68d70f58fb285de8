"""The academy. Courses and lessons below /academie/ are pages of Wagtail."""

from django.urls import path

from academy.certificates.views import claim, my_certificates
from academy.courses import views
from academy.learning import views as learning
from academy.testing.views import result, test

app_name = "academy"
urlpatterns = [
    path("academie/", views.catalogue, name="catalogue"),
    path("leren/op-weg/<str:code>/", views.way, name="way"),
    path("leren/verder/<str:code>/", views.go_on, name="go_on"),
    path("leren/cursus/<int:pk>/begin/", views.start, name="start"),
    path("leren/cursus/<int:pk>/certificaat/", claim, name="claim"),
    path("leren/les/<int:pk>/gelezen/", views.read, name="read"),
    path("leren/toets/<int:pk>/", test, name="test"),
    path("leren/toets/uitslag/<int:pk>/", result, name="result"),
    path("leren/certificaten/", my_certificates, name="my_certificates"),
    path("leren/voortgang/", learning.overview, name="learners"),
    path("leren/voortgang/<str:code>/", learning.course, name="learners_course"),
]
