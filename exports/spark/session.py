"""A Spark to work with, and what is wrong with it in a sentence."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_LOOPBACK = "127.0.0.1"
_ERROR = re.compile(r"^(?:[\w.]+\.)?(\w+(?:Error|Exception)): (.+)$", re.MULTILINE)


class SparkError(Exception):
    """Spark is missing or a job failed; the message says what to do."""


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session at a master, such as `spark://host:7077` or `local[*]`; what its jobs raise becomes SparkError.

    Settings come from where Spark has them (`spark-defaults.conf`, SPARK_CONF_DIR). Workers run PYSPARK_PYTHON, or this Python.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on the versions of libraries that are not used here
            from py4j.protocol import Py4JError
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
    except ImportError as error:
        raise SparkError("this needs Spark for Python; install it with: pip install 'kamergraaf[spark]'") from error
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise SparkError(
            "Spark needs Java 17 or later, and there is no java here; on Debian: apt install openjdk-17-jre-headless; "
            "or let JAVA_HOME name the folder of one"
        )
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {"spark.ui.enabled": "false", "spark.log.level": "ERROR"}
    if master.startswith("local"):
        # nobody else has to reach it
        os.environ.setdefault("SPARK_LOCAL_IP", _LOOPBACK)
        settings |= {"spark.driver.host": _LOOPBACK, "spark.driver.bindAddress": _LOOPBACK}
    try:
        builder = SparkSession.builder.master(master).appName("kamergraaf")
        for name, value in settings.items():
            builder = builder.config(name, value)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            spark = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise SparkError(f"Spark does not start at {master}: {_why(error)}") from error
    try:
        yield spark
    except (PySparkException, Py4JError) as error:
        raise SparkError(
            f"the job failed: {_why(error)}; what was done is kept, the same command goes on there"
        ) from error
    finally:
        spark.stop()


def _why(error: Exception) -> str:
    """The innermost reason that an error of Spark tells, in a line."""
    told = str(error)
    # the first is that of the Python on the worker, behind which stand pages of Java
    found = _ERROR.findall(told)
    python = [f"{name}: {why}" for name, why in found if not name.startswith(("Spark", "Py4J"))]
    line = python[0] if python else told.strip().partition("\n")[0]
    if "No module named" in line:
        return f"{line}; install kamergraaf in this version for the Python of each worker (PYSPARK_PYTHON names it)"
    return line
