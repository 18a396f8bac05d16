/**
 * The body of a request. All of it is read, so that the answer arrives; what is above the limit is not kept.
 *
 * @returns {Promise<string | undefined>} `undefined` where it is longer than `most` bytes
 */
export async function bodyOf(request, most) {
  const chunks = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
  }
  return length > most ? undefined : Buffer.concat(chunks).toString();
}
