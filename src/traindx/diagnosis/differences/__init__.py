"""How two runs differ, one file per part: program, data, dynamics, and where they part."""
