import { z } from "@hono/zod-openapi";

import { locales, visibilities } from "../../contract/entities.ts";
import { timeZone } from "../../lib/setting-values.ts";

/** An IANA name that this server knows. */
export const timezoneSchema = z
  .string()
  .max(64)
  .refine((name) => timeZone.read(name) !== undefined, { message: "no time zone of the IANA list" });

export const companySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    locale: z.enum(locales),
    timezone: z.string(),
    visibility: z.enum(visibilities),
    reopen_hours: z.number(),
    token_hours: z.number(),
  })
  .openapi("Company");
