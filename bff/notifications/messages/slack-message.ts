import { describeFacts, describeKind, describeMessage, type Message, type MessageItem } from './message.ts';

// Limits of Block Kit: a header 150 characters, a text 3,000, a message 50 blocks, a button's address 3,000.
const maxHeaderCharacters = 150;
const maxTextCharacters = 3000;
const maxUrlCharacters = 3000;

/** The body for an incoming webhook of Slack, or of what takes the same. */
export function toSlackBody(message: Message): string {
  const more = message.moreCount === 0 ? [] : [toContext(`and ${message.moreCount} more`)];
  return JSON.stringify({
    // Shown in notifications, and by what knows no blocks.
    text: escape(describeMessage(message)),
    blocks: [...message.items.flatMap((item, index) => toBlocks(message, item, index)), ...more],
  });
}

function toBlocks(message: Message, item: MessageItem, index: number): readonly object[] {
  const { notice } = item;
  const mark = message.isTest ? 'Test: ' : '';
  const facts = describeFacts(notice).map(([name, value]) => `*${name}:* ${escape(value)}`);
  const links = item.links.map(({ label, url }) => `<${url}|${escape(label)}>`).join('  ·  ');
  return [
    {
      type: 'header',
      // Names the message where Slack hands it on; the same at every attempt.
      block_id: `loghunter-${message.id}-${index}`,
      text: {
        type: 'plain_text',
        text: cut(`${mark}[${notice.severity}] ${describeKind(notice.kind)}`, maxHeaderCharacters),
      },
    },
    toSection([`*${escape(notice.title)}*`, ...facts].join('\n')),
    ...(notice.lines.length === 0 ? [] : [toSection(`\`\`\`${notice.lines.map(toCode).join('\n')}\`\`\``)]),
    ...(links === '' ? [] : [toContext(links)]),
    ...toButtons(item),
  ];
}

function toButtons({ buttons }: MessageItem): readonly object[] {
  const elements = buttons
    .filter(({ url }) => url.length <= maxUrlCharacters)
    .map(({ label, url }) => ({ type: 'button', text: { type: 'plain_text', text: label }, url }));
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

function toSection(text: string) {
  return { type: 'section', text: { type: 'mrkdwn', text: cut(text, maxTextCharacters) } };
}

function toContext(text: string) {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: cut(text, maxTextCharacters) }] };
}

/** Slack's three control characters: without them a text mentions nobody and links nowhere. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// Three of them would end the block of code.
function toCode(line: string): string {
  return escape(line).replaceAll('```', "'''");
}

function cut(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1)}…`;
}
