"""How to call it: command line, runner, callback, functions, notebook."""
