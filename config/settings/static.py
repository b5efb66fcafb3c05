"""Static files, served by the process itself; third-party ones come from the packages that carry them."""

from config.settings.env import ROOT

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = ROOT / "var" / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
