/** A template with some choices, and what its own tests say. */
export interface Tried {
  readonly name: string;
  readonly options: readonly string[];
  /** Commands in the folder of its code, in their order. */
  readonly tests: readonly { readonly command: readonly string[]; readonly says: RegExp }[];
}

export const NPM = [
  { command: ["npm", "ci", "--no-audit", "--no-fund"], says: /added \d+ packages/ },
  { command: ["npm", "test"], says: /^# pass [1-9]\d*\n# fail 0$/m },
] as const;

/**
 * Composer reaches no registry of its packages from here, so the tests are those of Debian's PHPUnit, and the lock file is that of the sample, of
 * which it is a part: a test of the image of each version of PHP is the pipeline's.
 */
export const PHP = [
  { command: ["composer", "validate", "--strict", "--no-interaction"], says: /is valid/ },
  { command: ["composer", "dump-autoload", "--no-interaction", "--no-plugins"], says: /Generated autoload files/ },
  { command: ["phpunit"], says: /^OK \(\d{2} tests/m },
] as const;

export const TEMPLATES: readonly Tried[] = [
  { name: "node-api", options: [], tests: NPM },
  { name: "node-api", options: ["--database", "none"], tests: NPM },
  { name: "node-web", options: [], tests: NPM },
  { name: "php-api", options: [], tests: PHP },
  { name: "worker", options: [], tests: NPM },
];
