"""A git repository with fixed dates, made where a test wants it."""

import os
import subprocess
from pathlib import Path

RECORD = "data/records/990001/shili/2022.yaml"


class Repository:
    """A repository whose commits are of the days that are given."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")

    @property
    def records(self) -> Path:
        return self.root / "data" / "records"

    def git(self, *words: str, day: str = "2024-01-01") -> str:
        who = {"NAME": "某人", "EMAIL": "somebody@other.invalid", "DATE": f"{day}T12:00:00+0800"}
        environment = {
            **os.environ,
            **{
                f"GIT_{role}_{key}": each
                for role in ("AUTHOR", "COMMITTER")
                for key, each in who.items()
            },
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
        }
        done = subprocess.run(
            ["git", *words],
            cwd=self.root,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, day: str, **files: str | None) -> str:
        """Write files, or delete them; `RECORD` is called record. Returns the commit's id."""
        for name, text in files.items():
            path = self.root / (RECORD if name == "record" else name)
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "-m", "改", day=day)
        return self.git("rev-parse", "HEAD")
