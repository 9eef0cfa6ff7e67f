import { describe, expect, test } from "bun:test";

import { seedCompany } from "../../tests/support/company.ts";
import { eventually } from "../../tests/support/wait.ts";
import { updateChannel } from "../domain/channels/change.ts";
import { connectChannel, disconnectChannel } from "../domain/channels/connect.ts";
import { deleteChannel } from "../domain/channels/remove.ts";
import { applyTemplateItem, reportStateInside } from "../domain/channels/state.ts";
import { loadChannels } from "../domain/channels/store.ts";
import { channelModules } from "./index.ts";
import { appSecret, Desk } from "./testing/desk.ts";

describe("a channel that changes", () => {
  test("sends with its new token what its old one could not", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel({ access_token: "EAAexpired" });
    const { id } = await desk.addConversation(channel.id);
    const { id: messageId } = await desk.send(id, { content: "espera" });
    await eventually("the pause", async () => {
      return (await desk.runtime.directory.get(channel.id))?.pausedReason !== null;
    });
    expect((await desk.message(messageId)).status).toBe("pending");
    const input = { id: channel.id, settings: { access_token: "EAAdesk-token" } };
    await updateChannel(desk.context, desk.company.admin, { input, kinds: channelModules });
    await eventually("the message", async () => (await desk.message(messageId)).status === "sent");
    expect(desk.graph.countOf(messageId)).toBe(1);
  });

  test("is not paused by what its old token meets afterwards", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    desk.graph.fault({ kind: "delay", ms: 150 }, { when: ({ token }) => token === "EAAdesk-token" });
    const { id: messageId } = await desk.send(id, { content: "espera" });
    await eventually("it to leave", () => desk.graph.requests.some(({ operation }) => operation === "send"));
    desk.graph.changeNumber(channel.phoneNumberId, { accessToken: "EAAnew-token" });
    const input = { id: channel.id, settings: { access_token: "EAAnew-token" } };
    await updateChannel(desk.context, desk.company.admin, { input, kinds: channelModules });
    await eventually("the message", async () => (await desk.message(messageId)).status === "sent");
    const sends = desk.graph.requests.filter(({ operation }) => operation === "send");
    expect(sends.map(({ outcome }) => outcome)).toEqual([401, 200]);
    expect((await desk.runtime.directory.get(channel.id))?.pausedReason).toBeNull();
  });

  test("keeps what waits while it is disconnected, over a restart too", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { id } = await desk.addConversation(channel.id);
    await disconnectChannel(desk.context, desk.company.admin, channel.id);
    await eventually("it to stop", () => desk.runtime.running(channel.id) === undefined);
    const { id: messageId } = await desk.send(id, { content: "espera" });
    await desk.runtime.stop(0);
    await desk.restart();
    expect(desk.runtime.running(channel.id)).toBeUndefined();
    expect((await desk.message(messageId)).status).toBe("pending");
    await connectChannel(desk.context, desk.company.admin, { id: channel.id, port: desk.runtime });
    await eventually("the message", async () => (await desk.message(messageId)).status === "sent");
  });

  test("is known anew at once: a webhook's signature is checked with the secret of now", async () => {
    await using desk = await Desk.open();
    const channel = await desk.addChannel();
    const { directory } = desk.runtime;
    expect((await directory.get(channel.id))?.secrets.app_secret).toBe(appSecret);
    const input = { id: channel.id, settings: { app_secret: "another" } };
    await updateChannel(desk.context, desk.company.admin, { input, kinds: channelModules });
    await eventually("the new secret", async () => {
      return (await directory.get(channel.id))?.secrets.app_secret === "another";
    });
    await deleteChannel(desk.context, desk.company.admin, channel.id);
    await eventually(
      "it to be gone",
      async () => (await directory.get(channel.id)) === undefined || undefined,
    );
  });

  test("whose record can't be read does not keep the others from running", async () => {
    await using desk = await Desk.open();
    // The seeded company's own channel has no settings at all.
    expect(desk.runtime.running(desk.company.channelId)).toBeUndefined();
    const channel = await desk.addChannel();
    expect(desk.runtime.running(channel.id)).toBeDefined();
  });
});

test("a number is looked up within its own company", async () => {
  await using desk = await Desk.open();
  const channel = await desk.addChannel();
  const { directory } = desk.runtime;
  const of = (companyId: typeof desk.company.id) =>
    directory.named({ companyId, kind: "whatsapp_cloud" }, channel.phoneNumberId);
  expect((await of(desk.company.id)).map(({ id }) => id)).toEqual([channel.id]);
  const other = await seedCompany(desk.context, { phoneNumberId: "1" });
  expect(await of(other.id)).toEqual([]);
  directory.forget(channel.id);
  expect((await of(desk.company.id)).map(({ id }) => id)).toEqual([channel.id]);
});

describe("what a provider says of a channel", () => {
  test("is told once, and leaves alone what it does not say", async () => {
    await using desk = await Desk.open();
    const { id: channelId } = await desk.addChannel();
    const { id: companyId } = desk.company;
    const state = async () =>
      (await desk.context.sql.read((tx) => loadChannels(tx, companyId, [channelId]))).get(channelId);
    await eventually("the first check", async () => (await state())?.status === "connected");
    const events = () =>
      desk.context.sql.read((tx) =>
        tx.all<{ type: string }>("SELECT type FROM events WHERE type = 'channel.status' ORDER BY key"),
      );
    const before = (await events()).length;
    const ref = { companyId, channelId, at: desk.context.clock.now() };
    const flagged = { status: "degraded", detail: "number quality: FLAGGED" } as const;
    for (let time = 0; time < 3; time += 1) {
      await desk.context.sql.transaction((tx) => reportStateInside(tx, ref, flagged));
    }
    expect((await events()).length).toBe(before + 1);
    expect(await state()).toMatchObject({ status: "degraded", phone: "+551140001001" });
    await desk.context.sql.transaction((tx) =>
      reportStateInside(tx, ref, { status: null, detail: "rate limit" }),
    );
    expect(await state()).toMatchObject({ status: "degraded", status_detail: "rate limit" });
  });

  test("of a template that was never fetched is no error", async () => {
    await using desk = await Desk.open();
    const { id: channelId } = await desk.addChannel();
    const ref = { companyId: desk.company.id, channelId, at: desk.context.clock.now() };
    const item = {
      kind: "template",
      route: "",
      at: 1,
      name: "x",
      language: "pt_BR",
      status: "APPROVED",
    } as const;
    await desk.context.sql.transaction((tx) => applyTemplateItem(tx, ref, { ...item, category: null }));
  });
});
