// Run by `npm run generate --workspace bff` after a change of routes, schemas, problems or settings.
import { writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.ts';

for (const { path, text } of generatedFiles()) {
  writeFileSync(path, text);
}
