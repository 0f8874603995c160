// More credentials that their own format gives away: developer services, hosting, models, password hashes.
import { credential } from './rule.ts';
import type { RedactionRule } from './rule.ts';

/** Formats of tokens and keys by vendor, from the vendors' documentation. */
export const serviceTokenRules: readonly RedactionRule[] = [
  credential(
    'password-hash',
    ['$1$', '$2', '$5$', '$6$', '$y$', '$apr1$', '$argon2', 'pbkdf2_', '{ssha', '{sha}'],
    /(?<![\w$])(?:\$2[abxy]?\$\d{2}\$[./A-Za-z0-9]{53}|\$(?:1|5|6|y|apr1)\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,40}\$(?:[./A-Za-z0-9]{1,40}\$)?[./A-Za-z0-9]{16,100}|\$argon2(?:id|i|d)\$v=\d{1,3}\$m=\d{1,9},t=\d{1,5},p=\d{1,5}\$[A-Za-z0-9+/]{8,80}\$[A-Za-z0-9+/]{16,200}|pbkdf2_sha(?:1|256|512)\$\d{1,9}\$[A-Za-z0-9]{6,60}\$[A-Za-z0-9+/]{20,120}={0,2}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{20,120}={0,2})/g
  ),
  credential('google-refresh-token', ['1//0'], /(?<![\w/])1\/\/0[\w-]{40,200}/g),
  credential('firebase', [':apa91b'], /(?<![\w:])[\w-]{11,30}:APA91b[\w-]{120,300}/g),
  credential('teams-webhook', ['webhookb2'], /\/webhookb2\/(?<value>[\w@./-]{60,300})/gi),
  credential('twitter-bearer', ['aaaaaaaaaaaaaaaa'], /(?<![\w%])A{16,24}[\w%]{60,120}/g),
  credential('mapbox', ['sk.', 'tk.', 'pk.'], /\b(?:[st]k\.eyJ[\w-]{20,200}|pk\.[a-z0-9]{60})\.[\w-]{20,60}/gi),
  credential('okta', ['ssws '], /\bSSWS (?<value>[\w-]{30,80})/gi),
  credential('cloudflare-origin', ['v1.0-'], /\bv1\.0-[0-9a-f]{24}-[0-9a-f]{146}\b/g),
  credential(
    'launchdarkly',
    ['sdk-', 'api-', 'mob-'],
    /(?<![\w-])(?:sdk|api|mob)-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
  ),
  credential('buildkite', ['bkua_'], /\bbkua_[0-9a-f]{40}\b/g),
  credential('circleci', ['ccipat_', 'ccipri_'], /\bCCIP(?:AT|RI)_[A-Za-z0-9]{22}_[0-9a-fA-F]{40}\b/g),
  credential('clojars', ['clojars_'], /\bCLOJARS_[a-z0-9]{60}\b/gi),
  credential('duffel', ['duffel_'], /\bduffel_(?:test|live)_[\w=-]{43}/g),
  credential('fly', ['fo1_', 'fm1', 'fm2_'], /\b(?:fo1_[\w-]{43}|fm1[ar]_[\w+/=]{60,400}|fm2_[\w+/=]{60,400})/g),
  credential('harness', ['pat.', 'sat.'], /\b(?:pat|sat)\.[\w-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}\b/gi),
  credential('infracost', ['ico-'], /(?<![\w.])ico-[A-Za-z0-9]{32}\b/g),
  credential('jfrog-reference', ['cmvmdg'], /\bcmVmdGtu[A-Za-z0-9]{50,80}\b/g),
  credential('netlify', ['nfp_'], /\bnfp_[A-Za-z0-9]{36,44}\b/g),
  credential('openshift', ['sha256~'], /\bsha256~[\w-]{43}/g),
  credential('octopus-deploy', ['api-'], /(?<![\w/-])API-[A-Z0-9]{25,36}(?![\w-])/g),
  credential('perplexity', ['pplx-'], /\bpplx-[A-Za-z0-9]{48}\b/g),
  credential('groq', ['gsk_'], /\bgsk_[A-Za-z0-9]{50,56}\b/g),
  credential('replicate', ['r8_'], /\br8_[A-Za-z0-9]{37}\b/g),
  credential('xai', ['xai-'], /\bxai-[A-Za-z0-9]{70,90}\b/g),
  credential(
    'plaid',
    ['access-'],
    /\baccess-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
  ),
  credential('resend', ['re_'], /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\b/g),
  credential('shippo', ['shippo_'], /\bshippo_(?:live|test)_[0-9a-f]{40}\b/g),
  credential('sonarqube', ['sqa_', 'sqp_', 'squ_'], /\bsq[apu]_[0-9a-f]{40}\b/g),
  credential('sourcegraph', ['sgp_'], /\bsgp_(?:[0-9a-fA-F]{16}_|local_)?[0-9a-fA-F]{40}\b/g),
  credential(
    'tailscale',
    ['tskey-'],
    /\btskey-(?:api|auth|client|scim|webhook)-[A-Za-z0-9]{8,24}(?:-[A-Za-z0-9]{20,60})?/g
  ),
  credential(
    'yandex',
    ['aqvn', 'y0_', 't1.'],
    /\b(?:AQVN[\w-]{35,38}|y0_[\w-]{50,60}|t1\.[A-Z0-9a-z_-]{60,200}={0,2})/g
  ),
  credential(
    'one-password',
    ['ops_eyj', 'a3-'],
    /\b(?:ops_eyJ[\w+/=]{100,2000}|A3-[A-Z0-9]{6}-[A-Z0-9]{5,11}(?:-[A-Z0-9]{5,6}){3,4})/g
  ),
  credential('adobe', ['p8e-'], /\bp8e-[A-Za-z0-9]{32}\b/gi),
  credential('checkly', ['cu_'], /\bcu_[0-9a-f]{32}\b/g),
  credential('defined-networking', ['dnkey-'], /\bdnkey-[\w=-]{26}-[\w=-]{52}/gi),
  credential('dropbox', ['sl.'], /\bsl\.(?:u\.)?[\w=-]{130,1500}/g),
  credential('gocardless', ['live_', 'sandbox_'], /(?<![\w])(?:live|sandbox)_[A-Za-z0-9_-]{40}(?![\w-])/g),
  credential('intra42', ['s-s4t2'], /\bs-s4t2(?:ud|af)-[0-9a-f]{64}\b/g),
  credential('lob', ['_pub_', 'live_', 'test_'], /(?<![\w])(?:live|test)_(?:pub_)?[0-9a-f]{31,35}(?!\w)/g),
  credential('maxmind', ['_mmk'], /\b[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk\b/g),
  credential('razorpay', ['rzp_'], /\brzp_(?:live|test)_[A-Za-z0-9]{14,24}\b/g),
  credential('paystack', ['sk_live_', 'sk_test_'], /\bsk_(?:live|test)_[0-9a-f]{40}\b/g),
  credential('clickhouse-cloud', ['4b1d'], /\b4b1d[A-Za-z0-9]{38}\b/g),
  credential('honeycomb', ['hcaik_', 'hcxik_', 'hcamk_'], /\bhc[ax](?:ik|mk)_[A-Za-z0-9]{2}[a-z0-9]{50,60}\b/g),
  credential('azure-shared-access', ['sig='], /[?&;]sig=(?<value>[A-Za-z0-9%+/]{40,120}(?:={0,2}))/g),
  credential('microsoft-storage-connection', ['accountkey'], /AccountKey=(?<value>[A-Za-z0-9+/]{86}==)/g),
  credential(
    'wireguard',
    ['privatekey', 'presharedkey'],
    /\b(?:PrivateKey|PresharedKey)\s?=\s?(?<value>[A-Za-z0-9+/]{43}=)/g
  ),
  credential('ethereum-private-key', ['private'], /private[ _-]?key\W{1,6}(?<value>(?:0x)?[0-9a-f]{64})\b/gi),
  credential('weights-and-biases', ['wandb'], /\bwandb[\w -]{0,20}[\s:="']{1,4}(?<value>[0-9a-f]{40})\b/gi),
  credential(
    'sumo-logic',
    ['sumo'],
    /(?<![A-Za-z])sumo(?:[_-]?logic)?(?![a-z])[\w -]{0,30}[\s:="']{1,4}(?<value>[A-Za-z0-9]{14}|su[A-Za-z0-9]{12}|[A-Za-z0-9]{64})(?!\w)/gi
  ),
  credential('mattermost-webhook', ['/hooks/'], /\/hooks\/(?<value>[a-z0-9]{26})\b/g),
  credential('zapier-webhook', ['hooks.zapier.com'], /hooks\.zapier\.com\/hooks\/catch\/(?<value>[\w/]{8,60})/g),
  credential('settlemint', ['sm_'], /\bsm_[aps]at_[A-Za-z0-9]{16}\b/g),
  credential('gitlab-runner-registration', ['gr1348941'], /\bGR1348941[\w-]{20}/g),
  credential(
    'bedrock',
    ['bedrock-api-key-', 'absk'],
    /\b(?:bedrock-api-key-[A-Za-z0-9+/]{20,2000}={0,2}|ABSK[A-Za-z0-9+/]{100,270}={0,2})/g
  ),
  credential('sidekiq', ['contribsys'], /contribsys[^\n]{0,60}?(?<value>[0-9a-f]{8}:[0-9a-f]{8})(?![0-9a-f])/gi),
  credential('yandex-cloud-key', ['yc'], /\bYC[\w-]{38}(?![\w-])/g),
  credential(
    'authress',
    ['acc'],
    /\b(?:sc|ext|scauth|authress)_[a-z0-9]{5,30}\.[a-z0-9]{4,6}\.acc[_-][a-z0-9-]{10,32}\.[a-z0-9+/_=-]{30,120}/gi
  ),
  credential(
    'oauth-code',
    ['code='],
    /[?&](?:code|state|assertion|id_token|samlresponse)=(?<value>[\w%./+~-]{16,2000}={0,2})/gi
  ),
];
