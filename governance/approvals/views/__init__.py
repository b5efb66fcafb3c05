"""Screens of the inbox, of questions, and what a mailed link opens."""
