/** Values that a mocked resource or data source has in place of random letters and empty lists. */
export type Mock = readonly [kind: "data" | "resource", type: string, defaults: Readonly<Record<string, unknown>>];

/** What mocks may depend on of a synthesized stack: its resources and data sources by type and name. */
export interface StackBlocks {
  readonly data?: Blocks;
  readonly resource?: Blocks;
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
