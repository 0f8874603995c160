// Each gate must fail on the mistake that it is there for: with some versions of TypeScript dependency-cruiser
// exits 0 on a real cycle, so its configuration alone proves nothing.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const rooms = ['contracts', 'engine', 'ports', 'adapters', 'bff', 'cli', 'src', 'preview', 'tests', 'tooling'];
const configs = [
  'package.json',
  'tsconfig.json',
  'tsconfig.strict.json',
  '.dependency-cruiser.cjs',
  'knip.json',
  '.config',
  'jest.config.js',
  'jest-setup.js',
  'playwright.config.ts',
  'vitest.config.mts',
];
let copy = '';

// A copy of the rooms whose packages are links to the real ones, but whose rooms link to the copy.
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'loghunter-gates-'));
  for (const name of [...rooms, ...configs]) {
    cpSync(join(root, name), join(copy, name), {
      recursive: true,
      filter: (path) => !/(^|\/)(node_modules|dist|\.cache)(\/|$)/.test(path.slice(root.length)),
    });
  }
  mkdirSync(join(copy, 'node_modules/@loghunter'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@loghunter') {
      symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
    }
  }
  for (const room of rooms.filter((name) => name !== 'src')) {
    symlinkSync(join(copy, room), join(copy, 'node_modules/@loghunter', room));
  }
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function withPlanted<T>(files: Readonly<Record<string, string>>, work: () => T): T {
  const paths = Object.keys(files).map((name) => join(copy, name));
  try {
    Object.entries(files).forEach(([name, text]) => writeFileSync(join(copy, name), text));
    return work();
  } finally {
    paths.forEach((path) => rmSync(path, { force: true }));
  }
}

function cruise(): { code: number | null; output: string } {
  const program = join(root, 'node_modules/.bin/depcruise');
  const folders = rooms.filter((room) => room !== 'tooling');
  const result = spawnSync(process.execPath, [program, '--config', '.dependency-cruiser.cjs', ...folders], {
    cwd: copy,
    encoding: 'utf8',
  });
  return { code: result.status, output: result.stdout + result.stderr };
}

function knip(): { code: number | null; output: string } {
  const result = spawnSync(
    process.execPath,
    [join(root, 'node_modules/.bin/knip'), '--include', 'unlisted,unresolved'],
    {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    }
  );
  return { code: result.status, output: result.stdout + result.stderr };
}

// Each starts the whole tool over all rooms, some seconds alone and many beside other work.
describe('room gate', { timeout: 120_000 }, () => {
  test('passes on the rooms as they are', () => {
    expect(cruise()).toEqual({ code: 0, output: expect.any(String) });
  });

  test.each([
    {
      title: 'a cycle of imports',
      files: {
        'engine/severity/planted-a.ts': "import { b } from './planted-b.ts';\nexport const a = () => b;\n",
        'engine/severity/planted-b.ts': "import { a } from './planted-a.ts';\nexport const b = () => a;\n",
      },
      rule: 'no-cycle',
    },
    {
      title: 'a cycle of type-only imports',
      files: {
        'engine/severity/planted-a.ts': "import type { B } from './planted-b.ts';\nexport interface A { b: B }\n",
        'engine/severity/planted-b.ts': "import type { A } from './planted-a.ts';\nexport interface B { a: A }\n",
      },
      rule: 'no-cycle',
    },
    {
      title: 'an engine that imports a port',
      files: {
        'engine/severity/planted.ts': "import type { Clock } from '@loghunter/ports';\nexport type Planted = Clock;\n",
      },
      rule: 'room-engine',
    },
    {
      title: 'an engine that reads files',
      files: {
        'engine/severity/planted.ts': "import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n",
      },
      rule: 'pure-rooms-have-no-built-ins',
    },
    {
      title: 'a feature of the server that picks an adapter',
      files: { 'bff/planted.ts': "export { createLokiLogStore } from '@loghunter/adapters/loki';\n" },
      rule: 'adapters-only-from-composition',
    },
    {
      title: 'a plugin that imports the engine',
      files: { 'src/planted.ts': "export { levelsBySeverity } from '@loghunter/engine/severity';\n" },
      rule: 'room-src',
    },
  ])('fails on $title', ({ files, rule }) => {
    const { code, output } = withPlanted(files, cruise);
    expect(output).toContain(rule);
    expect(code).not.toBe(0);
  });
});

describe('package gate', { timeout: 120_000 }, () => {
  test('passes on the rooms as they are', () => {
    expect(knip()).toEqual({ code: 0, output: expect.any(String) });
  });

  test('fails on a package that the room does not declare', () => {
    // lodash is there, hoisted from another room, so only this gate can see it.
    const { code, output } = withPlanted(
      { 'engine/severity/planted.test.ts': "import { chunk } from 'lodash';\nexport const planted = chunk;\n" },
      knip
    );
    expect(output).toContain('lodash');
    expect(code).not.toBe(0);
  });
});

describe('bundle gate', () => {
  function inspectPlanted(source: string): { code: number | null; output: string } {
    const map = { sources: ['webpack://loghunter-app/pages/Planted.tsx'], sourcesContent: [source] };
    mkdirSync(join(copy, 'dist'), { recursive: true });
    return withPlanted({ 'dist/module.js': 'define([],()=>{});', 'dist/module.js.map': JSON.stringify(map) }, () => {
      const result = spawnSync(process.execPath, ['tooling/bundle.ts'], { cwd: copy, encoding: 'utf8' });
      return { code: result.status, output: result.stdout + result.stderr };
    });
  }

  test('passes on a page that React 18 and 19 can run', () => {
    expect(inspectPlanted("import { createPortal } from 'react-dom';\ncreatePortal(page, box);")).toEqual({
      code: 0,
      output: expect.stringContaining('1 scripts'),
    });
  });

  test('fails on a page that uses what React 19 removed', () => {
    const { code, output } = inspectPlanted("import ReactDOM from 'react-dom';\nReactDOM.render(page, box);");
    expect(output).toContain('pages/Planted.tsx has an API that React 19 has no more');
    expect(code).not.toBe(0);
  });
});
