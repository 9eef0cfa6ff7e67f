/** FTS5 expressions. Every word stands in quotes and holds letters and digits only (see terms.ts). */
import type { CompanyId } from "../../contract/ids.ts";
import type { Terms } from "./terms.ts";

/** For `message_search`; null where there is nothing to look for. */
export function messageMatch(companyId: CompanyId, { words }: Terms): string | null {
  return words.length === 0 ? null : `${inCompany(companyId)} AND content : (${allOf(words)})`;
}

/** For `contact_search`; null where there is nothing to look for. */
export function contactMatch(companyId: CompanyId, { words, phones }: Terms): string | null {
  if (words.length === 0) return null;
  const said = `{name phone email} : (${allOf(words)})`;
  const called = phones.length === 0 ? "" : ` OR phone : (${phones.map(beginning).join(" OR ")})`;
  return `${inCompany(companyId)} AND (${said}${called})`;
}

function inCompany(companyId: CompanyId): string {
  return `company : "${companyId.replaceAll("-", "")}"`;
}

function allOf(words: readonly string[]): string {
  return words.map(beginning).join(" AND ");
}

function beginning(word: string): string {
  return `"${word}"*`;
}
