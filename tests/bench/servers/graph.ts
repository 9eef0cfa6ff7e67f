/** Takes every message as Meta would, and gives it an id. */
let sent = 0;
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch: () => Response.json({ messages: [{ id: `wamid.sent.${(sent += 1)}` }] }),
});
console.log(`listening on ${server.url.origin}`);
