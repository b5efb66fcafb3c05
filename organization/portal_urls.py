"""The portal's door and a person's own settings there."""

from django.urls import path

from organization.people import portal as people
from organization.people import portal_passkeys as passkeys

urlpatterns = [
    path("sign-in/", people.sign_in, name="sign-in"),
    path("sign-in/link/", people.ask_for_link, name="ask-for-link"),
    path("sign-in/passkey/ask/", passkeys.ask_to_show, name="sign-in-passkey-ask"),
    path("sign-in/passkey/", passkeys.show, name="sign-in-passkey"),
    path("sign-in/passkey/open/", passkeys.enter, name="sign-in-passkey-open"),
    path("sign-out/", people.sign_out, name="sign-out"),
    path("l/<slug:token>/", people.link, name="link"),
    path("l/<slug:token>/send/", people.send_code, name="link-send"),
    path("l/<slug:token>/code/", people.enter_code, name="link-code"),
    path("l/<slug:token>/go/", people.enter_by_device, name="link-go"),
    path("l/<slug:token>/again/", people.renew_link, name="link-again"),
    path("account/", people.account, name="account"),
    path("account/sign-in/", passkeys.ways_in, name="ways-in"),
    path("account/passkeys/ask/", passkeys.ask_to_make, name="passkey-ask"),
    path("account/passkeys/", passkeys.make, name="passkey-add"),
    path("account/passkeys/added/", passkeys.added, name="passkey-added"),
    path("account/passkeys/decline/", passkeys.decline, name="passkey-decline"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove, name="passkey-remove"),
    path("account/devices/<int:pk>/forget/", people.forget_device, name="device-forget"),
]
