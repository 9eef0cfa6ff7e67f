import { expect, test } from "bun:test";

import { templates } from "../company/templates.ts";
import { parseSend } from "../graph/send-body.ts";
import { contentOf } from "./from-business.ts";

/** What the phone shows of a body that the Graph API takes. */
function shown(body: Readonly<Record<string, unknown>>): unknown {
  const parsed = parseSend({ messaging_product: "whatsapp", to: "5511900001101", ...body });
  if (parsed.type === "reaction") throw new Error("a reaction is no message");
  return contentOf(parsed, templates);
}

test("reply buttons can be pressed", () => {
  const interactive = {
    type: "button",
    body: { text: "Entrega ou retirada?" },
    action: { buttons: [{ type: "reply", reply: { id: "d", title: "Entrega" } }] },
  };
  expect(shown({ type: "interactive", interactive })).toMatchObject({
    type: "choices",
    of: "buttons",
    text: "Entrega ou retirada?",
    options: [{ id: "d", title: "Entrega", description: "" }],
  });
});

test("the rows of a list stand below each other, whatever section they are in", () => {
  const interactive = {
    type: "list",
    header: { type: "text", text: "Cardápio" },
    body: { text: "O que vai ser?" },
    action: {
      button: "Ver tudo",
      sections: [
        { title: "Pães", rows: [{ id: "1", title: "Francês", description: "quentinho" }] },
        { title: "Doces", rows: [{ id: "2", title: "Sonho" }] },
      ],
    },
  };
  expect(shown({ type: "interactive", interactive })).toMatchObject({
    of: "list",
    header: "Cardápio",
    menu: "Ver tudo",
    options: [{ title: "Francês", description: "quentinho" }, { title: "Sonho" }],
  });
});

test("a template that the account does not have shows its name, and a missing value its place", () => {
  const use = (name: string) => ({ type: "template", template: { name, language: { code: "pt_BR" } } });
  expect(shown(use("unknown"))).toMatchObject({ text: "unknown", options: [] });
  expect(shown(use("retomar_conversa"))).toMatchObject({ text: expect.stringContaining("{{1}}") });
});

test("places, contacts and linked pictures have their own looks", () => {
  expect(shown({ type: "location", location: { latitude: 1, longitude: 2, name: "Loja" } })).toEqual({
    type: "place",
    latitude: 1,
    longitude: 2,
    name: "Loja",
    address: "",
  });
  const card = { name: { formatted_name: "Rita" }, phones: [{ phone: "+55 11 90000-1000" }] };
  expect(shown({ type: "contacts", contacts: [card] })).toMatchObject({
    name: "Rita",
    phone: "+55 11 90000-1000",
  });
  expect(shown({ type: "image", image: { link: "https://azulejo.example/a.png" } })).toMatchObject({
    url: "https://azulejo.example/a.png",
  });
});
