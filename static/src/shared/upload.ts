// Sends bytes, however long it takes: given up only when nothing moves any more. fetch tells no progress.

export type Sending = { headers: Headers; body: Blob; quietMs: number };

/** Bytes a millisecond at which what a socket holds back already counts as moving. */
const SLOWEST = 8;

/** The answer to a PUT. Raises where the line was cut, or was silent for too long. */
export function upload(path: string, { headers, body, quietMs }: Sending): Promise<Response> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    // what was handed to the socket may still be on its way: a slow line gets the time that it needs
    const wait = (handed = 0): void => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), quietMs + handed / SLOWEST);
    };
    const end = (settle: () => void) => (): void => {
      clearTimeout(timer);
      settle();
    };
    request.open("PUT", path);
    headers.forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded }) => wait(loaded);
    request.onprogress = () => wait();
    request.onload = end(() => done(answerOf(request)));
    request.onerror = request.onabort = end(() => fail(new Error("cut")));
    wait();
    request.send(body);
  });
}

const BARE = new Set([204, 205, 304]);

function answerOf(request: XMLHttpRequest): Response {
  const headers = new Headers();
  const wait = request.getResponseHeader("Retry-After");
  if (wait !== null) headers.set("Retry-After", wait);
  return new Response(BARE.has(request.status) ? null : request.responseText, { status: request.status, headers });
}
