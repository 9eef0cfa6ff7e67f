/** Reads `multipart/form-data` (RFC 7578) as it arrives, so that a large file is never whole in memory. */

/** The body is not what its Content-Type says, or ends too early. */
export class MultipartError extends Error {
  override readonly name = "MultipartError";
}

/** A part with a file name. `content` must be read to its end, or be given up together with the body. */
export interface FilePart {
  /** As the client says it: not to be trusted. */
  readonly name: string;
  /** As the client says it; empty where it says nothing. */
  readonly mimeType: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Bytes of one part's headers, bytes of a field that is no file, and parts before the file. */
const maxHeaders = 8 * 1024;
const maxField = 64 * 1024;
const maxParts = 20;

/** The first part that is a file; fields before it are passed over. Throws `MultipartError`, also where there is none. */
export async function firstFile(
  contentType: string | undefined,
  body: AsyncIterable<Uint8Array> | null,
): Promise<FilePart> {
  const boundary = boundaryOf(contentType);
  if (boundary === null || body === null) throw new MultipartError("no multipart body");
  const reader = new DelimitedReader(body);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // What stands before the first boundary is for nobody.
  await reader.collect(delimiter, maxField);
  for (let part = 0; part < maxParts; part += 1) {
    const line = await reader.collect(Buffer.from("\r\n"), 100);
    if (line.toString("latin1").startsWith("--")) break;
    const headers = await reader.collect(Buffer.from("\r\n\r\n"), maxHeaders);
    const name = fileNameOf(headers.toString("utf8"));
    if (name !== null) {
      return { name, mimeType: typeOf(headers.toString("utf8")), content: reader.until(delimiter) };
    }
    await reader.collect(delimiter, maxField);
  }
  throw new MultipartError("no file in it");
}

function boundaryOf(contentType: string | undefined): string | null {
  if (!/^multipart\/form-data\s*;/i.test(contentType ?? "")) return null;
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? "");
  return match?.[1] ?? match?.[2] ?? null;
}

/** Null for a field that is no file. */
function fileNameOf(headers: string): string | null {
  const line = /^content-disposition:(.*)$/im.exec(headers)?.[1] ?? "";
  const extended = /;\s*filename\*=utf-8''([^;\s]*)/i.exec(line)?.[1];
  if (extended !== undefined) return decodePercent(extended);
  const quoted = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(line)?.[1];
  if (quoted !== undefined) return unescapeQuoted(quoted);
  return /;\s*filename=([^;\s"]*)/i.exec(line)?.[1] ?? null;
}

/** Browsers write a quote as %22 and a line end as %0D%0A; others put a backslash before a quote. */
function unescapeQuoted(text: string): string {
  return text
    .replaceAll(/\\(["\\])/g, "$1")
    .replaceAll("%22", '"')
    .replaceAll(/%0[DA]/gi, " ");
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function typeOf(headers: string): string {
  return /^content-type:\s*(.*?)\s*$/im.exec(headers)?.[1] ?? "";
}

/** Hands a stream out in pieces that end at a delimiter. */
class DelimitedReader {
  readonly #chunks: AsyncIterator<Uint8Array, unknown>;
  // A boundary stands behind a line end; the first one may stand at the very beginning.
  #buffered: Buffer = Buffer.from("\r\n");

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  /** Everything up to the delimiter, which is passed over. Throws `MultipartError` beyond `limit` bytes. */
  async collect(delimiter: Buffer, limit: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of this.until(delimiter)) {
      size += piece.byteLength;
      if (size > limit) throw new MultipartError("a part is too long");
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  }

  /** The same as it arrives. */
  async *until(delimiter: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const at = this.#buffered.indexOf(delimiter);
      if (at !== -1) {
        const piece = this.#buffered.subarray(0, at);
        this.#buffered = this.#buffered.subarray(at + delimiter.byteLength);
        if (piece.byteLength > 0) yield piece;
        return;
      }
      // The end of what is here may be the beginning of a delimiter.
      const safe = Math.max(0, this.#buffered.byteLength - delimiter.byteLength + 1);
      const piece = this.#buffered.subarray(0, safe);
      this.#buffered = this.#buffered.subarray(safe);
      if (piece.byteLength > 0) yield piece;
      await this.#fill();
    }
  }

  async #fill(): Promise<void> {
    const next = await this.#chunks.next();
    if (next.done === true) throw new MultipartError("it ends too early");
    const here = this.#buffered;
    this.#buffered = here.byteLength === 0 ? Buffer.from(next.value) : Buffer.concat([here, next.value]);
  }
}
