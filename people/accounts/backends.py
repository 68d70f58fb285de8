"""Who is at work, and what may they do today? The person of a session, with the rights of their roles.

Rights are computed from the roles in force on the day, never from the groups kept in the database: a role that
begins next month opens nothing, and one that ended last night nothing any more. The home location is loaded
with the person, because nearly every page asks for it.
"""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from people import days, roles
from people.models import Person


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id):
        return Person.objects.active().select_related("home").filter(pk=user_id).first()

    def _get_group_permissions(self, user_obj):
        return Permission.objects.filter(group__name__in=roles.groups_on(user_obj, days.today()))
