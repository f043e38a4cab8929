// Finds the Pythons on this machine that have PyTorch.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const probe = `
import json, platform, sys
import torch
print(json.dumps({"python": platform.python_version(), "torch": torch.__version__, "at": sys.prefix + torch.__file__}))
`;

/** What a Python says of its PyTorch, or undefined when it has none. */
function ask(path) {
  try {
    const text = execFileSync(path, ["-c", probe], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return { path, ...JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Where PyTorch may be: what was asked for, the lists of the environment, a folder of the checkout, the system. */
function candidates(asked, checkout) {
  if (asked.length > 0) return asked;
  const named = (process.env.TOY_CIS_PEERS ?? "").split(delimiter).filter(Boolean);
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "python3"));
  const inCheckout = join(checkout, ".venv-peers/bin/python");
  const system = "/usr/bin/python3";
  return [...named, inCheckout, ...onPath.filter((path) => existsSync(path)).slice(0, 1), system];
}

/** Pythons with PyTorch, each installation once. Paths that were asked for and have none are named in `without`. */
export function findPythons(asked, checkout) {
  const found = new Map();
  const without = [];
  for (const path of candidates(asked, checkout)) {
    const answer = existsSync(path) ? ask(path) : undefined;
    if (answer && !found.has(answer.at)) found.set(answer.at, answer);
    if (!answer && asked.includes(path)) without.push(path);
  }
  return { pythons: [...found.values()], without };
}
