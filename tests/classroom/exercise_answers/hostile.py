"""Answers that try to pass, to hang or to damage the session; none may succeed. (name, exercise, source, allowed kinds)

`RIGHT` stands before each: a right relu that the hostile code can hide behind.
"""

RIGHT = "def right(z):\n    return np.maximum(z, 0)\n"


def relu(body):
    return RIGHT + "def relu(z):\n" + "".join(f"    {line}\n" for line in body.strip("\n").split("\n"))


STOPS = ("timeout",)
WRONG = ("value", "shape", "type", "raised", "unstable", "mutated", "missing")

HOSTILE = [
    # leaving by the back door
    ("raises", relu("raise ValueError('no')"), ("raised",)),
    ("raises an exception that cannot be printed", relu("class E(Exception):\n    def __str__(self):\n        raise E\nraise E"), ("raised",)),
    ("raises an exception whose text never ends", relu("class E(Exception):\n    def __str__(self):\n        while True:\n            pass\nraise E"), ("timeout", "raised")),
    ("sys.exit", relu("import sys\nsys.exit(0)"), ("raised",)),
    ("exit builtin", relu("raise SystemExit"), ("raised",)),
    ("raises KeyboardInterrupt", relu("raise KeyboardInterrupt"), ("raised",)),
    ("raises GeneratorExit", relu("raise GeneratorExit"), ("raised",)),
    ("raises BaseException", relu("raise BaseException('x')"), ("raised",)),
    ("raises StopIteration", relu("raise StopIteration"), ("raised",)),
    ("an exception group", relu("raise BaseExceptionGroup('g', [KeyboardInterrupt(), ValueError()])"), ("raised",)),
    ("endless recursion", relu("return relu(z)"), ("raised", "timeout")),
    ("recursion with a raised limit", relu("import sys\nsys.setrecursionlimit(3000)\nreturn relu(z)"), ("raised", "timeout")),
    ("assert", relu("assert False"), ("raised",)),
    ("asks for input", relu("input('relu? ')\nreturn right(z)"), ("raised",)),
    ("async", RIGHT + "async def relu(z):\n    return right(z)", ("type",)),
    # hanging
    ("while True", relu("while True:\n    pass"), STOPS),
    ("while True in one line", relu("while True: pass"), STOPS),
    ("a loop that swallows exceptions", relu("while True:\n    try:\n        pass\n    except BaseException:\n        pass"), STOPS),
    ("a loop inside that swallows exceptions", relu("while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"), STOPS),
    (
        "three loops that swallow exceptions",
        relu(
            "while True:\n    try:\n        while True:\n            try:\n                while True:\n                    try:\n"
            "                        while True:\n                            pass\n                    except BaseException:\n"
            "                        pass\n            except BaseException:\n                pass\n    except BaseException:\n        pass"
        ),
        STOPS,
    ),
    ("finally loops again", relu("try:\n    while True:\n        pass\nfinally:\n    while True:\n        pass"), STOPS),
    ("swallows the stop and returns the right answer", relu("try:\n    while True:\n        pass\nexcept BaseException:\n    return right(z)"), STOPS),
    ("an endless comprehension", relu("import itertools\nreturn [0 for _ in itertools.count() if _ < 0]"), STOPS),
    ("an endless generator expression", relu("import itertools\nreturn sum(1 for _ in itertools.count())"), STOPS),
    ("an endless result", relu("while True:\n    yield 1.0"), ("timeout", "shape")),
    ("an endless result of arrays", relu("while True:\n    yield z"), ("timeout", "shape")),
    ("sleeps", relu("import time\nwhile True:\n    time.sleep(0.001)"), STOPS),
    ("floods the output", relu("while True:\n    print('x' * 1000)"), STOPS),
    ("floods standard error", relu("import sys\nwhile True:\n    sys.stderr.write('x' * 1000)"), STOPS),
    ("loops in a property of the result", relu("class A:\n    @property\n    def __array__(self):\n        while True:\n            pass\nreturn A()"), ("timeout", "type")),
    ("loops in __iter__", relu("class A:\n    def __iter__(self):\n        while True:\n            pass\nreturn A()"), STOPS),
    ("loops in __len__ and __eq__", relu("class A:\n    def __len__(self):\n        while True:\n            pass\n    __eq__ = __float__ = __index__ = __len__\nreturn A()"), ("type",)),
    ("asks for all the memory", relu("return np.ones(10**13)"), ("raised",)),
    ("a huge list", relu("return [0.0] * 10**12"), ("raised",)),
    ("a list inside itself", relu("a = []\na.append(a)\nreturn a"), ("type", "shape")),
    # lying about the result
    ("equal to everything", relu("class A:\n    def __eq__(self, other):\n        return True\n    __hash__ = None\nreturn A()"), ("type",)),
    ("says it is an array", relu("class A:\n    __class__ = np.ndarray\n    shape = z.shape\n    dtype = z.dtype\nreturn A()"), ("type",)),
    ("an __array__ that lies", relu("class A:\n    def __array__(self, dtype=None, copy=None):\n        return -right(z)\nreturn A()"), ("value",)),
    ("an __array__ that raises", relu("class A:\n    def __array__(self, dtype=None, copy=None):\n        raise SystemExit\nreturn A()"), ("raised", "type")),
    (
        "an array subclass that agrees with everything",
        relu(
            "class A(np.ndarray):\n    def __eq__(self, o):\n        return np.True_\n    def __sub__(self, o):\n        return np.zeros(self.shape)\n"
            "    __rsub__ = __sub__\n    def __array_ufunc__(self, *a, **k):\n        return np.zeros(self.shape)\n"
            "    def __array_finalize__(self, o):\n        pass\nreturn (np.abs(z) + 1).view(A)"
        ),
        ("value",),
    ),
    ("a float that lies", relu("class F(float):\n    def __sub__(self, o):\n        return 0.0\n    __rsub__ = __sub__\n    def __eq__(self, o):\n        return True\n    __hash__ = None\nreturn [F(9) for _ in z]"), ("value", "shape")),
    ("a masked array", relu("return np.ma.masked_array(np.abs(z), mask=z < 0)"), ("type",)),
    ("nan", relu("return np.full(z.shape, np.nan)"), ("value", "unstable")),
    ("a string", relu("return str(right(z))"), ("type",)),
    ("an array of strings", relu("return right(z).astype(str)"), ("type",)),
    ("complex", relu("return right(z) + 0j"), ("type",)),
    ("a set", relu("return set(right(z).ravel().tolist())"), ("type",)),
    ("a dict", relu("return dict(enumerate(z.ravel()))"), ("type",)),
    ("the function itself", relu("return relu"), ("type",)),
    ("bytes", relu("return right(z).tobytes()"), ("type",)),
    ("None", relu("right(z)"), ("type", "missing")),
    ("broadcastable", relu("return np.zeros((1,) + z.shape) + right(z)"), ("shape",)),
    ("objects", relu("return np.array([object() for _ in z.ravel()], dtype=object).reshape(z.shape)"), ("type",)),
    ("an opaque class with a hostile name", relu("class M(type):\n    def __getattribute__(cls, name):\n        raise SystemExit\nclass A(metaclass=M):\n    pass\nreturn A()"), ("type", "raised")),
    # fooling the comparison
    ("patches np.maximum", relu("np.maximum = lambda a, b: a\nreturn z"), ("value",)),
    ("patches what the comparison uses", relu("np.abs = np.asarray = np.isfinite = np.array_equal = np.allclose = lambda *a, **k: np.True_\nreturn -z"), WRONG),
    ("patches builtins", relu("import builtins\nbuiltins.all = builtins.any = lambda x: True\nbuiltins.max = lambda *a: 0.0\nreturn -z"), ("value",)),
    ("patches isinstance", relu("import builtins\nbuiltins.isinstance = lambda a, b: True\nbuiltins.len = lambda x: 1\nreturn -z"), ("value",)),
    ("makes the error state raise", relu("np.seterr(all='raise')\nreturn np.exp(1000.0) * z"), WRONG),
    ("changes its input and returns it", relu("z[z < 0] = 0\nreturn z"), ("mutated",)),
    ("changes its input, returns the right result", relu("r = right(z)\nz[...] = r\nreturn r"), ("mutated",)),
    ("reshapes its input", relu("r = right(z)\nz.shape = (-1, 1)\nreturn r"), ("mutated",)),
    ("changes its input to nan", relu("r = right(z)\nz[...] = np.nan\nreturn r"), ("mutated",)),
    ("right the first time only", relu("relu.calls = getattr(relu, 'calls', 0) + 1\nreturn right(z) if relu.calls <= 5 else -z"), ("unstable",)),
    ("counts in a global", "calls = 0\n" + relu("global calls\ncalls += 1\nreturn right(z) + (calls > 5)"), ("unstable",)),
    ("counts in a default", RIGHT + "def relu(z, seen=[]):\n    seen.append(1)\n    return right(z) * (len(seen) <= 5)", ("unstable",)),
    ("random", relu("return right(z) + np.random.normal(size=z.shape)"), ("value", "unstable")),
    ("its own randomness, rarely", relu("return right(z) if np.random.default_rng().random() < 0.0 else right(z) + np.random.default_rng().random()"), ("value", "unstable")),
    ("seeds the global generator", relu("np.random.seed(0)\nreturn right(z) + np.random.random()"), ("value",)),
    ("a trace function that eats the stop", relu("import sys\nsys.settrace(None)\nsys.setprofile(None)\nreturn -z"), ("value",)),
    ("takes no argument", RIGHT + "def relu():\n    return 0", ("type",)),
    ("takes too many arguments", RIGHT + "def relu(z, a, b):\n    return right(z)", ("type",)),
    ("constant", relu("return 0.0"), ("shape",)),
    ("not a function", RIGHT + "relu = 3", ("type",)),
    ("a class", RIGHT + "class relu:\n    def __init__(self, z):\n        self.z = right(z)", ("type",)),
    ("an object that calls wrongly", RIGHT + "class R:\n    def __call__(self, z):\n        return -z\nrelu = R()", ("value",)),
    ("an object whose attributes raise", RIGHT + "class R:\n    def __call__(self, z):\n        return -z\n    def __getattr__(self, name):\n        raise ValueError(name)\nrelu = R()", ("value", "raised")),
    ("checks itself without end", relu("from classroom.exercises.engine import judge\nfrom classroom.exercises import get\njudge(get('relu'), relu, 0.2)\nreturn -z"), WRONG + STOPS),
    ("turns the output off", relu("import sys\nsys.stdout = sys.stderr = None\nreturn -z"), ("value",)),
    ("closes the output", relu("import sys\nsys.stdout.close()\nreturn -z"), ("value", "raised")),
    ("filters warnings into errors", relu("import warnings\nwarnings.simplefilter('error')\nwarnings.warn('x')\nreturn z"), ("raised",)),
    ("leaves the folder", relu("import os\nos.chdir('/')\nos.environ['PATH'] = ''\nreturn -z"), ("value",)),
    ("collects no garbage", relu("import gc\ngc.disable()\nreturn -z"), ("value",)),
    ("rebinds its own helpers", RIGHT + "def relu(z):\n    global right, np\n    right = np = None\n    return -z", ("value",)),
    ("deletes its own globals", RIGHT + "def relu(z):\n    globals().clear()\n    return -z", ("value",)),
    ("a destructor that raises", relu("class A:\n    def __del__(self):\n        raise SystemExit\nA()\nreturn -z"), ("value",)),
]
