// What Grafana's chrome draws around a page: top bar, menu, breadcrumbs, title, actions, tabs.
import { css, cx } from '@emotion/css';
import {
  isIconName,
  type AppPluginMeta,
  type GrafanaTheme2,
  type NavModelItem,
  type PluginInclude,
} from '@grafana/data';
import { locationService, type PluginPageProps } from '@grafana/runtime';
import { Button, Icon, IconButton, Tab, TabsBar, useStyles2, useTheme2 } from '@grafana/ui';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { previewUser, switchRole, switchTheme } from './boot.ts';

interface FrameContent {
  readonly meta: AppPluginMeta;
  readonly isMenuOpen: boolean;
  readonly toggleMenu: () => void;
}

const FrameContext = createContext<FrameContent | undefined>(undefined);

/** Grafana docks its menu from this width on. */
const dockedMenu = '(min-width: 1200px)';

export function Frame({ meta, children }: { meta: AppPluginMeta; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  const [isMenuOpen, setIsMenuOpen] = useState(() => window.matchMedia(dockedMenu).matches);
  useEffect(() => {
    const docked = window.matchMedia(dockedMenu);
    const follow = () => setIsMenuOpen(docked.matches);
    docked.addEventListener('change', follow);
    return () => docked.removeEventListener('change', follow);
  }, []);
  return (
    <FrameContext.Provider value={{ meta, isMenuOpen, toggleMenu: () => setIsMenuOpen(!isMenuOpen) }}>
      <div className={styles.root}>
        {isMenuOpen && <Menu meta={meta} />}
        <main className={styles.main}>{children}</main>
      </div>
    </FrameContext.Provider>
  );
}

function Menu({ meta }: { meta: AppPluginMeta }) {
  const styles = useStyles2(getStyles);
  const path = window.location.pathname;
  return (
    <nav className={styles.menu} aria-label="Menu">
      <a className={styles.brand} href={`/a/${meta.id}`}>
        <img src={`/public/plugins/${meta.id}/img/logo.svg`} alt="" width={24} height={24} />
        {meta.name}
      </a>
      {meta.includes
        ?.filter(({ addToNav, role }) => addToNav && isVisible(role))
        .map((include) => (
          <MenuEntry key={include.name} include={include} path={path} />
        ))}
      <p className={styles.note}>
        Preview: the plugin&apos;s own pages without Grafana. <a href="/doors">Doors</a> plays how Grafana leads to
        them.
      </p>
    </nav>
  );
}

/** Grafana leaves out pages of a higher role. */
function isVisible(role: string | undefined): boolean {
  const order = ['Viewer', 'Editor', 'Admin'];
  return order.indexOf(previewUser.orgRole) >= order.indexOf(role ?? 'Viewer');
}

function MenuEntry({ include, path }: { include: PluginInclude; path: string }) {
  const styles = useStyles2(getStyles);
  const isActive = include.path !== undefined && path.startsWith(include.path);
  const icon = include.icon ?? '';
  return (
    <a
      className={cx(styles.entry, isActive && styles.active)}
      href={include.path}
      aria-current={isActive ? 'page' : undefined}
    >
      {isIconName(icon) && <Icon name={icon} />}
      {include.name}
    </a>
  );
}

export function PluginPage({ pageNav, renderTitle, subTitle, actions, children }: PluginPageProps) {
  const styles = useStyles2(getStyles);
  const title = pageNav?.text ?? '';
  useEffect(() => {
    document.title = `${title} - LogHunter preview`;
  }, [title]);
  return (
    <>
      <TopBar trail={trailOf(pageNav)} />
      <div className={styles.page}>
        {pageNav && (
          <div className={styles.head}>
            <div className={styles.title}>{renderTitle ? renderTitle(title) : <h1>{title}</h1>}</div>
            <div className={styles.actions}>{actions}</div>
          </div>
        )}
        {subTitle && <div className={styles.sub}>{subTitle}</div>}
        {pageNav?.children && (
          <TabsBar>
            {pageNav.children.map((tab) => (
              <Tab
                key={tab.text}
                label={tab.text}
                active={tab.active ?? false}
                {...(tab.url ? { href: tab.url } : {})}
              />
            ))}
          </TabsBar>
        )}
        <div className={styles.body}>{children}</div>
      </div>
    </>
  );
}

function TopBar({ trail }: { trail: readonly NavModelItem[] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const frame = useContext(FrameContext);
  return (
    <header className={styles.bar}>
      <IconButton name="bars" tooltip={frame?.isMenuOpen ? 'Close menu' : 'Open menu'} onClick={frame?.toggleMenu} />
      <nav className={styles.crumbs} aria-label="Breadcrumbs">
        <a href={`/a/${frame?.meta.id ?? ''}`}>{frame?.meta.name}</a>
        {trail.map((item, index) => (
          <span key={item.url ?? item.text} className={styles.crumb}>
            <Icon name="angle-right" />
            {index < trail.length - 1 ? (
              <a href={item.url}>{item.text}</a>
            ) : (
              <span className={styles.here}>{item.text}</span>
            )}
          </span>
        ))}
      </nav>
      <Button size="sm" variant="secondary" fill="text" tooltip="Act with another role" onClick={switchRole}>
        {previewUser.login}: {previewUser.orgRole}
      </Button>
      <IconButton name="palette" tooltip={theme.isDark ? 'Light theme' : 'Dark theme'} onClick={switchTheme} />
    </header>
  );
}

function trailOf(page: NavModelItem | undefined): readonly NavModelItem[] {
  const trail: NavModelItem[] = [];
  for (let item = page; item; item = item.parentItem) {
    if (!item.hideFromBreadcrumbs) {
      trail.unshift(item);
    }
  }
  return trail;
}

/** Grafana turns clicks on links of its own pages into history steps; links of plugins rely on it. */
export function followLinksInside(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href]') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!link || event.defaultPrevented || !isPlain || link.target || link.origin !== window.location.origin) {
      return;
    }
    event.preventDefault();
    locationService.push(link.pathname + link.search);
  });
}

function getStyles(theme: GrafanaTheme2) {
  const line = `1px solid ${theme.colors.border.weak}`;
  return { ...menuStyles(theme, line), ...pageStyles(theme, line) };
}

function menuStyles(theme: GrafanaTheme2, line: string) {
  return {
    root: css({ display: 'flex', minHeight: '100vh', background: theme.colors.background.canvas }),
    menu: css({
      width: 240,
      flex: 'none',
      padding: theme.spacing(1),
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.5),
      borderRight: line,
      background: theme.colors.background.primary,
    }),
    brand: css({
      ...theme.typography.h5,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 1),
      marginBottom: theme.spacing(1),
    }),
    entry: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(0.75, 1),
      borderRadius: theme.shape.radius.default,
      color: theme.colors.text.secondary,
      '&:hover': { background: theme.colors.action.hover, color: theme.colors.text.primary },
    }),
    active: css({ background: theme.colors.action.selected, color: theme.colors.text.primary }),
    note: css({
      marginTop: 'auto',
      padding: theme.spacing(1),
      color: theme.colors.text.secondary,
      ...theme.typography.bodySmall,
    }),
    main: css({ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }),
  };
}

function pageStyles(theme: GrafanaTheme2, line: string) {
  return {
    bar: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      height: 40,
      padding: theme.spacing(0, 2),
      borderBottom: line,
      background: theme.colors.background.primary,
    }),
    crumbs: css({
      flex: 1,
      minWidth: 0,
      display: 'flex',
      alignItems: 'center',
      overflow: 'hidden',
      whiteSpace: 'nowrap',
      color: theme.colors.text.secondary,
    }),
    crumb: css({
      display: 'flex',
      alignItems: 'center',
      flex: 'none',
      '&:last-child': { flex: '0 1 auto', minWidth: 0 },
    }),
    here: css({ overflow: 'hidden', textOverflow: 'ellipsis', color: theme.colors.text.primary }),
    page: css({
      flex: 1,
      display: 'flex',
      flexDirection: 'column',
      padding: theme.spacing(3, 3, 6),
      background: theme.colors.background.primary,
    }),
    head: css({
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
      '& h1': { margin: 0 },
    }),
    title: css({ minWidth: 0 }),
    actions: css({ display: 'flex', gap: theme.spacing(1) }),
    sub: css({ color: theme.colors.text.secondary, marginTop: theme.spacing(0.5) }),
    body: css({
      flex: 1,
      display: 'flex',
      flexDirection: 'column',
      position: 'relative',
      paddingTop: theme.spacing(2),
    }),
  };
}
