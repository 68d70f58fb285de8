#!/usr/bin/env python
"""Run a Django command with the development settings, unless the environment says otherwise."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as trouble:  # a sentence is enough for a slip of the keyboard
        sys.exit(str(trouble))
