import { Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconStack2 } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Queue } from "../../contract/entities.ts";
import { useDesk, useStore } from "../hooks.ts";
import { Avatar } from "../kit/Avatar.tsx";
import { EmptyState } from "../kit/EmptyState.tsx";
import { toast } from "../kit/toasts.ts";
import { Checklist, colors, Swatches } from "./parts/Choices.tsx";
import { Confirm, FormDialog } from "./parts/Dialog.tsx";
import { Page } from "./parts/Page.tsx";
import { useColorNames } from "./parts/use-color-names.ts";
import { useSubmit } from "./parts/use-submit.ts";

/** How many faces a row shows before it counts. */
const FACES = 5;

/** The queues, with who attends in each. */
export function QueuesPage() {
  const { t } = useTranslation("settings");
  const queues = useStore((state) => state.queues);
  const [open, setOpen] = useState<Queue | "new" | null>(null);
  const add = (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setOpen("new")}>
      {t("queues.add")}
    </Button>
  );
  return (
    <Page title={t("queues.title")} description={t("queues.description")} action={queues.size > 0 && add}>
      {queues.size === 0 ? (
        <EmptyState
          title={t("queues.empty")}
          hint={t("queues.emptyHint")}
          icon={<IconStack2 size={32} stroke={1.5} />}
          action={add}
        />
      ) : (
        <ul className="rows">
          {[...queues.values()]
            .toSorted((a, b) => a.name.localeCompare(b.name))
            .map((queue) => (
              <li key={queue.id}>
                <Row queue={queue} onOpen={() => setOpen(queue)} />
              </li>
            ))}
        </ul>
      )}
      {open && <QueueDialog queue={open === "new" ? null : open} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function Row({ queue, onOpen }: { readonly queue: Queue; readonly onOpen: () => void }) {
  const { t } = useTranslation("settings");
  const users = useStore((state) => state.users);
  const members = queue.member_ids.flatMap((id) => users.get(id) ?? []);
  return (
    <button type="button" className="row" onClick={onOpen}>
      <span className="row-color" style={{ "--dot": queue.color }} aria-hidden="true" />
      <span className="row-main">
        <span className="row-title ellipsis">{queue.name}</span>
        {queue.description && <span className="row-detail ellipsis">{queue.description}</span>}
      </span>
      <span className="faces">
        {members.slice(0, FACES).map(({ id, name, avatar_url }) => (
          <Avatar key={id} id={id} name={name} url={avatar_url} size={28} />
        ))}
      </span>
      <span className="row-aside row-detail">
        {members.length === 0 ? t("queues.nobody") : t("queues.count", { count: members.length })}
      </span>
    </button>
  );
}

interface QueueDialogProps {
  readonly queue: Queue | null;
  readonly onClose: () => void;
}

function QueueDialog({ queue, onClose }: QueueDialogProps) {
  const { t } = useTranslation(["settings", "translation"]);
  const { api } = useDesk();
  const users = useStore((state) => state.users);
  const [name, setName] = useState(queue?.name ?? "");
  const [description, setDescription] = useState(queue?.description ?? "");
  const [color, setColor] = useState<string>(queue?.color ?? colors[0]);
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set(queue?.member_ids));
  const [removing, setRemoving] = useState(false);
  const submission = useSubmit();
  const colorNames = useColorNames();
  const save = async () => {
    const body = { name: name.trim(), description: description.trim(), color, member_ids: [...members] };
    await (queue ? api.patch(`/queues/${queue.id}`, body) : api.post("/queues", body));
    toast({ tone: "ok", text: t("queues.saved") });
    onClose();
  };
  const remove = async () => {
    if (queue) await api.delete(`/queues/${queue.id}`);
    toast({ tone: "ok", text: t("queues.removed") });
    onClose();
  };
  if (queue && removing) {
    return (
      <Confirm
        title={t("queues.removeTitle", { name: queue.name })}
        text={t("queues.removeText")}
        confirm={t("remove")}
        submission={submission}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      />
    );
  }
  return (
    <FormDialog
      title={t(queue ? "queues.editTitle" : "queues.add")}
      submit={t(queue ? "translation:app.save" : "create")}
      submission={submission}
      onSubmit={save}
      onClose={onClose}
      aside={
        queue && (
          <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
            {t("remove")}
          </Button>
        )
      }
    >
      <TextInput
        label={t("queues.name")}
        required
        withAsterisk={false}
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t("queues.about")}
        description={t("queues.aboutHint")}
        maxLength={500}
        rows={2}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
      <Swatches legend={t("color")} names={colorNames} value={color} onChange={setColor} />
      <Checklist
        legend={t("queues.members")}
        empty={t("queues.noMembers")}
        items={[...users.values()]
          .filter(({ id, active }) => active || members.has(id))
          .map((user) => ({
            id: user.id,
            content: (
              <>
                <Avatar id={user.id} name={user.name} url={user.avatar_url} size={28} />
                <span className="ellipsis">{user.name}</span>
              </>
            ),
          }))}
        chosen={members}
        onChange={setMembers}
      />
    </FormDialog>
  );
}
