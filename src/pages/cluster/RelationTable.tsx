import { useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import { t } from '../../translations';
import { NamedClusterLink } from './NamedClusterLink';
import { getRelationStyles } from './relation-style';

/** A figure of each cluster. */
interface Figure<Cluster> {
  readonly title: string;
  readonly hint?: string;
  readonly draw: (cluster: Cluster) => ReactNode;
}

interface RelationTableProps<Cluster> {
  readonly label: string;
  readonly rowTestId: string;
  readonly clusters: readonly Cluster[];
  readonly figures: ReadonlyArray<Figure<Cluster>>;
}

type NamedCluster = Parameters<typeof NamedClusterLink>[0]['cluster'] & { readonly service: string };

/** Other clusters with their services, and how they belong to the one that is shown. */
export function RelationTable<Cluster extends NamedCluster>(props: RelationTableProps<Cluster>) {
  const { label, rowTestId, clusters, figures } = props;
  const styles = useStyles2(getRelationStyles);
  return (
    <div className={styles.frame}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('cluster.related.cluster', 'Cluster')}</th>
            <th scope="col" className={styles.service}>
              {t('cluster.related.service', 'Service')}
            </th>
            {figures.map(({ title, hint }) => (
              <th key={title} scope="col" className={styles.figure} title={hint}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {clusters.map((cluster) => (
            <tr key={cluster.id} className={styles.row} data-testid={rowTestId}>
              <td>
                <NamedClusterLink cluster={cluster} />
              </td>
              <td>{cluster.service}</td>
              {figures.map(({ title, hint, draw }) => (
                <td key={title} title={hint}>
                  {draw(cluster)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
