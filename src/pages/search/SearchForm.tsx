import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Input, RadioButtonGroup, TextArea, useStyles2 } from '@grafana/ui';
import type { Level, TimeRangeQuery } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent, type KeyboardEvent } from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { levelsBySeverity } from '../../ui/level-style';
import { LevelMark } from '../../ui/LevelMark';
import { QueryCheck } from './QueryCheck';
import type { SearchSettings } from './search-settings';

interface SearchFormProps {
  readonly settings: SearchSettings;
  readonly isLoading: boolean;
  readonly range: () => Required<TimeRangeQuery>;
  readonly isLive: boolean;
  readonly onSearch: (settings: SearchSettings) => void;
  /** Lines are to be followed as they come. */
  readonly onLive: (settings: SearchSettings) => void;
}

/** What to look for. A search costs the log store something: it runs when asked to, not while typing. */
export function SearchForm({ settings, isLoading, range, isLive, onSearch, onLive }: SearchFormProps) {
  const styles = useStyles2(getStyles);
  const inputId = useId();
  const [wanted, setWanted] = useState(settings);
  const isLogql = wanted.mode === 'logql';

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    onSearch(wanted);
  }

  function handleKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    // As in Explore: Enter alone goes on in the text.
    if (event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSearch(wanted);
    }
  }

  return (
    <form className={styles.form} onSubmit={handleSubmit} role="search">
      <div className={styles.row}>
        <RadioButtonGroup<SearchSettings['mode']>
          aria-label={t('search.mode', 'How to look')}
          options={[
            { value: 'text', label: t('search.mode-text', 'Text') },
            { value: 'logql', label: 'LogQL' },
          ]}
          value={wanted.mode}
          onChange={(mode) => setWanted({ ...wanted, mode })}
        />
        <div className={styles.field}>
          {isLogql ? (
            <TextArea
              id={inputId}
              className={styles.query}
              rows={2}
              value={wanted.logql}
              aria-label={t('search.logql', 'LogQL query')}
              placeholder={'{service_name="checkout"} |= "timeout"'}
              data-testid={testIds.search.logql}
              onChange={(event) => setWanted({ ...wanted, logql: event.currentTarget.value })}
              onKeyDown={handleKey}
            />
          ) : (
            <Input
              id={inputId}
              value={wanted.text}
              maxLength={1000}
              aria-label={t('search.text', 'Part of a line')}
              placeholder={t('search.text-placeholder', 'Part of a line, such as connection refused')}
              data-testid={testIds.search.text}
              onChange={(event) => setWanted({ ...wanted, text: event.currentTarget.value })}
            />
          )}
        </div>
        <Button type="submit" icon="search" disabled={isLoading}>
          {t('search.go', 'Search')}
        </Button>
        <Button
          type="button"
          variant="secondary"
          icon="play"
          disabled={isLive}
          tooltip={t('search.live-tooltip', 'Show lines as they come')}
          onClick={() => onLive(wanted)}
        >
          {t('search.live-start', 'Live')}
        </Button>
      </div>
      {isLogql && <QueryCheck query={wanted.logql} range={range} />}
      <LevelChoice levels={wanted.levels} onChange={(levels) => setWanted({ ...wanted, levels })} />
    </form>
  );
}

interface LevelChoiceProps {
  readonly levels: readonly Level[];
  readonly onChange: (levels: readonly Level[]) => void;
}

function LevelChoice({ levels, onChange }: LevelChoiceProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.levels} role="group" aria-label={t('search.levels', 'Levels')}>
      {levelsBySeverity.map((level) => (
        <button
          key={level}
          type="button"
          aria-pressed={levels.includes(level)}
          className={cx(styles.level, levels.includes(level) && styles.chosen)}
          onClick={() => onChange(levelsBySeverity.filter((known) => (known === level) !== levels.includes(known)))}
        >
          <LevelMark level={level} />
        </button>
      ))}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1) }),
    field: css({ flex: '1 1 320px', minWidth: 0 }),
    query: css({ fontFamily: theme.typography.fontFamilyMonospace }),
    levels: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) }),
    level: css({
      display: 'inline-flex',
      alignItems: 'center',
      height: theme.spacing(theme.components.height.md),
      padding: theme.spacing(0, 1),
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: 'transparent',
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      '&:hover': { background: theme.colors.action.hover, color: theme.colors.text.primary },
    }),
    chosen: css({
      borderColor: theme.colors.primary.border,
      background: theme.colors.action.selected,
      color: theme.colors.text.primary,
    }),
  };
}
