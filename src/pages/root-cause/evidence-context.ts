import type { EvidencePack, Finding, QuotedLine } from '@loghunter/contracts';
import { createContext, useContext, useMemo, useState } from 'react';

/** The evidence of a page, and which findings show their lines: any claim can open what it stands on. */
export interface Evidence {
  readonly findings: ReadonlyMap<string, Finding>;
  readonly lines: ReadonlyMap<string, QuotedLine>;
  readonly openIds: ReadonlySet<string>;
  readonly toggle: (findingId: string) => void;
  /** Opens a finding, or that of a line, and brings it into view. */
  readonly show: (id: string) => void;
}

const nothing: Evidence = {
  findings: new Map(),
  lines: new Map(),
  openIds: new Set(),
  toggle: () => undefined,
  show: () => undefined,
};

export const EvidenceContext = createContext<Evidence>(nothing);

export function useEvidence(): Evidence {
  return useContext(EvidenceContext);
}

/** The strongest finding shows its lines at once: the first claim comes with its proof. */
export function useEvidenceOf({ findings, lines }: EvidencePack): Evidence {
  const [openIds, setOpenIds] = useState<ReadonlySet<string>>(new Set(findings.slice(0, 1).map(({ id }) => id)));
  return useMemo(() => {
    const lineById = new Map(lines.map((line) => [line.id, line]));
    return {
      findings: new Map(findings.map((finding) => [finding.id, finding])),
      lines: lineById,
      openIds,
      toggle: (findingId) =>
        setOpenIds((open) =>
          open.has(findingId) ? new Set([...open].filter((id) => id !== findingId)) : new Set([...open, findingId])
        ),
      show: (id) => {
        const findingId = lineById.get(id)?.findingId ?? id;
        setOpenIds((open) => new Set([...open, findingId]));
        // The lines open with the next drawing.
        requestAnimationFrame(() => bringIntoView(lineById.has(id) ? lineElementId(id) : findingElementId(findingId)));
      },
    };
  }, [findings, lines, openIds]);
}

function bringIntoView(elementId: string): void {
  const element = document.getElementById(elementId);
  element?.scrollIntoView({ block: 'center', behavior: 'smooth' });
  element?.focus({ preventScroll: true });
}

export function findingElementId(findingId: string): string {
  return `finding-${findingId}`;
}

export function lineElementId(lineId: string): string {
  return `line-${lineId}`;
}
