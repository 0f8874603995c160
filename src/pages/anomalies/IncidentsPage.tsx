// The list of incidents: a timeline by severity, filters in the URL, and bulk acknowledgement.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { Pagination, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { useLive } from '../../api/live';
import { serverClient } from '../../api/server-client';
import { useRefresh } from '../../api/use-request';
import { incidentHref } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { moveRangeOn, requestRangeOf } from '../../scenes/request-range';
import { chosenValues, streamVariableNames } from '../../scenes/stream-variable';
import type { UrlPageViewProps } from '../../scenes/UrlPage';
import { t } from '../../translations';
import { CoverageLine } from '../../ui/CoverageLine';
import { ExportMenu } from '../../ui/export/ExportMenu';
import type { ExportContent } from '../../ui/export/use-export';
import { IncidentTimeline } from '../../ui/incident/IncidentTimeline';
import { KeyHelp } from '../../ui/KeyHelp';
import { NewsButton } from '../../ui/NewsButton';
import { PageBody } from '../../ui/PageBody';
import { Section } from '../../ui/Section';
import { DetectionNote } from './DetectionNote';
import { IncidentFilters } from './IncidentFilters';
import { incidentPageSize, withoutIncidentFilters, type IncidentSettings } from './incident-settings';
import { IncidentTable } from './IncidentTable';
import { useIncidentActions } from './IncidentActions';
import { useHeldOverview, type Overview } from './use-held-overview';
import { incidentKeys } from './use-incident-keys';
import { NoIncidents } from './NoIncidents';

/** The server gives no more at once. */
const timelineLimit = 200;

/** Changes are pushed; a range that ends now moves on without them. */
const refreshMs = 60_000;

export function IncidentsPage({ settings, onChange, model }: UrlPageViewProps<IncidentSettings>) {
  // Draws anew when the range moves.
  sceneGraph.getTimeRange(model).useState();
  useServiceVariable(model);
  const query = queryOf(settings, model);
  const held = useHeldOverview(JSON.stringify(query), (signal) => loadOverview(query, signal));
  const { request } = held;
  useLive(({ topic }) => {
    if (topic === 'gap' || topic === 'incident') {
      held.askByItself(() => {
        if (!moveRangeOn(model)) {
          request.reload();
        }
        return true;
      });
    }
  });
  // A range that is written out shows the past, which does not change by itself.
  useRefresh(() => held.askByItself(() => moveRangeOn(model)), refreshMs);
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.anomalies.page}
      loadingLabel={t('anomalies.list.loading', 'Loading incidents')}
    >
      {(overview) => (
        <>
          {held.hasNews && <NewsButton onShow={held.showNews} />}
          <LoadedIncidents {...{ overview, settings, onChange, model }} onReload={request.reload} />
        </>
      )}
    </PageBody>
  );
}

function useServiceVariable(model: SceneObject): void {
  sceneGraph.lookupVariable(streamVariableNames.service, model)?.useState();
}

function queryOf(settings: IncidentSettings, model: SceneObject) {
  const { severities, kinds, state, isUnacknowledgedOnly, assignee, text, page } = settings;
  return {
    ...requestRangeOf(model),
    service: [...chosenValues(model, streamVariableNames.service)],
    severity: [...severities],
    kind: [...kinds],
    ...(state === undefined ? {} : { state }),
    ...(isUnacknowledgedOnly ? { acknowledged: 'false' as const } : {}),
    ...(assignee === '' ? {} : { assignee: [assignee] }),
    ...(text === '' ? {} : { text }),
    limit: incidentPageSize,
    offset: (page - 1) * incidentPageSize,
  };
}

/** The events of the incidents of the list. */
function exportOf({ limit, offset, ...filter }: ReturnType<typeof queryOf>): ExportContent['anomalies'] {
  return filter;
}

async function loadOverview(query: ReturnType<typeof queryOf>, signal: AbortSignal): Promise<Overview> {
  const client = serverClient();
  const { from, to, service } = query;
  const [first, timeline, deploys] = await Promise.all([
    client.listIncidents(query, signal),
    client.listIncidents({ ...query, limit: timelineLimit, offset: 0 }, signal),
    client.listDeploys({ from, to, service, limit: timelineLimit }, signal),
  ]);
  // A link to a page that is no more, because there are fewer incidents now, shows the last one.
  const isBeyond = first.incidents.length === 0 && first.totalCount > 0;
  const lastOffset = Math.floor((first.totalCount - 1) / incidentPageSize) * incidentPageSize;
  const list = isBeyond ? await client.listIncidents({ ...query, offset: lastOffset }, signal) : first;
  return { list, timeline, deploys };
}

interface LoadedIncidentsProps extends UrlPageViewProps<IncidentSettings> {
  readonly overview: Overview;
  readonly onReload: () => void;
}

function LoadedIncidents({ overview, settings, onChange, model, onReload }: LoadedIncidentsProps) {
  const styles = useStyles2(getStyles);
  const { list } = overview;
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const pageCount = Math.max(1, Math.ceil(list.totalCount / incidentPageSize));
  const [chosenIds, setChosenIds] = useState<ReadonlySet<string>>(new Set());
  // Here, because an action may empty the list, and its undo must outlive that.
  const actions = useIncidentActions(() => (setChosenIds(new Set()), onReload()));
  return (
    <>
      {actions.toast}
      <DetectionNote detection={list.detection} timeZone={timeZone} />
      <CoverageLine range={list.range} timeZone={timeZone} />
      <TimelineSection overview={overview} timeZone={timeZone} />
      <div className={styles.filters}>
        <IncidentFilters settings={settings} onChange={(change) => onChange({ ...change, page: 1 })} />
        <div className={styles.aside}>
          <ExportMenu
            place="anomalies"
            timeZone={timeZone}
            content={() => ({ anomalies: exportOf(queryOf(settings, model)) })}
          />
          <KeyHelp rows={incidentKeys} />
        </div>
      </div>
      {list.incidents.length === 0 ? (
        <NoIncidents detection={list.detection} settings={settings} onClear={() => onChange(withoutIncidentFilters)} />
      ) : (
        <>
          <IncidentTable {...{ list, timeZone, chosenIds, actions }} onChoose={setChosenIds} />
          <nav className={styles.pages} aria-label={t('anomalies.list.pages', 'Pages of incidents')}>
            <Pagination
              currentPage={Math.min(settings.page, pageCount)}
              numberOfPages={pageCount}
              hideWhenSinglePage
              onNavigate={(page) => onChange({ page })}
            />
          </nav>
        </>
      )}
    </>
  );
}

function TimelineSection({ overview, timeZone }: { overview: Overview; timeZone: string }) {
  const { timeline, deploys } = overview;
  const { from, to } = timeline.range;
  const hiddenCount = timeline.totalCount - timeline.incidents.length;
  return (
    <Section title={t('anomalies.timeline.title', 'Timeline')} testId={incidentTestIds.anomalies.timeline}>
      <IncidentTimeline
        range={{ fromMs: Date.parse(from), toMs: Date.parse(to) }}
        timeZone={timeZone}
        incidents={timeline.incidents.map((incident) => ({
          id: incident.id,
          severity: incident.severity,
          label: incident.title,
          href: incidentHref(incident.id),
          fromMs: Date.parse(incident.startedAt),
          toMs: incident.endedAt === null ? null : Date.parse(incident.endedAt),
          isAcknowledged: incident.acknowledged !== null,
        }))}
        deploys={deploys.deploys.map(({ id, service, version, deployedAt }) => ({
          id,
          atMs: Date.parse(deployedAt),
          label: `${service} ${version}`,
        }))}
      />
      {hiddenCount > 0 && (
        <p>
          {t(
            'anomalies.timeline.hidden',
            'Drawn are the latest; {{count, number}} older incidents are not. Narrow the range or the filters.',
            {
              count: hiddenCount,
              defaultValue_one:
                'Drawn are the latest; {{count, number}} older incident is not. Narrow the range or the filters.',
            }
          )}
        </p>
      )}
    </Section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    filters: css({
      display: 'flex',
      alignItems: 'flex-start',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
    }),
    aside: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    pages: css({ display: 'flex', justifyContent: 'flex-end', '&:empty': { display: 'none' }, gap: theme.spacing(1) }),
  };
}
