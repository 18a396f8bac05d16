import { elementPath } from "../model/element";
import { outOfBandSecrets, platformSecrets } from "../model/out-of-band";
import type { Environment } from "../model/resolved";
import { answerAt, failed, passed } from "./answers";
import type { Answer, Check, Need, Words } from "./check";

/** A secret that people make before a deploy. */
export interface WantedSecret {
  readonly name: string;
  readonly description: string;
  /** Its name in the store. */
  readonly remoteKey: string;
  readonly of: string;
}

/** Every secret that people make for an environment: the platform's, and those of its applications. */
export function wantedSecrets(environment: Environment): WantedSecret[] {
  const { applications, registries } = environment;
  const all = [
    ...platformSecrets(environment).map((secret) => ({ secret, of: "platform" })),
    ...(registries?.logins ?? []).map((secret) => ({ secret, of: "platform" })),
    ...applications.flatMap((application) =>
      outOfBandSecrets(application).map((secret) => ({
        ...{ secret, of: elementPath({ kind: "secret", application: application.name, name: secret.name }) },
      })),
    ),
  ];
  const once = new Map(
    all.map(({ secret: { name, description, remoteKey }, of }) => [remoteKey, { name, description, remoteKey, of }]),
  );
  return [...once.values()];
}

/** How a store says which secrets it has. Their values are never asked for. */
export interface SecretStore {
  /** What people call it: `Secrets Manager`. */
  readonly store: string;
  readonly ask: Words;
  readonly passes: string;
  readonly make: (secret: WantedSecret) => string;
  readonly source: string;
  readonly after: readonly string[];
  /** Those of the names that it has not. @throws NotUnderstood */
  readonly missing: (answer: Answer, remoteKeys: readonly string[]) => readonly string[];
  /** Asks for the value of one: that it is there, and not what it is. @default - `missing` says of those without a value too */
  readonly value?: {
    readonly ask: (remoteKey: string) => Words;
    /** Why nobody can read it. `undefined`: it can be read. @throws NotUnderstood */
    readonly lacks: (answer: Answer) => string | undefined;
  };
}

const needOf = ({ remoteKey, description, of }: WantedSecret): Need => ({ what: `${remoteKey}: ${description}`, of });

/** Whether the store has all of them. */
export function secretsCheck(wanted: readonly WantedSecret[], { store, make, missing, value, ...of }: SecretStore): Check[] {
  if (wanted.length === 0) return [];
  const { ask, passes, source, after } = of;
  return [
    {
      id: "secrets",
      kind: "secrets",
      holds: `${store} has ${wanted.length === 1 ? "the secret" : `the ${wanted.length} secrets`} that people make`,
      needs: wanted.map(needOf),
      ask: [ask, ...(value === undefined ? [] : wanted.map(({ remoteKey }) => value.ask(remoteKey)))],
      passes,
      otherwise: {
        say: "put its value, without a line break, into a file of its name, and make it",
        run: wanted.map(make),
      },
      ...{ source, after },
      judge: (answers) => {
        const found = missing(
          answerAt(answers, 0),
          wanted.map(({ remoteKey }) => remoteKey),
        );
        if (found.length > 0) return failed(`not there: ${found.join(", ")}`);
        const lacking = wanted.flatMap(({ remoteKey }, index) => {
          const lack = value?.lacks(answerAt(answers, index + 1));
          return lack === undefined ? [] : [`${remoteKey} ${lack}`];
        });
        return lacking.length === 0 ? passed(`${wanted.length} are there`) : failed(lacking.join(", "));
      },
    },
  ];
}
