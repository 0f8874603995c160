import { FilterInput } from '@grafana/ui';
import React from 'react';
import type { ElementReference } from './element-reference';
import { useTypedText } from './use-typed-text';

interface TextFilterProps {
  /** What it filters by, shown while it is empty. */
  readonly label: string;
  readonly text: string;
  readonly inputRef?: ElementReference<HTMLInputElement>;
  /** Called after a pause in typing. */
  readonly onChange: (text: string) => void;
}

/** A field that filters a list by text; Escape leaves it for the list and its keys. */
export function TextFilter({ label, text, inputRef, onChange }: TextFilterProps) {
  const [typed, setTyped] = useTypedText(text, onChange);
  return (
    <FilterInput
      ref={inputRef}
      value={typed}
      onChange={setTyped}
      escapeRegex={false}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.currentTarget.blur();
        }
      }}
      placeholder={label}
      aria-label={label}
    />
  );
}
