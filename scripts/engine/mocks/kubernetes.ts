import type { Mock } from "./mock";

/** What a stack looks up in its cluster is there: a mocked list would be empty, which the stack refuses. */
export const kubernetesMocks: readonly Mock[] = [["data", "kubernetes_resources", { objects: [{}] }]];
