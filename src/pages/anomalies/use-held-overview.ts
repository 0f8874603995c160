// The list of incidents stands still under the reader: what came to it, left it or changed places by itself waits for a click.
import type { ListDeploysResponse, ListIncidentsResponse } from '@loghunter/contracts';
import { useRef, useState } from 'react';
import { useRequest, type Requested } from '../../api/use-request';

export interface Overview {
  readonly list: ListIncidentsResponse;
  /** As many as a timeline can hold, whatever page the list is on. */
  readonly timeline: ListIncidentsResponse;
  readonly deploys: ListDeploysResponse;
}

interface Loaded extends Overview {
  /** Nobody asked for it: it came by a push or with the time. */
  readonly isByItself: boolean;
}

interface HeldOverview {
  /** The answer is what is to be shown. */
  readonly request: Requested<Overview>;
  readonly hasNews: boolean;
  readonly showNews: () => void;
  /** Asks anew though no person asked for it, such as by moving the range on; false: there was nothing to ask. */
  readonly askByItself: (ask: () => boolean) => void;
}

/** Loads the overview for a key. What a person asks for is shown at once. */
export function useHeldOverview(key: string, load: (signal: AbortSignal) => Promise<Overview>): HeldOverview {
  const isNextByItself = useRef(false);
  // A push may overtake what a person asked for: that is owed to them until an answer is there.
  const isOwed = useRef(false);
  const request = useRequest<Loaded>(key, async (signal) => {
    isOwed.current ||= !isNextByItself.current;
    isNextByItself.current = false;
    const overview = await load(signal);
    const isByItself = !isOwed.current;
    isOwed.current = false;
    return { ...overview, isByItself };
  });
  const newest = request.answer;
  const [shown, setShown] = useState<Loaded>();
  if (newest !== undefined && newest !== shown && !(newest.isByItself && wouldMove(shown, newest))) {
    setShown(newest);
  }
  const hasNews = shown !== undefined && newest !== undefined && shown !== newest;
  return {
    request: { ...request, answer: hasNews ? withRowsOf(newest, shown) : newest },
    hasNews,
    showNews: () => setShown(newest),
    askByItself(ask) {
      isNextByItself.current = true;
      if (!ask()) {
        isNextByItself.current = false;
      }
    },
  };
}

/** Whether a newer answer has other incidents than those that are shown, or has them in another order. An empty list has nothing to move. */
function wouldMove(shown: Overview | undefined, newest: Overview): boolean {
  const idsOf = ({ list }: Overview) => list.incidents.map(({ id }) => id).join(' ');
  return shown !== undefined && shown.list.incidents.length > 0 && idsOf(shown) !== idsOf(newest);
}

/** The incidents that are shown, each as a newer answer has it. */
function withRowsOf(newest: Overview, shown: Overview): Overview {
  const known = new Map([...newest.timeline.incidents, ...newest.list.incidents].map((row) => [row.id, row]));
  const renew = (answer: ListIncidentsResponse): ListIncidentsResponse => ({
    ...answer,
    detection: newest.list.detection,
    incidents: answer.incidents.map((row) => known.get(row.id) ?? row),
  });
  return { ...shown, list: renew(shown.list), timeline: renew(shown.timeline) };
}
