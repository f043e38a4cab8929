/** A headless Chromium and a server for a folder, for tests that need a page. */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** The browser to use: the environment's CHROMIUM, or where Debian puts it. Undefined when there is none. */
export const chromiumPath: string | undefined = [process.env.CHROMIUM, "/usr/bin/chromium"].find(
  (path) => path && existsSync(path),
);

/** Starts Chromium with a fresh profile. */
export function launch(executablePath: string): Promise<Browser> {
  const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return chromium.launch({ executablePath, headless: true, args: [...flags, ...quiet] });
}

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** Serves a folder's files on the loopback address alone, at a free port. */
export async function serve(folder: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const file = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

/** Opens a page and waits until the element `#result` or `#error` has text. Returns the result; throws the error. */
export async function resultOfPage(browser: Pick<Browser, "newPage">, url: string): Promise<string> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(url);
  const element = await page.waitForSelector("#result:not(:empty), #error:not(:empty)", { timeout: 30_000 });
  const text = (await element.textContent()) ?? "";
  if ((await element.getAttribute("id")) === "error" || problems.length > 0)
    throw new Error(`page: ${[text, ...problems].join("; ")}`);
  return text;
}
