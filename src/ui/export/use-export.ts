import type { ExportResult, Job, StartExportRequest } from '@loghunter/contracts';
import { useEffect, useState } from 'react';
import { download, saveFile } from '../../api/download';
import { serverClient } from '../../api/server-client';
import { isCancelled, toServerError, type ServerError } from '../../api/server-error';
import { useJob } from '../../api/use-job';

/** What of the tables is wanted; the format is chosen with the button. */
export type ExportContent = Omit<StartExportRequest, 'format'>;

/** An export of a page: at most one at a time. */
export interface Export {
  /** Undefined: none was begun. */
  readonly job: Job | undefined;
  readonly isStarting: boolean;
  readonly isCancelling: boolean;
  readonly isSaving: boolean;
  readonly error: ServerError | undefined;
  readonly start: (format: StartExportRequest['format'], content: ExportContent) => void;
  readonly cancel: () => void;
  readonly save: () => void;
  readonly forget: () => void;
}

interface Kept {
  readonly jobId: string;
  /** Its file was given to the browser. */
  readonly isSaved: boolean;
}

/** What the job says of its file; null until it is there. */
export function resultOf(job: Job | undefined): ExportResult | null {
  return job?.status === 'succeeded' ? (job.result as ExportResult) : null;
}

/**
 * Begins exports and gives their files to the browser when they are there. The id stays in the tab: who looks at another page meanwhile, or loads
 * this one again, finds the export as it is now.
 */
export function useExport(place: string): Export {
  const key = `loghunter.export.${place}`;
  const [kept, setKept] = useState(() => readKept(key));
  const [isStarting, setIsStarting] = useState(false);
  const [cancelledId, setCancelledId] = useState<string>();
  const [isSaving, setIsSaving] = useState(false);
  const [error, setError] = useState<ServerError>();
  const followed = useJob(kept?.jobId);
  const { job } = followed;
  const result = resultOf(job);

  function keep(next: Kept | undefined) {
    writeKept(key, next);
    setKept(next);
  }

  async function guarded(act: () => Promise<void>, setIsBusy: (isBusy: boolean) => void) {
    setError(undefined);
    setIsBusy(true);
    try {
      await act();
    } catch (thrown) {
      if (!isCancelled(thrown)) {
        setError(toServerError(thrown));
      }
    }
    setIsBusy(false);
  }

  function start(format: StartExportRequest['format'], content: ExportContent) {
    void guarded(async () => {
      const started = await serverClient().startExport({ ...content, format });
      keep({ jobId: started.id, isSaved: false });
    }, setIsStarting);
  }

  function save() {
    if (job === undefined || result === null) {
      return;
    }
    void guarded(async () => {
      keep({ jobId: job.id, isSaved: true });
      saveFile(await download('downloadExport', { id: job.id }), result.fileName);
    }, setIsSaving);
  }

  const isToBeSaved = result !== null && kept?.isSaved === false && kept.jobId === job?.id;
  useEffect(() => {
    const timer = isToBeSaved ? setTimeout(save) : undefined;
    return () => clearTimeout(timer);
    // Once, when the file is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isToBeSaved]);

  function cancel() {
    if (job !== undefined) {
      setCancelledId(job.id);
      serverClient()
        .cancelJob({ id: job.id })
        .catch((thrown: unknown) => {
          setCancelledId(undefined);
          setError(toServerError(thrown));
        });
    }
  }

  function forget() {
    keep(undefined);
    setError(undefined);
  }

  return {
    ...{ job, isStarting, isSaving, start, cancel, save, forget },
    isCancelling: job !== undefined && cancelledId === job.id,
    error: error ?? followed.error,
  };
}

// A browser that keeps nothing forgets the export with the page; the export itself goes on.
function readKept(key: string): Kept | undefined {
  try {
    const text = window.sessionStorage.getItem(key);
    const kept = text === null ? undefined : (JSON.parse(text) as Kept);
    return kept?.isSaved === true ? undefined : kept;
  } catch {
    return undefined;
  }
}

function writeKept(key: string, kept: Kept | undefined): void {
  try {
    if (kept === undefined) {
      window.sessionStorage.removeItem(key);
    } else {
      window.sessionStorage.setItem(key, JSON.stringify(kept));
    }
  } catch {
    return;
  }
}
