import { password, userKeys, users } from "./company/people.ts";

/**
 * Signs a sample user in and gives the cookies as `Set-Cookie` values, undefined for an unknown user. Cookies know no
 * ports: set by the phone's page, they are the inbox's as well.
 */
export async function signInCookies(inbox: string, user: string): Promise<readonly string[] | undefined> {
  const key = userKeys.find((known) => known === user);
  if (key === undefined) return undefined;
  const response = await fetch(`${inbox}/api/v1/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email: users[key].email, password, refresh: true }),
  });
  if (!response.ok) throw new Error(`the sample user ${key} was not let in: ${response.status}`);
  return response.headers.getSetCookie();
}
