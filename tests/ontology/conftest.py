"""Tests keep what they compile in a folder of their own, never in that of the person who runs them."""

import os
import tempfile

os.environ["KAMERGRAAF_CACHE"] = tempfile.mkdtemp(prefix="kamergraaf-tests-")
