import { requestSchema, target } from "goldenpath/outputs";
import { requestPolicy } from "./policy";

/** The schema beside the requests, which editors complete and check them by. */
export const outputs = [target(requestSchema, { options: { policy: requestPolicy }, folder: "requests" })];
