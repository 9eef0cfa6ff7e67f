import { z } from "zod";

import { RefusedAddress } from "../../lib/outgoing-address.ts";
import { outgoingGet, type OutgoingOptions } from "../../lib/outgoing-fetch.ts";
import type { FetchedFile } from "../channel.ts";
import { hexOf } from "./content.ts";
import { classify } from "./errors.ts";
import { askGraph, type GraphSettings } from "./graph.ts";

export interface MediaSettings {
  readonly graph: GraphSettings;
  readonly outgoing: OutgoingOptions;
}

const sourceSchema = z.object({ media_id: z.string().regex(/^[\w-]+$/) });
const mediaSchema = z.object({ url: z.string(), sha256: z.string().optional() });

/** How long a file may take to arrive (ms); the address is valid for five minutes. */
const DOWNLOAD_MS = 5 * 60 * 1000;

/**
 * Downloads a customer's file in Meta's two steps: `GET /{media_id}` gives an address, which wants the token too.
 * An address that went stale in between is asked for anew at the next try. Never throws.
 */
export async function fetchMedia(
  { graph, outgoing }: MediaSettings,
  source: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<FetchedFile> {
  const named = sourceSchema.safeParse(source);
  if (!named.success) return gone("the file has no id");
  const reply = await askGraph(graph, { method: "GET", path: named.data.media_id }, signal);
  switch (reply.kind) {
    case "unsent":
    case "unanswered":
      return { ok: false, permanent: false, reason: reply.error.message };
    case "refused": {
      const { code, status, message } = reply.refusal;
      return { ok: false, permanent: classify(code, status) === "permanent", reason: message };
    }
    case "ok":
      break;
  }
  const media = mediaSchema.safeParse(reply.body);
  if (!media.success) return { ok: false, permanent: false, reason: "the answer could not be read" };
  const { url, sha256 } = media.data;
  return download({ url, sha256: hexOf(sha256), token: graph.accessToken }, outgoing, signal);
}

async function download(
  file: { readonly url: string; readonly sha256: string | null; readonly token: string },
  outgoing: OutgoingOptions,
  signal: AbortSignal,
): Promise<FetchedFile> {
  try {
    const response = await outgoingGet(
      file.url,
      {
        headers: { authorization: `Bearer ${file.token}` },
        signal: AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_MS)]),
      },
      outgoing,
    );
    if (response.ok && response.body) return { ok: true, bytes: response.body, sha256: file.sha256 };
    await response.body?.cancel();
    return { ok: false, permanent: false, reason: `HTTP ${response.status}` };
  } catch (error) {
    if (error instanceof RefusedAddress) return gone(error.message);
    return { ok: false, permanent: false, reason: error instanceof Error ? error.name : "no answer" };
  }
}

function gone(reason: string): FetchedFile {
  return { ok: false, permanent: true, reason };
}
