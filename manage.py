#!/usr/bin/env python3
"""Django's commands, and `demo`, which must run before there are settings: it starts the servers they name."""

import os
import sys

if __name__ == "__main__":
    if sys.argv[1:2] == ["demo"]:
        from config import demo

        sys.exit(demo.serve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
