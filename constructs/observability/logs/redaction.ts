/* What is taken for a secret in a line. Expressions are of RE2 and of JavaScript alike. */

export interface Redaction {
  /** What it finds, in words. */
  readonly what: string;
  /** What stands before the secret, without groups that capture. */
  readonly before: string;
  readonly secret: string;
  /** What stands after it. @default - anything */
  readonly after?: string;
  /** @default false */
  readonly anyCase?: boolean;
}

/** What stands in the place of a secret. */
export const MASK = "***";

/** Ends of the names of fields that hold secrets: `db_password`, `X-Api-Key`, but not `token_count`. */
const NAMES =
  "(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|cookie)";

/** What is looked for, in this order. A secret that is none of these is not found. */
export const REDACTIONS: readonly Redaction[] = [
  // Before assignments, which would take the word for the secret: "Authorization: Bearer …".
  { what: "tokens of HTTP", before: String.raw`\bbearer\s+`, secret: "[A-Za-z0-9._~+/=-]{6,}", anyCase: true },
  {
    what: "logins of HTTP",
    before: String.raw`\bbasic\s+`,
    secret: "(?:[A-Za-z0-9+/]{10,}={1,2}|[A-Za-z0-9+/]{16,})",
    anyCase: true,
  },
  {
    what: "fields of JSON by their names",
    before: `${NAMES}"\\s*:\\s*"`,
    // A backslash before a quote does not end the value.
    secret: String.raw`(?:[^"\\]|\\.)+`,
    anyCase: true,
  },
  {
    what: "the same in JSON that is a text of JSON",
    before: `${NAMES}\\\\"\\s*:\\s*\\\\"`,
    secret: String.raw`[^"\\]+`,
    anyCase: true,
  },
  {
    what: "assignments in text and queries of addresses",
    before: `${NAMES}\\s*[=:]\\s*`,
    secret: String.raw`[^\s"'\\,;&}\]*]+`,
    anyCase: true,
  },
  { what: "passwords in addresses", before: String.raw`://[^\s:/@"]*:`, secret: String.raw`[^\s/@"]+`, after: "@" },
  { what: "key ids of AWS", before: String.raw`\b`, secret: "(?:AKIA|ASIA)[A-Z0-9]{16}" },
  { what: "JSON Web Tokens", before: String.raw`\b`, secret: String.raw`eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+` },
  { what: "webhooks of Slack", before: String.raw`hooks\.slack\.com/services/`, secret: String.raw`[\w/]+` },
  { what: "keys of Stripe", before: String.raw`\b[spr]k_(?:live|test)_`, secret: "[A-Za-z0-9]{8,}" },
  { what: "tokens of GitHub", before: String.raw`\bgh[opsur]_`, secret: "[A-Za-z0-9]{20,}" },
];

/** The expression of RE2 whose one group is the secret. */
export const expressionOf = ({ before, secret, after = "", anyCase = false }: Redaction): string =>
  `${anyCase ? "(?i)" : ""}${before}(${secret})${after}`;
