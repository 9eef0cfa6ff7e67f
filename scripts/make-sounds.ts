import { join } from "node:path";

import { publicDir } from "./paths.ts";

/** The sounds of the desk, computed so that they are nobody's but ours: soft struck notes as 16-bit mono WAV. */
const sampleRate = 22_050;

interface Note {
  /** Pitch in hertz. */
  readonly pitch: number;
  /** Start in seconds. */
  readonly at: number;
}

const sounds: Readonly<Record<string, { readonly seconds: number; readonly notes: readonly Note[] }>> = {
  // A message of a conversation that is mine: two rising notes, as of a counter bell.
  "message.wav": {
    seconds: 0.45,
    notes: [
      { pitch: 659.26, at: 0 },
      { pitch: 987.77, at: 0.09 },
    ],
  },
  // A new conversation that nobody has: three notes, heard from the other end of the shop.
  "new-conversation.wav": {
    seconds: 0.7,
    notes: [
      { pitch: 523.25, at: 0 },
      { pitch: 659.26, at: 0.12 },
      { pitch: 783.99, at: 0.24 },
    ],
  },
};

for (const [name, { seconds, notes }] of Object.entries(sounds)) {
  const samples = new Int16Array(Math.round(seconds * sampleRate));
  for (let i = 0; i < samples.length; i++) {
    const time = i / sampleRate;
    const fadeOut = Math.min(1, (seconds - time) / 0.03);
    const sum = notes.reduce((total, note) => total + struck(note, time), 0);
    samples[i] = Math.round(Math.max(-1, Math.min(1, sum * 0.4)) * fadeOut * 32_767);
  }
  await Bun.write(join(publicDir, "sounds", name), new Blob([wavHeader(samples.byteLength), samples]));
}

/** A bar struck at `at`: the note, its fourth harmonic that dies at once, and an attack of 4 ms without a click. */
function struck({ pitch, at }: Note, time: number): number {
  const age = time - at;
  if (age < 0) return 0;
  const phase = 2 * Math.PI * pitch * age;
  return (
    Math.min(1, age / 0.004) *
    (Math.sin(phase) * Math.exp(-age * 9) + 0.25 * Math.sin(4 * phase) * Math.exp(-age * 30))
  );
}

function wavHeader(bytes: number): Uint8Array<ArrayBuffer> {
  const header = new DataView(new ArrayBuffer(44));
  const text = (offset: number, value: string) => {
    for (let i = 0; i < value.length; i++) header.setUint8(offset + i, value.charCodeAt(i));
  };
  text(0, "RIFF");
  header.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, sampleRate, true);
  header.setUint32(28, sampleRate * 2, true);
  header.setUint16(32, 2, true);
  header.setUint16(34, 16, true);
  text(36, "data");
  header.setUint32(40, bytes, true);
  return new Uint8Array(header.buffer);
}
