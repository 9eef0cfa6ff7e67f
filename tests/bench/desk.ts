import { join } from "node:path";

import { authenticate } from "../../src/auth/authenticate.ts";
import { tokenFor } from "../../src/auth/sessions.ts";
import { channelModules } from "../../src/channels/index.ts";
import { openStorage, type Storage } from "../../src/compose/storage.ts";
import type { ChannelId, CompanyId } from "../../src/contract/ids.ts";
import { createChannel } from "../../src/domain/channels/change.ts";
import { createCompany } from "../../src/domain/companies/create.ts";
import { silentLogger } from "../../src/lib/logger.ts";

/** A data folder with a company and its WhatsApp number, and what a load generator must know of it. */
export interface Desk {
  readonly data: string;
  readonly companyId: CompanyId;
  readonly channelId: ChannelId;
  readonly phoneNumberId: string;
  readonly appSecret: string;
  /** An access token of the admin. */
  readonly token: string;
}

const phoneNumberId = "106540352242922";
const appSecret = "bench-app-secret";
const email = "dona@example.com";

/** Makes the folder `name` below `parent`; `fill` may write more before it is closed. */
export async function makeDesk(
  parent: string,
  name: string,
  fill: (storage: Storage, desk: Desk) => Promise<void> = async () => undefined,
): Promise<Desk> {
  const data = join(parent, name);
  const storage = await openStorage(data, { log: silentLogger });
  try {
    const desk = await makeCompany(storage, data);
    await fill(storage, desk);
    return desk;
  } finally {
    await storage.close();
  }
}

async function makeCompany({ context }: Storage, data: string): Promise<Desk> {
  const person = { name: "Dona", email, password: "uma senha comprida" };
  const place = { company: "Padaria", locale: "pt-BR", timezone: "America/Sao_Paulo" } as const;
  const { companyId } = await createCompany(context, { ...person, ...place }, { onlyAsFirst: true });
  const settings = {
    phone_number_id: phoneNumberId,
    access_token: "token",
    app_secret: appSecret,
    verify_token: "verify-me",
  };
  const token = await tokenFor(context, email);
  const admission = await authenticate(context, { authorization: `Bearer ${token}`, cookie: undefined });
  if (!admission) throw new Error("the admin's own token is refused");
  const input = { kind: "whatsapp_cloud", name: "WhatsApp", settings } as const;
  const channelId = await createChannel(context, admission, { input, kinds: channelModules });
  return { data, companyId, channelId, phoneNumberId, appSecret, token };
}
