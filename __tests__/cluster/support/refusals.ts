import { api } from "./cluster";

/** Two who count against one quota at the same time: the later is told so, and asks again at once. */
const ASKED_AGAIN = "please apply your changes to the latest version and try again";

/** What was refused to be made in a namespace, for good. */
export async function refusals(namespace: string): Promise<string[]> {
  const events = await api.list(`/api/v1/namespaces/${namespace}/events?fieldSelector=reason=FailedCreate`);
  return events.map(({ message }) => String(message)).filter((message) => !message.includes(ASKED_AGAIN));
}
