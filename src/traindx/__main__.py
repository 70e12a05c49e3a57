"""`python -m traindx`."""

import sys

from traindx.entry.cli import main

if __name__ == "__main__":
    sys.exit(main())
