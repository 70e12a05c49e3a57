"""A program under `traindx run` sees, prints and returns what it does under `python`."""

from __future__ import annotations

import pytest

FACTS = """
    import sys, os, inspect, pickle
    print(sys.argv, __name__, __file__, __package__, __spec__, os.getcwd(), sys.path[0], type(__loader__).__name__)
    print(__doc__, type(__builtins__).__name__, sorted(k for k in globals() if k.startswith("__")))
    class Thing: pass
    print(type(pickle.loads(pickle.dumps(Thing()))) is Thing, sys.modules["__main__"].Thing is Thing)
    print(inspect.getsource(Thing).strip(), inspect.getmodule(Thing).__name__)
    import beside
    print(beside.__file__, sys.stdin.read(), input.__name__)
    print("to stderr", file=sys.stderr)
"""


@pytest.mark.parametrize("name", ["prog.py", "./prog.py", "sub/../prog.py", "no_suffix"])
def test_what_a_script_sees(place, name):
    place.write(FACTS, "no_suffix" if name == "no_suffix" else "prog.py")
    place.write("x = 1", "beside.py")
    place.write("", "sub/empty.py")
    assert place.same(name, "--json", "x", "-m", "-v", "--", "a b", given="typed").returncode == 0


def test_a_module_in_a_package(place):
    place.write(FACTS.replace("print(__doc__", "print(__spec__.name, __doc__").replace("__spec__, os", "0, os"), "pkg/tool.py")
    place.write("print('package', __name__)", "pkg/__init__.py")
    place.write("x = 1", "beside.py")
    assert place.same("-m", "pkg.tool", "-q", "--budget", "1").returncode == 0


def test_a_package_with_main(place):
    place.write("from . import other; import sys; print(other.__name__, __package__, sys.argv[1:])", "pkg/__main__.py")
    place.write("", "pkg/other.py")
    assert place.same("-m", "pkg", "x").returncode == 0


@pytest.mark.parametrize(
    "leaving",
    ["sys.exit()", "sys.exit(0)", "sys.exit(7)", "sys.exit(True)", "sys.exit(-1)", "sys.exit(300)", "sys.exit('why')",
     "sys.exit(None)", "sys.exit([1])", "raise SystemExit", "exit(4)", "os._exit(5)", "sys.exit(2**40)"],
)  # fmt: skip
def test_exit_status(place, leaving):
    place.write(f"import os, sys, atexit; atexit.register(print, 'bye', flush=True)\nprint('hi', flush=True)\n{leaving}")
    place.same("prog.py")


RAISING = {
    "plain": "def f():\n    return 1 / 0\nf()",
    "chained": "try:\n    {}['a']\nexcept KeyError as e:\n    raise ValueError('b') from e",
    "context": "try:\n    {}['a']\nexcept KeyError:\n    int('b')",
    "group": "raise ExceptionGroup('many', [ValueError(1), TypeError('x')])",
    "in a library": "import json\njson.loads('{')",
    "note": "e = ValueError('x')\ne.add_note('see here')\nraise e",
    "hook": "import sys\nsys.excepthook = lambda *a: print('mine', a[0].__name__)\nraise ValueError",
    "syntax later": "compile('x = (', 'made.py', 'exec')",
    "thread": "import threading\nt = threading.Thread(target=lambda: 1 / 0, name='T')\nt.start()\nt.join()",
    "generator exit": "raise GeneratorExit",
    "warning": "import warnings\nwarnings.warn('old', DeprecationWarning)\nwarnings.warn('odd')",
}


@pytest.mark.parametrize("name", list(RAISING))
def test_exceptions_are_printed_as_python_prints_them(place, name):
    place.write(RAISING[name])
    done = place.same("prog.py")
    assert done.stderr or name == "hook"


def test_threads_and_exit_hooks_end_as_usual(place):
    place.write("""
        import atexit, threading, time
        from concurrent.futures import ThreadPoolExecutor
        atexit.register(print, "bye")
        def late():
            time.sleep(0.5)
            print("late", flush=True)
        threading.Thread(target=late).start()
        ThreadPoolExecutor(1).submit(time.sleep, 0.1)
        print("end", flush=True)
    """)
    assert place.same("prog.py").stdout.endswith("late\nbye\n")


def test_closed_and_replaced_streams(place):
    place.write("import sys, io\nprint('a', flush=True)\nsys.stdout = io.StringIO()\nsys.stderr.close()\nprint('b')")
    assert place.same("prog.py").returncode == 0
    assert place.traindx("run", "prog.py").returncode == 0


FORKS = """
    import os, sys
    if os.fork() == 0:
        print("child", flush=True)
        {child}
    os.wait()
    print("parent", flush=True)
"""


@pytest.mark.parametrize("child", ["sys.exit(3)", "raise ValueError('x')", "os._exit(1)", "raise KeyboardInterrupt"])
def test_a_forked_child_writes_no_report(place, child):
    place.write(FORKS.format(child=child))
    place.same("prog.py")
    done = place.traindx("run", "prog.py")
    assert done.stdout == "child\nparent\n"
    assert done.stderr.count("prog.py\n") == 1
    assert len(place.runs()) == 2


def test_a_forked_child_that_runs_to_the_end(place):
    place.write("""
        import os, sys
        pid = os.fork()
        if pid:
            print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
    """)
    assert place.same("prog.py").stdout == "0\n"
    assert len(place.runs()) == 1


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_multiprocessing(place, way):
    place.write(f"""
        import multiprocessing as mp
        from concurrent.futures import ProcessPoolExecutor
        def square(x):
            return x * x
        if __name__ == "__main__":
            with ProcessPoolExecutor(2, mp_context=mp.get_context("{way}")) as pool:
                print(list(pool.map(square, range(4))))
            p = mp.get_context("{way}").Process(target=square, args=(2,))
            p.start(); p.join(); print(p.exitcode)
    """)
    assert place.same("prog.py").stdout == "[0, 1, 4, 9]\n0\n"
    assert len(place.runs()) == 1


def test_relative_reports_survive_a_change_of_folder(place):
    place.write("import os, tempfile\nos.chdir(tempfile.gettempdir())")
    assert place.traindx("run", "--json", "r.json", "prog.py").returncode == 0
    assert (place.folder / "r.json").exists()
