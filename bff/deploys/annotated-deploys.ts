import type { AnnotationBoard, Clock, DeployStore, StoredAnnotation } from '@loghunter/ports';

/** What reading deploys from annotations needs. */
export interface AnnotatedDeployParts {
  readonly tenantId: string;
  readonly board: AnnotationBoard;
  readonly deploys: DeployStore;
  readonly clock: Clock;
  readonly observeFailure: (error: unknown) => void;
}

const intervalMs = 60_000;
/** Annotations come late, and servers stop: what is there already is not kept twice. */
const lookBackMs = 2 * 3_600_000;
const maxCharacters = 200;
/** What is behind it is no name of a version. */
const maxTextCharacters = 1000;

/** Reads annotations tagged `deploy` as deploys, again and again. Returns what stops it. */
export function startReadingDeploys(parts: AnnotatedDeployParts): () => Promise<void> {
  const stop = new AbortController();
  async function loop(): Promise<void> {
    while (!stop.signal.aborted) {
      await readDeploys(parts).catch(parts.observeFailure);
      await parts.clock.sleep(intervalMs, stop.signal);
    }
  }
  const running = loop();
  return async () => {
    stop.abort();
    await running;
  };
}

/** Keeps what the annotations of the last two hours say. Returns how many deploys they are. */
export async function readDeploys({ tenantId, board, deploys, clock }: AnnotatedDeployParts): Promise<number> {
  const nowMs = clock.nowMs();
  const found = await board.find(['deploy'], { fromMs: nowMs - lookBackMs, toMs: nowMs });
  const read = found.flatMap(toDeploy);
  for (const deploy of read) {
    await deploys.create(tenantId, deploy);
  }
  return read.length;
}

// As tools write them: `service:checkout`, `service=checkout`, `version: v2.41.0`.
function readTag({ tags }: StoredAnnotation, names: readonly string[]): string {
  for (const tag of tags) {
    const [, name = '', value = ''] = /^([\w-]+)\s*[:=]\s*(.+)$/.exec(tag) ?? [];
    if (names.includes(name.toLowerCase())) {
      return value.trim().slice(0, maxCharacters);
    }
  }
  return '';
}

/** A deploy, when the annotation says of which service. Without a version its text stands for it. */
function toDeploy(annotation: StoredAnnotation): ReadonlyArray<Parameters<DeployStore['create']>[1]> {
  const service = readTag(annotation, ['service', 'service_name', 'app']);
  const version = readTag(annotation, ['version', 'release', 'tag', 'commit']);
  const text = annotation.text
    .slice(0, maxTextCharacters)
    .replace(/(?:<[^>]*>|\s)+/g, ' ')
    .trim();
  if (service === '') {
    return [];
  }
  return [
    {
      ...{ service, namespace: readTag(annotation, ['namespace', 'env', 'environment']) },
      version: (version === '' ? text : version).slice(0, maxCharacters) || 'unknown',
      ...{ deployedAtMs: annotation.fromMs, link: null, source: 'grafana' },
      createdBy: { kind: 'installation', id: 'grafana-annotations', name: "Grafana's annotations" },
    },
  ];
}
