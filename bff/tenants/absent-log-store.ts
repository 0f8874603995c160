import { PortError, type LogStore, type OutsideSystem } from '@loghunter/ports';

/** Stands for the logs of a tenant that has none: every call throws `PortError` `not-supported`. Never another tenant's logs instead. */
export function createAbsentLogStore(system: OutsideSystem): LogStore {
  function refuse(): PortError {
    return new PortError({
      system,
      kind: 'not-supported',
      message: 'This tenant has no logs yet: whoever runs LogHunter gives it a tenant id of Loki',
    });
  }
  const reject = () => Promise.reject(refuse());
  return {
    readEntries: () => {
      throw refuse();
    },
    findEntries: reject,
    countEntries: reject,
    countByLabels: reject,
    listLabelNames: reject,
    listLabelValues: reject,
    listStreams: reject,
    readStats: reject,
    push: reject,
    ping: reject,
  };
}
