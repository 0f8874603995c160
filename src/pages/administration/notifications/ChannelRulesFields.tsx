import { Combobox, Field, Input, MultiCombobox, Stack, Switch } from '@grafana/ui';
import type { ChannelRules, NoticeKind, NoticeSeverity, QuietHours } from '@loghunter/contracts';
import React, { useId } from 'react';
import { t } from '../../../translations';
import { severityWord } from '../../../ui/incident/severity-style';

/** As notices name them, and as pages do. */
const pageSeverities = { LOW: 'low', MEDIUM: 'medium', HIGH: 'high', CRITICAL: 'critical' } as const;
const severities: readonly NoticeSeverity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const kinds: readonly NoticeKind[] = [
  ...(['incident-opened', 'incident-raised', 'incident-analysed', 'incident-acknowledged', 'incident-closed'] as const),
  ...(['cluster-new', 'cluster-regressed', 'cluster-escalating', 'explanation-ready'] as const),
];
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const maxGroupSeconds = 900;

interface RulesProps {
  readonly rules: ChannelRules;
  readonly onChange: (rules: ChannelRules) => void;
}

/** What a channel is told of, and when. */
export function ChannelRulesFields({ rules, onChange }: RulesProps) {
  const ids = { severity: useId(), kinds: useId(), services: useId(), group: useId() };
  return (
    <>
      <Stack wrap="wrap" alignItems="flex-end">
        <Field label={t('administration.channels.severity', 'Told from')}>
          <Combobox
            id={ids.severity}
            width={20}
            options={severities.map(severityOption)}
            value={rules.minSeverity}
            onChange={({ value }) => onChange({ ...rules, minSeverity: value })}
          />
        </Field>
        <Field label={t('administration.channels.kinds', 'Kinds')}>
          <MultiCombobox
            id={ids.kinds}
            width={60}
            placeholder={t('administration.channels.all-kinds', 'Every kind')}
            options={kinds.map((value) => ({ value, label: kindText(value) }))}
            value={[...rules.kinds]}
            onChange={(chosen) => onChange({ ...rules, kinds: chosen.map(({ value }) => value) })}
          />
        </Field>
        <Field
          label={t('administration.channels.services', 'Services')}
          description={t('administration.channels.services-note', 'Separated by commas; empty: every service')}
        >
          <Input
            id={ids.services}
            width={40}
            value={rules.services.join(', ')}
            onChange={(event) => onChange({ ...rules, services: readList(event.currentTarget.value) })}
          />
        </Field>
        <Field
          label={t('administration.channels.group', 'One message for what comes within')}
          description={t('administration.channels.group-note', 'Seconds after the first, {{most}} at most', {
            most: maxGroupSeconds,
          })}
        >
          <Input
            id={ids.group}
            type="number"
            width={16}
            min={0}
            max={maxGroupSeconds}
            value={rules.groupSeconds}
            onChange={(event) =>
              onChange({
                ...rules,
                groupSeconds: Math.min(maxGroupSeconds, Math.max(0, Math.round(Number(event.currentTarget.value)))),
              })
            }
          />
        </Field>
      </Stack>
      <QuietHoursFields quietHours={rules.quietHours} onChange={(quietHours) => onChange({ ...rules, quietHours })} />
    </>
  );
}

/** Text while it is typed keeps its last comma. */
function readList(text: string): string[] {
  const parts = text.split(',').map((part, index) => (index === 0 ? part : part.trimStart()));
  return parts.length === 1 && parts[0] === '' ? [] : parts;
}

/** Rules as the server takes them. */
export function toSentRules(rules: ChannelRules): ChannelRules {
  const services = rules.services.map((service) => service.trim()).filter((service) => service !== '');
  return { ...rules, services };
}

interface QuietHoursProps {
  readonly quietHours: QuietHours | null;
  readonly onChange: (quietHours: QuietHours | null) => void;
}

function QuietHoursFields({ quietHours, onChange }: QuietHoursProps) {
  const ids = { on: useId(), from: useId(), to: useId(), zone: useId(), days: useId(), except: useId() };
  const never = t('administration.channels.quiet-never', 'Nothing is');
  return (
    <>
      <Field
        label={t('administration.channels.quiet', 'Quiet hours')}
        description={t('administration.channels.quiet-note', 'What comes then is told in one message at their end.')}
      >
        <Switch
          id={ids.on}
          value={quietHours !== null}
          onChange={() => onChange(quietHours === null ? usualQuietHours() : null)}
        />
      </Field>
      {quietHours && (
        <Stack wrap="wrap" alignItems="flex-end">
          {(['from', 'to'] as const).map((end) => (
            <Field
              key={end}
              label={
                end === 'from'
                  ? t('administration.channels.quiet-from', 'From')
                  : t('administration.channels.quiet-to', 'To')
              }
            >
              <Input
                id={ids[end]}
                type="time"
                width={16}
                value={quietHours[end]}
                onChange={(event) => onChange({ ...quietHours, [end]: event.currentTarget.value })}
              />
            </Field>
          ))}
          <Field label={t('administration.channels.quiet-zone', 'Time zone')}>
            <Combobox
              id={ids.zone}
              width={30}
              options={zonesWith(quietHours.timeZone).map((value) => ({ value }))}
              value={quietHours.timeZone}
              onChange={({ value }) => onChange({ ...quietHours, timeZone: value })}
            />
          </Field>
          <Field label={t('administration.channels.quiet-days', 'Nights that begin on')}>
            <MultiCombobox
              id={ids.days}
              width={30}
              placeholder={t('administration.channels.quiet-every-day', 'Every day')}
              options={weekdays.map((value) => ({ value, label: weekdayWord(value) }))}
              value={[...(quietHours.days ?? [])]}
              onChange={(chosen) => {
                const { days: _, ...others } = quietHours;
                onChange(chosen.length === 0 ? others : { ...others, days: chosen.map(({ value }) => value) });
              }}
            />
          </Field>
          <Field label={t('administration.channels.quiet-except', 'Told all the same from')}>
            <Combobox
              id={ids.except}
              width={20}
              options={[{ value: '', label: never }, ...severities.map(severityOption)]}
              value={quietHours.exceptFrom ?? ''}
              onChange={({ value }) => onChange({ ...quietHours, exceptFrom: value === '' ? null : toSeverity(value) })}
            />
          </Field>
        </Stack>
      )}
    </>
  );
}

function severityOption(value: NoticeSeverity) {
  return { value, label: severityWord(pageSeverities[value]) };
}

function toSeverity(text: string): NoticeSeverity | null {
  return severities.find((severity) => severity === text) ?? null;
}

function usualQuietHours(): QuietHours {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, from: '22:00', to: '07:00', exceptFrom: 'CRITICAL' };
}

function zonesWith(chosen: string): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return known.includes(chosen) ? known : [chosen, ...known];
}

function weekdayWord(day: (typeof weekdays)[number]): string {
  const words: Readonly<Record<typeof day, string>> = {
    mon: t('administration.channels.monday', 'Monday'),
    tue: t('administration.channels.tuesday', 'Tuesday'),
    wed: t('administration.channels.wednesday', 'Wednesday'),
    thu: t('administration.channels.thursday', 'Thursday'),
    fri: t('administration.channels.friday', 'Friday'),
    sat: t('administration.channels.saturday', 'Saturday'),
    sun: t('administration.channels.sunday', 'Sunday'),
  };
  return words[day];
}

function kindText(kind: NoticeKind): string {
  const texts: Readonly<Record<NoticeKind, string>> = {
    'incident-opened': t('administration.channels.incident-opened', 'Incident opened'),
    'incident-raised': t('administration.channels.incident-raised', 'Incident more severe'),
    'incident-analysed': t('administration.channels.incident-analysed', 'Incident analysed'),
    'incident-acknowledged': t('administration.channels.incident-acknowledged', 'Incident acknowledged'),
    'incident-closed': t('administration.channels.incident-closed', 'Incident closed'),
    'cluster-new': t('administration.channels.cluster-new', 'New cluster'),
    'cluster-regressed': t('administration.channels.cluster-regressed', 'Cluster is back'),
    'cluster-escalating': t('administration.channels.cluster-escalating', 'Cluster is escalating'),
    'explanation-ready': t('administration.channels.explanation-ready', 'Explanation ready'),
  };
  return texts[kind];
}
