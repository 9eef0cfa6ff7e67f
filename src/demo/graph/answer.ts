import { type Call, readCall } from "./call.ts";
import { errorResponse, GraphError } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { LedgerRequest } from "./ledger.ts";
import {
  debugToken,
  deleteNode,
  downloadMedia,
  getNode,
  listNumbers,
  listTemplates,
  subscribedApps,
  uploadMedia,
} from "./nodes.ts";
import { acceptMessage, acceptRead } from "./send.ts";
import type { World } from "./world.ts";

/** Answers one request of the product, as Meta would or as an armed fault says, and notes it in the ledger. */
export async function answer(world: World, request: Request): Promise<Response> {
  try {
    const call = await readCall(request);
    const entry = note(world, call);
    return await withFault({ world, call, entry, fault: world.faults.take(call) });
  } catch (error) {
    return refuse(world, error);
  }
}

interface Faulty {
  readonly world: World;
  readonly call: Call;
  readonly entry: LedgerRequest;
  readonly fault: Fault | undefined;
}

async function withFault({ world, call, entry, fault }: Faulty): Promise<Response> {
  const run = (): Promise<Response> =>
    handle(world, call, fault?.kind === "undelivered" ? fault.code : undefined);
  const done = (response: Response): Response => {
    entry.outcome = response.status;
    return response;
  };
  switch (fault?.kind) {
    case undefined:
    case "undelivered":
      return done(await run());
    case "error":
      return done(errorResponse(new GraphError(fault.code, fault), world.ids.hex(8)));
    case "http":
      return done(foreignAnswer(fault));
    case "delay":
      await Bun.sleep(fault.ms);
      return done(await run());
    case "slow":
      return done(await inDrops(await run(), fault.bytesPerSecond));
    case "hang":
      if (fault.accept) await run();
      entry.outcome = "hung";
      return new Promise<never>(() => {});
    case "cut":
      if (fault.accept) await run();
      entry.outcome = "cut";
      return cutConnection();
  }
}

/** The answer without any fault. A refusal is an answer too. */
async function handle(world: World, call: Call, undelivered: number | undefined): Promise<Response> {
  try {
    return await route(world, call, undelivered);
  } catch (error) {
    return refuse(world, error);
  }
}

function route(world: World, call: Call, undelivered: number | undefined): Response | Promise<Response> {
  switch (call.operation) {
    case "send":
      return acceptMessage(world, call, undelivered);
    case "read_receipt":
      return acceptRead(world, call);
    case "media_upload":
      return uploadMedia(world, call);
    case "media_download":
      return downloadMedia(world, call);
    case "node_get":
      return getNode(world, call);
    case "node_delete":
      return deleteNode(world, call);
    case "templates":
      return listTemplates(world, call);
    case "phone_numbers":
      return listNumbers(world, call);
    case "subscribed_apps":
      return subscribedApps(world, call);
    case "debug_token":
      return debugToken(world, call);
    case "unknown":
      throw new GraphError(2500, { message: `Unknown path components: ${call.url.pathname}` });
  }
}

function refuse(world: World, error: unknown): Response {
  if (error instanceof GraphError) return errorResponse(error, world.ids.hex(8));
  throw error;
}

function note(world: World, call: Call): LedgerRequest {
  const entry: LedgerRequest = {
    operation: call.operation,
    phoneNumberId: world.numbers.find(call.node)?.phoneNumberId,
    body: call.json,
    at: world.clock.now(),
    outcome: "pending",
  };
  world.ledger.requests.push(entry);
  return entry;
}

function foreignAnswer(fault: Extract<Fault, { kind: "http" }>): Response {
  const {
    status,
    body = "<html><body>Sorry, something went wrong.</body></html>",
    retryAfterSeconds,
  } = fault;
  const headers: Record<string, string> = { "content-type": "text/html" };
  if (retryAfterSeconds !== undefined) headers["retry-after"] = String(retryAfterSeconds);
  return new Response(body, { status, headers });
}

/** A body that fails before its first byte makes Bun close the connection without an answer. */
function cutConnection(): Response {
  return new Response(new ReadableStream({ start: (controller) => controller.error(undefined) }));
}

/** The same answer, one byte at a time; headers come at once. */
async function inDrops(response: Response, bytesPerSecond: number): Promise<Response> {
  const bytes = await response.bytes();
  let sent = 0;
  const drops = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (sent >= bytes.length) {
        controller.close();
        return;
      }
      await Bun.sleep(1000 / bytesPerSecond);
      controller.enqueue(bytes.slice(sent, sent + 1));
      sent += 1;
    },
  });
  return new Response(drops, response);
}
