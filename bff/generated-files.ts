import { join } from 'node:path';
import { problemKinds } from '@loghunter/contracts';
import packageFacts from './package.json' with { type: 'json' };
import { buildOpenApiDocument } from './http/openapi-document.ts';
import { renderExample } from './settings/example.ts';

const root = join(import.meta.dirname, '..');

/** Files that are made from the code and committed, with the text that they must have. */
export function generatedFiles(): ReadonlyArray<{ readonly path: string; readonly text: string }> {
  return [
    {
      path: join(root, 'contracts', 'openapi.json'),
      text: `${JSON.stringify(buildOpenApiDocument(packageFacts.version), null, 2)}\n`,
    },
    { path: join(root, '.env.example'), text: renderExample() },
    { path: join(root, 'docs', 'problems.md'), text: renderProblems() },
  ];
}

function renderProblems(): string {
  const rows = Object.entries(problemKinds).map(([code, kind]) => {
    const retry = kind.retryable ? 'The same request may succeed later.' : 'The same request will fail again.';
    return `## ${code}\n\n${kind.title} (HTTP ${kind.status}). ${retry}\n`;
  });
  return `# Problems\n\nEvery answer that is not a success is \`application/problem+json\` (RFC 9457). Its \`code\` is one of these and stays stable.\n\n${rows.join('\n')}`;
}
