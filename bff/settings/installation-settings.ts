import { factsOf } from './setting.ts';
import { Environment, type SettingName } from './table.ts';

/** A setting of the installation as it holds for this process. */
export interface InstallationSetting {
  readonly name: string;
  readonly description: string;
  /** Null: it has none. */
  readonly unit: string | null;
  readonly isSecret: boolean;
  readonly isSet: boolean;
  /** As it would stand in the environment; null: it is a secret, or not set and without a default. */
  readonly value: string | null;
  /** What an unset value means; null: it has a default. */
  readonly whenUnset: string | null;
  readonly origin: 'default' | 'environment' | 'file';
}

/** Every setting in the order of `.env.example`; `texts` are those that were given, `fromFiles` names those that a file gave. */
export function describeSettings(
  texts: Readonly<Record<string, string>>,
  fromFiles: ReadonlySet<string>
): readonly InstallationSetting[] {
  const names = Object.keys(Environment.shape) as SettingName[];
  return names.map((name) => {
    const { description, unit, default: usual, whenUnset, isSecret = false } = factsOf(Environment.shape[name]);
    const text = texts[name];
    return {
      ...{ name, description, unit: unit ?? null, isSecret, isSet: text !== undefined },
      value: isSecret ? null : (text ?? usual ?? null),
      whenUnset: whenUnset ?? null,
      origin: text === undefined ? 'default' : fromFiles.has(name) ? 'file' : 'environment',
    };
  });
}
