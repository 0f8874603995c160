import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Input, RadioButtonGroup, TextArea, useStyles2 } from '@grafana/ui';
import type { TimeRangeQuery } from '@loghunter/contracts';
import React, { useId, useRef, useState, type FormEvent, type KeyboardEvent } from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { LevelChips } from '../../ui/LevelChips';
import { usePageKeys } from '../../ui/use-page-keys';
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
  /** The search that runs is to be given up. */
  readonly onCancel: () => void;
}

/** What to look for. A search costs the log store something: it runs when asked to, not while typing. */
export function SearchForm({ settings, isLoading, range, isLive, onSearch, onLive, onCancel }: SearchFormProps) {
  const styles = useStyles2(getStyles);
  const inputId = useId();
  const queryRef = useRef<HTMLTextAreaElement>(null);
  const textRef = useRef<HTMLInputElement>(null);
  usePageKeys({ '/': () => (queryRef.current ?? textRef.current)?.focus() });
  const [wanted, setWanted] = useWantedSettings(settings);
  const isLogql = wanted.mode === 'logql';

  function goTo(position: number) {
    queryRef.current?.focus();
    queryRef.current?.setSelectionRange(position, position + 1);
  }

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
              ref={queryRef}
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
              ref={textRef}
              value={wanted.text}
              maxLength={1000}
              aria-label={t('search.text', 'Part of a line')}
              placeholder={t('search.text-placeholder', 'Part of a line, such as connection refused')}
              data-testid={testIds.search.text}
              onChange={(event) => setWanted({ ...wanted, text: event.currentTarget.value })}
            />
          )}
        </div>
        <Button type="submit" icon="search">
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
        <Button
          type="button"
          variant="secondary"
          fill="text"
          icon="times"
          // Keeps its place: a refresh must not move the form.
          className={isLoading ? undefined : styles.hidden}
          onClick={onCancel}
        >
          {t('search.cancel', 'Cancel')}
        </Button>
      </div>
      {isLogql && <QueryCheck query={wanted.logql} range={range} onGoTo={goTo} />}
      <LevelChips levels={wanted.levels} onChange={(levels) => setWanted({ ...wanted, levels })} />
    </form>
  );
}

/** What stands in the form; another search, such as a saved one, takes its place without a new form, which would lose the focus. */
function useWantedSettings(settings: SearchSettings) {
  const [shown, setShown] = useState(settings);
  const [wanted, setWanted] = useState(settings);
  if (shown !== settings) {
    setShown(settings);
    setWanted(settings);
  }
  return [wanted, setWanted] as const;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    form: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    row: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: theme.spacing(1) }),
    field: css({ flex: '1 1 320px', minWidth: 0 }),
    hidden: css({ visibility: 'hidden' }),
    query: css({ fontFamily: theme.typography.fontFamilyMonospace }),
  };
}
