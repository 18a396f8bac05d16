import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connected, guardsOf, OWNERS_STACKS } from "../support/owners-stack";
import { storyEngine } from "./support/engine";

/*
 * An application on another team's stack, whose provider says nothing of its place: variables, a profile or whoever is
 * signed in do. The engine judges the condition on what that provider finds, and a plan for another place stops.
 */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-owners-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A plan with the conditions of the data source, on what it would have read. */
function plan(
  name: string,
  conditions: readonly object[],
  found: object,
): { readonly code: number; readonly text: string } {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const precondition = JSON.parse(JSON.stringify(conditions).replaceAll("self.", "local.found.")) as object[];
  const resource = { terraform_data: { guard: { lifecycle: { precondition } } } };
  writeFileSync(join(cwd, "main.tf.json"), JSON.stringify({ locals: { found }, resource }));
  try {
    const options = { cwd, encoding: "utf8", stdio: "pipe" } as const;
    execFileSync(storyEngine(), ["init", "-no-color"], options);
    return { code: 0, text: execFileSync(storyEngine(), ["plan", "-no-color", "-input=false"], options) };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, text: stdout + stderr };
  }
}

test.each(OWNERS_STACKS.map((owners) => [owners.name, owners] as const))("on %s", (name, owners) => {
  const { guard } = owners;
  const json = connected(owners, (stack) => void owners.provider(stack, owners.silent));
  const conditions = guardsOf(json, owners);
  expect(conditions).toHaveLength(1);
  expect(plan(`${name}-here`, conditions, { [guard.attribute]: guard.here })).toMatchObject({ code: 0 });
  const { code, text } = plan(`${name}-elsewhere`, conditions, { [guard.attribute]: guard.elsewhere });
  expect(code).toBe(1);
  const said = text.replaceAll(/[│╷╵\s]+/g, " ");
  expect(said).toContain(guard.elsewhere.replaceAll(/\s+/g, " "));
  expect(said).toMatch(/The stack's own \w+ provider .* and environment production is in/);
});
