import type { CompareClustersResponse } from '@loghunter/contracts';
import { t } from '../../translations';
import type { CompareSettings } from './compare-settings';

/** What the two sides of a comparison are called. */
export interface SideNames {
  readonly before: string;
  readonly after: string;
}

/** Names of the sides: their service or value, or before and after, with the deploy that lies between. */
export function sideNames(
  { subject, label, left, right }: CompareSettings,
  { deploy }: Pick<CompareClustersResponse, 'deploy'>
): SideNames {
  if (subject === 'service') {
    return { before: left, after: right };
  }
  if (subject === 'label') {
    return { before: `${label}=${left}`, after: `${label}=${right}` };
  }
  if (deploy === null) {
    return { before: t('compare.sides.before', 'Before'), after: t('compare.sides.after', 'After') };
  }
  const name = `${deploy.service} ${deploy.version}`;
  return {
    before: t('compare.sides.beforeDeploy', 'Before {{name}}', { name }),
    after: t('compare.sides.afterDeploy', 'After {{name}}', { name }),
  };
}
