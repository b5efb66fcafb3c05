"""Who signs in and how long it lasts."""

from config.settings.env import PROCESS, env

AUTH_USER_MODEL = "organization.Person"
AUTHENTICATION_BACKENDS = [
    "config.portal_sign_in.ProofBackend" if PROCESS == "portal" else "organization.people.backends.CredentialBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
STEP_UP_URL = "/step-up/"
STEP_UP_ASKS = env.str("STEP_UP_ASKS", default="everybody")
"""Of whom a fresh proof is asked: ``everybody``, or who is ``enrolled`` (the demo: who has no passkey is let pass)."""
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

ANONYMOUS_USER_NAME = None  # guardian would otherwise make a row that is neither internal nor of a supplier
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # scopes are asked through visible_to, not through has_perm

SESSION_ENGINE = "config.portal_sign_in" if PROCESS == "portal" else "organization.people.sessions"
SESSION_COOKIE_NAME = "countersign_portal" if PROCESS == "portal" else "countersign"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_csrf"

# django-allauth: its kernels for codes, passkeys and OpenID Connect; none of its pages (docs/decisions/0010)
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "organization.people.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_TOLERANCE = 1
"""Steps of 30 s, before and after, that a device's clock may be off."""
MFA_TOTP_ISSUER = "Countersign"

OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
"""The address of the company's identity provider; empty: nobody signs in through one."""
OIDC_DOMAINS = [domain.lower() for domain in env.list("OIDC_DOMAINS", default=[])]
"""Whose mail addresses end in one of these signs in there."""
SSO = "sso"
SOCIALACCOUNT_ADAPTER = "organization.people.sso.Adapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": SSO,
                "name": env.str("OIDC_NAME", default="Company sign-in"),
                "client_id": env.str("OIDC_CLIENT_ID", default=""),
                "secret": env.str("OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER, "fetch_userinfo": False},
            }
        ],
    }
}
