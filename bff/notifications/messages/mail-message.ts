import type { MailMessage } from '@loghunter/ports';
import { escapeHtml as escape } from './escape-html.ts';
import { describeFacts, describeKind, describeMessage, type Message, type MessageItem } from './message.ts';

// RFC 5322, 2.1.1 allows lines of 998 bytes; mailboxes show far less.
const maxSubjectCharacters = 200;

/** The mail that a message is. */
export function toMail(message: Message, recipients: readonly string[]): MailMessage {
  const more = message.moreCount === 0 ? [] : [`and ${message.moreCount} more`];
  return {
    id: message.id,
    recipients,
    subject: describeMessage(message).slice(0, maxSubjectCharacters),
    text: [...message.items.map(toText), ...more].join('\n\n'),
    html: `<!doctype html><html><body>${[...message.items.map(toHtml), ...more.map((text) => `<p>${text}</p>`)].join('<hr>')}</body></html>`,
  };
}

function toText({ notice, links, buttons }: MessageItem): string {
  const facts = describeFacts(notice).map(([name, value]) => `${name}: ${value}`);
  const lines = notice.lines.map((line) => `  ${line}`);
  const addresses = [...links, ...buttons].map(({ label, url }) => `${label}: ${url}`);
  const head = `[${notice.severity}] ${describeKind(notice.kind)}: ${notice.title}`;
  return [head, ...facts, ...lines, ...addresses].join('\n');
}

function toHtml({ notice, links, buttons }: MessageItem): string {
  const facts = describeFacts(notice).map(
    ([name, value]) => `<tr><th align="left">${escape(name)}</th><td>${escape(value)}</td></tr>`
  );
  const addresses = [...links, ...buttons].map(({ label, url }) => `<a href="${escape(url)}">${escape(label)}</a>`);
  return [
    `<h3>[${notice.severity}] ${escape(describeKind(notice.kind))}</h3><p><b>${escape(notice.title)}</b></p>`,
    `<table>${facts.join('')}</table>`,
    notice.lines.length === 0 ? '' : `<pre>${notice.lines.map(escape).join('\n')}</pre>`,
    `<p>${addresses.join(' &middot; ')}</p>`,
  ].join('');
}
