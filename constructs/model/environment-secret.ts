/** Something secret that the platform needs and nobody can make but people. */
export interface EnvironmentSecret {
  /** Names it, unique among the logins of `registries` too. */
  readonly name: string;
  /** Text for people who make it: what it is, and where it is found. */
  readonly description: string;
}
