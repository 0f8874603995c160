import type { GrafanaTheme2 } from '@grafana/data';

/** Types of variables in families that share a hue: a glance tells an address from a quantity. */
const families: ReadonlyArray<{ readonly hue: string; readonly pattern: RegExp }> = [
  { hue: 'blue', pattern: /^(number|integer|float|decimal|size|bytes|percent|duration|quantity|count|version)/i },
  { hue: 'purple', pattern: /^(uuid|hex|hash|id|identifier|token|base64|pointer|trace)/i },
  { hue: 'green', pattern: /^(ip|ipv4|ipv6|host|hostname|mac|url|uri|email|mail|port|address)/i },
  { hue: 'orange', pattern: /^(path|file|directory|quoted|string|word|value|name|key|text)/i },
  { hue: 'yellow', pattern: /^(time|timestamp|date|clock|datetime)/i },
];

export interface VariableColors {
  readonly text: string;
  readonly background: string;
  readonly border: string;
}

/** Colours of a variable place by its type; a type that is not known gets the neutral ones. */
export function variableColors(type: string, theme: GrafanaTheme2): VariableColors {
  const hue = families.find((family) => family.pattern.test(type))?.hue;
  if (hue === undefined) {
    return {
      text: theme.colors.text.secondary,
      background: theme.colors.background.secondary,
      border: theme.colors.border.medium,
    };
  }
  const base = theme.visualization.getColorByName(hue);
  const shade = theme.visualization.getColorByName(theme.isDark ? `light-${hue}` : `dark-${hue}`);
  return {
    // On the light theme's pale grounds even the dark shades are too faint to read: half of the text's own colour makes up for it.
    text: theme.isDark ? shade : `color-mix(in srgb, ${shade} 50%, ${theme.colors.text.maxContrast})`,
    background: `color-mix(in srgb, ${base} 16%, transparent)`,
    border: `color-mix(in srgb, ${base} 38%, transparent)`,
  };
}
