"""The official schemas, read in place: where STANDARDS names a folder, else ``shared/standards`` beside the project."""

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from tests.samples import ROOT


@cache
def _schema(path):
    return etree.XMLSchema(etree.parse(str(path)))


def validate(raw):
    """Fails with what the schema says; a machine without the schemas skips."""
    folder = Path(os.environ.get("STANDARDS") or ROOT.parent / "shared" / "standards")
    root = etree.fromstring(raw)
    path = folder / "ubl-2.1" / "maindoc" / f"UBL-{etree.QName(root).localname}-2.1.xsd"
    if not path.is_file():
        pytest.skip(f"There is no {path}: set STANDARDS to the folder that holds ubl-2.1.")
    schema = _schema(path)
    assert schema.validate(root), [f"{error.line}: {error.message}" for error in schema.error_log]
