import { AppEvents, type AlertErrorPayload, type AlertPayload, type EventBusSrv } from '@grafana/data';
import { Alert, Stack } from '@grafana/ui';
import { useEffect, useState } from 'react';

interface Toast {
  readonly id: number;
  readonly severity: 'error' | 'warning' | 'success';
  readonly text: string;
}

/** As long as Grafana's own stay. */
const shownMs = 5000;

let lastId = 0;

/** Failed calls that nobody handles, at the top right, as Grafana shows them. */
export function Toasts({ events }: { events: EventBusSrv }) {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  useEffect(() => {
    function show(severity: Toast['severity'], payload: AlertPayload | AlertErrorPayload = ['']) {
      const toast = {
        id: ++lastId,
        severity,
        text: payload
          .filter((part) => part !== undefined)
          .map(String)
          .join(': '),
      };
      setToasts((shown) => [...shown, toast]);
      setTimeout(() => setToasts((shown) => shown.filter(({ id }) => id !== toast.id)), shownMs);
    }
    // The host lives as long as the page: nothing has to be unsubscribed.
    events.on(AppEvents.alertError, (payload) => show('error', payload));
    events.on(AppEvents.alertWarning, (payload) => show('warning', payload));
    events.on(AppEvents.alertSuccess, (payload) => show('success', payload));
  }, [events]);
  return (
    <div style={{ position: 'fixed', top: 48, right: 16, zIndex: 2000, width: 400 }} aria-live="assertive">
      <Stack direction="column">
        {toasts.map(({ id, severity, text }) => (
          <Alert key={id} severity={severity} title={text} elevated />
        ))}
      </Stack>
    </div>
  );
}
