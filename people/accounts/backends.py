"""How the person of a session is loaded: together with the home location, which nearly every page asks for."""

from allauth.account.auth_backends import AuthenticationBackend

from people.models import Person


class AccountBackend(AuthenticationBackend):
    def get_user(self, user_id):
        return Person.objects.active().select_related("home").filter(pk=user_id).first()
