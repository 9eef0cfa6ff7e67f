import { Button } from "@mantine/core";
import { IconAddressBook, IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Contact } from "../../contract/entities.ts";
import type { Api } from "../api.ts";
import { useDesk } from "../hooks.ts";
import { EmptyState } from "../kit/EmptyState.tsx";
import { ContactCard } from "./ContactCard.tsx";

interface Found {
  readonly query: string;
  readonly contacts: readonly Contact[];
  readonly cursor: string | null;
}

/** A request for each pause in the typing, not for each letter; in milliseconds. */
const PAUSE = 180;

/** Everybody who ever wrote, with a search. */
export function Contacts() {
  const { t } = useTranslation();
  const { api } = useDesk();
  const [query, setQuery] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [failed, setFailed] = useState(false);
  // Another turn asks again: contacts came or went.
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(() => {
      load(api, { query, signal: abort.signal }).then(setFound, () => {
        if (!abort.signal.aborted) setFailed(true);
      });
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, query, turn]);
  const more = async (shown: Found) => {
    const next = await load(api, { query: shown.query, cursor: shown.cursor });
    setFound({ ...next, contacts: [...shown.contacts, ...next.contacts] });
  };
  return (
    <main className="screen" aria-label={t("contacts.title")}>
      <div className="page-inner">
        <h1>{t("contacts.title")}</h1>
        <div className="search" role="search">
          <IconSearch size={18} aria-hidden="true" />
          <input
            type="search"
            aria-label={t("contacts.search")}
            placeholder={t("contacts.search")}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
        </div>
        {failed && !found && <EmptyState title={t("contacts.failed")} />}
        {found?.contacts.length === 0 && <Nobody searched={found.query !== ""} />}
        <ul className="people">
          {found?.contacts.map((contact) => (
            <ContactCard
              key={contact.id}
              contact={contact}
              onSaved={(saved) => setFound(replaced(found, saved))}
              onChanged={() => setTurn((n) => n + 1)}
            />
          ))}
        </ul>
        {found && found.cursor !== null && (
          <Button variant="default" onClick={() => void more(found).catch(() => setFailed(true))}>
            {t("contacts.more")}
          </Button>
        )}
      </div>
    </main>
  );
}

function replaced(found: Found, saved: Contact): Found {
  return { ...found, contacts: found.contacts.map((one) => (one.id === saved.id ? saved : one)) };
}

function Nobody({ searched }: { readonly searched: boolean }) {
  const { t } = useTranslation();
  if (searched) return <EmptyState title={t("contacts.none")} />;
  return (
    <EmptyState
      icon={<IconAddressBook size={30} stroke={1.6} />}
      title={t("contacts.empty")}
      hint={t("contacts.emptyHint")}
    />
  );
}

interface LoadOptions {
  readonly query: string;
  readonly cursor?: string | null;
  readonly signal?: AbortSignal;
}

async function load(api: Api, { query, cursor, signal }: LoadOptions): Promise<Found> {
  const asked = { search: query, cursor, limit: 50 };
  const { data, nextCursor } = await api.get<readonly Contact[]>("/contacts", asked, signal);
  return { query, contacts: data, cursor: nextCursor };
}
