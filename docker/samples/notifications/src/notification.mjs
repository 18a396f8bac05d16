// What may be asked for.

/** Of a body, in bytes. */
export const MOST = 16_384;

const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const SUBJECT = /^[^\p{Cc}]{1,200}$/u;
const MOST_TEXT = 8000;

/**
 * @param {string} body
 * @returns {{ notification: { id: string, subject: string, text: string } } | { problems: string[] }} all problems at once
 */
export function notification(body) {
  let given;
  try {
    given = JSON.parse(body);
  } catch {
    return { problems: ["the body is no JSON"] };
  }
  if (given === null || typeof given !== "object" || Array.isArray(given))
    return { problems: ["the body is no object"] };
  const { id, subject, text, ...others } = given;
  const problems = [
    ...(typeof id === "string" && ID.test(id) ? [] : ["id: up to 64 small letters, digits and hyphens"]),
    ...(typeof subject === "string" && SUBJECT.test(subject) ? [] : ["subject: a line of up to 200 characters"]),
    ...(typeof text === "string" && text.length <= MOST_TEXT ? [] : [`text: up to ${MOST_TEXT} characters`]),
    ...Object.keys(others).map((name) => `${name}: not known; there are id, subject and text`),
  ];
  return problems.length > 0 ? { problems } : { notification: { id, subject, text } };
}
