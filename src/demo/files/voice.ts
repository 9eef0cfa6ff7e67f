/** A voice note without a voice: hummed syllables, as WAV since every browser plays it. */
const rate = 16_000;

interface Syllable {
  /** Pitch and the two resonances that make it a vowel, in hertz. */
  readonly pitch: number;
  readonly low: number;
  readonly high: number;
  /** Seconds. */
  readonly long: number;
}

const vowels = [
  [700, 1150],
  [430, 1900],
  [300, 2200],
  [450, 800],
  [330, 700],
] as const;

/** A WAV file of about `seconds` (mono, 16 bits, 16 kHz); another `seed` hums another tune. */
export function voiceNote(seconds: number, seed = 1): Uint8Array<ArrayBuffer> {
  const samples = new Int16Array(Math.floor(seconds * rate));
  let at = 0;
  for (let index = 0; at < samples.length; index++) {
    const syllable = syllableOf(index, seed);
    const pause = index % 7 === 6 ? 0.28 : 0.02;
    hum(samples.subarray(at, at + Math.floor(syllable.long * rate)), syllable);
    at += Math.floor((syllable.long + pause) * rate);
  }
  return wav(samples);
}

function syllableOf(index: number, seed: number): Syllable {
  const step = (index * 7 + seed * 3) % 11;
  const [low, high] = vowels[(index * 3 + seed) % vowels.length] ?? [700, 1150];
  return { pitch: 150 + step * 6 - (index % 7) * 4, low, high, long: 0.12 + (step % 4) * 0.03 };
}

/** Harmonics of the pitch, each as loud as it is near to a resonance. */
function hum(samples: Int16Array, { pitch, low, high }: Syllable): void {
  const loudness = (hertz: number) =>
    Math.exp(-(((hertz - low) / 180) ** 2)) + 0.5 * Math.exp(-(((hertz - high) / 260) ** 2)) + 0.04;
  const harmonics = Array.from({ length: 18 }, (_, n) => ({
    n: n + 1,
    volume: loudness(pitch * (n + 1)) / (n + 1) ** 0.4,
  }));
  for (let at = 0; at < samples.length; at++) {
    const share = at / samples.length;
    const phase = 2 * Math.PI * pitch * (at / rate) * (1 + 0.02 * share);
    const envelope = Math.sin(Math.PI * share) ** 0.6;
    const sum = harmonics.reduce((total, { n, volume }) => total + volume * Math.sin(phase * n), 0);
    samples[at] = Math.round(Math.max(-1, Math.min(1, sum * 0.22)) * envelope * 20_000);
  }
}

function wav(samples: Int16Array): Uint8Array<ArrayBuffer> {
  const size = samples.length * 2;
  const file = Buffer.alloc(44 + size);
  file.write("RIFF", 0, "latin1");
  file.writeUInt32LE(36 + size, 4);
  file.write("WAVEfmt ", 8, "latin1");
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(rate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write("data", 36, "latin1");
  file.writeUInt32LE(size, 40);
  for (const [index, sample] of samples.entries()) file.writeInt16LE(sample, 44 + index * 2);
  return Uint8Array.from(file);
}
