import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

export const checkout = join(import.meta.dir, "../..");
export const executable = join(checkout, "dist/balcao");
const taskset = Bun.which("taskset");

/** Which side of a measurement a process is; each has a core of its own where the machine has two. */
export type Side = "server" | "load";

function pinned(side: Side, command: readonly string[]): string[] {
  if (taskset === null || cpus().length < 2) return [...command];
  return [taskset, "--cpu-list", side === "server" ? "0" : "1", ...command];
}

export interface ServerProcess extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first 200 of /health, in milliseconds. */
  readonly readyAfterMs: number;
  /** Resident memory, in bytes. */
  memory(): number;
}

export interface ServerStart {
  readonly command: readonly string[];
  /** Polled until it answers; the `listening on` line counts when there is none. */
  readonly health?: { readonly port: number };
}

/** Starts a server that says `listening on URL`, alone on its core. Throws with what it wrote when it ends before. */
export async function startServer({ command, health }: ServerStart): Promise<ServerProcess> {
  const start = performance.now();
  const child = Bun.spawn(pinned("server", command), {
    cwd: checkout,
    env: { PATH: process.env["PATH"] ?? "" },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const errors = new Response(child.stderr).text();
  const answered = health ? firstAnswer(`http://127.0.0.1:${health.port}/health`) : undefined;
  const url = await listeningUrl(child.stdout);
  if (url === undefined) throw new Error(`${command.join(" ")} did not start: ${await errors}`);
  await answered;
  const readyAfterMs = performance.now() - start;
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid,
    readyAfterMs,
    memory: () => residentBytes(child.pid),
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** `dist/balcao serve` on this data folder; with a `port`, `readyAfterMs` is until /health answers. */
export function startProduct(
  data: string,
  { port = 0, graphUrl }: { readonly port?: number; readonly graphUrl?: string } = {},
): Promise<ServerProcess> {
  const command = [executable, "serve", "--port", String(port), "--host", "127.0.0.1", "--data", data];
  command.push("--log-level", "error");
  if (graphUrl !== undefined) command.push("--graph-url", graphUrl, "--allow-private-urls");
  return startServer({ command, ...(port > 0 && { health: { port } }) });
}

/** The id of the conversation with the newest message. */
export async function firstConversation(
  { url }: ServerProcess,
  { token }: { readonly token: string },
): Promise<string> {
  const headers = { Authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/api/v1/conversations?limit=1`, { headers });
  const id = /"id":"([^"]+)"/.exec(await response.text())?.[1];
  if (id === undefined) throw new Error("there is no conversation");
  return id;
}

/** A server from a file in `servers/`. */
export function startBenchServer(file: string, args: readonly string[] = []): Promise<ServerProcess> {
  return startServer({ command: [process.execPath, join(import.meta.dir, "servers", file), ...args] });
}

/** Runs a load generator on its own core: JSON in by its only argument, JSON out by its standard output. */
export async function runLoad(command: readonly string[]): Promise<string> {
  const child = Bun.spawn(pinned("load", command), { cwd: checkout, stdout: "pipe", stderr: "inherit" });
  const output = await new Response(child.stdout).text();
  if ((await child.exited) !== 0) throw new Error(`${command.slice(0, 2).join(" ")} failed`);
  return output;
}

/** A port that nobody listens on at the moment. */
export function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  listener.stop(true);
  return listener.port;
}

async function listeningUrl(stdout: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  const reader = stdout.getReader();
  for (let text = ""; ;) {
    const { done, value } = await reader.read();
    if (done) return undefined;
    text += decoder.decode(value, { stream: true });
    const url = /^listening on (http:\/\/\S+)$/m.exec(text)?.[1];
    if (url !== undefined) return url;
  }
}

async function firstAnswer(url: string): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    try {
      if ((await fetch(url)).status === 200) return;
    } catch {
      // Nobody listens yet.
    }
    await Bun.sleep(1);
  }
  throw new Error(`${url} never answered`);
}

function residentBytes(pid: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kib) * 1024;
  } catch {
    const { stdout } = Bun.spawnSync(["ps", "-o", "rss=", "-p", String(pid)]);
    return Number(stdout.toString().trim()) * 1024;
  }
}
