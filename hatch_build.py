"""Compile the facts into the wheel when it is built."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledFacts(BuildHookInterface):  # type: ignore[type-arg]
    """Adds ``drugfacts/facts.sqlite`` to a wheel; an editable install compiles on first use instead."""

    folder: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the files are gathered."""
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from drugfacts.authoring.build import write_store
        from drugfacts.authoring.load import load
        from drugfacts.authoring.rules import check
        from drugfacts.errors import FactsError

        library, problems = load([root / "facts"])
        problems += check(library)
        if problems:
            raise FactsError(sorted(problems))
        self.folder = TemporaryDirectory(prefix="drugfacts-")
        target = Path(self.folder.name) / "facts.sqlite"
        write_store(library, target)
        build_data["force_include"][str(target)] = "drugfacts/facts.sqlite"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Take the compiled file away once it is in the wheel."""
        if self.folder:
            self.folder.cleanup()
