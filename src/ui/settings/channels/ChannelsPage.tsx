import { Button } from "@mantine/core";
import { IconBrandWhatsapp, IconChevronRight, IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";

import type { Channel } from "../../../contract/entities.ts";
import { useStore } from "../../hooks.ts";
import { EmptyState } from "../../kit/EmptyState.tsx";
import { phoneText } from "../../kit/format.ts";
import { Page } from "../parts/Page.tsx";
import { StatusPill } from "./StatusPill.tsx";

/** The company's numbers and how each does. */
export function ChannelsPage() {
  const { t } = useTranslation("channels");
  const channels = useStore((state) => state.channels);
  const add = (
    <Link href="/channels/new" asChild>
      <Button component="a" leftSection={<IconPlus size={18} />}>
        {t("add")}
      </Button>
    </Link>
  );
  return (
    <Page title={t("title")} description={t("description")} action={channels.size > 0 && add}>
      {channels.size === 0 ? (
        <EmptyState
          title={t("empty")}
          hint={t("emptyHint")}
          icon={<IconBrandWhatsapp size={32} stroke={1.5} />}
          action={add}
        />
      ) : (
        <ul className="rows">
          {[...channels.values()].map((channel) => (
            <li key={channel.id}>
              <Row channel={channel} />
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}

function Row({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation("channels");
  const { id, name, phone, kind, status, status_detail } = channel;
  return (
    <Link href={`/channels/${id}`} className="row">
      <span className="row-icon" aria-hidden="true">
        <IconBrandWhatsapp size={22} stroke={1.6} />
      </span>
      <span className="row-main">
        <span className="row-title ellipsis">{name}</span>
        <span className="row-detail ellipsis tabular">
          {status_detail ?? (phone === null ? t(`kind.${kind}`) : phoneText(phone))}
        </span>
      </span>
      <StatusPill status={status} />
      <IconChevronRight className="row-chevron" size={18} aria-hidden="true" />
    </Link>
  );
}
