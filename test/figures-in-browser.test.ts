/** Figures have the same bytes on a browser's document as on linkedom's, as long as Plot does not adapt to the screen. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { expect, it } from "vitest";
import { figures } from "./fixtures/figure-page.ts";
import { chromiumPath, launch, resultOfPage, serve } from "./support/browser.ts";
import { figureHost } from "./support/figure-snapshot.ts";

const page = `<!doctype html><pre id="result"></pre><pre id="error"></pre><script type="module">
import { figures } from "./figures.js";
try { document.querySelector("#result").textContent = figures({ document }); }
catch (error) { document.querySelector("#error").textContent = error.stack; }
</script>`;

it("draws the same bytes in Chromium", async ({ skip }) => {
  if (!chromiumPath) return skip("no Chromium; set CHROMIUM or install Debian's chromium");
  const folder = mkdtempSync(join(tmpdir(), "toy-cis-figures-"));
  const entry = new URL("./fixtures/figure-page.ts", import.meta.url).pathname;
  const lib = { entry, formats: ["es" as const], fileName: () => "figures.js" };
  await build({ configFile: false, logLevel: "error", build: { lib, outDir: folder, emptyOutDir: false } });
  writeFileSync(join(folder, "index.html"), page);
  const { url, server } = await serve(folder);
  const browser = await launch(chromiumPath);
  try {
    // On screens with one pixel a unit, Plot moves marks by half a pixel to make lines sharp.
    const screen = await browser.newContext({ deviceScaleFactor: 2 });
    expect(await resultOfPage(screen, url)).toBe(figures(figureHost));
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
