// What every JavaScript client shares: one line for each thing tried, and the texts to try it with.

export const key = process.env.AKISMET_KEY;
export const wrongKey = process.env.AKISMET_WRONG_KEY;
export const blog = process.env.AKISMET_BLOG;
export const ip = process.env.COMMENT_IP;
export const userAgent = process.env.COMMENT_USER_AGENT;

// The comment that is called `which`: HAM, SPAM or HELD.
export const text = (which) => ({
  author: process.env[`${which}_AUTHOR`],
  email: process.env[`${which}_EMAIL`],
  url: process.env[`${which}_URL`],
  content: process.env[`${which}_CONTENT`],
});

// Prints `name`, whether `call` gave what was wanted, and what it gave.
export async function attempt(name, wanted, call) {
  let got;
  try {
    got = String(await call());
  } catch (error) {
    got = `${error.name}: ${error.message}`;
  }
  const seen = got.replace(/[\t\n]/g, " ");
  console.log([name, got === String(wanted) ? "ok" : "FAILED", seen].join("\t"));
}
