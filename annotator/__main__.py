"""What `annotator`, `python main.py` and `python -m annotator` start."""

import sys


def main() -> int:
    """Run the program; Ctrl+C is one line even while its modules are still being loaded."""
    try:
        from annotator.app import main as run

        return run()
    except KeyboardInterrupt:
        print("annotator: stopped by Ctrl+C; nothing was changed", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
