import { z } from 'zod';
import { guardPromql } from '@loghunter/engine/promql';
import { optionalSetting, setting } from './setting.ts';
import { HttpAddress, SecretText } from './values.ts';

const OrgId = z.string().regex(/^[A-Za-z0-9!_.*'()|-]{1,150}$/, 'must be a tenant id');

/** PromQL in the form in which it is sent. */
const LoadQuery = z.string().transform((text, context): string => {
  const guarded = guardPromql(text, { forced: [] });
  if (guarded.kind === 'allowed') {
    return guarded.text;
  }
  for (const { message } of guarded.refusals) {
    context.addIssue({ code: 'custom', message, input: text });
  }
  return text;
});

/** Settings of traces and metrics, which analyses of the configured tenant look at beside its lines. */
export const signalEnvironment = {
  LOGHUNTER_TRACES_URL: optionalSetting(HttpAddress, {
    description: 'Address of a store of traces, such as http://tempo:3200 or http://jaeger:16686.',
    whenUnset: 'analyses look at no spans',
  }),
  LOGHUNTER_TRACES_KIND: setting(z.enum(['tempo', 'jaeger'], 'must be tempo or jaeger'), {
    default: 'tempo',
    description: 'What answers there: Tempo, or the query service of Jaeger.',
  }),
  LOGHUNTER_TRACES_ORG_ID: optionalSetting(OrgId, { description: 'Sent to the store of traces as X-Scope-OrgID.' }),
  LOGHUNTER_TRACES_TOKEN: optionalSetting(SecretText, {
    description: 'Bearer token for the store of traces.',
    isSecret: true,
  }),
  LOGHUNTER_METRICS_URL: optionalSetting(HttpAddress, {
    description: 'Address of a Prometheus, or of what has its API, up to, not including, /api/v1.',
    whenUnset: 'analyses look at no metrics',
  }),
  LOGHUNTER_METRICS_ORG_ID: optionalSetting(OrgId, { description: 'Sent to Prometheus as X-Scope-OrgID.' }),
  LOGHUNTER_METRICS_TOKEN: optionalSetting(SecretText, { description: 'Bearer token for Prometheus.', isSecret: true }),
  LOGHUNTER_METRICS_LOAD_QUERY: setting(LoadQuery, {
    default: '100 * sum by (job) (rate(process_cpu_seconds_total[2m]))',
    description:
      'PromQL that gives the processor load of each service in percent. A label of LOGHUNTER_SERVICE_LABELS, or else `job`, names the service.',
  }),
};
