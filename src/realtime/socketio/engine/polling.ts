/** The two requests of long polling: one that waits for packets, one that brings them. */
import type { Server } from "bun";

import type { SocketData } from "../../socket.ts";
import type { Answers } from "./answers.ts";
import type { EngineLimits } from "./options.ts";
import { splitPayload } from "./packets.ts";
import { PollingTransport } from "./polling-transport.ts";
import { readBody } from "./read-body.ts";
import type { Session } from "./session.ts";

/** More than the time between two pings, each of which ends a poll; in seconds. */
const POLL_TIMEOUT_S = 120;

interface PollRequest {
  readonly request: Request;
  readonly server: Server<SocketData>;
  readonly answers: Answers;
}

/** Answers with what waits for the client, as soon as there is something. */
export async function takePoll(
  session: Session,
  { request, server, answers }: PollRequest,
): Promise<Response> {
  const { transport } = session;
  if (!(transport instanceof PollingTransport)) return answers.refuse("badRequest");
  if (transport.polled) {
    session.end("transport error");
    return answers.refuse("badRequest");
  }
  server.timeout(request, POLL_TIMEOUT_S);
  let waiting = true;
  const onAbort = () => {
    if (!waiting) return;
    transport.forget();
    session.end("transport error");
  };
  request.signal.addEventListener("abort", onAbort, { once: true });
  const answered = transport.poll();
  if (session.probed) transport.letGo();
  const body = await answered;
  waiting = false;
  request.signal.removeEventListener("abort", onAbort);
  if (transport.finished) session.gone();
  return answers.text(body);
}

/** Takes the packets of one request, in order. Two at once, too many or none of ours end the session. */
export async function takeUpload(
  session: Session,
  { request, answers }: Pick<PollRequest, "request" | "answers">,
  limits: EngineLimits,
): Promise<Response> {
  if (!session.open || session.upload) {
    session.end("transport error");
    return answers.refuse("badRequest");
  }
  const { body, abort } = readBody(request, limits.inboundBytes);
  session.upload = { since: session.now(), abort };
  const read = await body;
  session.upload = undefined;
  switch (read.kind) {
    case "too large":
      session.end("transport error");
      return answers.refuse("tooLarge");
    case "cut":
      session.end("transport error");
      return answers.refuse("badRequest");
    case "text":
      return receiveAll(session, read.text, limits) ? answers.text("ok") : answers.refuse("badRequest");
  }
}

function receiveAll(session: Session, body: string, limits: EngineLimits): boolean {
  const packets = splitPayload(body, limits.inboundPackets);
  if (!packets) session.end("parse error");
  // What comes after the client's own farewell is of no use any more.
  return packets?.every((packet) => !session.open || session.receive(packet)) ?? false;
}
