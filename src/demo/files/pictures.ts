/** The "photos" of the demo: painted when asked for, so that no file of anybody has to be shipped. */
import {
  blend,
  box,
  type Colour,
  ellipse,
  flat,
  gradient,
  hex,
  noise,
  type Paint,
  Painting,
  turned,
  within,
} from "./painting.ts";
import { encodePng } from "./png.ts";

export const pictureNames = ["bread", "cake", "brigadeiros", "crushed"] as const;
export type PictureName = (typeof pictureNames)[number];

const [width, height] = [640, 480];
/** The right edge in the painting's units. */
const right = width / height;

/** A photo as a JPEG file of 640 × 480 pixels. */
export async function picture(name: PictureName): Promise<Uint8Array<ArrayBuffer>> {
  const png = encodePng(painters[name]().raster());
  return Uint8Array.from(await new Bun.Image(png).jpeg({ quality: 84 }).bytes());
}

const painters: Readonly<Record<PictureName, () => Painting>> = {
  bread: paintBread,
  cake: () => paintCake(0),
  brigadeiros: paintBrigadeiros,
  crushed: () => paintCake(0.16),
};

/** Boards of a table, lit from the upper left. */
const table: Paint = (x, y) => {
  const board = Math.floor(y * 5);
  const grain =
    noise(Math.floor(x * 14 + board * 3.7), board) * 0.05 + noise(x * 90, Math.floor(y * 240)) * 0.035;
  const seam = y * 5 - board < 0.03 ? -0.12 : 0;
  const light = 1.1 - Math.hypot(x - 0.35, y - 0.25) * 0.5 + grain + seam;
  const [r, g, b] = hex("#b98a5a");
  return [r * light, g * light, b * light];
};

function paintBread(): Painting {
  const painting = new Painting(width, height, table);
  for (const [x, y, size, angle] of [
    [0.38, 0.42, 0.3, -0.35],
    [0.93, 0.56, 0.32, 0.3],
    [0.5, 0.82, 0.22, 0.1],
  ] as const) {
    loaf(painting, { x, y, size, angle });
  }
  return painting;
}

interface Loaf {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly angle: number;
}

function loaf(painting: Painting, { x, y, size, angle }: Loaf): void {
  painting.fill(ellipse(x + 0.03, y + size * 0.34, [size, size * 0.5]), flat("#3a2412"), {
    blur: 0.12,
    alpha: 0.65,
  });
  const body = turned(ellipse(x, y, [size, size * 0.66]), angle, [x, y]);
  painting.fill(body, crust({ x: x - size * 0.3, y: y - size * 0.3, size }));
  for (const shift of [-0.42, 0, 0.42]) {
    const cut = turned(ellipse(x + shift * size, y, [size * 0.09, size * 0.42]), angle + 0.5, [x, y]);
    painting.fill(within(cut, body), gradient("#f2d9ab", "#d9a866", [y - size, y + size]), { blur: 0.02 });
  }
}

function crust({ x, y, size }: Omit<Loaf, "angle">): Paint {
  const [light, dark] = [hex("#e2a85c"), hex("#7a4318")];
  return (px, py) => {
    const share = Math.min(1, Math.hypot(px - x, py - y) / (size * 1.55));
    const flour = noise(Math.floor(px * 200), Math.floor(py * 200)) > 0.9 ? 0.12 : 0;
    return blend(blend(light, dark, share), [1, 0.97, 0.9], flour);
  };
}

/** `slump`: how far the upper tier has slid, in radians; 0 is as it left the shop. */
function paintCake(slump: number): Painting {
  const painting = new Painting(width, height, gradient("#f6e7e2", "#e9c9c4"));
  const middle = right / 2;
  painting.fill(box({ x: -1, y: 0.78, width: 4, height: 1 }), gradient("#d8c3b4", "#b79a87", [0.78, 1]));
  painting.fill(ellipse(middle, 0.84, [0.46, 0.07]), flat("#6d4c3d"), { blur: 0.1, alpha: 0.5 });
  painting.fill(ellipse(middle, 0.82, [0.43, 0.06]), gradient("#ffffff", "#dfe6ee", [0.76, 0.88]));
  tier(painting, { x: middle, top: 0.52, half: 0.34, tall: 0.28, icing: "#fbf3ea", shade: "#d9c3b1" });
  const shifted = middle + slump * 0.9;
  const upper = { x: shifted, top: 0.28, half: 0.22, tall: 0.25, icing: "#3f7fc4", shade: "#1c4f8f" };
  tier(painting, { ...upper, turn: slump });
  for (const [index, offset] of [-0.14, -0.05, 0.05, 0.14].entries()) {
    candle(painting, {
      x: shifted + offset + slump * 0.4,
      base: 0.29 + slump * 0.35 * (index - 1),
      turn: slump * 2,
    });
  }
  return painting;
}

interface Tier {
  readonly x: number;
  readonly top: number;
  readonly half: number;
  readonly tall: number;
  readonly icing: string;
  readonly shade: string;
  readonly turn?: number;
}

function tier(painting: Painting, { x, top, half, tall, icing, shade, turn = 0 }: Tier): void {
  const [light, dark] = [hex(icing), hex(shade)];
  const side: Paint = (px) =>
    blend(light, dark, Math.min(1, Math.abs(px - x + half * 0.25) / (half * 1.25)) ** 1.6);
  const at = [x, top + tall] as const;
  const body = box({ x: x - half, y: top, width: half * 2, height: tall, radius: 0.035 });
  painting.fill(turned(body, turn, at), side);
  for (let index = 0; index < 9; index++) {
    const drop = x - half + (half * 2 * (index + 0.5)) / 9;
    const long = 0.04 + noise(index, half) * 0.07;
    const drip = box({
      x: drop - half / 12,
      y: top - 0.01,
      width: half / 6,
      height: long,
      radius: half / 12,
    });
    painting.fill(turned(drip, turn, at), flat("#f7d9df"));
  }
  painting.fill(turned(ellipse(x, top + 0.005, [half, 0.035]), turn, at), flat("#fbe7ea"));
}

interface Candle {
  readonly x: number;
  readonly base: number;
  readonly turn: number;
}

function candle(painting: Painting, { x, base, turn }: Candle): void {
  const foot = [x, base] as const;
  const stick = box({ x: x - 0.009, y: base - 0.12, width: 0.018, height: 0.12, radius: 0.004 });
  const stripes: Paint = (px, py) => (Math.sin((px + py) * 170) > 0 ? hex("#fff7e6") : hex("#e0724f"));
  painting.fill(turned(stick, turn, foot), stripes);
  painting.fill(turned(ellipse(x, base - 0.15, [0.05, 0.06]), turn, foot), flat("#ffd98a"), {
    blur: 0.08,
    alpha: 0.5,
  });
  painting.fill(
    turned(ellipse(x, base - 0.145, [0.01, 0.024]), turn, foot),
    gradient("#fff3c4", "#f0892b", [base - 0.17, base - 0.12]),
  );
}

function paintBrigadeiros(): Painting {
  const painting = new Painting(width, height, gradient("#2f6fb0", "#1c4f8f"));
  tiles(painting);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 4; column++) {
      const isPale = (row * 4 + column) % 3 === 1;
      sweet(painting, { x: 0.2 + column * 0.32, y: 0.2 + row * 0.31, isPale });
    }
  }
  return painting;
}

function tiles(painting: Painting): void {
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 6; column++) {
      const star = turned(
        box({ x: column * 0.25 + 0.06, y: row * 0.25 + 0.06, width: 0.13, height: 0.13 }),
        Math.PI / 4,
        [column * 0.25 + 0.125, row * 0.25 + 0.125],
      );
      painting.fill(star, flat("#f3efe6"), { alpha: 0.28 });
    }
  }
}

function sweet(painting: Painting, { x, y, isPale }: { x: number; y: number; isPale: boolean }): void {
  painting.fill(ellipse(x + 0.015, y + 0.03, [0.14, 0.13]), flat("#0c2340"), { blur: 0.08, alpha: 0.55 });
  const paper: Paint = (px, py) =>
    Math.sin(Math.atan2(py - y, px - x) * 26) > 0 ? hex("#fdfaf3") : hex("#d8d2c4");
  painting.fill(ellipse(x, y, [0.135, 0.128]), paper);
  const [light, dark]: readonly [Colour, Colour] = isPale
    ? [hex("#fff3d6"), hex("#d6a75c")]
    : [hex("#8a5230"), hex("#2c1408")];
  const round: Paint = (px, py) =>
    blend(light, dark, Math.min(1, Math.hypot(px - x + 0.03, py - y + 0.035) / 0.13));
  painting.fill(ellipse(x, y, [0.098, 0.094]), round);
  for (let grain = 0; grain < 26; grain++) {
    const [far, angle] = [Math.sqrt(noise(grain, x)) * 0.085, noise(y, grain) * Math.PI * 2];
    const [gx, gy] = [x + Math.cos(angle) * far, y + Math.sin(angle) * far];
    const rod = turned(ellipse(gx, gy, [0.013, 0.0045]), noise(grain, grain) * Math.PI, [gx, gy]);
    painting.fill(rod, flat(isPale ? "#ffffff" : "#160a04"));
  }
}
