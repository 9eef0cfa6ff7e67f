import { watch } from "node:fs";
import { join } from "node:path";

import { buildDemo } from "./build-demo.ts";
import { buildUi } from "./build-ui.ts";
import { publicDir, root } from "./paths.ts";

/** Starts the server from the sources and starts it again after each change; builds the UI when that changed. */

/** An editor saves several files at once; wait this long for the last of them, in milliseconds. */
const settleTime = 80;

const args = process.argv.slice(2);
let server: Bun.Subprocess | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let uiChanged = true;
let stopping = false;
let work = Promise.resolve();

for (const folder of [join(root, "src"), publicDir]) {
  watch(folder, { recursive: true }, (_event, name) => {
    const path = join(folder, name ?? "");
    if (/\.test\.tsx?$|~$/.test(path)) return;
    uiChanged ||= !path.startsWith(join(root, "src")) || /^(?:ui|contract|demo\/page)\b/.test(name ?? "");
    clearTimeout(timer);
    timer = setTimeout(next, settleTime);
  });
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stopping = true;
    void stopServer().then(() => process.exit(0));
  });
}
next();

/** Rounds follow each other: a change during a build is built after it. */
function next(): void {
  work = work.then(round).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
  });
}

async function round(): Promise<void> {
  if (uiChanged) {
    uiChanged = false;
    await Promise.all([buildUi({ compress: false }), buildDemo()]);
  }
  await stopServer();
  if (!stopping) server = startServer();
}

function startServer(): Bun.Subprocess {
  const command = [process.execPath, join(root, "src/main.ts"), ...(args.length > 0 ? args : ["serve"])];
  return Bun.spawn(command, { cwd: root, stdin: "ignore", stdout: "inherit", stderr: "inherit" });
}

async function stopServer(): Promise<void> {
  server?.kill("SIGTERM");
  await server?.exited;
  server = undefined;
}
