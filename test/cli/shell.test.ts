/** What every command does alike: help, names, exit codes, streams. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../support/toy-cis.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "toy-cis-shell-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const toyCis = (...args: readonly string[]) => run(folder, ...args);
const commands = ["train", "evaluate", "baselines", "runs", "diff", "presets", "bench"];

describe("help", () => {
  it.each([[["--help"]], [["-h"]], [[]]])("toy-cis %j names every command on stdout", async (args) => {
    const { exitCode, stdout, stderr } = await toyCis(...args);
    expect([exitCode, stderr]).toEqual([0, ""]);
    for (const command of commands) expect(stdout).toContain(`\n  ${command}`);
  });

  it.each(commands)("%s --help says what it does and names --json", async (command) => {
    const { exitCode, stdout, stderr } = await toyCis(command, "--help");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("--json");
  });

  it("prints the package's version", async () => {
    const { stdout } = await toyCis("--version");
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe("wrong calls exit with 2, name the near word and print nothing on stdout", () => {
  it.each([
    [["preset"], "preset: unknown command. Did you mean presets?"],
    [["zebra"], "zebra: unknown command. toy-cis --help lists the commands."],
    [["presets", "--jsno"], "--jsno: unknown flag. Did you mean --json?"],
    [["presets", "-x"], "-x: unknown flag. Add --help to see what there is."],
    [["presets", "a", "b"], "b: one argument too many. Add --help to see what there is."],
  ])("%j", async (args, message) => {
    expect(await toyCis(...args)).toMatchObject({ exitCode: 2, stdout: "", stderr: `${message}\n` });
  });
});

describe("presets", () => {
  it("lists every preset in aligned columns", async () => {
    const { exitCode, stdout } = await toyCis("presets");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^cc-clean {21}The same network/m);
    expect(stdout).not.toContain("not available yet");
    expect(stdout).not.toContain("\x1b");
  });

  it("prints one JSON document", async () => {
    const { presets } = JSON.parse((await toyCis("presets", "--json")).stdout);
    expect(presets[0]).toMatchObject({ name: "compressed-computation", isAvailable: true });
  });

  it("prints a spec that can be trained, as YAML and as JSON", async () => {
    const { parseSpec, preset } = await import("../../src/spec/index.ts");
    for (const flags of [[], ["--json"]]) {
      const { stdout } = await toyCis("presets", "cc-symmetric", ...flags);
      expect(parseSpec(stdout)).toEqual(preset("cc-symmetric"));
    }
  });

  it("names the near preset", async () => {
    expect(await toyCis("presets", "cc-claen", "--json")).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: 'preset: must be the name of a preset, got "cc-claen". Did you mean cc-clean?\n',
    });
  });
});

it("leaves nothing in the folder it is called in", () => {
  expect(readdirSync(folder)).toEqual([]);
});

it("every command and flag is in the guide", async () => {
  const guides = ["command-line.md", "runs.md"].map(
    (name) => new URL(`../../docs/guides/${name}`, import.meta.url),
  );
  const guide = guides.map((url) => readFileSync(url, "utf8")).join("\n");
  for (const command of commands) {
    expect(guide).toContain(`toy-cis ${command}`);
    const { stdout } = await toyCis(command, "--help");
    const flags = [...stdout.matchAll(/--[a-z][a-z-]*/g)]
      .map(([flag]) => flag)
      .filter((flag) => flag !== "--help");
    for (const flag of flags) expect(guide, flag).toContain(flag);
  }
});
