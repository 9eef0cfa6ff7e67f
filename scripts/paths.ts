import { join } from "node:path";

/** The checkout; everything below is inside it. */
export const root = join(import.meta.dir, "..");
export const publicDir = join(root, "public");
export const dist = join(root, "dist");
export const uiDir = join(dist, "ui");
/** The page of the demo's simulated phone. */
export const demoDir = join(dist, "demo");
export const executable = join(dist, "balcao");
