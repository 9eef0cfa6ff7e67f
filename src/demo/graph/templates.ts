import { GraphError } from "./errors.ts";
import type { Template } from "./numbers.ts";
import type { SendBody } from "./send-body.ts";

type TemplateUse = Extract<SendBody, { type: "template" }>["template"];

/** The template that every new WhatsApp business account has. */
export const helloWorld: Template = {
  id: "1000000000000001",
  name: "hello_world",
  language: "en_US",
  status: "APPROVED",
  category: "UTILITY",
  components: [
    { type: "HEADER", format: "TEXT", text: "Hello World" },
    {
      type: "BODY",
      text: "Welcome and congratulations!! This message demonstrates your ability to send a message.",
    },
    { type: "FOOTER", text: "WhatsApp Business Platform sample message" },
  ],
};

/** The approved template that `use` fits. Throws 132001, 132015 or 132000 when there is none. */
export function checkTemplate(templates: readonly Template[], use: TemplateUse): Template {
  const template = templates.find(
    ({ name, language }) => name === use.name && language === use.language.code,
  );
  if (template === undefined || template.status === "PENDING" || template.status === "REJECTED") {
    throw new GraphError(132001, {
      details: `template name (${use.name}) does not exist in ${use.language.code}`,
    });
  }
  if (template.status === "PAUSED") throw new GraphError(132015);
  const expected = placeholders(template.components.find(({ type }) => type === "BODY")?.text ?? "");
  const given = use.components?.find(({ type }) => type === "body")?.parameters?.length ?? 0;
  if (given !== expected) {
    throw new GraphError(132000, {
      details: `body: number of localizable_params (${given}) does not match the expected number of params (${expected})`,
    });
  }
  return template;
}

function placeholders(text: string): number {
  return new Set(text.match(/\{\{\w+\}\}/g)).size;
}
