import type { Raster } from "./png.ts";

/** Red, green, blue, each 0 to 1. */
export type Colour = readonly [number, number, number];
/** How far a point is from a shape's edge, in units of the picture's height; negative inside. */
export type Shape = (x: number, y: number) => number;
/** A colour that may differ from point to point. */
export type Paint = (x: number, y: number) => Colour;

/** Pixels: a fill looks at squares of this size first. */
const block = 16;

interface BlockFill {
  readonly left: number;
  readonly top: number;
  readonly shape: Shape;
  readonly paint: Paint;
  readonly blur: number;
  readonly alpha: number;
}

/**
 * A small canvas for pictures drawn by code. Coordinates: y runs from 0 (top) to 1, x from 0 to width/height.
 * Each `fill` lies over the ones before it.
 */
export class Painting {
  readonly #pixels: Float32Array;

  constructor(
    readonly width: number,
    readonly height: number,
    background: Paint,
  ) {
    this.#pixels = new Float32Array(width * height * 3);
    this.fill(() => -1, background);
  }

  /** `blur`: over how much of the height the edge fades; shadows use a lot, things one pixel. */
  fill(shape: Shape, paint: Paint, { blur = 1.5 / this.height, alpha = 1 } = {}): void {
    const reach = (block / this.height) * Math.SQRT1_2 + blur;
    for (let top = 0; top < this.height; top += block) {
      for (let left = 0; left < this.width; left += block) {
        const middle = shape((left + block / 2) / this.height, (top + block / 2) / this.height);
        // No shape tells more than the true distance, so a block this far away has nothing of it.
        if (middle <= reach) this.#fillBlock({ left, top, shape, paint, blur, alpha });
      }
    }
  }

  raster(): Raster {
    const rgb = Uint8Array.from(this.#pixels, (value) => Math.round(clamp(value) * 255));
    return { width: this.width, height: this.height, rgb };
  }

  #fillBlock({ left, top, shape, paint, blur, alpha }: BlockFill): void {
    for (let row = top; row < Math.min(top + block, this.height); row++) {
      for (let column = left; column < Math.min(left + block, this.width); column++) {
        const [x, y] = [column / this.height, row / this.height];
        const cover = clamp(0.5 - shape(x, y) / blur) * alpha;
        if (cover > 0) this.#mix((row * this.width + column) * 3, paint(x, y), cover);
      }
    }
  }

  #mix(at: number, colour: Colour, cover: number): void {
    for (const [part, value] of colour.entries()) {
      const before = this.#pixels[at + part] ?? 0;
      this.#pixels[at + part] = before + (value - before) * cover;
    }
  }
}

/** `#rrggbb`. */
export function hex(colour: string): Colour {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

export function flat(colour: string): Paint {
  const value = hex(colour);
  return () => value;
}

/** From one colour at height `top` to another at `bottom`. */
export function gradient(from: string, to: string, [top, bottom]: readonly [number, number] = [0, 1]): Paint {
  const [start, end] = [hex(from), hex(to)];
  return (_x, y) => blend(start, end, clamp((y - top) / (bottom - top)));
}

export function blend(from: Colour, to: Colour, share: number): Colour {
  const at = (part: 0 | 1 | 2) => from[part] + (to[part] - from[part]) * share;
  return [at(0), at(1), at(2)];
}

export function ellipse(cx: number, cy: number, [rx, ry]: readonly [number, number]): Shape {
  return (x, y) => (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry);
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly radius?: number;
}

export function box({ x, y, width, height, radius = 0 }: Box): Shape {
  return (px, py) => {
    const dx = Math.abs(px - x - width / 2) - width / 2 + radius;
    const dy = Math.abs(py - y - height / 2) - height / 2 + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

/** The shape turned by `radians` about a point. */
export function turned(shape: Shape, radians: number, [cx, cy]: readonly [number, number]): Shape {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return (x, y) => shape(cx + (x - cx) * cos + (y - cy) * sin, cy - (x - cx) * sin + (y - cy) * cos);
}

/** Where both are. */
export function within(one: Shape, other: Shape): Shape {
  return (x, y) => Math.max(one(x, y), other(x, y));
}

/** The same value for the same point, 0 to 1, without a pattern that shows. */
export function noise(x: number, y: number): number {
  const value = Math.sin(x * 127.1 + y * 311.7) * 43_758.545_3;
  return value - Math.floor(value);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
