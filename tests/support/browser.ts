import { type Browser, chromium } from "playwright-core";

/** Starts the machine's Chromium; the caller closes it. `make test` sees to it that there is one. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = Bun.which("chromium");
  if (executablePath === null) throw new Error("chromium is not on PATH: run the tests by `make test`");
  return chromium.launch({
    executablePath,
    // As root, in a container, Chromium's own sandbox and its shared memory are not to be had.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
}
