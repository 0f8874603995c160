import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { GetClusterResponse } from '@loghunter/contracts';
import React from 'react';
import { FoldedText } from '../../ui/FoldedText';
import { levelColor } from '../../ui/level-style';
import { LevelMark } from '../../ui/LevelMark';
import { cutParts, templatePlainText } from '../../ui/template-cut';
import { TemplateText } from '../../ui/TemplateText';
import { ClusterActions } from './ClusterActions';

interface ClusterHeaderProps {
  readonly answer: GetClusterResponse;
  readonly model: SceneObject;
}

/** What the page is about: the template at reading size, and the ways out to its lines. */
export function ClusterHeader({ answer, model }: ClusterHeaderProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { cluster, query } = answer;
  return (
    <header className={styles.header} style={{ borderLeftColor: levelColor(cluster.level, theme) }}>
      <div className={styles.top}>
        <LevelMark level={cluster.level} />
        <ClusterActions clusterId={cluster.id} query={query} model={model} />
      </div>
      <div className={styles.template}>
        <FoldedText
          text={templatePlainText(cluster.template)}
          render={(endOffset) => <TemplateText parts={cutParts(cluster.template, endOffset)} />}
        />
      </div>
    </header>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    header: css({
      padding: theme.spacing(1, 1.5, 1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderLeft: '4px solid',
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
    }),
    top: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
    }),
    template: css({ marginTop: theme.spacing(1), '& > span': { fontSize: theme.typography.body.fontSize } }),
  };
}
