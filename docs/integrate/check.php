<?php
// Needs PHP 8, no extension.
function ask(string $path, array $body): ?array {
    $request = stream_context_create(['http' => [
        'method' => 'POST',
        'timeout' => 6,
        'header' => ['Authorization: Bearer ' . getenv('HAMGATE_KEY'), 'Content-Type: application/json'],
        'content' => json_encode($body),
    ]]);
    // HAMGATE_URL is such as http://127.0.0.1:8080
    $answer = @file_get_contents(getenv('HAMGATE_URL') . $path, false, $request);
    return $answer === false ? null : json_decode($answer, true);
}

function check(array $comment): string {
    // accept, hold or reject; no answer: never publish unseen
    return ask('/v1/check', $comment)['verdict'] ?? 'hold';
}

echo check(['id' => '42', 'content' => 'Best casino bonus: http://casino.example',
            'author' => ['name' => 'Mia', 'ip' => '192.0.2.7']]), "\n";
// Later, when a person has looked at it:
ask('/v1/feedback', ['id' => '42', 'label' => 'spam']);
