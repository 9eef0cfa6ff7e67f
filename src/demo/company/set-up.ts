import { z } from "zod";

import type { RunningServer } from "../../compose/server.ts";
import { createCompany } from "../../domain/companies/create.ts";
import { randomToken } from "../../lib/ids.ts";
import type { GraphEmulator } from "../graph/emulator.ts";
import { anything, ProductApi, withId } from "../product-api.ts";
import {
  company,
  type LabelKey,
  labelKeys,
  labels,
  number,
  password,
  type QueueKey,
  queueKeys,
  queues,
  type UserKey,
  userKeys,
  users,
} from "./people.ts";
import { recordOf } from "./record.ts";
import { templates } from "./templates.ts";

const createdChannel = z.object({ id: z.string(), webhook_url: z.url() });

/** The sample company as the product made it. */
export interface SetUpCompany {
  /** The API as each user calls it. */
  readonly as: Readonly<Record<UserKey, ProductApi>>;
  readonly userIds: Readonly<Record<UserKey, string>>;
  readonly queueIds: Readonly<Record<QueueKey, string>>;
  readonly labelIds: Readonly<Record<LabelKey, string>>;
  readonly channelId: string;
}

/** Makes the company by the product's own actions and API, and joins its WhatsApp number to the emulator. */
export async function setUpCompany(server: RunningServer, graph: GraphEmulator): Promise<SetUpCompany> {
  const { helena } = users;
  const credentials = { email: helena.email, password };
  const { userId } = await createCompany(
    server.storage.context,
    {
      ...{ company: company.name, locale: company.locale, timezone: company.timezone },
      ...{ name: helena.name, ...credentials },
    },
    { onlyAsFirst: true },
  );
  const admin = new ProductApi(server.url, credentials);
  const userIds = await createUsers(admin, userId);
  const queueIds = await createQueues(admin, userIds);
  const labelIds = await recordOf(labelKeys, (key) => idOf(admin.post("/labels", labels[key], withId)));
  const channelId = await connectNumber(admin, graph);
  return { as: apis(server.url), userIds, queueIds, labelIds, channelId };
}

function createUsers(admin: ProductApi, adminId: string): Promise<Record<UserKey, string>> {
  return recordOf(userKeys, async (key) => {
    const { name, email, role } = users[key];
    // The admin came with the company.
    return key === "helena" ? adminId : idOf(admin.post("/users", { name, email, role, password }, withId));
  });
}

function createQueues(
  admin: ProductApi,
  userIds: Readonly<Record<UserKey, string>>,
): Promise<Record<QueueKey, string>> {
  return recordOf(queueKeys, (key) => {
    const members = userKeys.filter((user) => users[user].queues.includes(key)).map((user) => userIds[user]);
    return idOf(admin.post("/queues", { ...queues[key], member_ids: members }, withId));
  });
}

async function idOf(answer: Promise<{ readonly id: string }>): Promise<string> {
  return (await answer).id;
}

async function connectNumber(admin: ProductApi, graph: GraphEmulator): Promise<string> {
  const secrets = { accessToken: randomToken(), appSecret: randomToken() };
  graph.addNumber({ ...number, ...secrets });
  for (const template of templates) graph.addTemplate(number.wabaId, template);
  const settings = {
    phone_number_id: number.phoneNumberId,
    waba_id: number.wabaId,
    access_token: secrets.accessToken,
    app_secret: secrets.appSecret,
    verify_token: randomToken(),
  };
  const body = { kind: "whatsapp_cloud", name: "WhatsApp da padaria", settings };
  const channel = await admin.post("/channels", body, createdChannel);
  graph.changeNumber(number.phoneNumberId, { webhookUrl: channel.webhook_url });
  await admin.post(`/channels/${channel.id}/templates/sync`, undefined, anything);
  return channel.id;
}

function apis(url: string): Record<UserKey, ProductApi> {
  const apiOf = (key: UserKey) => new ProductApi(url, { email: users[key].email, password });
  return {
    helena: apiOf("helena"),
    marina: apiOf("marina"),
    joao: apiOf("joao"),
    bruna: apiOf("bruna"),
    celso: apiOf("celso"),
  };
}
