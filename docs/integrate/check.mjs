// Needs Node 18, Deno or Bun, nothing else.
import process from "node:process";

async function ask(path, body) {
  const answer = await fetch(process.env.HAMGATE_URL + path, { // such as http://127.0.0.1:8080
    method: "POST",
    headers: { Authorization: `Bearer ${process.env.HAMGATE_KEY}`, "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(6000),
  });
  if (!answer.ok) throw new Error(`hamgate answers ${answer.status}`);
  return answer.json();
}

const check = (comment) =>
  ask("/v1/check", comment).then(
    (judgement) => judgement.verdict, // accept, hold or reject
    () => "hold", // no answer: never publish unseen
  );

console.log(await check({
  id: "42", content: "Best casino bonus: http://casino.example", author: { name: "Mia", ip: "192.0.2.7" },
}));
// Later, when a person has looked at it:
await ask("/v1/feedback", { id: "42", label: "spam" });
