import { useEffect, useState } from 'react';
import { useStable } from './use-stable';

/** Keys of a word typed without pause follow each other faster; longer would be felt as waiting for the answer. */
const typingPauseMs = 150;

/** Text that is being typed: applied after a pause, and taken over when it is changed from outside, such as by the back button. */
export function useTypedText(applied: string, onApply: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(applied);
  const [known, setKnown] = useState(applied);
  /** Applied from here, and not heard of since. */
  const [underWay, setUnderWay] = useState<readonly string[]>([]);
  const apply = useStable(onApply);
  if (known !== applied) {
    const place = underWay.indexOf(applied);
    setKnown(applied);
    setUnderWay(underWay.slice(place === -1 ? underWay.length : place + 1));
    // What comes back of the field's own must not take away what has been typed since.
    if (place === -1) {
      setTyped(applied);
    }
  }
  useEffect(() => {
    if (typed === applied) {
      return undefined;
    }
    const timer = setTimeout(() => {
      setUnderWay((earlier) => [...earlier, typed]);
      apply(typed);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, applied, apply]);
  return [typed, setTyped];
}
