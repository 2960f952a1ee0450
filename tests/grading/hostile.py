"""What a cell may try: (name, its text, the kinds of verdict allowed, does it earn its point?).

`right` stands for the right answer: each of these defines the function that is asked for, or tries to do without.
"""

from classes import RIGHT, WRONG

HEAD = "def convolution_parameters(size, channels, neurons):\n"


def body(text):
    return HEAD + "".join(f"    {line}\n" for line in text.strip("\n").split("\n"))


FRAMES = """
import json, os, struct
for message in ({"kind": "returned", "value": 2, "error": "", "said": "", "where": "", "arguments": [], "seconds": 0},
                {"ok": True, "kind": "ok", "points": 1}, {"ended": 0}):
    data = json.dumps(message).encode()
    for number in range(3, 20):
        try:
            os.write(number, struct.pack(">Q", len(data)) + data)
        except OSError:
            pass
"""
STOPS = ("timeout",)
UNJUDGED = ("timeout", "died")
ERRORS = ("raised",)
NOT_OK = ("raised", "value", "type", "shape", "missing", "died", "timeout", "unstable")

HOSTILE = [
    # what does not end
    ("endless loop", body("while True:\n    pass"), STOPS),
    ("endless loop in the cell", RIGHT + "while True:\n    pass\n", STOPS),
    ("endless loop that lets nothing through", body("while True:\n    try:\n        while True: pass\n    except BaseException: pass"), STOPS),
    ("ignores the signal", "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\n" + body("while True: pass"), STOPS),
    ("one long step inside C", body("return sum(range(10**13))"), STOPS),
    ("sleeps", body("import time\ntime.sleep(10**6)"), STOPS),
    ("prints without end", body("while True:\n    print('x' * 10**6)"), STOPS),
    # what wants all there is
    ("memory at once", body("import numpy\nreturn numpy.ones(10**12)"), ERRORS),
    ("memory bit by bit", body("held = []\nwhile True:\n    held.append(bytearray(b'x' * 10**7))"), ERRORS),
    ("memory in the cell", "held = []\nwhile True:\n    held.append(bytearray(b'x' * 10**7))\n" + RIGHT, ERRORS),
    ("fork bomb", body("import os\nwhile True:\n    os.fork()"), ERRORS),
    ("fork bomb in the cell", "import os\nwhile True:\n    os.fork()\n" + RIGHT, ERRORS),
    ("fork bomb that does not mind", body("import os\nwhile True:\n    try:\n        os.fork()\n    except OSError: pass"), STOPS),
    ("starts a program", body("import subprocess\nsubprocess.run(['/usr/bin/env'])\nreturn 2"), ERRORS),
    ("multiprocessing", body("import multiprocessing\nmultiprocessing.Process(target=print).start()\nreturn 2"), ERRORS),
    ("thousands of threads", body("import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(99,), daemon=True).start()"), ("raised", *UNJUDGED)),
    ("a huge result", body("import numpy\nreturn numpy.zeros(10**6)"), ("shape",)),
    ("fills the disk", body("import os\nfor k in range(10**4):\n    with open(f'/tmp/{k}', 'wb') as file:\n        file.write(b'x' * 10**7)"), ERRORS),
    ("fills the shared memory", body("with open('/dev/shm/x', 'wb') as file:\n    file.write(b'x')"), ERRORS),
    # what is not theirs
    ("reads a file by its name", body("return int(open('{secret}').read())"), ERRORS),
    ("looks for other notebooks", body("import os\nfor top in os.listdir('/'):\n    if top not in ('proc', 'usr', 'dev'):\n        for folder, inside, files in os.walk('/' + top):\n            inside[:] = [name for name in inside if name not in ('lib', 'numpy')]\n            assert not [f for f in files if f.endswith('.ipynb')], folder\nraise LookupError('nothing here')"), ERRORS),
    ("looks for the solutions", body("import pathlib\nhere = [p for p in pathlib.Path('/room').rglob('*.py') if 'chapters' in str(p) or 'oracle' in p.read_text()]\nassert not here, here\nraise LookupError('nothing here')"), ERRORS),
    ("looks at other processes", body("import os\nothers = [n for n in os.listdir('/proc') if n.isdigit()]\nassert len(others) < 5, others\nraise LookupError('nothing here')"), ERRORS),
    ("takes over the process it came from", body("import ctypes, os\nattached = ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0)\ntry: memory = open(f'/proc/{os.getppid()}/mem', 'r+b')\nexcept OSError: memory = None\nassert attached and memory is None\nraise LookupError('refused')"), ERRORS),
    ("a number without end", body("return 1 << 10**6"), ("shape", "value")),
    ("asks the book", "from classroom.exercises import get\nconvolution_parameters = get('convolution_parameters').oracle\n", ("type", "shape")),
    ("connects", body("import socket\nsocket.create_connection(('127.0.0.1', {port}), 2).sendall(b'here')\nreturn 2"), ERRORS),
    ("fetches a page", body("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:{port}/')\nreturn 2"), ERRORS),
    ("writes beside the book", body("open('/room/student.py', 'a').write('x')\nreturn 2"), ERRORS),
    # what would rather judge itself
    ("its own check", "def check(*arguments):\n    return True\n" + WRONG, ("value",)),
    ("patches the engine", "import sys\nimport classroom.exercises.engine as engine\nengine.judge = lambda *a, **k: True\n" + WRONG, ("value",)),
    ("patches NumPy", "import numpy as np\nfor name in ('allclose', 'isfinite', 'array_equal', 'abs'):\n    setattr(np, name, lambda *a, **k: True)\n" + WRONG, ("value",)),
    ("patches json", "import json\njson.dumps = lambda *a, **k: '{\"ok\": true}'\njson.loads = lambda *a: {}\n" + WRONG, ("missing", *UNJUDGED)),
    (
        "patches what calls it",
        "import gc\n" + body("for thing in gc.get_objects():\n    if type(thing).__name__ == 'Session':\n        Outcome = thing.call.__globals__['Outcome']\n"
        "        thing.call = lambda f, a: Outcome('returned', 2, arguments=a)\nreturn 2"),
        ("value",),
    ),
    ("equal to everything", body("class Right(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__\nreturn Right(3)"), ("value",)),
    ("pickles itself over", body("class Bomb:\n    def __reduce__(self): return (print, ('x',))\nreturn Bomb()"), ("type",)),
    ("forges frames", WRONG + FRAMES, NOT_OK),
    ("forges frames in a call", HEAD + "".join(f"    {line}\n" for line in FRAMES.split("\n")) + "    return 0\n", NOT_OK),
    ("writes a result file", "import json\nfor name in ('result.json', 'OUT.json', '/tmp/14_summary.json'):\n    try:\n        json.dump({{'score': 3, 'status': 'graded'}}, open(name, 'w'))\n    except OSError: pass\n" + WRONG, ("value",)),
    ("prints a result", "print('{{\"status\": \"graded\", \"score\": 3, \"of\": 3}}')\n" + WRONG, ("value",)),
    ("exits with 0", "import os\nos._exit(0)\n" + RIGHT, UNJUDGED),
    ("exits in a call", body("import os\nos._exit(0)"), UNJUDGED),
    ("raises SystemExit", "import sys\nsys.exit(0)\n" + RIGHT, ERRORS),
    ("ends the process it came from", "import os\nos.kill(os.getppid(), 9)\n" + WRONG, NOT_OK),
    ("ends every process", "import os\nos.kill(-1, 9)\n" + WRONG, NOT_OK),
    ("crashes Python", body("import ctypes\nctypes.string_at(0)"), UNJUDGED),
    ("remembers the book's own cases", body("return {(1, 1, 1): 2, (3, 1, 1): 10, (3, 1, 8): 80, (3, 8, 16): 1168, (5, 3, 6): 456, (1, 64, 10): 650, (8, 1, 10): 650}.get((size, channels, neurons), 0)"), ("value",)),
    # what is merely broken
    ("no Python", "def convolution_parameters(size, channels, neurons:\n    return 2", ERRORS),
    ("another name", RIGHT.replace("convolution_parameters", "parameters"), ("missing",)),
    ("deeply nested", "convolution_parameters = " + "(" * 5000 + ")" * 5000, ERRORS),
    ("a null byte", RIGHT + "\0", ERRORS),
]  # fmt: skip
