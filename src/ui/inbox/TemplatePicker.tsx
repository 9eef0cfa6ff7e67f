import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import type { Desk } from "../desk.ts";
import { useDesk } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { plain } from "../kit/plain.ts";
import { RichText } from "./RichText.tsx";
import { componentsOf, fill, partsOf, placesOf, type Template, type Values } from "./template.ts";

interface TemplatePickerProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** Chooses an approved template, fills it in and sends it. */
export function TemplatePicker({ conversation, onClose }: TemplatePickerProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [chosen, setChosen] = useState<Template | null>(null);
  const { templates, failed } = useTemplates(desk, conversation.channel_id);
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={chosen?.name ?? t("template.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      {failed && <EmptyState title={t("template.failed")} />}
      {!chosen && templates && <Choices templates={templates} onChoose={setChosen} />}
      {chosen && (
        <FillIn
          template={chosen}
          firstName={callName(conversation.contact.name)}
          onBack={() => setChosen(null)}
          onSend={(values) => {
            send(desk, conversation, { template: chosen, values });
            onClose();
          }}
        />
      )}
    </Modal>
  );
}

/** Who is known by a number only has no name to be called by. */
function callName(name: string): string {
  return /^\+?\d/.test(name) ? "" : (name.split(" ", 1)[0] ?? "");
}

function useTemplates(desk: Desk, channelId: string) {
  const [templates, setTemplates] = useState<readonly Template[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    desk.api.get<readonly Template[]>(`/channels/${channelId}/templates`).then(
      ({ data }) => setTemplates(data.filter(({ status }) => status.toUpperCase() === "APPROVED")),
      () => setFailed(true),
    );
  }, [desk, channelId]);
  return { templates, failed };
}

interface ChoicesProps {
  readonly templates: readonly Template[];
  readonly onChoose: (template: Template) => void;
}

function Choices({ templates, onChoose }: ChoicesProps) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  if (templates.length === 0)
    return <EmptyState title={t("template.empty")} hint={t("template.emptyHint")} />;
  const wanted = plain(query);
  return (
    <div className="stack">
      <TextInput
        aria-label={t("template.search")}
        placeholder={t("template.search")}
        value={query}
        data-autofocus
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <ul className="templates">
        {templates
          .filter((template) => plain(JSON.stringify(template)).includes(wanted))
          .map((template) => (
            <li key={`${template.name} ${template.language}`}>
              <button type="button" onClick={() => onChoose(template)}>
                <strong>{template.name}</strong>
                <span className="chip">{template.language}</span>
                <span className="muted">{partsOf(template).find(({ type }) => type === "BODY")?.text}</span>
              </button>
            </li>
          ))}
      </ul>
    </div>
  );
}

interface FillInProps {
  readonly template: Template;
  /** Most often the first place is the customer's name. */
  readonly firstName: string;
  readonly onBack: () => void;
  readonly onSend: (values: Values) => void;
}

function FillIn({ template, firstName, onBack, onSend }: FillInProps) {
  const { t } = useTranslation();
  const places = placesOf(template);
  const [first] = places;
  const [values, setValues] = useState<Values>(first ? { [`${first.part} ${first.name}`]: firstName } : {});
  const ready = places.every(({ part, name }) => (values[`${part} ${name}`] ?? "").trim() !== "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSend(values);
  };
  return (
    <form className="stack" onSubmit={submit}>
      {places.map(({ part, name }) => (
        <TextInput
          key={`${part} ${name}`}
          label={t("template.variable", { n: name })}
          value={values[`${part} ${name}`] ?? ""}
          onChange={(event) => setValues({ ...values, [`${part} ${name}`]: event.currentTarget.value })}
        />
      ))}
      <p className="choices-group">{t("template.preview")}</p>
      <div className="bubble template-preview">
        {partsOf(template).map((part) => (
          <p key={part.type} data-part={part.type}>
            <RichText text={fill(part, values)} />
          </p>
        ))}
      </div>
      <div className="buttons">
        <Button variant="default" onClick={onBack}>
          {t("app.back")}
        </Button>
        <Button type="submit" disabled={!ready}>
          {t("template.send")}
        </Button>
      </div>
    </form>
  );
}

interface Choice {
  readonly template: Template;
  readonly values: Values;
}

function send(desk: Desk, conversation: Conversation, { template, values }: Choice): void {
  const words = partsOf(template).map((part) => fill(part, values));
  desk.pending.add({
    conversation_id: conversation.id,
    created_at: new Date().toISOString(),
    attachments: [],
    body: {
      client_id: crypto.randomUUID(),
      message_type: "template",
      content: words.join("\n\n"),
      metadata: {
        template: {
          name: template.name,
          language: template.language,
          components: componentsOf(template, values),
        },
      },
    },
  });
}
