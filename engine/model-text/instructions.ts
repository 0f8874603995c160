import { readingsOf } from './readings.ts';

/** Words that have a model drop what it was told, in the languages that attacks are most often written in. */
const overriding = [
  /\b(?:ignore|disregard|forget|override|bypass|discard|stop following|do not follow|pay no attention to)\b.{0,60}\b(?:instruction|prompt|rule|guideline|direction|context|polic(?:y|ies)|constraint|told|evidence|findings)/,
  /\b(?:new|updated|real|actual|revised|following|hidden|admin|priority) (?:system )?(?:instruction|prompt|directive|task|order)s?\b/,
  /\b(?:system|developer|admin|operator) (?:prompt|message|override|instruction|mode|notice)\b/,
  /\bignorier\w* .{0,40}(?:anweisung|regel|vorgabe)/,
  /\bignor[aeo]\w* .{0,40}(?:instruc|istruzion|consign|r[eè]gl)/,
  /(?:忽略|无视|無視).{0,12}(?:指令|指示|说明|提示|规则)|(?:指示|命令).{0,6}(?:無視|忘れ)/,
  /игнориру\w* .{0,40}(?:инструкц|указан|правил)/,
];

/** What belongs to conversations with models, and to no log of anything else. A reading has blanks for underscores. */
const conversation = [
  /<\|[a-z ]{2,30}\|>|\[\/?inst\]|<<\/?sys>>/,
  /<\/?(?:system|assistant|user|human|instructions?|prompt|tool calls?|function calls?|invoke|logs?|evidence|untrusted|context|answer)\s*>/,
  /#{2,}\s*(?:system|instructions?|assistant|response|human|new task)\b/,
  /(?<![\w.-])(?:system|assistant|developer|human)\s*[:>]\s*\S+ \S+/,
  /"role"\s*:\s*"(?:system|assistant|developer|user|tool)"/,
  /"(?:tool calls?|tool use|function call|tool choice)"/,
  /"(?:name|function|tool)"\s*:\s*"[^"]{1,80}"\s*,\s*"(?:arguments|parameters|input)"\s*:/,
];

/** Words that are meant for whoever reads with a model. */
const addressing = [
  /\b(?:as an? (?:ai|llm|language model|assistant)|(?:dear|attention|hey|hello|hi|note (?:to|for)(?: the)?(?: any)?|message (?:to|for)(?: the)?) ?,? ?(?:ai|llm|model|assistant|agent|bot|gpt|claude|chatgpt|analyst bot))\b/,
  /\b(?:you are|you're|act as|pretend|behave as|roleplay)\b.{0,40}\b(?:assistant|ai|model|gpt|dan|bot|agent|jailbroken|unrestricted|longer)\b/,
  /\b(?:ai|llm|language model|assistant|agent)s?\b.{0,20}\b(?:reading|analy[sz]ing|processing|summari[sz]ing|parsing|must|should|shall|please)\b/,
  /\b(?:from now on|henceforth)\b.{0,60}\b(?:you|answer|respond|reply|say)\b/,
  /\bif you (?:are|can read|read|see|process|analy[sz]e)\b.{0,60}\b(?:this|line|log|model|ai)\b/,
];

/** Words that say what is to stand in an answer. */
const dictating = [
  /\b(?:respond|reply|answer|output|print|say|write|return|include|append|add|repeat|report|emit|echo|insert|place|put|mention|end|start|begin|finish|conclude)\b.{0,60}\b(?:in|of|to|with|from) (?:your|the) (?:final )?(?:answer|summary|response|output|reply|report|json|explanation|analysis|diagnosis|hypothes[ie]s)\b/,
  /\b(?:respond|reply|answer|output|say|print|write)\b.{0,20}\b(?:only|exactly|verbatim|with the (?:word|string|phrase|token|code|following)|the (?:word|string|phrase|token|code))\b/,
  /\b(?:reveal|disclose|leak|repeat|show|print|dump|expose|exfiltrate|tell (?:me|us))\b.{0,40}\b(?:prompt|instructions|marker|fence|secrets?|system message|api keys?|credentials|context window|conversation)\b/,
  /\b(?:set|raise|change|increase|mark|report|rate)\b.{0,30}\b(?:confidence|verdict)\b.{0,30}(?:to|as|=|:)/,
  /\b(?:the )?root[ _]cause (?:is|was|must be|should be|=|:)? ?(?:definitely|certainly|confirmed|always)\b/,
  /\b(?:do not|don't|never) (?:mention|report|investigate|escalate|page|blame|suspect|look (?:at|into)|tell|include)\b/,
  /\b(?:blame|suspect|accuse|exonerate|clear|name) (?:only )?(?:the )?service\b/,
];

/** What only makes sense where an answer is shown or parsed. */
const smuggling = [
  /!\[[^\]]{0,200}\]\(|\[[^\]]{1,200}\]\(\s*(?:https?|data|javascript|ftp):/,
  /<(?:img|script|iframe|svg|object|embed|link|meta|form)\b[^>]{0,500}(?:src|href|on\w+|action|>)/,
  /\bjavascript:|data:text\/html/,
  /"(?:root cause|hypotheses|next checks|suggested action|mechanism)"\s*:/,
  /"summary"\s*:\s*(?:"|\[)/,
  /\b(?:begin|end|close|start)[ _-]?(?:of[ _-]?)?(?:the[ _-]?)?(?:evidence|untrusted|fence|user input|user data|log data|prompt)\b/,
  /\b(?:evidence|fence|lines)-[0-9a-f]{6,}/,
  /\b(?:resolution|incident|on-?call|sre|ops|investigation|operator|admin(?:istrator)?) (?:note|update|verdict|comment|decision)s?\s*[:=-]/,
];

const patterns = [...overriding, ...conversation, ...addressing, ...dictating, ...smuggling];
/** A word that stands more often than this in a row is a flood. */
const longestRun = 30;
/** As much of a text as is looked at; lines of evidence are cut far below. */
const maxLength = 8192;

/**
 * Whether a text of a log looks as if it were written for a language model that reads it: commands, marks of conversations, tool
 * calls, images and links that carry data away, parts of an answer, floods of one word. Also when it is hidden: in letters that only look Latin, in
 * letters set apart, in Base64, hexadecimal, percent signs, rot13, backwards or with digits for letters. A guess: it finds what people are known
 * to write and takes some harmless lines with it; nothing may rest on it alone.
 */
export function looksLikeInstruction(text: string): boolean {
  const looked = text.slice(0, maxLength);
  return isFlood(looked) || readingsOf(looked).some((reading) => patterns.some((pattern) => pattern.test(reading)));
}

function isFlood(text: string): boolean {
  let run = 0;
  let before = '';
  for (const word of text.split(/\s+/)) {
    // Rulers of dashes and zeros of dumps are no words.
    run = word === before && /\p{L}{2}/u.test(word) ? run + 1 : 0;
    before = word;
    if (run >= longestRun) {
      return true;
    }
  }
  return false;
}
