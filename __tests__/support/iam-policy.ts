import type { Policy, PolicyStatement } from "../../constructs/clouds/aws/pipelines/policy";

/** A request as IAM decides on it. Conditions are equalities alone: another operator is refused. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/** What IAM answers to a role that has these policies and nothing else: a Deny wins, and what nobody allows is not. */
export function allows(policies: readonly Policy[], request: Request): boolean {
  const statements = policies.flatMap(({ Statement }) => Statement).filter((statement) => applies(statement, request));
  return statements.length > 0 && statements.every(({ Effect }) => Effect === "Allow");
}

function applies(statement: PolicyStatement, { action, resource, context = {} }: Request): boolean {
  const { Action, NotAction, Resource, Condition = {} } = statement;
  const isOf = (patterns: readonly string[], text: string): boolean => patterns.some((one) => isLike(one, text));
  const about = Action === undefined ? !isOf(NotAction ?? [], action) : isOf(Action, action);
  return (
    about &&
    isOf([Resource].flat(), resource) &&
    Object.entries(Condition).every(([operator, keys]) => {
      if (operator !== "StringEquals") throw new Error(`${operator} is not known here`);
      return Object.entries(keys).every(([key, values]) => [values].flat().includes(context[key] ?? ""));
    })
  );
}

/** Whether a pattern of IAM fits: a star is any number of characters, of a path too. */
export function isLike(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
