"""Setting up a second factor is a proof of it: nobody is asked for a code again on the next page."""

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView


class Proves:
    """The form that sets a factor up takes a code of the app, or an answer of the key."""

    def form_valid(self, form):
        response = super().form_valid(form)
        ours = Authenticator.objects.filter(user=self.request.user)
        post_authentication(self.request, ours.exclude(type=Authenticator.Type.RECOVERY_CODES).latest("pk"))
        return response


class SetUpApp(Proves, ActivateTOTPView):
    pass


class SetUpKey(Proves, AddWebAuthnView):
    pass
