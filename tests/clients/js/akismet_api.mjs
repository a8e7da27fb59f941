// npm `akismet-api`, pointed by its `host` and `protocol` options; it puts the key before the host.

import { AkismetClient } from "akismet-api";
import { attempt, blog, ip, key, text, userAgent, wrongKey } from "./attempts.mjs";

const options = { blog, host: "localhost", protocol: "http" };
const client = new AkismetClient({ ...options, key });

function comment(which, more = {}) {
  const { author, content, email, url } = text(which);
  return { content, email, ip, name: author, permalink: `${blog}/post`, type: "comment", url, useragent: userAgent, ...more };
}

const thanks = (response) => response.text;

await attempt("verify key", true, () => client.verifyKey());
await attempt("wrong key", false, () => new AkismetClient({ ...options, key: wrongKey }).verifyKey());
await attempt("ham", false, () => client.checkSpam(comment("HAM")));
await attempt("spam", true, () => client.checkSpam(comment("SPAM")));
await attempt("hold", false, () => client.checkSpam(comment("HELD")));
const better = "Thanks for making the web a better place.";
await attempt("report spam", better, async () => thanks(await client.submitSpam(comment("HELD"))));
await attempt("report ham", better, async () => thanks(await client.submitHam(comment("SPAM"))));
await attempt("+ check with a wrong key", "Error: Invalid API key", () =>
  new AkismetClient({ ...options, key: wrongKey }).checkSpam(comment("HAM")));
await attempt("+ guaranteed spam", true, () =>
  client.checkSpam({ ...comment("HAM"), email: "akismet-guaranteed-spam@example.com", isTest: true }));
