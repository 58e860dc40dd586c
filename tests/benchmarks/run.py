"""Print every benchmark with its floor from the same run: `python tests/benchmarks/run.py [NAME …]`."""

import importlib
import os
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(wanted: list[str]) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(HERE))
    names = sorted(path.stem for path in HERE.glob("bench_*.py"))
    for name in names:
        if not wanted or name.removeprefix("bench_") in wanted:
            print(f"\n{name.removeprefix('bench_')}")
            importlib.import_module(name).main()


if __name__ == "__main__":
    main(sys.argv[1:])
