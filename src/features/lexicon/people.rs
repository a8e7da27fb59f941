//! What people say of themselves and to each other.

use super::Topic;

#[rustfmt::skip]
pub(super) static PHRASES: &[(Topic, &[&str])] = &[
    (Topic::FirstPerson, &[
        "i", "i'm", "i’m", "i've", "i’ve", "i'd", "i’d", "i'll", "i’ll", "ive",
        "my", "mine", "myself", "me", "we", "we're", "we’re", "we've", "we’ve", "our", "ourselves",
        "ich", "mein", "meine", "meinen", "meinem", "meiner", "mir", "mich", "wir", "unser", "unsere", "uns",
        "je", "j'ai", "j’ai", "j'aime", "j’aime", "j'avais", "j’avais", "j'utilise", "j’utilise", "mon", "moi", "nous", "notre",
        "yo", "mi", "mis", "nosotros", "nuestro", "nuestra", "conmigo",
        "eu", "meu", "minha", "meus", "minhas", "comigo", "nós", "nosso",
        "mio", "miei", "noi", "nostro",
        "я", "мой", "моя", "моё", "мое", "мои", "меня", "мне", "мы", "нас", "нам", "наш",
        "mój", "moja", "moje", "mnie", "mam", "jestem", "benim", "bana", "bizim",
        "saya", "aku", "kami", "tôi", "mình", "chúng tôi", "ik", "mijn", "wij",
        "我", "我们", "我們", "私", "僕", "俺", "나는", "저는", "제가", "내가", "저도", "나도", "우리",
        "أنا", "انا", "نحن", "عندي",
    ]),
    (Topic::Conversation, &[
        // Something was tried.
        "worked for me", "works for me", "didn't work for me", "didn’t work for me", "doesn't work for me",
        "doesn’t work for me", "same problem here", "same issue here", "same here", "i have the same problem",
        "i had the same problem", "i have the same issue", "i had the same issue", "i ran into", "i tried this",
        "i just tried", "i get an error", "i'm getting an error", "i’m getting an error", "fixed it for me",
        "thanks for the fix", "thanks for the tip", "thanks for the explanation", "thanks for the reply",
        "thanks for the heads up", "thanks for writing this", "thanks for the clarification", "saved me hours",
        "saved my day", "you saved my life", "any idea why", "any ideas", "do you know if", "is there a way to",
        "have you tried", "have you considered", "did you try", "could you explain", "what about", "how do i",
        // Of one mind or not.
        "i agree with", "i agree that", "i disagree", "i don't agree", "i don’t agree", "i don't think",
        "i don’t think", "in my opinion", "in my experience", "you're wrong", "you’re wrong", "you are wrong",
        "you're right", "you’re right", "you are right", "that's not true", "that’s not true", "good point",
        "fair enough", "to be fair", "to be honest", "as you said", "as you say", "i wonder if", "i wonder why",
        "not sure if", "i'm not sure", "i’m not sure", "makes sense", "imho", "fwiw", "iirc", "afaik",
        "there is a typo", "there's a typo", "there’s a typo", "typo in", "small correction", "my two cents",
        "i remember when", "when i was a kid", "congratulations on", "happy birthday", "sorry to hear",
        // es, pt, fr, de, it.
        "a mí me funcionó", "me funcionó", "no me funciona", "tengo el mismo problema", "estoy de acuerdo",
        "no estoy de acuerdo", "en mi opinión", "tienes razón", "gracias por la respuesta", "creo que",
        "funcionou aqui", "funcionou para mim", "estou com o mesmo problema", "tenho o mesmo problema",
        "concordo com", "não concordo", "na minha opinião", "obrigado pela dica", "acho que",
        "ça marche", "ça ne marche pas", "même problème", "j'ai le même problème", "j’ai le même problème",
        "je suis d'accord", "je suis d’accord", "à mon avis", "tu as raison", "vous avez raison", "je pense que",
        "hat bei mir funktioniert", "funktioniert bei mir", "bei mir funktioniert", "ich habe das gleiche problem",
        "gleiches problem", "meiner meinung nach", "du hast recht", "danke für den tipp", "ich glaube",
        "stesso problema", "ho lo stesso problema", "sono d'accordo", "sono d’accordo", "secondo me", "hai ragione",
        // ru, pl, tr, id, vi.
        "мне помогло", "не помогло", "не работает", "та же проблема", "такая же проблема", "согласен с",
        "не согласен", "по моему мнению", "вы правы", "ты прав", "я думаю", "спасибо, помогло",
        "u mnie działa", "nie działa", "mam ten sam problem", "zgadzam się", "moim zdaniem", "masz rację",
        "bende çalıştı", "aynı sorun", "katılıyorum", "bence", "haklısın", "haklısınız",
        "masalah yang sama", "saya setuju", "menurut saya", "mình cũng bị", "tôi đồng ý", "theo tôi",
        // zh, ja, ko, ar.
        "同样的问题", "我也遇到", "解决了", "我同意", "我觉得", "我认为", "请问", "同じ問題", "解決しました", "助かりました",
        "と思います", "同感です", "同感", "같은 문제", "해결했습니다", "해결됐습니다", "제 생각에는", "동의합니다",
        "نفس المشكلة", "أتفق معك", "اتفق معك", "في رأيي", "لا أعتقد",
    ]),
    (Topic::Chance, &[
        // cialis
        "specialist", "specialists", "specialista", "specialiste", "specialise", "specialisation", "socialist",
        "socialists", "socialista", "socialiste", "socialise", "socialisation", "commercialise", "officialise",
        // ambien, seo, loan, crypto, nft, torrent, porn
        "ambient", "ambiente", "ambientes", "seoul", "museo", "paseo", "seoane", "coliseo", "deseo", "sloan", "sloane",
        "cryptography", "cryptographic", "cryptology", "cryptogram", "nftables", "torrente", "torrential", "pornic",
    ]),
];
