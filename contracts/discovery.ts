import { z } from 'zod';
import { repeated, TimeRangeQuery } from './time.ts';

/** Query of the services. */
export const ListServicesRequest = z.object({
  namespace: repeated(z.string().max(2048), 50).describe('Only services of these namespaces'),
});
export type ListServicesRequest = z.infer<typeof ListServicesRequest>;

/** Services with their namespaces, sorted. */
export const ListServicesResponse = z
  .object({ services: z.array(z.object({ service: z.string(), namespace: z.string() })) })
  .meta({ id: 'ListServicesResponse' });
export type ListServicesResponse = z.infer<typeof ListServicesResponse>;

/** Query of the label names: a time range. */
export const ListLabelNamesRequest = TimeRangeQuery;
/** Query of the label names. */
export type ListLabelNamesRequest = TimeRangeQuery;

/** Label names, sorted. */
export const ListLabelNamesResponse = z.object({ names: z.array(z.string()) }).meta({ id: 'ListLabelNamesResponse' });
export type ListLabelNamesResponse = z.infer<typeof ListLabelNamesResponse>;

/** Path parameter of a label: Prometheus' rule for label names. */
export const LabelParams = z.object({
  name: z
    .string()
    .max(1024)
    .regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/),
});
export type LabelParams = z.infer<typeof LabelParams>;

/** Query of a label's values: a time range. */
export const ListLabelValuesRequest = TimeRangeQuery;
/** Query of a label's values. */
export type ListLabelValuesRequest = TimeRangeQuery;

/** Values of a label, sorted, 5,000 at most. */
export const ListLabelValuesResponse = z
  .object({ values: z.array(z.string()), isTruncated: z.boolean().describe('More than 5,000 values exist') })
  .meta({ id: 'ListLabelValuesResponse' });
export type ListLabelValuesResponse = z.infer<typeof ListLabelValuesResponse>;
