// How trouble went from one service to the next: layers from left to right, most of it plain elements.
import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';
import { layoutGraph, type GraphEdge, type GraphNode, type PlacedNode } from './propagation-layout';

export interface PropagationNode extends GraphNode {
  readonly name: string;
  /** Said below the name, such as when it began there. */
  readonly note: string;
  readonly isSuspect: boolean;
}

export interface PropagationEdge extends GraphEdge {
  readonly label: string;
  /** Drawn dashed: only the order in time speaks for it. */
  readonly isWeak: boolean;
}

interface PropagationGraphProps {
  readonly nodes: readonly PropagationNode[];
  readonly edges: readonly PropagationEdge[];
}

const nodeWidthPx = 168;
const nodeHeightPx = 48;
const columnGapPx = 92;
const rowGapPx = 20;
const marginPx = 8;

export function PropagationGraph({ nodes, edges }: PropagationGraphProps) {
  const styles = useStyles2(getStyles);
  const placed = layoutGraph(nodes, edges);
  const byId = new Map(placed.map((entry) => [entry.node.id, entry]));
  const columnCount = Math.max(0, ...placed.map(({ layer }) => layer + 1));
  const rowCount = Math.max(0, ...placed.map(({ place }) => place + 1));
  const width = columnCount * (nodeWidthPx + columnGapPx) - columnGapPx + 2 * marginPx;
  const height = rowCount * (nodeHeightPx + rowGapPx) - rowGapPx + 2 * marginPx;
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return (
    <>
      {/* The list below says the same to those who do not see the drawing. */}
      <div className={styles.scroll} aria-hidden>
        <div className={styles.drawing} style={{ width, height }}>
          <svg width={width} height={height} className={styles.edges}>
            {edges.map((edge) => {
              const from = byId.get(edge.from);
              const to = byId.get(edge.to);
              return from && to && <Edge key={`${edge.from} ${edge.to}`} edge={edge} from={from} to={to} />;
            })}
          </svg>
          {placed.map((entry) => (
            <Node key={entry.node.id} placed={entry} />
          ))}
        </div>
      </div>
      <ul className={styles.spoken}>
        {edges.map((edge) => (
          <li key={`${edge.from} ${edge.to}`}>
            {t('app.propagation.edge', '{{from}} to {{to}}: {{what}}', {
              from: names.get(edge.from),
              to: names.get(edge.to),
              what: edge.label,
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function Node({ placed }: { placed: PlacedNode<PropagationNode> }) {
  const styles = useStyles2(getStyles);
  const { name, note, isSuspect } = placed.node;
  return (
    <div className={cx(styles.node, isSuspect && styles.suspect)} style={placeOf(placed)} title={`${name}, ${note}`}>
      <div className={styles.name}>{name}</div>
      <div className={styles.note}>{note}</div>
    </div>
  );
}

interface EdgeProps {
  readonly edge: PropagationEdge;
  readonly from: PlacedNode<PropagationNode>;
  readonly to: PlacedNode<PropagationNode>;
}

const arrowPx = 7;

function Edge({ edge, from, to }: EdgeProps) {
  const color = useTheme2().colors.text.secondary;
  const start = placeOf(from);
  const end = placeOf(to);
  const isBack = from.layer >= to.layer;
  const x1 = start.left + (isBack ? nodeWidthPx / 2 : nodeWidthPx);
  const y1 = start.top + (isBack ? nodeHeightPx : nodeHeightPx / 2);
  const x2 = isBack ? end.left + nodeWidthPx / 2 : end.left - arrowPx;
  const y2 = end.top + (isBack ? nodeHeightPx + arrowPx : nodeHeightPx / 2);
  // Sideways out of one node and into the next; an edge that leads back swings below both.
  const bend = isBack ? Math.max(y1, y2) + rowGapPx : (x1 + x2) / 2;
  const path = isBack
    ? `M${x1} ${y1}C${x1} ${bend} ${x2} ${bend} ${x2} ${y2}`
    : `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`;
  const arrow = isBack
    ? `M${x2 - 4} ${y2}L${x2} ${y2 - arrowPx}L${x2 + 4} ${y2}z`
    : `M${x2} ${y2 - 4}L${x2 + arrowPx} ${y2}L${x2} ${y2 + 4}z`;
  return (
    <g>
      <title>{edge.label}</title>
      <path d={path} fill="none" stroke={color} strokeWidth={1.5} strokeDasharray={edge.isWeak ? '4 4' : undefined} />
      <path d={arrow} fill={color} />
    </g>
  );
}

function placeOf({ layer, place }: PlacedNode<PropagationNode>) {
  return {
    left: marginPx + layer * (nodeWidthPx + columnGapPx),
    top: marginPx + place * (nodeHeightPx + rowGapPx),
    width: nodeWidthPx,
    height: nodeHeightPx,
  };
}

function getStyles(theme: GrafanaTheme2) {
  const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;
  return {
    scroll: css({ overflowX: 'auto' }),
    drawing: css({ position: 'relative' }),
    edges: css({ position: 'absolute', inset: 0, overflow: 'visible' }),
    node: css({
      position: 'absolute',
      padding: theme.spacing(0.5, 1),
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    suspect: css({ borderColor: theme.colors.error.border, borderLeftWidth: 4 }),
    name: css({ ...cut, fontWeight: theme.typography.fontWeightMedium }),
    note: css({ ...cut, color: theme.colors.text.secondary }),
    spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
  };
}
