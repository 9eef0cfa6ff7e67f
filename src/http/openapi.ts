import { createRouter, type Router } from "../domain/routing.ts";
import { pagePolicy } from "./security-headers.ts";

/**
 * `/openapi.json`, made once, and `/docs`, a page over it whose script is among the UI's own files.
 * `app` carries the descriptions of all routes; those registered later are missing.
 */
export function openApi(app: Router, version: string): Router {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "An access token from `POST /api/v1/auth/login`, or an API key (`bk_…`).",
  });
  let document: string | undefined;
  const describe = () =>
    JSON.stringify(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title: "Balcão",
          version,
          description: 'Errors: `{"error":{"code","message","details?"}}`. Instants are ISO 8601, UTC.',
        },
        security: [{ bearer: [] }],
      }),
    );

  const router = createRouter();
  router.get("/openapi.json", (c) => {
    document ??= describe();
    return c.body(document, 200, { "Content-Type": "application/json", "Cache-Control": "no-cache" });
  });
  router.get("/docs", (c) => {
    const { host } = new URL(c.req.url);
    return c.html(page, 200, { "Content-Security-Policy": docsPolicy(host), "Cache-Control": "no-cache" });
  });
  return router;
}

/** The viewer writes style attributes, which take no nonce; scripts stay ours alone. */
function docsPolicy(host: string): string {
  return pagePolicy({ nonce: "", host }).replace(/style-src [^;]+/, "style-src 'self' 'unsafe-inline'");
}

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Balcão API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
</head>
<body>
<script id="api-reference" data-url="/api/openapi.json"
  data-configuration='{"withDefaultFonts":false,"telemetry":false,"hideClientButton":true,"showDeveloperTools":"never",
    "agent":{"disabled":true},"mcp":{"disabled":true}}'></script>
<script src="/vendor/scalar.js"></script>
</body>
</html>
`;
