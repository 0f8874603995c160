import { OpenAPIHono } from '@hono/zod-openapi';
import { documentRoutes } from './bind-routes.ts';
import type { ServerContext } from './server-context.ts';

/** The OpenAPI document of the route table. */
export function buildOpenApiDocument(version: string): object {
  const app = new OpenAPIHono<ServerContext>();
  documentRoutes(app);
  app.openAPIRegistry.registerComponent('securitySchemes', 'sharedSecret', {
    type: 'http',
    scheme: 'bearer',
    description: "The server's shared secret, LOGHUNTER_GRAFANA_SECRET.",
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
