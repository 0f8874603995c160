import { OpenAPIHono } from '@hono/zod-openapi';
import { documentRoutes } from './bind-routes.ts';
import type { ServerContext } from './server-context.ts';

/** The OpenAPI document of the route table. */
export function buildOpenApiDocument(version: string): object {
  const app = new OpenAPIHono<ServerContext>();
  documentRoutes(app);
  app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'An API key, `lhk_` and 36 characters.',
  });
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
    description: "An API key, or the secret that Grafana's proxy holds; with the secret, X-Grafana-Id says who calls.",
  });
  return app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'LogHunter',
      version,
      description: 'Clusters of log lines. Every failure is answered with problem details (RFC 9457).',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The LogHunter server itself; the plugin reaches it through Grafana.' }],
  });
}
