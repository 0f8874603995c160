import React, { useState } from 'react';
import { useLive } from '../../api/live';
import { moveRangeOn } from '../../scenes/request-range';
import { testIds } from '../../test-ids';
import { NewsButton } from '../../ui/NewsButton';
import { ownChanges } from '../../work-list/own-changes';
import type { ClusterListModel } from './list-model';

/** More changes at once than this come from a bulk action: the list is worth another look as a whole. */
const maxSingleChanges = 20;

/**
 * Hears what others do. Clusters in view change where they stand; what came to the list or left it waits for a click,
 * so that nothing moves under the reader.
 */
export function ListNews({ model }: { model: ClusterListModel }) {
  const { request } = model.useState();
  const [newsFor, setNewsFor] = useState<typeof request.answer>();
  async function hearWork(ids: readonly string[]) {
    if (await ownChanges.isOwn(ids)) {
      return;
    }
    if (ids.length <= maxSingleChanges) {
      void model.reloadWorks(ids);
    }
    if (ids.length > maxSingleChanges || ids.some((id) => !isLoaded(model, id))) {
      setNewsFor(model.state.request.answer);
    }
  }
  useLive(({ topic, ids }) => {
    if (topic === 'gap' || topic === 'cluster-rule') {
      setNewsFor(model.state.request.answer);
    } else if (topic === 'cluster-work') {
      void hearWork(ids);
    }
  });
  // It may have come after the end of the range.
  function show() {
    if (!moveRangeOn(model)) {
      model.refresh();
    }
  }
  // A newer answer holds the news already.
  if (newsFor === undefined || newsFor !== request.answer) {
    return null;
  }
  return <NewsButton onShow={show} testId={testIds.clusters.newcomers} />;
}

function isLoaded({ state }: ClusterListModel, id: string): boolean {
  return [...state.window.values()].flat().some((cluster) => cluster.id === id);
}
