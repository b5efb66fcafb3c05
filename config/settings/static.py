"""Static files, served by the process itself; third-party ones come from the packages that carry them."""

from config.settings.env import ROOT, env

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default="") or None  # only an image build collects
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
