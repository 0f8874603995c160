import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, LinkButton, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { saveFile } from '../../api/download';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { rootCauseHref } from '../../incident-paths';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { ProblemNotice } from '../../ui/ProblemNotice';
import type { CasePartProps } from './case-part';

/** Out of a case: a link, a post-mortem draft, a further analysis. */
export function CaseWays({ investigation, onChanged }: CasePartProps) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const { id, incidentId, services, range } = investigation;
  const download = useAction(async () => {
    const { fileName, markdown } = await serverClient().exportInvestigation({ id });
    saveFile(new Blob([markdown], { type: 'text/markdown' }), fileName);
  });
  const [annotated, setAnnotated] = useState('');
  const annotate = useAction(async () => {
    const { text } = await serverClient().annotateInvestigation({ id });
    setAnnotated(text);
    onChanged();
  });
  const start =
    incidentId === null
      ? { service: services[0] ?? '', ...range, investigation: id }
      : { incident: incidentId, investigation: id };
  return (
    <div className={styles.ways}>
      <CopyButton
        label={t('investigations.case.copy-link', 'Copy link')}
        icon="link"
        hasWords
        text={() => window.location.href}
      />
      <Button
        size="sm"
        variant="secondary"
        icon="download-alt"
        disabled={download.isBusy}
        onClick={() => void download.run()}
      >
        {t('investigations.case.export', 'Export as Markdown')}
      </Button>
      {mayEdit === true && (
        <Button
          size="sm"
          variant="secondary"
          icon="tag-alt"
          disabled={annotate.isBusy}
          tooltip={t('investigations.case.annotate-hint', "Shows the case on Grafana's graphs, with its time")}
          onClick={() => void annotate.run()}
        >
          {annotated === ''
            ? t('investigations.case.annotate', 'Annotate Grafana')
            : t('investigations.case.annotated', 'Annotated')}
        </Button>
      )}
      {mayEdit === true && (
        <LinkButton size="sm" icon="search" href={rootCauseHref(start)}>
          {t('investigations.case.analyse', 'Find root cause')}
        </LinkButton>
      )}
      {annotate.error && <ProblemNotice error={annotate.error} />}
      {download.error && <ProblemNotice error={download.error} />}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    ways: css({ marginInlineStart: 'auto', display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  };
}
