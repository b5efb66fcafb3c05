"""Settings, one topic to a file. Use ``local``, ``test`` or ``production``."""

from config.settings.apps import *
from config.settings.auth import *
from config.settings.cache import *
from config.settings.celery import *
from config.settings.database import *
from config.settings.email import *
from config.settings.logging import *
from config.settings.product import *
from config.settings.rest import *
from config.settings.security import *
from config.settings.static import *
