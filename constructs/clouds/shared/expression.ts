import { Lazy } from "cdktf";

/** What cdktf has no function for: an expression, as a value that other texts may contain. */
export const expression = (text: string): string => Lazy.stringValue({ produce: () => `\${${text}}` });
