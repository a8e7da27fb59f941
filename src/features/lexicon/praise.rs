//! Praise that fits any post.

use super::Topic;

#[rustfmt::skip]
pub(super) static PHRASES: &[(Topic, &[&str])] = &[
    (Topic::Praise, &[
        // English: the post.
        "great post", "nice post", "good post", "awesome post", "amazing post", "excellent post",
        "wonderful post", "fantastic post", "interesting post", "informative post", "superb post",
        "great article", "nice article", "good article", "awesome article", "excellent article",
        "amazing article", "wonderful article", "fantastic article", "brilliant article",
        "interesting article", "informative article", "very informative article", "well written article",
        "great write-up", "great write up", "nice write-up", "excellent write-up", "very nice post",
        "great content", "amazing content", "valuable content", "quality content", "great read",
        "this is a topic which", "this piece of writing", "this paragraph", "fastidious",
        "good piece of writing", "very well written", "nicely written", "awesome write-up",
        // The blog and who writes it.
        "nice blog", "great blog", "awesome blog", "amazing blog", "excellent blog", "wonderful blog",
        "good blog", "interesting blog", "informative blog", "fantastic blog", "nice site", "great site",
        "awesome website", "great website", "nice website", "amazing website", "excellent website",
        "i really like your blog", "i love your blog", "i like your blog", "i enjoy your blog",
        "love your blog", "your blog is", "your website is very", "your site is very", "your weblog",
        "this blog is amazing", "this website is amazing", "this web site", "this weblog", "this webpage",
        "your writing style", "your writing skills", "the way you write", "way of writing",
        "your blog posts", "your articles are", "you are a great author", "you're a great author",
        "you’re a great author", "you are so cool", "you are amazing", "you have done a great job",
        "you've done a great job", "you’ve done a great job", "you've hit the nail", "you’ve hit the nail",
        "keep up the good work", "keep up the great work", "keep it up", "keep writing", "keep posting",
        "keep sharing", "good job", "great job", "nice job", "well done", "great work", "bravo",
        "the layout of your blog", "your blog's design", "your blog’s design", "is this a paid theme",
        "what blog platform", "your web site loads", "loads incredibly fast", "your theme",
        // Coming, staying and coming back.
        "i stumbled upon", "i stumbledupon", "stumbled across your", "i came across your blog",
        "i just found your blog", "i was searching for", "i have been looking for", "i've been looking for",
        "i’ve been looking for", "exactly what i was looking for", "just what i was looking for",
        "bookmarked", "book-marked", "bookmark your blog", "i have bookmarked", "bookmarking",
        "i will definitely come back", "i will be back", "i'll be back", "i’ll be back",
        "will be coming back", "visit again", "i'll certainly be back", "i’ll certainly be back",
        "looking forward to your next", "waiting for your next post", "can't wait to read more",
        "can’t wait to read more", "subscribe to your", "grab your rss", "your rss feed", "your feeds",
        "share this with my friends", "i am sure they will be benefited", "my cousin recommended",
        "i read this post", "i am reading this", "i enjoyed reading", "enjoyed reading your",
        "it is appropriate time to", "hey there", "hello there", "greetings", "howdy",
        // Thanks and worth.
        "thanks for sharing such", "thank you for sharing such", "thanks for sharing", "thank you for sharing",
        "thanks for the info", "thanks for the information", "thanks for the great", "thanks for posting",
        "thanks for a marvelous", "many thanks for sharing", "thank you for the good writeup",
        "thanks for your marvelous", "thanks for providing", "thank you for this wonderful",
        "helpful information", "useful information", "great information", "valuable information",
        "good information", "nice information", "amazing information", "informative and useful",
        "very informative", "really informative", "very helpful article", "very useful article",
        "so informative", "really helpful post", "very interesting subject", "interesting topic",
        "it was really informative", "i learned a lot from", "i really appreciate your", "appreciate your efforts",
        "spot on with this write-up", "i couldn't refrain from commenting", "i couldn’t refrain from commenting",
        "an outstanding share", "hats off", "way cool", "very cool", "pretty great post", "simply wonderful",
        "i every time", "i always used to", "magnificent", "marvelous", "excellent goods from you",
        // Spanish.
        "excelente artículo", "excelente articulo", "gran artículo", "muy buen artículo", "muy buen post",
        "buen artículo", "excelente blog", "muy interesante", "gracias por compartir", "me encanta tu blog",
        "muy buena información", "sigue así", "excelente trabajo", "muy buen blog",
        // Portuguese.
        "ótimo post", "ótimo artigo", "excelente artigo", "excelente post", "muito bom", "adorei o post",
        "parabéns pelo blog", "parabéns pelo post", "obrigado por compartilhar", "ótimo conteúdo", "amei o post",
        // French.
        "très bon article", "excellent article merci", "super article", "merci pour cet article", "merci pour le partage",
        "très intéressant", "j'adore votre blog", "j’adore votre blog", "bon article", "bravo pour votre",
        // German.
        "toller beitrag", "toller artikel", "super beitrag", "super artikel", "guter artikel", "guter beitrag",
        "sehr interessant", "toller blog", "schöner blog", "tolle seite", "weiter so", "danke fürs teilen",
        // Italian.
        "ottimo articolo", "bel articolo", "bell'articolo", "bell’articolo", "ottimo post", "complimenti per il blog",
        "molto interessante", "grazie per la condivisione",
        // Russian.
        "отличная статья", "хорошая статья", "интересная статья", "полезная статья", "спасибо за статью",
        "замечательная статья", "отличный пост", "отличный блог", "очень интересно", "полезная информация",
        "спасибо за информацию", "отличный сайт", "интересный блог", "замечательно, очень ценная",
        // Polish.
        "świetny artykuł", "świetny wpis", "ciekawy artykuł", "ciekawy wpis", "super wpis", "fajny blog",
        "bardzo ciekawy", "świetny blog", "dobry artykuł",
        // Turkish.
        "harika bir yazı", "güzel yazı", "çok güzel bir yazı", "paylaşım için teşekkürler", "elinize sağlık",
        "harika paylaşım", "emeğinize sağlık", "çok faydalı",
        // Indonesian.
        "artikel yang bagus", "artikel yang sangat bagus", "terima kasih atas informasinya", "sangat bermanfaat",
        "artikelnya bagus", "terima kasih sudah berbagi", "nice info gan", "mantap gan",
        // Vietnamese.
        "bài viết rất hay", "bài viết hay", "bài viết hữu ích", "cảm ơn bạn đã chia sẻ", "bài viết rất hữu ích",
        // Chinese.
        "好文章", "不错的文章", "文章不错", "写得很好", "写的很好", "感谢分享", "谢谢分享", "很有帮助的文章", "博客不错",
        "支持博主", "感謝分享", "好文章,学习了",
        // Japanese, Korean.
        "素晴らしい記事", "とても参考になりました", "素敵なブログ", "いい記事", "面白い記事", "ブログを楽しみに",
        "좋은 글 감사합니다", "좋은 글", "좋은 정보 감사합니다", "유익한 글", "잘 보고 갑니다", "잘 읽었습니다",
        // Arabic.
        "مقال رائع", "موضوع رائع", "مدونة رائعة", "شكرا على المشاركة", "موقع رائع", "مقال ممتاز", "بارك الله فيك",
    ]),
];
