import type { EvidenceChannel, Finding } from '@loghunter/contracts';
import { t } from '../../translations';

export function channelWord(channel: EvidenceChannel): string {
  const words: Readonly<Record<EvidenceChannel, string>> = {
    order: t('rootCause.channel.order', 'order of lines'),
    errors: t('rootCause.channel.errors', 'new errors'),
    rate: t('rootCause.channel.rate', 'rate'),
    delay: t('rootCause.channel.delay', 'own delay'),
    calls: t('rootCause.channel.calls', 'slow calls'),
    silence: t('rootCause.channel.silence', 'silence'),
    load: t('rootCause.channel.load', 'load'),
  };
  return words[channel];
}

export function findingKindWord(kind: Finding['kind']): string {
  const words: Readonly<Record<Finding['kind'], string>> = {
    'new-order': t('rootCause.finding.new-order', 'new order'),
    'vanished-order': t('rootCause.finding.vanished-order', 'a line that should follow is missing'),
    'new-error': t('rootCause.finding.new-error', 'new error'),
    'new-cluster': t('rootCause.finding.new-cluster', 'new cluster'),
    'gone-cluster': t('rootCause.finding.gone-cluster', 'cluster gone'),
    'more-often': t('rootCause.finding.more-often', 'more often'),
    'less-often': t('rootCause.finding.less-often', 'less often'),
    'slow-steps': t('rootCause.finding.slow-steps', 'slow steps'),
    'slow-calls': t('rootCause.finding.slow-calls', 'slow calls'),
    'fell-silent': t('rootCause.finding.fell-silent', 'fell silent'),
    'high-load': t('rootCause.finding.high-load', 'high load'),
  };
  return words[kind];
}
