// Plays the places of Grafana that an app adds links to, and an app that shows the plugin's components: neither is on npm.
import { css } from '@emotion/css';
import {
  isIconName,
  type AppPlugin,
  type GrafanaTheme2,
  type PluginExtensionExposedComponentConfig,
} from '@grafana/data';
import { Alert, Field, Icon, TextArea, TextLink, useStyles2 } from '@grafana/ui';
import { useId, useState, type ComponentType, type ReactNode } from 'react';
import { componentProps, doors, type Door } from './door-contexts.ts';
import { linksAt, parseContext, type DroppedLink, type ShownLink } from './extension-points.ts';
import { PluginPage } from './frame.tsx';

/** `/doors`: every way into the app from outside of it, with what is carried along to edit. */
export function DoorsPage({ plugin }: { plugin: AppPlugin }) {
  const styles = useStyles2(getStyles);
  const [nowMs] = useState(Date.now);
  return (
    <PluginPage pageNav={{ text: 'Doors' }} subTitle="Where Grafana and other apps lead into this one">
      <div className={styles.sections}>
        {doors(nowMs).map((door) => (
          <DoorSection key={door.pointId} door={door} plugin={plugin} />
        ))}
        {plugin.exposedComponentConfigs.map((config) => (
          <ComponentSection key={config.id} config={config} props={componentProps(nowMs)} />
        ))}
      </div>
    </PluginPage>
  );
}

function DoorSection({ door, plugin }: { door: Door; plugin: AppPlugin }) {
  return (
    <Played name={door.pointId} title={door.place} label="Context" value={door.context}>
      {(context) => <Links links={linksAt(plugin, door.pointId, context)} context={context} />}
    </Played>
  );
}

/** In the details of a log line a link is drawn only beside a label that has its category's name, and opens in a new tab. */
function Links({ links, context }: { links: ReadonlyArray<ShownLink | DroppedLink>; context: object }) {
  const styles = useStyles2(getStyles);
  const attributes = 'attributes' in context ? Object.keys(context.attributes ?? {}) : undefined;
  const drawn = links.filter(
    (link) => attributes === undefined || !('path' in link) || attributes.includes(link.category ?? '')
  );
  if (drawn.length === 0) {
    return <p>No link is shown.</p>;
  }
  return (
    <ul className={styles.links}>
      {drawn.map((link) => (
        <li key={link.title}>
          {'path' in link ? <Link link={link} isInNewTab={attributes !== undefined} /> : <Dropped link={link} />}
        </li>
      ))}
    </ul>
  );
}

function Link({ link, isInNewTab }: { link: ShownLink; isInNewTab: boolean }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {isIconName(link.icon) && <Icon name={link.icon} />}{' '}
      <TextLink href={link.path} external={isInNewTab} inline>
        {link.title}
      </TextLink>
      <div className={styles.note}>
        {isInNewTab && `beside ${link.category}: `}
        {link.description}
      </div>
    </>
  );
}

function Dropped({ link: { title, reason } }: { link: DroppedLink }) {
  return <Alert severity="error" title={`Grafana would not show “${title}”: ${reason}`} />;
}

function ComponentSection({ config, props }: { config: PluginExtensionExposedComponentConfig; props: object }) {
  const Component: ComponentType<object> = config.component;
  return (
    <Played name={config.id} title={config.title} label="Props" value={props}>
      {(given) => <Component {...given} />}
    </Played>
  );
}

interface PlayedProps {
  readonly name: string;
  readonly title: string;
  readonly label: string;
  readonly value: object;
  readonly children: (value: object) => ReactNode;
}

/** A section whose input is text that can be changed. */
function Played({ name, title, label, value, children }: PlayedProps) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [text, setText] = useState(() => JSON.stringify(value, undefined, 2));
  const parsed = parseContext(text);
  return (
    <section aria-label={name} className={styles.section}>
      <div>
        <h2 className={styles.title}>{title}</h2>
        <code>{name}</code>
        <Field label={label} invalid={parsed === undefined} error="This is no JSON object" className={styles.field}>
          <TextArea
            id={id}
            aria-label={label}
            rows={8}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            className={styles.text}
          />
        </Field>
      </div>
      <div className={styles.result}>{parsed && children(parsed)}</div>
    </section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    sections: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
    section: css({
      display: 'grid',
      gridTemplateColumns: 'minmax(280px, 2fr) minmax(0, 3fr)',
      gap: theme.spacing(3),
      padding: theme.spacing(2),
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.secondary,
    }),
    title: css({ ...theme.typography.h5, marginBottom: theme.spacing(0.5) }),
    field: css({ margin: theme.spacing(1, 0, 0) }),
    text: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
    result: css({ minWidth: 0 }),
    links: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    note: css({ color: theme.colors.text.secondary, ...theme.typography.bodySmall }),
  };
}
