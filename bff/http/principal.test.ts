import { roles } from '@loghunter/contracts';
import { expect, test } from 'vitest';
import { installationOf, requireRole } from './principal.ts';

test('a role may do what it and every lower role may', () => {
  const allowed = roles.map((role) =>
    roles.filter((needed) => {
      try {
        requireRole({ ...installationOf('tenant'), role }, needed);
        return true;
      } catch {
        return false;
      }
    })
  );
  expect(allowed).toEqual([
    ['viewer'],
    ['viewer', 'editor'],
    ['viewer', 'editor', 'admin'],
    ['viewer', 'editor', 'admin', 'operator'],
  ]);
});
