"""A catalog with a hundred faults: each of them is found once, at its place, and nothing besides."""

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.catalogs import written
from tests.spec.planted import files, in_page, planted, settings
from tmfkit.cli.app import run
from tmfkit.pipeline import validate
from tmfkit.project import open_project
