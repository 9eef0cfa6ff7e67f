/** What is shown of a picture before somebody opens it. */
export interface Picture {
  /** Pixels, as it is seen (a turned photograph counts turned). */
  readonly width: number;
  readonly height: number;
  /** WebP, at most `THUMBNAIL_PIXELS` on its longer side. */
  readonly thumbnail: Uint8Array;
}

export const THUMBNAIL_TYPE = "image/webp";
const THUMBNAIL_PIXELS = 480;
/** Decoding a picture takes four bytes a pixel; a phone's photograph has up to 50 million. */
const MOST_PIXELS = 50_000_000;
/** Larger files are kept, but not looked into (bytes). */
const LARGEST_FILE = 32 * 1024 * 1024;

/**
 * Dimensions and a thumbnail; null for what is no picture, is damaged, or is too large to be decoded. What the bytes
 * are decides, not their name: an SVG is never decoded. Works off the main thread.
 */
export async function readPicture(file: Blob): Promise<Picture | null> {
  if (file.size > LARGEST_FILE) return null;
  try {
    const image = new Bun.Image(file, { maxPixels: MOST_PIXELS });
    const thumbnail = await image
      .resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 75 })
      .bytes();
    const { width, height } = await new Bun.Image(file, { maxPixels: MOST_PIXELS }).metadata();
    return { ...upright({ width, height }, image), thumbnail };
  } catch {
    // Anything that isn't a picture that Bun reads: the file itself is kept all the same.
    return null;
  }
}

/** The header's dimensions are those before the turn that EXIF asks for; the thumbnail's are those after. */
function upright(
  size: { readonly width: number; readonly height: number },
  turned: { readonly width: number; readonly height: number },
): { readonly width: number; readonly height: number } {
  const isTurned =
    size.width > size.height !== turned.width > turned.height && turned.width !== turned.height;
  return isTurned ? { width: size.height, height: size.width } : size;
}
