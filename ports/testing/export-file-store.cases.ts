import { expect } from 'vitest';
import type { ExportFileStore } from '../export-file-store.ts';
import type { ContractCase } from './contract-case.ts';

/** A store with two tenants that may keep files. */
export interface ExportFilesUnderTest {
  readonly files: ExportFileStore;
  readonly tenantIds: readonly [string, string];
}

/** What every {@link ExportFileStore} does. */
export const exportFileCases: ReadonlyArray<ContractCase<ExportFilesUnderTest>> = [
  {
    title: 'an export is read piece by piece, by its own tenant alone, whatever its lines hold',
    async run({ files, tenantIds: [one, two] }) {
      const id = crypto.randomUUID();
      await files.write(one, id, 0, 'zwölf\r\n');
      await files.write(one, id, 1, 'a\0b\ud800');
      expect(await files.read(one, id, 0)).toBe('zwölf\r\n');
      expect(await files.read(one, id, 1)).toBe('a\ufffdb\ufffd');
      expect(await files.read(one, id, 2)).toBeNull();
      expect(await files.read(two, id, 0)).toBeNull();
      expect([await files.readSize(one), await files.readSize(two)]).toEqual([16, 0]);
      const other = crypto.randomUUID();
      await files.write(one, other, 0, 'ok');
      expect(await files.listSizes(one)).toEqual(
        new Map([
          [id, 16],
          [other, 2],
        ])
      );
      expect(await files.listSizes(two)).toEqual(new Map());
      await files.delete(two, id);
      expect(await files.read(one, id, 0)).not.toBeNull();
      await files.delete(one, id);
      expect(await files.read(one, id, 0)).toBeNull();
    },
  },
  {
    title: 'pieces of exports that are past their time go in batches',
    async run({ files, tenantIds: [one, two] }) {
      const id = crypto.randomUUID();
      for (const part of [0, 1, 2]) {
        await files.write(one, id, part, 'text');
        await files.write(two, id, part, 'text');
      }
      expect(await files.deleteBefore(one, Date.now() - 3_600_000, 10)).toBe(0);
      expect(await files.deleteBefore(one, Date.now() + 3_600_000, 2)).toBe(2);
      expect(await files.deleteBefore(one, Date.now() + 3_600_000, 2)).toBe(1);
      expect(await files.readSize(two)).toBe(12);
    },
  },
];
