import { pdf } from "../files/pdf.ts";
import { picture } from "../files/pictures.ts";
import { voiceNote } from "../files/voice.ts";
import type { CustomerFile, FileKind } from "../graph/inbound.ts";
import type { SampleFile } from "./script.ts";

/** What a sample file is on the way: as what it is sent, and its bytes. */
export interface DrawnFile {
  readonly kind: FileKind;
  readonly file: CustomerFile;
  /** For whoever keeps it. */
  readonly name: string;
}

/** Draws, hums or writes a file of the scripts. */
export async function drawn(sample: SampleFile): Promise<DrawnFile> {
  switch (sample.kind) {
    case "picture": {
      const { name, caption } = sample;
      const file = {
        bytes: await picture(name),
        mimeType: "image/jpeg",
        ...(caption === undefined ? {} : { caption }),
      };
      return { kind: "image", file, name: `${name}.jpg` };
    }
    case "voice": {
      const { seconds } = sample;
      const file = { bytes: voiceNote(seconds, seconds), mimeType: "audio/wav" };
      return { kind: "audio", file, name: "voice.wav" };
    }
    case "pdf": {
      const { heading, lines, filename } = sample;
      const file = { bytes: pdf(heading, lines), mimeType: "application/pdf", filename };
      return { kind: "document", file, name: filename };
    }
  }
}
