// npm `@cedx/akismet`, pointed by its `baseUrl` option.

import { Author, Blog, CheckResult, Client, Comment } from "@cedx/akismet";
import { attempt, blog, ip, key, text, userAgent, wrongKey } from "./attempts.mjs";

const site = new Blog({ charset: "UTF-8", languages: ["en"], url: blog });
const options = { baseUrl: "http://localhost" };
const client = new Client(key, site, options);

function comment(which, more = {}) {
  const { author, content, email, url } = text(which);
  return new Comment({
    author: new Author({ email, ipAddress: ip, name: author, url, userAgent }),
    content,
    context: ["baking", "bread"],
    date: new Date(),
    permalink: `${blog}/post`,
    type: "comment",
    ...more,
  });
}

const named = (result) => Object.entries(CheckResult).find(([, value]) => value === result)[0];

await attempt("verify key", true, () => client.verifyKey());
await attempt("wrong key", false, () => new Client(wrongKey, site, options).verifyKey());
await attempt("ham", "ham", async () => named(await client.checkComment(comment("HAM"))));
await attempt("spam", "spam", async () => named(await client.checkComment(comment("SPAM"))));
await attempt("hold", "ham", async () => named(await client.checkComment(comment("HELD"))));
await attempt("report spam", undefined, () => client.submitSpam(comment("HELD")));
await attempt("report ham", undefined, () => client.submitHam(comment("SPAM")));
await attempt("+ recheck after an edit", "ham", async () =>
  named(await client.checkComment(comment("HAM", { recheckReason: "edit" }))));
await attempt("+ guaranteed spam", true, async () => {
  const tester = new Client(key, site, { ...options, isTest: true });
  const author = new Author({ ipAddress: ip, name: "akismet-guaranteed-spam", userAgent });
  return (await tester.checkComment(new Comment({ author, content: "x" }))) !== CheckResult.ham;
});
