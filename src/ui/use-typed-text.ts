import { useEffect, useState } from 'react';
import { useStable } from './use-stable';

/** Keys of a word typed without pause follow each other faster; longer would be felt as waiting for the answer. */
const typingPauseMs = 150;

/** Text that is being typed: applied after a pause, and taken over when it is changed from outside, such as by the back button. */
export function useTypedText(applied: string, onApply: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState(applied);
  const [known, setKnown] = useState(applied);
  const apply = useStable(onApply);
  if (known !== applied) {
    setKnown(applied);
    setTyped(applied);
  }
  useEffect(() => {
    if (typed === applied) {
      return undefined;
    }
    const timer = setTimeout(() => apply(typed), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, applied, apply]);
  return [typed, setTyped];
}
