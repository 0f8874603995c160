import { OrgRole } from '@grafana/data';
import { config } from '@grafana/runtime';

/** Whether Grafana says that the reader may change things. Only spares useless clicks: the server decides. */
export function mayEdit(): boolean {
  const { orgRole } = config.bootData.user;
  return orgRole === OrgRole.Editor || orgRole === OrgRole.Admin;
}
