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

  /**
   * @param reads whether it is the sign-in of a user that may only read, whose key is another than the writer's: a pod waits
   * for a key that is not there yet, and would start with the old text of one that is
   */
  public assign(workload: string, variable: Variable, reads = false): Variable {
    if (!("template" in variable)) return variable;
    const { secretKey: plain, template } = variable;
    const first = this.#plain.get(plain) ?? template;
    this.#plain.set(plain, first);
    // With a dot, which no name of a workload or service has: "reports" reading is not "reports-read" writing.
    const secretKey = reads ? `read.${plain}` : plain;
    return { ...variable, secretKey: samePieces(first, template) ? secretKey : `${workload}-${secretKey}` };
  }
}
