// Credentials that their own format gives away, written from the vendors' documented prefixes, alphabets and lengths.
import { credential } from './rule.ts';
import type { RedactionRule } from './rule.ts';

/** Formats of tokens and keys by vendor. */
export const credentialRules: readonly RedactionRule[] = [
  credential('jwt', ['eyj'], /(?<![\w-])eyJ[\w-]{10,4000}\.(?:eyJ)?[\w-]{10,6000}(?:\.[\w-]{0,2000})?/g),
  credential(
    'aws-access-key',
    ['akia', 'asia', 'abia', 'acca'],
    /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])/g
  ),
  credential('alibaba-access-key', ['ltai'], /\bLTAI[A-Za-z0-9]{12,24}\b/g),
  credential('tencent-secret-id', ['akid'], /\bAKID[A-Za-z0-9]{32}\b/g),
  credential('google-api-key', ['aiza'], /\bAIza[\w-]{35}(?![\w-])/g),
  credential('google-oauth', ['ya29.', 'gocspx-'], /\b(?:ya29\.[\w-]{20,600}|GOCSPX-[\w-]{28})/g),
  credential('github', ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], /\bgh[pousr]_[A-Za-z0-9]{36,255}/g),
  credential('github-fine-grained', ['github_pat_'], /\bgithub_pat_\w{22,255}/g),
  credential(
    'gitlab',
    ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-', 'glagent-', 'gloas-', 'glimt-', 'glffct-'],
    /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|oas|imt|ffct)-[\w.-]{20,300}/g
  ),
  credential('slack', ['xox', 'xapp-'], /\b(?:xox[abeoprs](?:\.xox[bp])?-[\w-]{10,250}|xapp-\d-[\w-]{10,250})/gi),
  credential(
    'slack-webhook',
    ['hooks.slack.com'],
    /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<value>[\w+/-]{20,200})/g
  ),
  credential(
    'stripe',
    ['k_live_', 'k_test_', 'k_prod_', 'whsec_'],
    /\b(?:[sr]k_(?:live|test|prod)_[A-Za-z0-9]{10,250}|whsec_[\w+/=]{24,100})/g
  ),
  credential(
    'openai',
    ['sk-'],
    /\bsk-(?:(?:proj|svcacct|admin)-[\w-]{20,250}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[A-Za-z0-9]{48}\b)/g
  ),
  credential('anthropic', ['sk-ant-'], /\bsk-ant-[a-z0-9]{3,8}-[\w-]{20,200}/g),
  credential('hugging-face', ['hf_', 'api_org_'], /\b(?:hf_|api_org_)[A-Za-z0-9]{34}\b/g),
  credential('npm', ['npm_'], /\bnpm_[A-Za-z0-9]{36}\b/g),
  credential('pypi', ['pypi-'], /\bpypi-[\w-]{50,300}/g),
  credential('rubygems', ['rubygems_'], /\brubygems_[0-9a-f]{48}\b/g),
  credential('crates', ['cio'], /\bcio[A-Za-z0-9]{32}\b/g),
  credential('nuget', ['oy2'], /\boy2[a-z0-9]{43}\b/g),
  credential('docker-hub', ['dckr_'], /\bdckr_(?:pat|oat)_[\w-]{27,40}/g),
  credential('sendgrid', ['sg.'], /\bSG\.(?:[\w-]{16,32}\.[\w-]{16,64}|[\w=.-]{66})/g),
  credential('twilio', ['sk'], /\bSK[0-9a-f]{32}\b/g),
  credential('mailgun', ['key-'], /\bkey-[0-9a-f]{32}\b/g),
  credential('mailchimp', ['-us'], /\b[0-9a-f]{32}-us\d{1,2}\b/g),
  credential('brevo', ['xkeysib-'], /\bxkeysib-[0-9a-f]{64}-\w{16}\b/g),
  credential('digitalocean', ['_v1_'], /\bdo[opr]_v1_[0-9a-f]{64}\b/g),
  credential('shopify', ['shp'], /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/g),
  credential('square', ['sq0', 'eaaa'], /\b(?:sq0[a-z]{3}-[\w-]{22,60}|EAAA[\w-]{56,64}\b)/g),
  credential('facebook', ['eaa', '|'], /\b(?:EAA[A-Za-z0-9]{80,300}\b|\d{15,16}(?:\||%7[Cc])[\w-]{27,40}(?![\w-]))/g),
  credential('databricks', ['dapi'], /\bdapi[0-9a-f]{32}(?:-\d)?\b/g),
  credential(
    'grafana',
    ['glsa_', 'glc_', 'eyjrijoi'],
    /\b(?:glsa_[A-Za-z0-9]{32}_[0-9a-f]{8}|glc_[\w+/]{32,400}={0,2}|eyJrIjoi[\w+/]{60,400}={0,2})/g
  ),
  credential('vault', ['hvs.', 'hvb.', 'hvr.'], /\bhv[sbr]\.[\w-]{24,400}/g),
  credential('terraform', ['.atlasv1.'], /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,80}/g),
  credential('azure-client-secret', ['q~'], /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g),
  credential(
    'azure-shared-key',
    ['accountkey=', 'sharedaccesskey='],
    /\b(?:AccountKey|SharedAccessKey)=(?<value>[A-Za-z0-9+/]{40,100}={0,2})/gi
  ),
  credential('telegram', [':a'], /(?<![\w:-])\d{7,12}:A[\w-]{34,35}(?![\w-])/g),
  credential('discord', ['discord', '.'], /\b[MNO][A-Za-z0-9]{22,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/g),
  credential('discord-webhook', ['/api/webhooks/'], /\/api\/webhooks\/\d{10,22}\/(?<value>[\w-]{50,90})/g),
  credential('linear', ['lin_'], /\blin_(?:api|oauth)_[A-Za-z0-9]{40,64}\b/g),
  credential('notion', ['secret_', 'ntn_'], /\b(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{43,50})\b/g),
  credential('airtable', ['pat'], /\bpat[A-Za-z0-9]{14}\.[0-9a-f]{64}\b/g),
  credential('doppler', ['dp.'], /\bdp\.(?:pt|st|ct|sa|scim|audit)\.(?:[\w-]{2,35}\.)?[A-Za-z0-9]{40,44}\b/g),
  credential('planetscale', ['pscale_'], /\bpscale_(?:tkn|pw|oauth)_[\w.=-]{32,64}/g),
  credential('postman', ['pmak-'], /\bPMAK-[0-9a-f]{24}-[0-9a-f]{34}\b/gi),
  credential('new-relic', ['nrak-', 'nrjs-', 'nrii-', 'nraa-'], /\bNR(?:AK|JS|II|AA)-[A-Za-z0-9_-]{19,40}/g),
  credential('sentry', ['sntrys_', 'sntryu_'], /\bsntry[su]_[\w+/=]{40,300}/g),
  credential('atlassian', ['atatt3', 'atctt3', 'atbb'], /\b(?:AT[AC]TT3[\w=-]{60,300}|ATBB[\w]{24,40})/g),
  credential('heroku', ['hrku-'], /\bHRKU-[\w-]{36,70}/g),
  credential('dynatrace', ['dt0'], /\bdt0[a-z]\d{2}\.[A-Z0-9]{24}\.[A-Z0-9]{64}\b/gi),
  credential('supabase', ['sbp_', 'sb_secret_'], /\b(?:sbp_[0-9a-f]{40}|sb_secret_[\w-]{20,60})/g),
  credential('pulumi', ['pul-'], /\bpul-[0-9a-f]{40}\b/g),
  credential('contentful', ['cfpat-'], /\bCFPAT-[\w-]{43}/g),
  credential('figma', ['figd_'], /\bfigd_[\w-]{40,60}/g),
  credential('artifactory', ['akc'], /\bAKCp\d[A-Za-z0-9]{65,75}\b/g),
  credential('age', ['age-secret-key-'], /\bAGE-SECRET-KEY-1[A-Z0-9]{58}\b/gi),
  credential('asana', ['asana'], /\basana\S{0,20}?[:=/ ]"?(?<value>\d{1,2}\/\d{10,20}[:/][0-9a-f]{32})/gi),
  credential('easypost', ['ezak', 'eztk'], /\bEZ[AT]K[A-Za-z0-9]{54}\b/g),
  credential('flutterwave', ['flwseck'], /\bFLWSECK(?:_TEST)?-[0-9A-Za-z]{12,40}(?:-X)?/gi),
  credential('frameio', ['fio-u-'], /\bfio-u-[\w=-]{64}/gi),
  credential('ionic', ['ion_'], /\bion_[A-Za-z0-9]{42}\b/g),
  credential('prefect', ['pnu_'], /\bpnu_[A-Za-z0-9]{36}\b/g),
  credential('readme', ['rdme_'], /\brdme_[a-z0-9]{70}\b/g),
  credential('typeform', ['tfp_'], /\btfp_[\w.=-]{59}/g),
  credential('scalingo', ['tk-us-'], /\btk-us-[\w-]{48}/g),
  credential('sendinblue', ['xsmtpsib-'], /\bxsmtpsib-[0-9a-f]{64}-\w{16}\b/g),
];
