import type { GraphEmulator } from "../graph/emulator.ts";
import type { ProductApi } from "../product-api.ts";
import { anything, withId } from "../product-api.ts";
import type { UserKey } from "./people.ts";
import { drawn } from "./sample-files.ts";
import type { Line, LineOf, LineOptions, SampleFile } from "./script.ts";
import type { SetUpCompany } from "./set-up.ts";
import type { Thread } from "./thread.ts";

export interface AgentLine {
  readonly thread: Thread;
  readonly by: UserKey;
  readonly line: Line;
}

interface Stage {
  readonly company: SetUpCompany;
  readonly graph: GraphEmulator;
}

/** Plays a line of a user of the company, as their browser would: by the API. Throws `ProductRefusal`. */
export async function playAgentLine(stage: Stage, { thread, by, line }: AgentLine): Promise<void> {
  const { company, graph } = stage;
  const api = company.as[by];
  const path = `/conversations/${await thread.id()}`;
  switch (line.does) {
    case "say":
      return say({ graph, api, path, thread }, line, { content: line.text });
    case "send": {
      const content = line.file.kind === "picture" ? line.file.caption : undefined;
      const attachment = await upload(api, line.file);
      return say({ graph, api, path, thread }, line, {
        content: content ?? "",
        attachment_ids: [attachment],
      });
    }
    case "fail":
      graph.fault({ kind: "undelivered", code: line.code });
      return say({ graph, api, path, thread }, line, { content: line.text });
    case "react":
      return react({ graph, api, path, thread }, line);
    case "note":
      await api.post(`${path}/messages`, { content: line.text, message_type: "note" }, anything);
      return;
    case "take":
      await api.post(`${path}/assign`, { assignee_id: company.userIds[by] }, anything);
      await api.post(`${path}/read`, undefined, anything);
      return;
    case "transfer": {
      const assignee = line.keeps ? { assignee_id: company.userIds[by] } : {};
      const body = { queue_id: company.queueIds[line.queue], reason: line.reason, ...assignee };
      await api.post(`${path}/transfer`, body, anything);
      return;
    }
    case "label":
      return api.patch(path, { labels: line.labels.map((label) => company.labelIds[label]) });
    case "rank":
      return api.patch(path, { priority: line.priority });
    case "read":
      await api.post(`${path}/read`, undefined, anything);
      return;
    case "resolve":
      return api.patch(path, { status: "resolved" });
    case "place":
      throw new Error("only customers share where they are");
  }
}

interface Speaker {
  readonly graph: GraphEmulator;
  readonly api: ProductApi;
  readonly path: string;
  readonly thread: Thread;
}

/** Sends, and waits until the provider has told what became of it, so that it all happens in the hour that is played. */
async function say(
  { graph, api, path, thread }: Speaker,
  { quote, as }: LineOptions,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  await api.post(`${path}/read`, undefined, anything);
  const reply = quote === undefined ? {} : { reply_to: await thread.messageIdOf(quote) };
  const { id } = await api.post(`${path}/messages`, { ...body, ...reply }, withId);
  const { wamid } = await graph.waitForSent(({ callbackData }) => callbackData === id);
  thread.remember(as, { wamid, messageId: id });
  await graph.waitForStatus(wamid, ["delivered", "failed"]);
}

async function react({ graph, api, path, thread }: Speaker, { emoji, to }: LineOf<"react">): Promise<void> {
  const target = thread.wamidOf(to);
  await api.post(`${path}/messages/${await thread.messageIdOf(to)}/reactions`, { emoji }, anything);
  await graph.waitForSent(({ body }) => body.type === "reaction" && body.reaction.message_id === target);
}

async function upload(api: ProductApi, sample: SampleFile): Promise<string> {
  const { file, name } = await drawn(sample);
  const form = new FormData();
  form.set("file", new File([file.bytes], name, { type: file.mimeType }));
  return (await api.post("/attachments", form, withId)).id;
}
