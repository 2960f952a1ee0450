// The verdicts on all answers in the browser's Python: node pyodide_verdicts.mjs PYODIDE_FOLDER REPOSITORY, prints JSON.
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, repository] = process.argv.slice(2).map((name) => path.resolve(name));
let stage = "finding Pyodide";
const stop = (error) => {
  console.error(`While ${stage}: ${error?.stack ?? error}`);
  process.exit(1);
};
process.on("uncaughtException", stop);
process.on("unhandledRejection", stop);

const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
stage = "starting Pyodide";
const said = []; // what Pyodide prints is shown only if something goes wrong
const keep = (line) => said.push(line) > 50 && said.shift();
process.on("exit", (code) => code && said.length && console.error(`It had said:\n${said.join("\n")}`));
const pyodide = await loadPyodide({ indexURL: folder + path.sep, stdout: keep, stderr: keep });
stage = "loading NumPy";
await pyodide.loadPackage("numpy", { messageCallback: keep, errorCallback: keep });
pyodide.FS.mkdir("/repository");
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: repository }, "/repository");
stage = "judging the answers";
const verdicts = await pyodide.runPythonAsync(`
import json, sys, types
sys.dont_write_bytecode = True
sys.path[:0] = ["/repository", "/repository/tests/classroom"]
try:
    import tqdm
except ModuleNotFoundError:  # only a progress bar, and no exercise shows one
    sys.modules["tqdm"] = types.ModuleType("tqdm")
    sys.modules["tqdm"].tqdm = lambda rows, **options: rows
from exercise_answers.verdicts import verdicts
json.dumps({"python": list(sys.version_info[:2]), "platform": sys.platform, "verdicts": verdicts()})
`);
process.stdout.write(verdicts + "\n");
process.exit(0);
