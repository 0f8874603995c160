import { Environment, type SettingName } from './table.ts';
import { factsOf, type SettingFacts } from './setting.ts';

/** Text of `.env.example`: every setting with what it does, its unit and its default. */
export function renderExample(): string {
  const head = '# Settings of the LogHunter server. Each secret may also come from a file: LOGHUNTER_..._FILE=path.\n';
  const names = Object.keys(Environment.shape) as SettingName[];
  return head + names.map((name) => `\n${renderSetting(name, factsOf(Environment.shape[name]))}`).join('');
}

function renderSetting(name: SettingName, about: SettingFacts): string {
  const unit = about.unit === undefined ? '' : ` Unit: ${about.unit}.`;
  const unset = about.whenUnset === undefined ? '' : ` Unset: ${about.whenUnset}.`;
  const secret = about.isSecret === true ? ' Secret.' : '';
  return `# ${about.description}${unit}${unset}${secret}\n# ${name}=${about.default ?? ''}\n`;
}
