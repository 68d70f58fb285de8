"""Logging in and out, passwords, the second factor and devices: allauth's views on Dutch paths.

The names are allauth's own, because its redirects and mails look them up. Nobody signs up here and nobody
changes a mail address alone: an invitation does the first, an administrator the second.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as devices
from django.urls import path, re_path
from django.views.generic import RedirectView

from people.accounts import forms, views

to_log_in = RedirectView.as_view(pattern_name="account_login")
to_profile = RedirectView.as_view(pattern_name="people:profile")

urlpatterns = [
    path("inloggen/", account.LoginView.as_view(form_class=forms.LogIn), name="account_login"),
    path(
        "inloggen/tweede-stap/",
        mfa.AuthenticateView.as_view(form_class=forms.GiveCode),
        name="mfa_authenticate",
    ),
    path("inloggen/vertrouwen/", mfa.trust, name="mfa_trust"),
    path("inloggen/code/", to_log_in, name="account_confirm_login_code"),
    path("uitloggen/", account.logout, name="account_logout"),
    path("aanmelden/", account.signup, name="account_signup"),
    path("account/gesloten/", account.account_inactive, name="account_inactive"),
    path("account/mail/", to_profile, name="account_email"),
    path("account/mail/verstuurd/", to_log_in, name="account_email_verification_sent"),
    path(
        "wachtwoord/",
        account.PasswordResetView.as_view(form_class=forms.AskNewPassword),
        name="account_reset_password",
    ),
    path("wachtwoord/verstuurd/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord/klaar/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.PasswordResetFromKeyView.as_view(form_class=forms.ChooseNewPassword),
        name="account_reset_password_from_key",
    ),
    path(
        "ik/wachtwoord/",
        account.PasswordChangeView.as_view(form_class=forms.ChangePassword),
        name="account_change_password",
    ),
    path(
        "ik/wachtwoord/kiezen/",
        account.PasswordSetView.as_view(form_class=forms.SetPassword),
        name="account_set_password",
    ),
    path(
        "ik/bevestigen/",
        account.ReauthenticateView.as_view(form_class=forms.ConfirmPassword),
        name="account_reauthenticate",
    ),
    path("ik/tweede-stap/", mfa.index, name="mfa_index"),
    path(
        "ik/tweede-stap/bevestigen/",
        mfa.ReauthenticateView.as_view(form_class=forms.ConfirmCode),
        name="mfa_reauthenticate",
    ),
    path(
        "ik/tweede-stap/app/",
        views.SetUpApp.as_view(form_class=forms.ActivateApp),
        name="mfa_activate_totp",
    ),
    path("ik/tweede-stap/app/uit/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("ik/tweede-stap/herstelcodes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "ik/tweede-stap/herstelcodes/nieuw/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "ik/tweede-stap/herstelcodes/bestand/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("ik/tweede-stap/sleutels/", keys.list_webauthn, name="mfa_list_webauthn"),
    path(
        "ik/tweede-stap/sleutels/nieuw/",
        views.SetUpKey.as_view(form_class=forms.AddKey),
        name="mfa_add_webauthn",
    ),
    path(
        "ik/tweede-stap/sleutels/bevestigen/",
        keys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("ik/tweede-stap/sleutels/<int:pk>/weg/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path(
        "ik/tweede-stap/sleutels/<int:pk>/",
        keys.EditWebAuthnView.as_view(form_class=forms.RenameKey),
        name="mfa_edit_webauthn",
    ),
    path("ik/apparaten/", devices.list_usersessions, name="usersessions_list"),
]
