import { hashPassword, newPassword } from "../../auth/passwords.ts";
import type { Locale } from "../../contract/entities.ts";
import { Refusal } from "../../contract/errors.ts";
import type { CompanyId, QueueId, UserId } from "../../contract/ids.ts";
import { newId } from "../../lib/ids.ts";
import type { Context } from "../context.ts";
import { invalidField } from "../invalid-field.ts";
import { createQueueInside } from "../queues/change.ts";
import { createUserInside } from "../users/create.ts";
import { hasCompany, insertCompany } from "./store.ts";

export interface NewCompany {
  readonly company: string;
  /** The first admin. */
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly locale: Locale;
  /** IANA name. */
  readonly timezone: string;
}

export interface CreatedCompany {
  readonly companyId: CompanyId;
  readonly userId: UserId;
  readonly queueId: QueueId;
}

const firstQueue: Readonly<Record<Locale, string>> = {
  "pt-BR": "Atendimento",
  en: "Support",
  es: "Atención",
};
const azulejo = "#1f5fa8";

/**
 * A company with its admin, who is in its first queue. Throws `already_exists` when the address has an account, and, with
 * `onlyAsFirst`, `already_set_up` when there is a company; `invalid_request` for a password that is too short.
 */
export async function createCompany(
  context: Context,
  input: NewCompany,
  { onlyAsFirst }: { readonly onlyAsFirst: boolean },
): Promise<CreatedCompany> {
  const ids = { companyId: newId<CompanyId>(), userId: newId<UserId>(), queueId: newId<QueueId>() };
  const { companyId, userId, queueId } = ids;
  if (!newPassword.safeParse(input.password).success) {
    throw invalidField("password", "needs 8 characters");
  }
  const passwordHash = await hashPassword(input.password);
  const at = context.clock.now();
  await context.sql.transaction(async (tx) => {
    if (onlyAsFirst && (await hasCompany(tx))) throw new Refusal("already_set_up");
    await insertCompany(tx, {
      id: companyId,
      name: input.company,
      locale: input.locale,
      timezone: input.timezone,
      createdAt: at,
    });
    const { name, email, locale } = input;
    await createQueueInside(tx, companyId, {
      ...{ id: queueId, name: firstQueue[locale], color: azulejo, description: "", member_ids: [], at },
    });
    await createUserInside(tx, companyId, {
      ...{ id: userId, name, email, role: "admin", queue_ids: [queueId], passwordHash, at },
    });
  });
  return ids;
}
