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
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'LogHunter',
      version,
      description: 'Clusters of log lines. Every failure is answered with problem details (RFC 9457).',
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The LogHunter server itself; the plugin reaches it through Grafana.' }],
  });
  return rewriteNullable(document) as object;
}

// The generator says of a named schema or null that it is both, which nothing is.
function rewriteNullable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(rewriteNullable);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const { allOf, ...rest } = value as { readonly allOf?: unknown };
  if (Array.isArray(allOf) && allOf.some(allowsNull)) {
    const anyOf = [...allOf.filter((part) => !allowsNull(part)), { type: 'null' }];
    return { anyOf: rewriteNullable(anyOf), ...rest };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rewriteNullable(part)]));
}

function allowsNull(part: { readonly type?: unknown }): boolean {
  return Array.isArray(part.type) && part.type.includes('null');
}
