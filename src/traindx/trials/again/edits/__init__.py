"""Changes of a program's source that only the program itself can try, one kind of fault a file."""
