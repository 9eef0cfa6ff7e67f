/** Answers 200 and does nothing else: what the load generator can do at most. */
const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  async fetch(request) {
    await request.arrayBuffer();
    return new Response(null);
  },
});
console.log(`listening on ${server.url.origin}`);
