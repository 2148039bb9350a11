"""`make test`'s last step: the end-to-end files; one that fails runs a second time once, and that is said."""

import json
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FAILED = _ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"


def _pytest(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", "-m", "e2e", *arguments], cwd=_ROOT, check=False).returncode


def failed_files() -> list[str]:
    """The files with a failure in the run before."""
    names = json.loads(_FAILED.read_text(encoding="utf-8")) if _FAILED.is_file() else {}
    return sorted({name.partition("::")[0] for name in names})


def main() -> int:
    """Run, and run again what failed; the exit status is that of the last word on each file."""
    first = _pytest("--cache-clear", "tests/e2e")
    if first != 1:
        print("End-to-end files that ran a second time: 0")
        return first
    files = failed_files()
    print(f"End-to-end files that run a second time: {len(files)} ({', '.join(files)})", flush=True)
    return _pytest(*files)


if __name__ == "__main__":
    sys.exit(main())
