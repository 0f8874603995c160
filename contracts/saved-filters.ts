import { z } from 'zod';
import { Timestamp } from './time.ts';

const FilterName = z.string().trim().min(1).max(200);

/** What a list of clusters is narrowed to; the fields of its query. */
export const FilterFields = z
  .object({
    service: z.array(z.string().max(2048)).max(50).optional(),
    namespace: z.array(z.string().max(2048)).max(50).optional(),
    level: z
      .array(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown']))
      .max(7)
      .optional(),
    state: z
      .array(z.enum(['new', 'ongoing', 'escalating', 'regressed', 'ignored', 'resolved']))
      .max(6)
      .optional(),
    assignee: z.array(z.string().max(200)).max(50).optional(),
    unseen: z.enum(['true']).optional(),
    text: z.string().max(1000).optional(),
    query: z.string().max(20_000).optional().describe('LogQL of a search; in place of `text`'),
    sort: z.string().max(50).optional(),
    order: z.enum(['asc', 'desc']).optional(),
  })
  .strict()
  .meta({ id: 'FilterFields' });
export type FilterFields = z.infer<typeof FilterFields>;

/** A filter that the tenant shares. */
export const SavedFilter = z
  .object({
    id: z.uuid(),
    name: z.string(),
    filter: FilterFields,
    search: z
      .string()
      .describe('The same as a query string, for links: `?` and this after the address of the clusters page'),
    createdBy: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: 'SavedFilter' });
export type SavedFilter = z.infer<typeof SavedFilter>;

/** Path parameter of a saved filter. */
export const SavedFilterParams = z.object({ id: z.uuid() });
export type SavedFilterParams = z.infer<typeof SavedFilterParams>;

/** A filter to keep. Its name is free in the tenant. */
export const CreateSavedFilterRequest = z.object({ name: FilterName, filter: FilterFields });
export type CreateSavedFilterRequest = z.infer<typeof CreateSavedFilterRequest>;

/** Another name for a filter. */
export const RenameSavedFilterRequest = z.object({ name: FilterName });
export type RenameSavedFilterRequest = z.infer<typeof RenameSavedFilterRequest>;

/** All saved filters, by name. */
export const ListSavedFiltersResponse = z
  .object({ savedFilters: z.array(SavedFilter) })
  .meta({ id: 'ListSavedFiltersResponse' });
export type ListSavedFiltersResponse = z.infer<typeof ListSavedFiltersResponse>;

/** A filter that one person keeps; nobody else sees it. */
export const PersonalFilter = z
  .object({ id: z.uuid(), name: z.string(), filter: FilterFields, updatedAt: Timestamp })
  .meta({ id: 'PersonalFilter' });
export type PersonalFilter = z.infer<typeof PersonalFilter>;

/** A filter to keep for oneself, in place of the one that had its name. */
export const SavePersonalFilterRequest = z.object({ name: FilterName, filter: FilterFields });
export type SavePersonalFilterRequest = z.infer<typeof SavePersonalFilterRequest>;

/** The caller's own filters, by name. */
export const ListPersonalFiltersResponse = z
  .object({ personalFilters: z.array(PersonalFilter) })
  .meta({ id: 'ListPersonalFiltersResponse' });
export type ListPersonalFiltersResponse = z.infer<typeof ListPersonalFiltersResponse>;

/** A filter of one's own that is gone. */
export const DeletePersonalFilterResponse = z.object({ id: z.uuid() }).meta({ id: 'DeletePersonalFilterResponse' });
export type DeletePersonalFilterResponse = z.infer<typeof DeletePersonalFilterResponse>;

/** A saved filter that was hidden. */
export const DeleteSavedFilterResponse = z.object({ id: z.uuid() }).meta({ id: 'DeleteSavedFilterResponse' });
export type DeleteSavedFilterResponse = z.infer<typeof DeleteSavedFilterResponse>;
