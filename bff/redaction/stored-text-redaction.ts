// What is kept of lines goes through here: the built-in rules and the tenant's own, counted by rule.
import { withoutPrivateText } from '@loghunter/engine/fingerprints';
import { createRedactor, type Redactor, type TenantRule } from '@loghunter/engine/redaction';
import type { RedactionStore, StoredTextRewriter } from '@loghunter/ports';

/** Told which built-in rule took values out of texts; a tenant's own rules are told apart as `own` only. */
export interface RedactionObserver {
  observeRedactions(ruleName: string, count: number): void;
}

/** Rewrites texts by the rules as they were when it was made, and counts what it took out. */
export interface TextRedactor extends StoredTextRewriter {
  /** Values taken out so far by the name of the rule. */
  readonly counts: ReadonlyMap<string, number>;
}

/** One tenant's redaction of what is stored. */
export interface StoredTextRedaction {
  /** A redactor with the rules as the database has them now. Throws `PortError`. */
  open(): Promise<TextRedactor>;
  /** Keeps what a redactor counted; while the database is away the counts wait for the next time. */
  keepCounts(redactor: TextRedactor): Promise<void>;
}

/** A redactor of texts by a tenant's rules beside the built-in ones. Throws `RedactionRuleError`. */
export function createTextRedactor(tenantRules: readonly TenantRule[]): TextRedactor {
  return redactorOf(createRedactor({ tenantRules }), tenantRules.length > 0);
}

function redactorOf(redactor: Redactor, hasOwnRules: boolean): TextRedactor {
  const counts = new Map<string, number>();
  function redact(text: string): string {
    const report = redactor.redactWithReport(text);
    for (const [name, count] of Object.entries(report.counts)) {
      counts.set(name, (counts.get(name) ?? 0) + count);
    }
    return report.text;
  }
  return {
    counts,
    sample: redact,
    // The built-in rules have been through templates already, when events were identified.
    template: (parts) => (hasOwnRules ? withoutPrivateText(parts, redact) : parts),
  };
}

/** Redaction of what is stored for a tenant. The rules are read each time, so that every replica knows a new one at once. */
export function createStoredTextRedaction(parts: {
  readonly tenantId: string;
  readonly store: RedactionStore;
  readonly observer: RedactionObserver;
}): StoredTextRedaction {
  const { tenantId, store, observer } = parts;
  let compiled: { readonly key: string; readonly redactor: Redactor; readonly hasOwnRules: boolean } | undefined;
  let unsaved = new Map<string, number>();
  return {
    async open() {
      const rules = await store.listRules(tenantId);
      const key = JSON.stringify(rules);
      if (compiled?.key !== key) {
        compiled = { key, redactor: createRedactor({ tenantRules: rules }), hasOwnRules: rules.length > 0 };
      }
      return redactorOf(compiled.redactor, compiled.hasOwnRules);
    },
    async keepCounts({ counts }) {
      for (const [name, count] of counts) {
        observer.observeRedactions(name.startsWith('own-') ? 'own' : name, count);
        unsaved.set(name, (unsaved.get(name) ?? 0) + count);
      }
      const saved = unsaved;
      unsaved = new Map();
      try {
        await store.addCounts(tenantId, saved);
      } catch {
        for (const [name, count] of saved) {
          unsaved.set(name, (unsaved.get(name) ?? 0) + count);
        }
      }
    },
  };
}
