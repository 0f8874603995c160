export { createSmtpSender } from './smtp-sender.ts';
export type { SmtpOptions } from './smtp-sender.ts';
