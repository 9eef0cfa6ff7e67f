import type { Clock } from "../../lib/clock.ts";
import { GraphError } from "./errors.ts";
import type { IdSource } from "./ids.ts";

const megabyte = 1024 * 1024;
/** Accepted types with their largest size in bytes. Source: Meta, "Supported media types". */
const limits: readonly { readonly type: RegExp; readonly bytes: number }[] = [
  { type: /^image\/(jpeg|png)$/, bytes: 5 * megabyte },
  { type: /^image\/webp$/, bytes: megabyte / 2 },
  { type: /^audio\/(aac|amr|mpeg|mp4|ogg)$/, bytes: 16 * megabyte },
  { type: /^video\/(mp4|3gpp)$/, bytes: 16 * megabyte },
  {
    type: /^(text\/plain|application\/(pdf|msword|vnd\.ms-(excel|powerpoint)|vnd\.openxmlformats-officedocument\..+))$/,
    bytes: 100 * megabyte,
  },
];
const urlLifetimeMs = 5 * 60 * 1000;

/** A stored file. */
export interface Media {
  readonly id: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mimeType: string;
  /** The number it was uploaded with; none for a customer's file, which any number may fetch. */
  readonly phoneNumberId: string | undefined;
}

interface MediaStoreOptions {
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Where download addresses begin, known once the server listens. */
  readonly origin: () => string;
}

/** Files by id, in memory, behind addresses that expire after 5 minutes. */
export class MediaStore {
  readonly #files = new Map<string, Media>();
  readonly #hashes = new Map<string, string>();
  readonly #options: MediaStoreOptions;

  constructor(options: MediaStoreOptions) {
    this.#options = options;
  }

  /** Keeps a file as it is: what a customer sends is not checked. */
  put(bytes: Uint8Array<ArrayBuffer>, mimeType: string, phoneNumberId?: string): Media {
    const media: Media = { id: this.#options.ids.numeric(), bytes, mimeType, phoneNumberId };
    this.#files.set(media.id, media);
    return media;
  }

  /** Keeps what a business uploads. Throws `GraphError` 100 for a type or size that Meta refuses. */
  upload(file: Blob, mimeType: string, phoneNumberId: string): Promise<Media> {
    const [base = ""] = mimeType.split(";");
    const limit = limits.find(({ type }) => type.test(base.trim()));
    if (limit === undefined) {
      throw new GraphError(100, {
        message: `(#100) Param file must be a file with one of the supported types. Received file of type '${mimeType}'.`,
      });
    }
    if (file.size > limit.bytes) {
      throw new GraphError(100, { message: `(#100) Param file is larger than ${limit.bytes} bytes.` });
    }
    return file.arrayBuffer().then((buffer) => this.put(new Uint8Array(buffer), mimeType, phoneNumberId));
  }

  get(id: string): Media | undefined {
    return this.#files.get(id);
  }

  delete(id: string): void {
    this.#files.delete(id);
  }

  /** The answer of `GET /{media_id}`; its sha256 is hex, unlike the base64 of webhooks. */
  describe(media: Media): Record<string, unknown> {
    return {
      url: this.address(media),
      mime_type: media.mimeType,
      sha256: sha256(media.bytes, "hex"),
      file_size: media.bytes.length,
      id: media.id,
      messaging_product: "whatsapp",
    };
  }

  /** What a message webhook says of a file. */
  reference(media: Media): Record<string, unknown> {
    return {
      mime_type: media.mimeType,
      sha256: sha256(media.bytes, "base64"),
      id: media.id,
      url: this.address(media),
    };
  }

  /** A download address; good for 5 minutes from now. */
  address(media: Media): string {
    const expires = this.#options.clock.now() + urlLifetimeMs;
    const hash = this.#options.ids.hex(8);
    this.#hashes.set(`${media.id}:${expires}`, hash);
    return `${this.#options.origin()}/whatsapp_business/attachments/?mid=${media.id}&ext=${expires}&hash=${hash}`;
  }

  /** The file behind a download address, if that address was given out and has not expired. */
  resolve(address: URL): Media | undefined {
    const id = address.searchParams.get("mid") ?? "";
    const expires = address.searchParams.get("ext") ?? "";
    const hash = this.#hashes.get(`${id}:${expires}`);
    const good = hash !== undefined && hash === address.searchParams.get("hash");
    return good && Number(expires) > this.#options.clock.now() ? this.#files.get(id) : undefined;
  }
}

function sha256(bytes: Uint8Array, encoding: "hex" | "base64"): string {
  return new Bun.CryptoHasher("sha256").update(bytes).digest(encoding);
}
