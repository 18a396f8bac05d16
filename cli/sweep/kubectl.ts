import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, Words } from "../../constructs/preflight/check";
import type { Ask } from "../../constructs/preflight/outcome";
import { type FoundObject, readList, readObject } from "../../constructs/sweep/found";
import { Unanswered } from "../unanswered";

/** The line that tells people why. */
export const firstLine = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "") ?? "it says nothing";

/** Asks, and has an answer or says why there is none. */
export async function answered(ask: Ask, words: Words): Promise<Answer> {
  const answer = await ask(words);
  if ("none" in answer) throw new Unanswered(answer.says);
  return answer;
}

/** Asks for an answer of code 0. */
export async function succeeded(ask: Ask, words: Words): Promise<string> {
  const { code, text, complaint } = await answered(ask, words);
  if (code === 0) return text;
  throw new Unanswered(`${words.slice(0, 3).join(" ")}: ${firstLine(complaint)}`);
}

/** `kubectl` on the environment's cluster. */
export class Kubectl {
  constructor(
    private readonly ask: Ask,
    private readonly context: string | undefined,
  ) {}

  #words(...words: Words): Words {
    return ["kubectl", ...words, ...(this.context === undefined ? [] : ["--context", this.context])];
  }

  /** Objects of a kind that have the label. A kind that the cluster does not know has none. */
  async labelled(kind: string, label: string): Promise<readonly FoundObject[]> {
    const answer = await answered(this.ask, this.#words("get", kind, "--selector", label, "--output", "json"));
    if (answer.code === 0) return readList(answer.text);
    if (/doesn't have a resource type/.test(answer.complaint)) return [];
    throw new Unanswered(`kubectl get ${kind}: ${firstLine(answer.complaint)}`);
  }

  /** A namespace; `undefined` where there is none. */
  async namespace(name: string): Promise<FoundObject | undefined> {
    const text = await succeeded(
      this.ask,
      this.#words("get", "namespace", name, "--ignore-not-found", "--output", "json"),
    );
    return text.trim() === "" ? undefined : readObject(JSON.parse(text));
  }

  /**
   * Deletes an object if it still is what was judged: another one of its name, and one that somebody has changed since, stays.
   *
   * @param path of the API: `/api/v1/namespaces/my-app-pr-123`
   * @returns why it was not deleted; `undefined` where it was, or is not there
   */
  async remove(path: string, { uid, resourceVersion }: FoundObject): Promise<string | undefined> {
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-sweep-"));
    try {
      const file = join(folder, "options.json");
      const options = { kind: "DeleteOptions", apiVersion: "v1", preconditions: { uid, resourceVersion } };
      writeFileSync(file, JSON.stringify({ ...options, propagationPolicy: "Background" }));
      const { code, complaint } = await answered(this.ask, this.#words("delete", "--raw", path, "--filename", file));
      if (code === 0 || /\bNotFound\b|not found/.test(complaint)) return undefined;
      return firstLine(complaint);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
