"""What takes long to build and is only looked at: made once in a run, by whichever worker asks first."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def shared(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Return the folder of this name in which `make` has built something; whoever wants to change it takes a copy."""
    mine = factory.getbasetemp()
    # A worker has a folder of its own within that of the run.
    run = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    folder, made = run / name, run / f"{name}.made"
    with FileLock(run / f"{name}.lock"):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
