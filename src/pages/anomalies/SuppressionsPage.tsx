import { css } from '@emotion/css';
import { dateTimeFormat } from '@grafana/data';
import { Button, EmptyState, useStyles2 } from '@grafana/ui';
import type { ListSuppressionsResponse, Suppression } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { anomalyEventHref } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { clusterHref } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { exactCount } from '../../ui/number-format';
import { PageBody } from '../../ui/PageBody';
import { getPlainTableStyles } from '../../ui/plain-table-style';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { kindWord } from './anomaly-words';

/** What is held back after feedback, until when, and by whom. */
export function SuppressionsPage({ timeZone }: { timeZone: string }) {
  const request = useRequest<ListSuppressionsResponse>('suppressions', (signal) =>
    serverClient().listSuppressions({}, signal)
  );
  const action = useAction(async (id: string) => {
    await serverClient().deleteSuppression({ id });
    request.reload();
  });
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.anomalies.suppressions}
      loadingLabel={t('anomalies.suppressions.loading', 'Loading what is held back')}
    >
      {({ suppressions }) => (
        <>
          {action.error && <ProblemNotice error={action.error} />}
          {suppressions.length === 0 ? (
            <div data-testid={testIds.empty}>
              <EmptyState variant="completed" message={t('anomalies.suppressions.none', 'Nothing is held back')}>
                {t(
                  'anomalies.suppressions.none-hint',
                  'Thumbs down on an event holds its like back for a while; it is then listed here and can be let through again.'
                )}
              </EmptyState>
            </div>
          ) : (
            <SuppressionTable
              suppressions={suppressions}
              timeZone={timeZone}
              isBusy={action.isBusy}
              onRemove={(id) => void action.run(id)}
            />
          )}
        </>
      )}
    </PageBody>
  );
}

interface SuppressionTableProps {
  readonly suppressions: readonly Suppression[];
  readonly timeZone: string;
  readonly isBusy: boolean;
  readonly onRemove: (id: string) => void;
}

function SuppressionTable({ suppressions, timeZone, isBusy, onRemove }: SuppressionTableProps) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={t('anomalies.suppressions.label', 'What is held back')}>
        <thead>
          <tr>
            <th scope="col">{t('anomalies.suppressions.what', 'What')}</th>
            <th scope="col">{t('anomalies.suppressions.reason', 'Why')}</th>
            <th scope="col" className={own.by}>
              {t('anomalies.suppressions.by', 'By')}
            </th>
            <th scope="col" className={own.until}>
              {t('anomalies.suppressions.until', 'Until')}
            </th>
            <th scope="col" className={own.count}>
              {t('anomalies.suppressions.count', 'Held back')}
            </th>
            <th scope="col" className={own.action}>
              <span className={own.spoken}>{t('anomalies.suppressions.actions', 'Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {suppressions.map((suppression) => (
            <tr key={suppression.id} data-testid={incidentTestIds.anomalies.suppression}>
              <td>
                <strong>{kindWord(suppression.kind)}</strong> · {suppression.service}
                {suppression.clusterId !== null && (
                  <>
                    {' · '}
                    <a href={clusterHref(suppression.clusterId, '')} className={own.link}>
                      {t('anomalies.suppressions.cluster', 'one cluster')}
                    </a>
                  </>
                )}
                {suppression.eventId !== null && (
                  <>
                    {' · '}
                    <a href={anomalyEventHref(suppression.eventId)} className={own.link}>
                      {t('anomalies.suppressions.event', 'the event')}
                    </a>
                  </>
                )}
              </td>
              <td>{suppression.reason || <em>{t('anomalies.suppressions.no-reason', 'no reason given')}</em>}</td>
              <td>{suppression.createdBy}</td>
              <td>{dateTimeFormat(suppression.expiresAt, { timeZone, format: 'YYYY-MM-DD HH:mm' })}</td>
              <td className={styles.number}>{exactCount(suppression.heldBackCount)}</td>
              <td>
                <Button
                  size="sm"
                  variant="secondary"
                  disabled={mayEdit !== true || isBusy}
                  tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
                  onClick={() => onRemove(suppression.id)}
                >
                  {t('anomalies.suppressions.remove', 'Let through')}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function getStyles() {
  return {
    by: css({ width: 120 }),
    until: css({ width: 140 }),
    count: css({ width: 92 }),
    action: css({ width: 118 }),
    link: css({ textDecoration: 'underline' }),
    spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  };
}
