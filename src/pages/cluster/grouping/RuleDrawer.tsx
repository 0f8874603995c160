import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Drawer, useStyles2 } from '@grafana/ui';
import type {
  ClusterRule,
  ClusterRuleKind,
  GetClusterResponse,
  NewClusterRule,
  TimeRangeQuery,
} from '@loghunter/contracts';
import React, { useState, type ReactNode } from 'react';
import { serverClient } from '../../../api/server-client';
import { toServerError, type ServerError } from '../../../api/server-error';
import { t } from '../../../translations';
import { ProblemNotice } from '../../../ui/ProblemNotice';
import { MaskForm } from './MaskForm';
import { MergeForm } from './MergeForm';
import { RenameForm } from './RenameForm';
import { ruleDrawerWords } from './rule-drawer-words';
import type { RuleFormProps } from './rule-form-props';
import { RulePreview } from './RulePreview';
import { SplitForm } from './SplitForm';

interface RuleDrawerProps {
  readonly kind: ClusterRuleKind;
  readonly answer: GetClusterResponse;
  readonly range: Required<TimeRangeQuery>;
  readonly onMade: (rule: ClusterRule) => void;
  readonly onClose: () => void;
}

const forms: Readonly<Record<ClusterRuleKind, (props: RuleFormProps) => ReactNode>> = {
  rename: (props) => <RenameForm {...props} />,
  merge: (props) => <MergeForm {...props} />,
  mask: (props) => <MaskForm {...props} />,
  split: (props) => <SplitForm {...props} />,
};

/** Makes a rule: a form, what the rule would do to real lines, and only then the button. */
export function RuleDrawer({ kind, answer, range, onMade, onClose }: RuleDrawerProps) {
  const styles = useStyles2(getStyles);
  const [rule, setRule] = useState<NewClusterRule>();
  const { make, isMaking, error } = useMakeRule(onMade);
  const words = ruleDrawerWords(kind);
  return (
    <Drawer title={words.title} subtitle={words.meaning} size="md" onClose={onClose}>
      <div className={styles.content}>
        {forms[kind]({ answer, range, onChange: setRule })}
        {rule !== undefined && rule.kind !== 'rename' && <RulePreview rule={rule} range={range} />}
        {error && <ProblemNotice error={error} />}
        <div className={styles.buttons}>
          <Button disabled={rule === undefined || isMaking} onClick={() => rule && void make(rule)}>
            {words.button}
          </Button>
          <Button variant="secondary" onClick={onClose}>
            {t('cluster.rule.cancel', 'Cancel')}
          </Button>
        </div>
      </div>
    </Drawer>
  );
}

function useMakeRule(onMade: (rule: ClusterRule) => void) {
  const [isMaking, setIsMaking] = useState(false);
  const [error, setError] = useState<ServerError>();
  async function make(rule: NewClusterRule) {
    setIsMaking(true);
    setError(undefined);
    try {
      const made = await serverClient().createClusterRule({ rule });
      onMade(made.rule);
    } catch (problem) {
      setError(toServerError(problem));
    }
    setIsMaking(false);
  }
  return { make, isMaking, error };
}

function getStyles(theme: GrafanaTheme2) {
  return {
    content: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
    buttons: css({ display: 'flex', gap: theme.spacing(1) }),
  };
}
