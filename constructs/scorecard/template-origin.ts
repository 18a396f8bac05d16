/** What a template has written of an application, as the record beside it says. */
export interface TemplateOrigin {
  readonly template: string;
  readonly version: number;
  /** Last version that this package has. @default - it has no such template */
  readonly newest?: number;
  /** Files that updates pass over. */
  readonly ejected: readonly { readonly file: string; readonly reason: string }[];
  /** Files with a conflict of an update that nobody has resolved. */
  readonly conflicts: readonly string[];
  /** Path of the record. */
  readonly record: string;
}
