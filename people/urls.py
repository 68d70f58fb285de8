"""Somebody's own page, the way in for the invited, and administration."""

from django.urls import path

from people import views
from people.health import views as health
from people.house_rules import views as house_rules
from people.manage import invitation_views as way_in
from people.manage import person_views as one_person
from people.manage import views as manage

app_name = "people"
urlpatterns = [
    path("healthz", health.alive, name="alive"),
    path("readyz", health.ready, name="ready"),
    path("ik/", views.profile, name="profile"),
    path("ik/gegevens/", views.profile_edit, name="profile_edit"),
    path("ik/gegevens/download/", views.export, name="export"),
    path("taal/", views.language, name="language"),
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
    path("beheer/", manage.manage, name="manage"),
    path("beheer/mensen/", manage.people, name="manage_people"),
    path("beheer/mensen/<uuid:public_id>/", one_person.person, name="manage_person"),
    path("beheer/mensen/<uuid:public_id>/gegevens/", one_person.person_edit, name="manage_person_edit"),
    path("beheer/mensen/<uuid:public_id>/rol/", one_person.assign_role, name="assign_role"),
    path("beheer/mensen/<uuid:public_id>/kwalificatie/", one_person.grant, name="grant"),
    path("beheer/mensen/<uuid:public_id>/uitnodigen/", one_person.invite_person, name="invite_person"),
    path("beheer/mensen/<uuid:public_id>/vertrek/", one_person.leave, name="leave"),
    path("beheer/mensen/<uuid:public_id>/wissen/", one_person.erase, name="erase"),
    path("beheer/rollen/<int:pk>/einde/", one_person.end_role, name="end_role"),
    path("beheer/toegekend/<int:pk>/intrekken/", one_person.revoke, name="revoke"),
    path("beheer/uitnodigingen/", way_in.invitation_list, name="invitations"),
    path("beheer/uitnodigingen/nieuw/", way_in.invite, name="invite"),
    path("beheer/uitnodigingen/<int:pk>/opnieuw/", way_in.invite_again, name="invite_again"),
    path("beheer/uitnodigingen/<int:pk>/intrekken/", way_in.withdraw, name="withdraw_invitation"),
    path("beheer/locaties/", manage.locations, name="locations"),
    path("beheer/locaties/nieuw/", manage.location, name="new_location"),
    path("beheer/locaties/<int:pk>/", manage.location, name="location"),
    path("beheer/locaties/<int:pk>/ruimtes/nieuw/", manage.new_room, name="new_room"),
    path("beheer/rollen/<int:pk>/telefoon/", one_person.duty_phone, name="duty_phone"),
    path("beheer/ruimtes/<int:pk>/", manage.room, name="room"),
    path("beheer/districten/nieuw/", manage.district, name="new_district"),
    path("beheer/districten/<int:pk>/", manage.district, name="district"),
    path("beheer/kwalificaties/", manage.qualification_list, name="qualifications"),
    path("beheer/kwalificaties/nieuw/", manage.new_qualification, name="new_qualification"),
    path("beheer/kwalificaties/<str:code>/", manage.qualification, name="qualification"),
    path("beheer/huisregels/", house_rules.rules, name="house_rules"),
    path("beheer/berichten/", manage.failed_notices, name="failed_notices"),
    path("beheer/berichten/<int:pk>/opnieuw/", manage.retry_notice, name="retry_notice"),
    path("beheer/logboek/", manage.journal, name="journal"),
]
