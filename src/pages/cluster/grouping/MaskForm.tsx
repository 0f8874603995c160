import { Field, LoadingPlaceholder } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { t } from '../../../translations';
import { ChipChoice } from './ChipChoice';
import { ReachField, type Reach } from './ReachField';
import type { RuleFormProps } from './rule-form-props';
import { maskableWords, type MaskableWord } from './words';

export function MaskForm({ answer, onChange }: RuleFormProps) {
  const { cluster } = answer;
  const words = useWords(answer);
  const [chosen, setChosen] = useState<MaskableWord>();
  const [reach, setReach] = useState<Reach>('service');
  function change(word: MaskableWord | undefined, where: Reach) {
    setChosen(word);
    setReach(where);
    onChange(word && { kind: 'mask', clusterId: cluster.id, ...word, reach: where });
  }
  if (words === undefined) {
    return <LoadingPlaceholder text={t('cluster.rule.wordsLoading', 'Reading the words of its lines …')} />;
  }
  if (words.length === 0) {
    return (
      <p>
        {t(
          'cluster.rule.noWords',
          'No sample line has words to choose from: all of them vary already, or none is stored.'
        )}
      </p>
    );
  }
  return (
    <>
      <Field
        label={t('cluster.rule.word', 'Word that varies')}
        description={t('cluster.rule.wordHint', 'Constant words of a line of this cluster, in order.')}
      >
        <ChipChoice
          label={t('cluster.rule.word', 'Word that varies')}
          items={words.map((word) => ({ key: `${word.word} ${word.occurrence}`, content: word.word, value: word }))}
          chosen={chosen}
          onChoose={(word) => change(word, reach)}
        />
      </Field>
      <ReachField service={cluster.service} reach={reach} onChange={(where) => change(chosen, where)} />
    </>
  );
}

/** The words that the newest sample keeps; empty when there is none, or when the server cannot say. */
function useWords({ cluster, samples }: RuleFormProps['answer']): readonly MaskableWord[] | undefined {
  const text = samples.at(-1)?.text;
  const [words, setWords] = useState<readonly MaskableWord[] | undefined>(text === undefined ? [] : undefined);
  useEffect(() => {
    if (text === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    serverClient()
      .explainEvent({ text, service: cluster.service, namespace: cluster.namespace }, controller.signal)
      .then(
        ({ kept }) => setWords(maskableWords(kept)),
        () => setWords((before) => (controller.signal.aborted ? before : []))
      );
    return () => controller.abort();
  }, [text, cluster.service, cluster.namespace]);
  return words;
}
