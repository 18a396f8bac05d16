import type { ResolvedPiece, Variable } from "../model/variables";

/**
 * Keys by text, references and all. Each reading of one attribute is another text until Terraform resolves it, so a cloud
 * that reads again for each workload gets a key too many; taking references as equal would hand out wrong credentials.
 */
export const samePieces = (some: readonly ResolvedPiece[], others: readonly ResolvedPiece[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

/**
 * Gives secret variables their keys in the application's Secret. The first workload to ask has the plain key, and all that
 * have the very same credentials share it; one with others, such as a database user of its own, has its name before.
 */
export class SecretKeys {
  readonly #plain = new Map<string, readonly ResolvedPiece[]>();

  public assign(workload: string, variable: Variable): Variable {
    if (!("template" in variable)) return variable;
    const { secretKey, template } = variable;
    const first = this.#plain.get(secretKey) ?? template;
    this.#plain.set(secretKey, first);
    return samePieces(first, template) ? variable : { ...variable, secretKey: `${workload}-${secretKey}` };
  }
}
