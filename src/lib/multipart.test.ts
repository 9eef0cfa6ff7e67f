import { expect, test } from "bun:test";

import { firstFile, MultipartError } from "./multipart.ts";

const type = "multipart/form-data; boundary=XyZ";
const content = "one\r\n--Xy\r\n-\r\n\r";
const body =
  'preamble\r\n--XyZ\r\nContent-Disposition: form-data; name="a"\r\n\r\nfield\r\n' +
  '--XyZ\r\nContent-Disposition: form-data; name="file"; filename="não.txt"\r\nContent-Type: text/plain\r\n\r\n' +
  `${content}\r\n--XyZ--\r\n`;

/** In pieces of `size` bytes. */
async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.byteLength; at += size) yield bytes.subarray(at, at + size);
}

async function contentOf(part: { readonly content: AsyncIterable<Uint8Array> }): Promise<string> {
  return Buffer.concat(await Array.fromAsync(part.content)).toString();
}

test("a file comes out whole however its body is cut into pieces", async () => {
  for (let size = 1; size <= body.length; size += 1) {
    const file = await firstFile(type, pieces(body, size));
    expect([file.name, file.mimeType]).toEqual(["não.txt", "text/plain"]);
    expect(await contentOf(file)).toBe(content);
  }
});

test("a body that ends before its last boundary is noticed while it is read", async () => {
  const half = '--XyZ\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nhalf';
  const file = await firstFile(type, pieces(half, 7));
  await expect(contentOf(file)).rejects.toBeInstanceOf(MultipartError);
});
