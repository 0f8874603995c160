import { defineConfig } from 'eslint/config';
import parser from '@typescript-eslint/parser';
import scaffold from './.config/eslint.config.mjs';

const serverRooms = ['contracts', 'engine', 'ports', 'adapters', 'bff', 'cli'];
const product = [...serverRooms, 'src', 'preview'].map((room) => `${room}/**/*.{ts,tsx}`);
const tests = [
  '**/*.test.{ts,tsx}',
  '**/*.props.test.ts',
  '**/testing/**',
  'tests/**',
  'tooling/**',
  '**/__fixtures__/**',
];
const toolConfigs = ['*.config.{ts,mjs,js}', '**/*.cjs', '.config/**'];

const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' };
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' };
const noBareError = {
  selector: "ThrowStatement > NewExpression[callee.name='Error']",
  message: 'Throw an error class of the room, with a kind, so that callers can tell it apart.',
};
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only bff/config.ts and cli/environment.ts read the environment.',
};
const noDoubleCast = { selector: 'TSAsExpression > TSAsExpression', message: 'A double cast hides a wrong type.' };
const inProduct = [noDefaultExport, noEnum, noDoubleCast, noBareError, noEnvironment];

/** What a reader of the pages would see or hear wrongly. */
const forReaders = [
  {
    selector: 'CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/]',
    message: "It takes the browser's time zone: use dateTimeFormat with the page's.",
  },
  {
    selector: "CallExpression[callee.name='dateTimeFormat'][arguments.length=1]",
    message: "dateTimeFormat needs the page's timeZone.",
  },
  {
    selector:
      "CallExpression[callee.name='dateTimeFormat'] > ObjectExpression.arguments:not(:has(> Property[key.name='timeZone']))",
    message: "dateTimeFormat needs the page's timeZone.",
  },
  {
    selector: "JSXOpeningElement[name.name=/^(Multi)?Combobox$/] > JSXAttribute[name.name='aria-label']",
    message: 'A combo box drops aria-label: give it a Field with a label, or aria-labelledby.',
  },
];

export default defineConfig([
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      '.cache/',
      '.config/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      'contracts/openapi.json',
      'docs/',
    ],
  },
  ...scaffold.map((part) => (part.files ? part : { ...part })),
  {
    files: [...product, 'tests/**/*.ts', 'tooling/**/*.ts'],
    languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, noDoubleCast],
      'no-console': 'error',
      // A schema and its type share one name; types are imported apart from values.
      'no-redeclare': 'off',
      'no-duplicate-imports': 'off',
      '@typescript-eslint/array-type': ['error', { default: 'array-simple', readonly: 'array-simple' }],
    },
  },
  {
    files: serverRooms.map((room) => `${room}/**/*.ts`),
    rules: {
      'react-hooks/rules-of-hooks': 'off',
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
    },
  },
  {
    files: product,
    ignores: tests,
    rules: {
      'no-restricted-syntax': ['error', ...inProduct],
      'max-lines': ['error', { max: 500, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 80, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: tests,
    rules: { 'no-restricted-syntax': ['error', ...inProduct, ...forReaders] },
  },
  {
    // esbuild builds the preview with the automatic JSX runtime; only the plugin has the classic one.
    files: ['preview/**/*.tsx'],
    rules: { 'react/react-in-jsx-scope': 'off' },
  },
  {
    // React components hold markup; their bar is 120 lines.
    files: ['src/**/*.tsx', 'preview/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 120, skipComments: true }] },
  },
  {
    files: ['bff/config.ts', 'cli/environment.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnum, noDoubleCast, noBareError] },
  },
  {
    // Lazily loaded pages: React.lazy takes a default export only.
    files: ['src/pages/**/lazy.tsx'],
    rules: { 'no-restricted-syntax': ['error', ...inProduct.slice(1), ...forReaders] },
  },
  {
    files: ['contracts/**/*.ts', 'engine/**/*.ts', 'ports/**/*.ts'],
    ignores: tests,
    rules: {
      'jsdoc/require-jsdoc': [
        'error',
        {
          publicOnly: { esm: true },
          require: { ClassDeclaration: true, FunctionDeclaration: true, MethodDefinition: false },
          contexts: [
            'ExportNamedDeclaration > TSInterfaceDeclaration',
            'ExportNamedDeclaration > TSTypeAliasDeclaration:not([typeAnnotation.exprName], [typeAnnotation.typeName.left.name="z"])',
            'ExportNamedDeclaration > VariableDeclaration:not([declarations.0.init.callee.property.name="meta"])',
          ],
          checkConstructors: false,
        },
      ],
    },
  },
  { files: [...tests, ...toolConfigs], rules: { 'no-console': 'off', 'no-restricted-syntax': ['error', noEnum] } },
]);
