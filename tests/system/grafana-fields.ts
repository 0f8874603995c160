// Fields of Grafana's provisioning files as Grafana 12.4 documents and reads them; a key that is not here is not read there.

/** Says of a value what is wrong with it, with its place; nothing when it is right. */
export type Check = (value: unknown, place: string) => readonly string[];

/** A text that fits the pattern. */
export const text =
  (pattern = /^[^]*$/): Check =>
  (value, place) =>
    typeof value === 'string' && pattern.test(value)
      ? []
      : [`${place}: ${String(value)} does not fit ${pattern.source}`];

/** One of these values. */
export const oneOf =
  (...values: readonly unknown[]): Check =>
  (value, place) =>
    values.includes(value) ? [] : [`${place}: ${String(value)} is none of ${values.join(', ')}`];

const flag = oneOf(true, false);
const number: Check = (value, place) => (typeof value === 'number' ? [] : [`${place}: no number`]);
const anything: Check = () => [];

/** A list of such. */
export const listOf =
  (check: Check): Check =>
  (value, place) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((item, index) => check(item, `${place}[${index}]`))
      : [`${place}: no list`];

/** Names and texts. */
export const texts: Check = (value, place) =>
  Object.entries(isFields(value) ? value : {}).flatMap(([name, item]) => text()(item, `${place}.${name}`));

/** Fields, those of `needed` among them, and no others. */
export const fields =
  (needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value, place) => {
    if (!isFields(value)) {
      return [`${place}: no fields`];
    }
    const known: Readonly<Record<string, Check>> = { ...needed, ...optional };
    return [
      ...Object.keys(needed).flatMap((name) => (name in value ? [] : [`${place}.${name}: missing`])),
      ...Object.entries(value).flatMap(
        ([name, item]) => known[name]?.(item, `${place}.${name}`) ?? [`${place}.${name}: no such field`]
      ),
    ];
  };

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const uid = text(/^[A-Za-z0-9_-]{1,40}$/);
const duration = text(/^\d+(s|m|h|d)$/);

const query = fields(
  { refId: text(/^[A-Z]$/), datasourceUid: text(/^(__expr__|[A-Za-z0-9_-]{1,40})$/), model: anything },
  { queryType: oneOf('instant', 'range', ''), relativeTimeRange: fields({ from: number, to: number }) }
);

const rule = fields(
  {
    uid,
    title: text(/^.{1,190}$/),
    condition: text(/^[A-Z]$/),
    data: listOf(query),
    for: duration,
    noDataState: oneOf('NoData', 'Alerting', 'OK', 'KeepLast'),
    execErrState: oneOf('Error', 'Alerting', 'OK', 'KeepLast'),
  },
  {
    ...{ dashboardUid: uid, panelId: number, keepFiringFor: duration, isPaused: flag },
    ...{ annotations: texts, labels: texts, missingSeriesEvalsToResolve: number },
    notification_settings: fields({ receiver: text() }, { group_by: listOf(text()) }),
  }
);

/** A file of alert rules. */
export const ruleFile = fields({
  apiVersion: oneOf(1),
  groups: listOf(
    fields({ orgId: number, name: text(/./), folder: text(/./), interval: duration, rules: listOf(rule) })
  ),
});

/** A file of contact points that are webhooks. */
export const contactPointFile = fields({
  apiVersion: oneOf(1),
  contactPoints: listOf(
    fields({
      orgId: number,
      name: text(/./),
      receivers: listOf(
        fields(
          {
            uid,
            type: oneOf('webhook'),
            settings: fields(
              { url: text(/./) },
              {
                ...{
                  httpMethod: oneOf('POST', 'PUT'),
                  maxAlerts: number,
                  headers: texts,
                  message: text(),
                  title: text(),
                },
                ...{ authorization_scheme: text(), authorization_credentials: text() },
                hmacConfig: fields({ secret: text(/./) }, { header: text(), timestampHeader: text() }),
              }
            ),
          },
          { disableResolveMessage: flag }
        )
      ),
    })
  ),
});

/** A file of dashboard providers. */
export const providerFile = fields({
  apiVersion: oneOf(1),
  providers: listOf(
    fields(
      {
        ...{ name: text(/./), type: oneOf('file') },
        options: fields({ path: text(/^\//) }, { foldersFromFilesStructure: flag }),
      },
      {
        ...{ orgId: number, folder: text(), folderUid: uid, disableDeletion: flag },
        ...{ updateIntervalSeconds: number, allowUiUpdates: flag },
      }
    )
  ),
});

/** A dashboard as its JSON model has it. */
export const dashboard = fields(
  { uid, title: text(/./), panels: listOf(anything), schemaVersion: number },
  {
    ...{ description: text(), tags: listOf(text()), timezone: text(), version: number, editable: flag },
    ...{ graphTooltip: oneOf(0, 1, 2), time: fields({ from: text(), to: text() }), refresh: text() },
    ...{ templating: anything, annotations: anything, links: anything },
  }
);
