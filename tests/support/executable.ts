import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const checkout = join(import.meta.dir, "../..");
const built = join(checkout, "dist/balcao");

/** How long a start may take before the test gives up, unless it says otherwise, in milliseconds. */
const startDeadline = 20_000;

export interface StartOptions {
  /** The command and its flags; `serve --port 0` unless told. */
  readonly args?: readonly string[];
  /** The whole environment; empty unless told, as on a machine that knows nothing of us. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it is started; a new empty folder unless told, which `stop` removes. */
  readonly folder?: string;
  /** `built`: `dist/balcao`. `sources`: `src/main.ts`, for tests that need no build. */
  readonly from?: "built" | "sources";
  /** How long the start may take, in milliseconds; a demo plays two days of a shop before it listens. */
  readonly deadlineMs?: number;
}

/** A running server, as a process of its own. */
export interface Executable {
  /** `http://127.0.0.1:PORT`, as it said itself. */
  readonly url: string;
  readonly pid: number;
  /** The folder that it runs in. */
  readonly folder: string;
  /** All that it wrote so far. */
  stdout(): string;
  stderr(): string;
  /** Sends a signal and gives the exit code, or the name of the signal that ended it. */
  kill(signal?: "SIGTERM" | "SIGKILL" | "SIGINT"): Promise<number | string>;
  /** Ends it if it still runs, and removes the folder that was made for it. */
  stop(): Promise<void>;
}

/** Starts the server and waits for its `listening on` line; throws with its standard error when it ends before. */
export async function startExecutable(options: StartOptions = {}): Promise<Executable> {
  const { args = ["serve", "--port", "0"], env = {}, from = "built", deadlineMs = startDeadline } = options;
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "balcao-run-")));
  const child = Bun.spawn([...commandOf(from), ...args], {
    cwd: folder,
    env: { ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const ended = () => child.signalCode ?? child.exitCode ?? "running";
  const kill = async (signal: "SIGTERM" | "SIGKILL" | "SIGINT" = "SIGTERM") => {
    child.kill(signal);
    await child.exited;
    return ended();
  };
  const stop = async () => {
    await kill("SIGKILL");
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  const tooLate = setTimeout(() => child.kill("SIGKILL"), deadlineMs);
  const line = await Promise.race([stdout.waitFor(/^listening on (http:\/\/\S+)\r?\n/m), child.exited]);
  clearTimeout(tooLate);
  if (typeof line !== "string") {
    await Promise.all([stop(), stderr.done]);
    throw new Error(
      `balcao ${args.join(" ")} did not start (${ended()}): ${stderr.text() || "it said nothing"}`,
    );
  }
  return {
    url: line,
    pid: child.pid,
    folder,
    stdout: () => stdout.text(),
    stderr: () => stderr.text(),
    kill,
    stop,
  };
}

/** Runs a command that ends by itself, as `--version`. */
export async function runExecutable(
  args: readonly string[],
  options: Pick<StartOptions, "env" | "from"> & { readonly folder: string },
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const child = Bun.spawn([...commandOf(options.from ?? "built"), ...args], {
    cwd: options.folder,
    env: { ...options.env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, stdout, stderr };
}

function commandOf(from: "built" | "sources"): readonly string[] {
  return from === "built" ? [built] : [process.execPath, join(checkout, "src/main.ts")];
}

interface Collected {
  text(): string;
  /** Gives the first group of the first match, as soon as it is there; never settles if it never comes. */
  waitFor(pattern: RegExp): Promise<string>;
  readonly done: Promise<void>;
}

function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Collected {
  let text = "";
  const waiting = new Set<() => void>();
  const decoder = new TextDecoder();
  const done = (async () => {
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      for (const look of waiting) look();
    }
  })();
  const waitFor = (pattern: RegExp) => {
    const { promise, resolve } = Promise.withResolvers<string>();
    const look = () => {
      const found = pattern.exec(text)?.[1];
      if (found === undefined) return;
      waiting.delete(look);
      resolve(found);
    };
    waiting.add(look);
    look();
    return promise;
  };
  return { text: () => text, waitFor, done };
}
