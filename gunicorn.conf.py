"""gunicorn reads this by itself: its lines look like ours, also before and around Django."""

from config.logs import LOGGING

logconfig_dict = LOGGING
