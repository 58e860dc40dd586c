"""Start Annotator from a checkout: `python main.py …` is the same as `annotator …`."""

import sys

from annotator.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
