"""Odd programs print and return what they do under Python, whatever they do to the interpreter they run in."""

from __future__ import annotations

import json
import shutil

import pytest

THREAD = "import threading, time\ndef late():\n    time.sleep(0.4)\n    print('late', flush=True)\n"
ODD = {
    "syntax error": "x = (",
    "bad indentation": "if 1:\nprint(1)",
    "syntax warning": "x = 1\nprint(x is 1)",
    "byte order mark": "\ufeffprint('hello')",
    "aborts": "import os\nprint('a', flush=True)\nos.abort()",
    "killed": "import os, signal\nprint('a', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)",
    "Ctrl-C with exit hooks": "import atexit\natexit.register(print, 'bye')\nraise KeyboardInterrupt('x')",
    "Ctrl-C by default": "import os, signal\nsignal.signal(2, signal.SIG_DFL)\nprint('a', flush=True)\nos.kill(os.getpid(), 2)",
    "exit in an exit hook": "import atexit, os\natexit.register(lambda: os._exit(9))\nprint('x', flush=True)",
    "a thread that outlives": THREAD + "threading.Thread(target=late).start()\nprint('main', flush=True)",
    "a thread that outlives an exception": THREAD + "threading.Thread(target=late).start()\n1 / 0",
    "a timer": "import threading\nthreading.Timer(0.4, print, ['tick']).start()\nprint('main')",
    "a daemon": "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\nprint('main')",
    "text in other scripts": "größe = 3\nclass Ünï: pass\nprint(größe, Ünï, '日本', '🙂')",
    "no more input": "input(); input(); input()",
    "closes output": "import os\nprint('a', flush=True)\nos.close(1)\nprint('b')",
    "closes all files": "import os\nos.close(0); os.close(1); os.close(2)\n1 / 0",
    "closes what it did not open": "import os\nos.closerange(3, 4096)\nkept = [open(f'k{i}', 'w') for i in range(300)]\n"
    "for k in kept: print(k.fileno(), file=k, flush=True)\nprint([open(f'k{i}').read() for i in range(300)])",
    "numbers of files": "import socket\nprint(open('q', 'w').fileno(), socket.socket())",
    "output without flush": "import sys\nclass W:\n    def write(self, s): sys.__stdout__.write(s.upper())\n    def __del__(self): pass\n"
    "old, sys.stdout = sys.stdout, W()\nprint('abc')\nsys.stdout = old",
    "no output": "import sys\nsys.stdout = None\nprint('x')\nsys.stderr = None\n1 / 0",
    "output that cannot be encoded": "import sys\nsys.stdout.reconfigure(encoding='ascii', errors='strict')\nprint('ü')",
    "its folder is gone": "import os\nos.mkdir('d')\nos.chdir('d')\nos.rmdir('../d')\nprint('gone')",
    "its file is gone": "import os\nos.remove(__file__)\n1 / 0",
    "no arguments left": "import sys\nsys.argv = None\nprint('x')",
    "no search path left": "import sys\nsys.path.clear()\nsys.meta_path.clear()\nprint('x')",
    "no main module left": "import sys\ndel sys.modules['__main__']\nprint('x')",
    "print replaced": "import builtins\nold = builtins.print\nbuiltins.print = lambda *a: old('>>', *a)\nprint('x')",
    "a clock of its own": "import time\ntime.monotonic = lambda: None\nprint('x')",
    "all warnings are errors": "import warnings, numpy as np\nnp.seterr(all='raise')\nwarnings.simplefilter('error')\nprint('x')",
    "little recursion": "import sys\nsys.setrecursionlimit(60)\nprint('x')",
    "few files": "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))\nprint('x')",
    "small files": "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\nprint('x')",
    "nothing may be written": "import os\nos.umask(0o777)\nprint('x')",
    "a signal handler": "import os, signal\nsignal.signal(signal.SIGINT, lambda *a: print('int'))\nos.kill(os.getpid(), 2)\nprint('after')",
    "becomes another program": "import os, sys\nprint('a', flush=True)\nos.execv(sys.executable, [sys.executable, '-c', 'print(42)'])",
    "an exception without text": "class E(Exception):\n    def __str__(self): raise ValueError('no')\nraise E()",
    "an exception that forbids looks": "class E(Exception):\n    def __getattribute__(self, name):\n"
    "        if name == '_message': raise RuntimeError(name)\n        return super().__getattribute__(name)\nraise E('q')",
    "exceptions in a circle": "a, b = ValueError('a'), TypeError('b')\na.__cause__, b.__cause__ = b, a\nraise a",
    "its hook raises": "import sys\ndef hook(*a): raise KeyError('hook')\nsys.excepthook = hook\n1 / 0",
    "its hook leaves": "import sys\nsys.excepthook = lambda *a: sys.exit(6)\n1 / 0",
    "no hook": "import sys\ndel sys.excepthook\n1 / 0",
    "leaves with what has no text": "import sys\nclass A:\n    def __str__(self): raise ValueError('x')\nsys.exit(A())",
    "leaves with a huge number": "raise SystemExit(2 ** 70)",
    "leaves with a fraction": "raise SystemExit(2.5)",
    "no names left": "del __name__, __file__, __builtins__\nprint('x')",
    "bytes": "import sys\nsys.stdout.buffer.write(bytes(range(128)))",
    "runs itself": "import runpy, sys\nif len(sys.argv) < 2:\n    sys.argv.append('again')\n"
    "    runpy.run_path(__file__, run_name='__main__')\nprint(__name__, sys.argv[1:])",
}


@pytest.mark.parametrize("name", list(ODD))
def test_the_same_as_under_python(place, name):
    ended = []
    for way in ((), ("-m", "traindx", "run", "-q", "--budget", "0")):
        shutil.rmtree(place.folder)  # the program may have changed it
        place.folder.mkdir()
        (place.folder / "prog.py").write_text(ODD[name], encoding="utf-8")
        ended.append(place.python(*way, "prog.py"))
    plain, watched = ended
    assert (watched.returncode, watched.stdout, watched.stderr) == (plain.returncode, plain.stdout, plain.stderr)


@pytest.mark.parametrize(
    "files",
    [{"__main__.py": "from .a import v\n1 / 0", "a.py": "v = 3"}, {"__init__.py": "print('first')\n1 / 0", "__main__.py": "print(1)"},
     {"__main__.py": "x = ("}, {"__init__.py": ""}],
    ids=["raises", "its package raises", "syntax error", "no main"],
)  # fmt: skip
def test_modules(place, files):
    for name, source in {"__init__.py": "print('package')", **files}.items():
        place.write(source, f"pkg/{name}")
    place.same("-m", "pkg", "-q")


def test_numbers_that_nobody_else_may_write_to(place):
    """A program that closes all files gets their numbers anew: what it writes there stays its own."""
    place.write("""
        import os
        os.closerange(3, 4096)
        kept = [open(f"k{i}", "w") for i in range(300)]
    """)
    assert place.traindx("run", "--json", "r.json", "prog.py").returncode == 0
    assert not any((place.folder / f"k{i}").stat().st_size for i in range(300))
    assert json.loads((place.folder / "r.json").read_text())["exit"] == 0
    assert "diagnosis" in (place.runs()[0] / "run.jsonl").read_text()
