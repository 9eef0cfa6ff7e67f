import { join } from "node:path";

/** The checkout; everything below is inside it. */
export const root = join(import.meta.dir, "..");
export const publicDir = join(root, "public");
export const dist = join(root, "dist");
export const uiDir = join(dist, "ui");
export const executable = join(dist, "balcao");
