import { useEffect, useState } from 'react';

/** Often enough for "12 s ago", seldom enough to cost nothing. */
const tickMs = 5000;

/** Milliseconds since 1970, moving on while the component is shown, so that relative times do not freeze. */
export function useNowMs(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
