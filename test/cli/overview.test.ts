/** What `npm start` prints once everything is built. */
import { describe, expect, it } from "vitest";
import { main, type OverviewRow, overviewText } from "../../cli/overview.ts";
import { fakeTerminal } from "../support/fake-terminal.ts";
import { emptyFolder } from "../support/folder.ts";
import { inFolder } from "../support/toy-cis.ts";

const row = (label: string, linear: number, even: number): OverviewRow => ({
  label,
  id: "",
  lossPerP: linear + even,
  ...{ linear, even },
  ...{
    naive: 1 / 12,
    naiveWithMixing: 0.1,
    offset: 0.1,
    rankBound: 0.06,
    linearBound: 0.01,
    evenBound: 0.04,
  },
});

describe("the overview", () => {
  it("trains the four kinds and prints one JSON document, then reads the same runs for the table", async () => {
    const folder = emptyFolder();
    const words = [
      "model.features=8",
      "model.neurons=4",
      "training.steps=60",
      "training.batch=32",
      "evaluate.samples=500",
    ];
    const first = await inFolder(folder, (streams) => main([...words, "--json"], streams));
    expect([first.exitCode, first.stderr]).toEqual([0, ""]);
    const { rows } = JSON.parse(first.stdout);
    expect(rows.map(({ label }: { label: string }) => label)).toEqual([
      "naive",
      "clean",
      "embedding",
      "symmetric",
      "asymmetric",
    ]);
    for (const { lossPerP, linear, even } of rows) expect(linear + even).toBeCloseTo(lossPerP, 12);
    const second = await inFolder(folder, (streams) => main(words, streams));
    expect(second.stdout).toMatch(
      /^labels +L\/p +linear +even +naive +naive \+ offset +rank bound\nclean +0\.\d+/,
    );
  });

  it("claims only what its numbers carry", () => {
    const { terminal } = fakeTerminal();
    const claim = "wins in the linear part alone";
    expect(overviewText([row("clean", 0.042, 0.042), row("symmetric", 0.016, 0.05)], terminal)).toContain(
      `Where the network beats naive (symmetric), it ${claim}`,
    );
    expect(overviewText([row("clean", 0.042, 0.042)], terminal)).not.toContain(claim);
    expect(overviewText([row("symmetric", 0.03, 0.041)], terminal)).not.toContain(claim);
  });

  it("names what it does not take", async () => {
    const failures = [
      [["--jsno"], 2, "--jsno: unknown flag. npm start -- takes key=value and --json.\n"],
      [["model.nuerons=3"], 1, "model.nuerons: unknown key. Did you mean model.neurons?\n"],
    ] as const;
    for (const [args, exitCode, stderr] of failures) {
      const result = await inFolder(emptyFolder(), (streams) => main(args, streams));
      expect(result).toEqual({ exitCode, stdout: "", stderr });
    }
  });
});
