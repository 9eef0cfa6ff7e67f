import { z } from "zod";

/** OWASP's first choice for argon2id: 19 MiB, two passes; about 30 ms. */
const cost = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;

/** A hash of the same cost that no password fits, so that an unknown account takes as long as a known one. */
const nobody =
  "$argon2id$v=19$m=19456,t=2,p=1$SaKzQ+5N0TDwnMydXtG7KSLkgKxd8PsDg9BrOGzHvFw$6wjFG4k5lMUM6iPA0cKJBiIpc3gvFIeiFg7ULGS1zGA";

/** A password that somebody chooses. The upper bound keeps a request from buying hashing time. */
export const newPassword = z.string().min(8).max(256);

/** A password that somebody gives: whatever it is, it is right or wrong. */
export const givenPassword = z.string().max(1_024);

/** For the database. To be called outside a transaction. */
export function hashPassword(password: string): Promise<string> {
  return Bun.password.hash(password, cost);
}

/** Whether `password` is the one; `hash` is undefined or empty where there is no account, and the answer is no. */
export async function verifyPassword(password: string, hash: string | undefined): Promise<boolean> {
  const fits = await Bun.password.verify(password, hash || nobody);
  return fits && Boolean(hash);
}
