"""Who signs in and how long it lasts."""

from config.settings.env import PROCESS

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
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/sign-in/"

ANONYMOUS_USER_NAME = None  # guardian would otherwise make a row that is neither internal nor of a supplier
GUARDIAN_MONKEY_PATCH_USER = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]  # scopes are asked through visible_to, not through has_perm

SESSION_ENGINE = "config.portal_sign_in" if PROCESS == "portal" else "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "countersign_portal" if PROCESS == "portal" else "countersign"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_csrf"
