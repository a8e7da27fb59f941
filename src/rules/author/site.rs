//! Where the author points, and whence they can be reached.

use crate::domain::LogOdds;
use crate::rules::links::{has_cheap_ending, is_shortened, on_free_host};
use crate::rules::rule::{Example, Hit, Rule, Weight, text};

pub(super) const ROWS: &[Rule] = &[
    Rule {
        id: "author/deep-url",
        summary: "A deep page as the author's site",
        docs: "People give their front page; those who are paid give the page that sells.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            let depth = url.path.split('/').filter(|part| !part.is_empty()).count();
            (depth >= 2 || url.path.len() > 30).then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            url: Some("http://a.com/shoes/red-shoes-for-sale.html"),
            ..text("hello")
        }],
        passes: &[Example {
            url: Some("http://a.com/~joe"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/url-without-name",
        summary: "A URL and no name",
        docs: "Who leaves a link and no name is there for the link.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            features
                .author
                .name
                .is_empty()
                .then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            url: Some("http://a.com"),
            ..text("hello")
        }],
        passes: &[Example {
            url: Some("http://a.com"),
            name: Some("Ann"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/malformed-email",
        summary: "A mail address that is none",
        docs: "Typing errors happen; machines fill anything in.",
        weight: Weight::Argued(LogOdds(0.5)),
        check: |features| {
            features
                .author
                .email_malformed
                .then(|| Hit::new("no @, or no domain behind it"))
        },
        fires: &[Example {
            email: Some("joe.example.com"),
            ..text("hello")
        }],
        passes: &[Example {
            email: Some("joe@example.com"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/cheap-ending",
        summary: "A cheap top-level domain as the author's site",
        docs: "Endings that cost a coin are used up by the thousand. Some honest people like them.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            has_cheap_ending(url).then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            url: Some("http://bonus.icu"),
            ..text("hello")
        }],
        passes: &[Example {
            url: Some("http://bonus.org"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/free-host",
        summary: "A free host as the author's site",
        docs: "Pages made for links are put where they cost nothing. So are first blogs.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            on_free_host(url).then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            url: Some("http://cheap-shoes.weebly.com/"),
            ..text("hello")
        }],
        passes: &[Example {
            url: Some("http://weebly-tips.com/"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/shortened-url",
        summary: "A shortened link as the author's site",
        docs: "Nobody's site is a shortened link: it hides where it leads, and counts who follows.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            is_shortened(url).then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            url: Some("http://bit.ly/3abc"),
            ..text("hello")
        }],
        passes: &[Example {
            url: Some("http://orbit.lyon.fr/3abc"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/numbered-host",
        summary: "Digits in the host of the author's site",
        docs: "Hosts in series carry numbers. Years of birth do too.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            let digits = url.domain.chars().filter(char::is_ascii_digit).count();
            (digits >= 2 && url.tld.chars().all(char::is_alphabetic))
                .then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            url: Some("http://win888.com"),
            ..text("hello")
        }],
        passes: &[Example {
            url: Some("http://web2.com"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/programmer",
        summary: "A programmer's page as the author's site",
        docs: "Who points to a code forge has work to show. An account there costs spammers nothing, so it is no proof.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            let forges = [
                "github.com",
                "github.io",
                "gitlab.com",
                "gitlab.io",
                "codeberg.org",
                "stackoverflow.com",
                "keybase.io",
            ];
            forges
                .iter()
                .any(|forge| {
                    let rest = url.host.strip_suffix(forge);
                    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
                })
                .then(|| Hit::new(url.host.clone()))
        },
        fires: &[
            Example {
                url: Some("https://github.com/ann"),
                ..text("hello")
            },
            Example {
                url: Some("https://ann.github.io"),
                ..text("hello")
            },
        ],
        passes: &[Example {
            url: Some("https://notgithub.com"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/network-profile",
        summary: "A page in a social network as the author's site",
        docs: "People without a site of their own give their profile. Sellers have pages there too.",
        weight: Weight::Fitted,
        check: |features| {
            let url = features.author.url.as_ref()?;
            let networks = [
                "facebook.com",
                "twitter.com",
                "x.com",
                "linkedin.com",
                "instagram.com",
                "youtube.com",
                "plus.google.com",
                "pinterest.com",
            ];
            (networks.contains(&url.domain.as_str()) || networks.contains(&url.host.as_str()))
                .then(|| Hit::new(url.host.clone()))
        },
        fires: &[Example {
            url: Some("https://twitter.com/ann"),
            ..text("hello")
        }],
        passes: &[Example {
            url: Some("https://twitter-tips.com"),
            ..text("hello")
        }],
    },
    Rule {
        id: "author/disposable-mail",
        summary: "A mail address to throw away",
        docs: "The address stops working within the hour. No training data has addresses; careful people use such services, so it weighs little.",
        weight: Weight::Argued(LogOdds(0.5)),
        check: |features| {
            let domain = features.author.email_domain.as_deref()?;
            let services = [
                "mailinator.com",
                "guerrillamail.com",
                "sharklasers.com",
                "10minutemail.com",
                "yopmail.com",
                "temp-mail.org",
                "tempmail.com",
                "trashmail.com",
                "maildrop.cc",
                "getnada.com",
                "dispostable.com",
                "throwawaymail.com",
            ];
            services.contains(&domain).then(|| Hit::new(domain))
        },
        fires: &[Example {
            email: Some("joe@mailinator.com"),
            ..text("hello")
        }],
        passes: &[Example {
            email: Some("joe@example.com"),
            ..text("hello")
        }],
    },
];
