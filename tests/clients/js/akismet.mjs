// npm `akismet`, as it is: plain HTTP to KEY.rest.akismet.com, which only DNS points at hamgate.

import { promisify } from "node:util";
import akismet from "akismet";
import { attempt, blog, ip, key, text, userAgent, wrongKey } from "./attempts.mjs";

const client = akismet.client({ apiKey: key, blog });
const call = (name, argument) => promisify(client[name].bind(client))(argument);

function comment(which) {
  const { author, content, email, url } = text(which);
  return {
    comment_author: author,
    comment_author_email: email,
    comment_author_url: url,
    comment_content: content,
    comment_type: "comment",
    permalink: `${blog}/post`,
    user_agent: userAgent,
    user_ip: ip,
  };
}

await attempt("verify key", true, promisify(client.verifyKey.bind(client)));
const stranger = akismet.client({ apiKey: wrongKey, blog });
await attempt("wrong key", false, promisify(stranger.verifyKey.bind(stranger)));
await attempt("ham", false, () => call("checkComment", comment("HAM")));
await attempt("spam", true, () => call("checkComment", comment("SPAM")));
await attempt("hold", false, () => call("checkComment", comment("HELD")));
await attempt("report spam", undefined, () => call("submitSpam", comment("HELD")));
await attempt("report ham", undefined, () => call("submitHam", comment("SPAM")));
