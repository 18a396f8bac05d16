import { parse } from "yaml";

/* Workflows as GitHub's own parser reads them, and its expressions as its own evaluator says what they are. */

interface ParsedStep {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | boolean | number>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

interface ParsedJob {
  readonly name: string;
  readonly needs?: readonly string[];
  readonly if?: string;
  readonly "runs-on": string | readonly string[];
  readonly "timeout-minutes"?: number;
  readonly environment?: { readonly name: string; readonly url?: string };
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean | string };
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly services?: Readonly<Record<string, { readonly image: string }>>;
  readonly steps: readonly ParsedStep[];
}

export interface ParsedWorkflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly "cancel-in-progress": boolean | string };
  readonly defaults: { readonly run: { readonly shell: string } };
  readonly jobs: Readonly<Record<string, ParsedJob>>;
}

export type { ParsedJob, ParsedStep };

/** What GitHub's parser has against a workflow; none where it takes it. */
export async function refusals(name: string, content: string): Promise<string[]> {
  const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  const errors = context.errors.getErrors().map(({ message }) => message);
  if (value === undefined) return [...errors, "there is no workflow in it"];
  const { errors: later = [] } = await convertWorkflowTemplate(context, value);
  return [...errors, ...later.map(({ Message }) => Message)];
}

/** The file as data, in the form that the parser has let pass. */
export const workflowIn = (text: string): ParsedWorkflow => parse(text) as ParsedWorkflow;

export type Context = Readonly<Record<string, unknown>>;

/** A text with each `${{ }}` replaced by what it is in this context. */
export async function evaluated(text: string, context: Context): Promise<string> {
  const parts = await Promise.all(
    text.split(/(\$\{\{.*?\}\})/s).map(async (part) => {
      const inner = /^\$\{\{(.*)\}\}$/s.exec(part)?.[1];
      return inner === undefined ? part : (await evaluate(inner, context)).text;
    }),
  );
  return parts.join("");
}

/** Whether the condition of a job or a step holds. */
export async function holds(condition: string, context: Context): Promise<boolean> {
  return (await evaluate(condition, context)).truth;
}

async function evaluate(expression: string, context: Context): Promise<{ text: string; truth: boolean }> {
  const { Evaluator, Lexer, Parser } = await import("@actions/expressions");
  const { Dictionary, StringData, BooleanData, Null } = (await import("@actions/expressions")).data;
  type Data = InstanceType<typeof Dictionary> | InstanceType<typeof StringData>;
  const dataOf = (value: unknown): Data => {
    if (typeof value === "string") return new StringData(value);
    if (typeof value === "boolean") return new BooleanData(value) as unknown as Data;
    if (typeof value !== "object" || value === null) return new Null() as unknown as Data;
    return new Dictionary(...Object.entries(value).map(([key, inner]) => ({ key, value: dataOf(inner) })));
  };
  // Of the state of a job or a step: those of a run in which nothing has failed.
  const functions = ["success", "always", "failure", "cancelled"].map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const known = new Map(
    functions.map(({ name, ...rest }) => [
      name,
      { name, ...rest, call: () => new BooleanData(name === "success" || name === "always") },
    ]),
  );
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(context), functions).parse();
  const result = new Evaluator(parsed, dataOf(context) as InstanceType<typeof Dictionary>, known).evaluate();
  const text = result.coerceString();
  return { text, truth: text !== "" && text !== "false" && text !== "0" };
}
