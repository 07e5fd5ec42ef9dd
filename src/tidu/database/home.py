"""TIDU_HOME: the one folder that holds everything this installation must keep.

secrets/    passwords and keys, readable by the owner alone
postgres/   the embedded server: its binaries, data and log
files/      the content-addressed store
calendars/  holidays of years that came after this version, a file for each (optional)
static/     collected style sheets and scripts, rebuilt at will
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Home:
    path: Path

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def files(self) -> Path:
        return self.path / "files"

    @property
    def calendars(self) -> Path:
        return self.path / "calendars"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    def secret(self, name: str) -> str:
        """The named secret, made by chance on first use.

        The file appears whole or not at all, so two processes that start together agree on it.
        """
        target = self.secrets / name
        if not target.exists():
            self.path.mkdir(mode=0o755, parents=True, exist_ok=True)
            self.secrets.mkdir(mode=0o700, exist_ok=True)
            draft = self.secrets / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
            try:
                os.link(draft, target)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return target.read_text(encoding="ascii").strip()


def home(environ: Mapping[str, str] = os.environ) -> Home:
    """TIDU_HOME, or /var/lib/tidu for root, or the user's own data folder."""
    if named := environ.get("TIDU_HOME"):
        return Home(Path(named).expanduser().absolute())
    if os.geteuid() == 0:
        return Home(Path("/var/lib/tidu"))
    data = environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Home(Path(data).expanduser().absolute() / "tidu")
