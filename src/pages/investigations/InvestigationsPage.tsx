import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph } from '@grafana/scenes';
import { Button, EmptyState, Pagination, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import type { InvestigationState, ListInvestigationsRequest, ListInvestigationsResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { useLive } from '../../api/live';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { incidentTestIds } from '../../incident-test-ids';
import type { UrlPageViewProps } from '../../scenes/UrlPage';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { PageBody } from '../../ui/PageBody';
import { TextFilter } from '../../ui/TextFilter';
import { InvestigationTable } from './InvestigationTable';
import { investigationPageSize, investigationStates, type InvestigationSettings } from './investigation-settings';
import { NewInvestigation } from './NewInvestigation';
import { stateWord } from './StateMark';

export function InvestigationsPage({ settings, onChange, model }: UrlPageViewProps<InvestigationSettings>) {
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const { state, text, page } = settings;
  const query = {
    ...(state === undefined ? {} : { state }),
    text,
    limit: investigationPageSize,
    offset: (page - 1) * investigationPageSize,
  };
  const request = useRequest<ListInvestigationsResponse>(JSON.stringify(query), (signal) => loadPage(query, signal));
  useLive(({ topic }) => (topic === 'gap' || topic === 'investigation' ? request.reload() : undefined));
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.investigations.page}
      loadingLabel={t('investigations.list.loading', 'Loading investigations')}
    >
      {(list) => <LoadedList {...{ list, settings, onChange, timeZone }} />}
    </PageBody>
  );
}

async function loadPage(query: ListInvestigationsRequest, signal: AbortSignal): Promise<ListInvestigationsResponse> {
  const list = await serverClient().listInvestigations(query, signal);
  if (list.investigations.length > 0 || list.totalCount === 0) {
    return list;
  }
  // A link to a page that is no more, because there are fewer investigations now, shows the last one.
  const lastOffset = Math.floor((list.totalCount - 1) / investigationPageSize) * investigationPageSize;
  return serverClient().listInvestigations({ ...query, offset: lastOffset }, signal);
}

interface LoadedListProps {
  readonly list: ListInvestigationsResponse;
  readonly settings: InvestigationSettings;
  readonly onChange: (change: Partial<InvestigationSettings>) => void;
  readonly timeZone: string;
}

function LoadedList({ list, settings, onChange, timeZone }: LoadedListProps) {
  const styles = useStyles2(getStyles);
  const pageCount = Math.max(1, Math.ceil(list.totalCount / investigationPageSize));
  const isFiltered = settings.state !== undefined || settings.text !== '';
  return (
    <>
      <Toolbar settings={settings} onChange={onChange} />
      {list.investigations.length === 0 ? (
        <div data-testid={testIds.empty}>
          <EmptyState
            variant={isFiltered ? 'not-found' : 'call-to-action'}
            hideImage={!isFiltered}
            message={
              isFiltered
                ? t('investigations.list.none-match', 'No investigation matches')
                : t('investigations.list.none', 'No investigation yet')
            }
          >
            {!isFiltered &&
              t(
                'investigations.list.none-hint',
                'Open one from an incident, from an analysis, or here. It keeps lines, comments and findings when the logs themselves are gone.'
              )}
          </EmptyState>
        </div>
      ) : (
        <InvestigationTable investigations={list.investigations} timeZone={timeZone} />
      )}
      <nav className={styles.pages} aria-label={t('investigations.list.pages', 'Pages of investigations')}>
        <Pagination
          currentPage={Math.min(settings.page, pageCount)}
          numberOfPages={pageCount}
          hideWhenSinglePage
          onNavigate={(page) => onChange({ page })}
        />
      </nav>
    </>
  );
}

type StateChoice = InvestigationState | 'all';

function Toolbar({ settings, onChange }: Pick<LoadedListProps, 'settings' | 'onChange'>) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const [isCreating, setIsCreating] = useState(false);
  const options: Array<{ readonly label: string; readonly value: StateChoice }> = [
    { label: t('investigations.filter.all', 'All'), value: 'all' },
    ...investigationStates.map((state) => ({ label: stateWord(state), value: state })),
  ];
  return (
    <>
      <div className={styles.toolbar}>
        <div className={styles.text}>
          <TextFilter
            label={t('investigations.filter.text', 'Filter by title or resolution')}
            text={settings.text}
            onChange={(text) => onChange({ text, page: 1 })}
          />
        </div>
        <RadioButtonGroup
          aria-label={t('investigations.filter.state', 'State')}
          options={options}
          value={settings.state ?? 'all'}
          onChange={(state: StateChoice) => onChange({ state: state === 'all' ? undefined : state, page: 1 })}
        />
        <Button
          className={styles.create}
          icon="plus"
          disabled={mayEdit !== true}
          tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
          onClick={() => setIsCreating(true)}
        >
          {t('investigations.list.create', 'New investigation')}
        </Button>
      </div>
      {isCreating && <NewInvestigation onClose={() => setIsCreating(false)} />}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    toolbar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    text: css({ flex: '1 1 260px', maxWidth: 480 }),
    create: css({ marginInlineStart: 'auto' }),
    pages: css({ display: 'flex', justifyContent: 'flex-end' }),
  };
}
