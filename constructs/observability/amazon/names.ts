/** What the ledger calls the workspace, and the word in `drops` for it. */
export const MEASURES_HOLDING = { name: "measures", kind: "metrics-store" } as const;

/** What the platform has two witnesses of, by the names of their topics. */
export const HEARTBEATS = { cluster: "cluster", rules: "rules" } as const;

/** The alert that always fires where measures arrive and rules are evaluated. */
export const RULES_EVALUATED = "RulesEvaluated";
