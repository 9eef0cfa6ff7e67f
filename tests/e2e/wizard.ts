import type { Page } from "playwright-core";

import { number } from "./shop.ts";

export const owner = {
  company: "Padaria Pão Quente",
  name: "Ana Ribeiro",
  email: "ana@padaria.example",
  password: "pao quente 7h",
} as const;

/** Fills the wizard from the printed link up to the step of the WhatsApp number. */
export async function makeCompany(page: Page, setupLink: string): Promise<void> {
  await page.goto(setupLink);
  await page.getByLabel("Nome da empresa").fill(owner.company);
  await page.getByRole("button", { name: "Continuar" }).click();
  await page.getByLabel("Nome", { exact: true }).fill(owner.name);
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Crie uma senha").fill(owner.password);
  await page.getByRole("button", { name: "Criar empresa" }).click();
  await page.getByRole("heading", { name: "Conecte o WhatsApp da loja" }).waitFor();
}

/** What is to be pasted into Meta's page. */
export interface Webhook {
  readonly address: string;
  readonly verifyToken: string;
}

/** Fills in the number's data, and reads from the screen what Meta has to know. */
export async function connectNumber(page: Page): Promise<Webhook> {
  await page.getByLabel("Identificação do número de telefone").fill(number.phoneNumberId);
  await page.getByLabel("Identificação da conta do WhatsApp Business").fill(number.wabaId);
  await page.getByLabel("Token de acesso").fill(number.accessToken);
  await page.getByLabel("Chave secreta do app").fill(number.appSecret);
  await page.getByRole("button", { name: "Conectar", exact: true }).click();
  const address = await page.getByLabel("URL de callback", { exact: true }).inputValue();
  const verifyToken = await page.getByLabel("Token de verificação", { exact: true }).inputValue();
  return { address, verifyToken };
}

/** Meta's "Verify and save": asks the address for its challenge; gives what it answered. */
export async function verifyAsMeta({ address, verifyToken }: Webhook): Promise<string> {
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.verify_token": verifyToken,
    "hub.challenge": "1158201444",
  });
  return (await fetch(`${address}?${query.toString()}`)).text();
}
