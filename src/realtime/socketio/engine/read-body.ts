/** What came of a body. */
export type Body =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "too large" }
  /** The peer has gone, or `abort` was called. */
  | { readonly kind: "cut" };

export interface BodyReading {
  readonly body: Promise<Body>;
  readonly abort: () => void;
}

/** Reads a request's body of at most `most` bytes, chunked or not. */
export function readBody(request: Request, most: number): BodyReading {
  const announced = Number(request.headers.get("content-length") ?? 0);
  const reader = request.body?.getReader();
  if (announced > most) return settled({ kind: "too large" });
  if (!reader) return settled({ kind: "text", text: "" });
  const stop = new AbortController();
  const abort = () => {
    stop.abort();
    reader.cancel().catch(() => undefined);
  };
  const body = collect(reader, most).then(
    (collected) => (stop.signal.aborted ? { kind: "cut" as const } : collected),
    () => ({ kind: "cut" as const }),
  );
  return { body, abort };
}

interface Chunks {
  read(): Promise<
    | { readonly done: false; readonly value: Uint8Array }
    | { readonly done: true; readonly value?: Uint8Array | undefined }
  >;
  cancel(): Promise<void>;
}

function settled(body: Body): BodyReading {
  return { body: Promise.resolve(body), abort: () => undefined };
}

async function collect(reader: Chunks, most: number): Promise<Body> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { kind: "text", text: text + decoder.decode() };
    bytes += value.byteLength;
    if (bytes > most) {
      await reader.cancel();
      return { kind: "too large" };
    }
    text += decoder.decode(value, { stream: true });
  }
}
