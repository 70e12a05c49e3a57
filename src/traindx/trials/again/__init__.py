"""The program itself again, with one change of its source, in a process that may read everything and write nothing."""
