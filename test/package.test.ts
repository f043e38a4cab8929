/**
 * Promises of the published package: what is in it, and that it trains a model in an empty Node project and in an
 * empty Vite project, in Node and in a browser alike, to the same bits.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath, launch, resultOfPage, serve } from "./support/browser.ts";
import { install, type Packed, pack, root } from "./support/packed.ts";

/** What a user downloads; raise it knowingly. */
const largestUnpackedBytes = 2_500_000;

const folder = mkdtempSync(join(tmpdir(), "toy-cis-package-"));
const project = join(folder, "project");
let packed: Packed;

beforeAll(() => {
  packed = pack(folder);
  const how = install(packed.tarball, project);
  if (how === "copied") console.log("No network: the dependencies were copied from the checkout.");
  cpSync(join(root, "test/fixtures/user-project"), project, { recursive: true });
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const packedText = (file: string) => readFileSync(join(project, "node_modules/toy-cis", file), "utf8");

describe("the tarball", () => {
  it(`is smaller than ${largestUnpackedBytes / 1000} kB unpacked`, () => {
    expect(packed.unpackedSize).toBeLessThan(largestUnpackedBytes);
  });

  it("holds the library, its types and its papers, and no sources, tests or tools", () => {
    expect(packed.files).toEqual(
      expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "CITATION.cff", "schema/spec.json"]),
    );
    expect(packed.files).toEqual(expect.arrayContaining(["dist/src/index.js", "dist/src/index.d.ts"]));
    expect(
      packed.files.filter((file) => /\.test\.|^(src|test|bench|scripts|docs)\/|^dist\/test/.test(file)),
    ).toEqual([]);
  });

  it("names no path of the machine it was built on", () => {
    const paths = [root, homedir() === "/" ? root : `${homedir()}/`, "/home/", "/Users/"];
    const telling = packed.files.filter((file) => paths.some((path) => packedText(file).includes(path)));
    expect(telling).toEqual([]);
  });

  it("publint finds nothing", async () => {
    const tarball = Uint8Array.from(readFileSync(packed.tarball)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg!, { color: false }))).toEqual([]);
  });

  it("has a command that a user can run", () => {
    const command = join(project, "node_modules/.bin/toy-cis");
    expect(execFileSync(command, ["--help"], { encoding: "utf8" })).toContain("train");
  });
});

describe("an empty project that installs it", () => {
  const bundle = join(folder, "bundle");
  const hashInNode = () =>
    execFileSync(process.execPath, ["main.js"], { cwd: project, encoding: "utf8" }).trim();

  it("trains a model in Node", () => {
    expect(hashInNode()).toMatch(/^[0-9a-f]{64}$/);
  });

  it("trains the same model, to the bit, from a Vite bundle in Node", async () => {
    const lib = { entry: join(project, "program.js"), formats: ["es" as const], fileName: "program" };
    await build({ root: project, logLevel: "error", configFile: false, build: { lib, outDir: bundle } });
    const { trainedHash } = await import(pathToFileURL(join(bundle, "program.js")).href);
    expect(await trainedHash()).toBe(hashInNode());
  });

  it("trains the same model, to the bit, from a Vite page in Chromium", async ({ skip }) => {
    if (!chromiumPath) {
      console.log(
        "No Chromium at $CHROMIUM or /usr/bin/chromium: the browser part of this test was skipped.",
      );
      skip("no Chromium; set CHROMIUM or install Debian's chromium");
      return;
    }
    const page = join(folder, "page");
    await build({ root: project, logLevel: "error", configFile: false, build: { outDir: page } });
    const { url, server } = await serve(page);
    const browser = await launch(chromiumPath);
    try {
      expect(await resultOfPage(browser, url)).toBe(hashInNode());
    } finally {
      await browser.close();
      server.close();
    }
  });
});
