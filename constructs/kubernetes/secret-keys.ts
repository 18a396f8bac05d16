import type { ResolvedPiece, Variable } from "../model/variables";

/**
 * Keys by text, references and all. Each reading of one attribute is another text until Terraform resolves it, so a cloud
 * that reads again for each workload gets a key too many; taking references as equal would hand out wrong credentials.
 */
export const samePieces = (some: readonly ResolvedPiece[], others: readonly ResolvedPiece[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

/** A variable of a workload's edge. */
interface Asked {
  readonly workload: string;
  readonly variable: Variable;
  /** Whether it is the sign-in of a user that may only read. @default false */
  readonly reads?: boolean;
}

const isSecret = (variable: Variable): variable is Extract<Variable, { readonly template: unknown }> =>
  "template" in variable;

/**
 * Gives secret variables their keys in the application's Secret, in the order of who asks. The first workload to ask has the plain
 * key, and all that have the very same credentials share it; one with others, such as a database user of its own, has its name before.
 * Where the name of a workload before one key makes another key, nobody has that one: both are parted by dots, whoever asked first.
 *
 * @returns each variable with its key, by the one that was asked for
 */
export function withSecretKeys(asked: readonly Asked[]): ReadonlyMap<Variable, Variable> {
  const given = assigned(asked, () => false);
  const texts = new Map<string, readonly ResolvedPiece[]>();
  const clashing = new Set<string>();
  for (const { secretKey, template } of [...given.values()].filter(isSecret)) {
    const known = texts.get(secretKey) ?? template;
    texts.set(secretKey, known);
    if (!samePieces(known, template)) clashing.add(secretKey);
  }
  return clashing.size === 0 ? given : assigned(asked, (key) => clashing.has(key));
}

function assigned(asked: readonly Asked[], isTaken: (key: string) => boolean): Map<Variable, Variable> {
  const plain = new Map<string, readonly ResolvedPiece[]>();
  const keyed = ({ workload, variable, reads = false }: Asked): Variable => {
    if (!isSecret(variable)) return variable;
    const { secretKey: bare, template } = variable;
    const first = plain.get(bare) ?? template;
    plain.set(bare, first);
    // A pod waits for a key that is not there yet, and would start with the old text of one that is: so who reads has another key
    // than who writes. With a dot, which no name of a workload or service has: "reports" reading is not "reports-read" writing.
    const key = reads ? `read.${bare}` : bare;
    if (samePieces(first, template)) return { ...variable, secretKey: isTaken(key) ? `shared.${key}` : key };
    const own = `${workload}-${key}`;
    return { ...variable, secretKey: isTaken(own) ? `own.${workload}.${key}` : own };
  };
  return new Map(asked.map((one) => [one.variable, keyed(one)]));
}
