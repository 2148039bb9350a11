"""Building the frontend only when what it is made of has changed."""

import hashlib
import os
import shutil
import sys
from pathlib import Path

from mentorhub import settings

ROOT = Path(__file__).resolve().parents[2]
_STAMP = ROOT / ".web" / "mentorhub-source"
_BUILT = ROOT / ".web" / "build" / "client"
_SOURCES = (
    "rxconfig.py",
    "mentorhub/mentorhub.py",
    "mentorhub/theme.py",
    "mentorhub/pages",
    "mentorhub/components",
    "mentorhub/state",
    "mentorhub/domain",
    "assets",
    "reflex.lock",
    "requirements.lock",
)
_IGNORED = ("__pycache__", "external")


def fingerprint_of_sources() -> str:
    """A digest of everything the built pages depend on; their address is told when they are served.

    The mode is part of it: the demo's banner stands in the first paint.
    """
    digest = hashlib.sha256(settings.current().mode.value.encode())
    for name in _SOURCES:
        top = ROOT / name
        files = [top] if top.is_file() else sorted(p for p in top.rglob("*") if p.is_file())
        for path in files:
            if not any(part in _IGNORED for part in path.parts):
                digest.update(str(path.relative_to(ROOT)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def needs_build() -> bool:
    """Whether the built pages are missing or older than their sources."""
    if not _STAMP.is_file() or not (_BUILT / "index.html").is_file():
        return True
    return _STAMP.read_text(encoding="ascii") != fingerprint_of_sources()


def prepare_environment() -> None:
    """Set what Reflex reads from the environment; before anything of Reflex is imported."""
    os.chdir(ROOT)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
    os.environ.setdefault("REFLEX_TELEMETRY_ENABLED", "false")
    os.environ["REFLEX_ENV_MODE"] = "prod"


def build() -> None:
    """Compile the pages and bundle them; raises SystemExit when the bundler fails."""
    prepare_environment()
    from reflex.utils import prerequisites
    from reflex.utils.export import export

    if prerequisites.needs_reinit():
        prerequisites.initialize_reflex_user_directory()  # type: ignore[no-untyped-call]
        prerequisites.initialize_frontend_dependencies()  # type: ignore[no-untyped-call]
    shutil.rmtree(_BUILT, ignore_errors=True)
    export(zipping=False, backend=False)
    _STAMP.write_text(fingerprint_of_sources(), encoding="ascii")
