import { z } from 'zod';

/** What is said about a setting in `.env.example` and in the documentation. */
export interface SettingFacts {
  readonly description: string;
  readonly unit?: string;
  /** Text of the default, as it would stand in the environment; absent means unset. */
  readonly default?: string;
  /** What an unset value means, for settings without a default. */
  readonly whenUnset?: string;
  readonly isSecret?: boolean;
}

const facts = z.registry<SettingFacts>();

/** A setting with a default: its text goes through the same checks as one from the environment. */
export function setting<T extends z.ZodType<unknown, string>>(
  schema: T,
  about: SettingFacts & { readonly default: string }
) {
  const withDefault = schema.prefault(about.default as z.input<T> & string);
  facts.add(withDefault, about);
  return withDefault;
}

/** A setting that may be left out; its value is then undefined. */
export function optionalSetting<T extends z.ZodType<unknown, string>>(schema: T, about: SettingFacts) {
  const optional = schema.optional();
  facts.add(optional, about);
  return optional;
}

/** Facts of a setting. */
export function factsOf(schema: z.ZodType): SettingFacts {
  return facts.get(schema) ?? { description: '' };
}
