"""Certificates and declarations of suppliers: asked for, sent, reviewed, running out."""
