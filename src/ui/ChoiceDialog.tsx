import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { FilterInput, Modal, useStyles2 } from '@grafana/ui';
import React, { useState, type KeyboardEvent, type ReactNode } from 'react';
import { t } from '../translations';
import { useFocusReturn } from './use-focus-return';

export interface Choice {
  readonly key: string;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly choose: () => void;
}

interface ChoiceDialogProps {
  readonly title: string;
  /** What a choice does, and how it is undone, where the title does not say all of it. */
  readonly note?: string;
  /** The choices for what is typed, null as long as they are not known; the text is empty when there is no filter. */
  readonly choices: (text: string) => readonly Choice[] | null;
  readonly filterLabel?: string;
  readonly onClose: () => void;
}

/** A question with a few answers, each one key or click away. */
export function ChoiceDialog({ title, note, choices, filterLabel, onClose }: ChoiceDialogProps) {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState('');
  useFocusReturn();
  const known = choices(text);
  const shown = known ?? [];
  function choose(choice: Choice) {
    onClose();
    choice.choose();
  }
  function handleKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      moveFocus(event.currentTarget, step);
    }
    const [first] = shown;
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && first) {
      event.preventDefault();
      choose(first);
    }
  }
  return (
    <Modal title={title} isOpen onDismiss={onClose} className={styles.modal}>
      <div onKeyDown={handleKeyDown}>
        {note !== undefined && <p className={styles.hint}>{note}</p>}
        {filterLabel !== undefined && (
          <FilterInput
            value={text}
            onChange={setText}
            escapeRegex={false}
            placeholder={filterLabel}
            aria-label={filterLabel}
            autoFocus
          />
        )}
        <ul className={styles.choices} aria-label={title}>
          {shown.map((choice, index) => (
            <li key={choice.key}>
              <button
                type="button"
                className={styles.choice}
                autoFocus={filterLabel === undefined && index === 0}
                onClick={() => choose(choice)}
              >
                <span>{choice.label}</span>
                {choice.hint && <span className={styles.hint}>{choice.hint}</span>}
              </button>
            </li>
          ))}
        </ul>
        {known?.length === 0 && <p className={styles.hint}>{t('ui.choice.none', 'Nothing matches')}</p>}
      </div>
    </Modal>
  );
}

function moveFocus(dialog: HTMLElement, step: number): void {
  const stops = [...dialog.querySelectorAll<HTMLElement>('input, button')];
  const now = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.max(0, Math.min(stops.length - 1, now + step))]?.focus();
}

function getStyles(theme: GrafanaTheme2) {
  return {
    modal: css({ width: 440, maxWidth: 'calc(100vw - 32px)' }),
    choices: css({ listStyle: 'none', margin: theme.spacing(1, 0, 0), maxHeight: 360, overflowY: 'auto' }),
    choice: css({
      display: 'flex',
      justifyContent: 'space-between',
      alignItems: 'center',
      gap: theme.spacing(2),
      width: '100%',
      padding: theme.spacing(1),
      border: 0,
      borderRadius: theme.shape.radius.default,
      background: 'none',
      color: theme.colors.text.primary,
      textAlign: 'left',
      '&:hover, &:focus-visible': { background: theme.colors.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    hint: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
