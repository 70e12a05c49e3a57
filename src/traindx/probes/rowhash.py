"""One 64-bit hash per row of inputs; the kernel lives with the engines, which hash files with it too."""

from traindx.engines.rowhash import row_hashes

__all__ = ["row_hashes"]
