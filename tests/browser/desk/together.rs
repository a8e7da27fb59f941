//! Two moderators at one queue.

use crate::harness::{Service, in_two_browsers};

#[test]
fn the_second_is_told_and_overwrites_nothing() {
    in_two_browsers(async |jo, ann| {
        let service = Service::start_that_holds();
        service.add_moderator("jo", "moderator");
        service.add_moderator("ann", "moderator");
        let mut ids = service.seed(3).await;
        ids.reverse();
        jo.sign_in(&service, "jo").await;
        ann.sign_in(&service, "ann").await;
        for page in [jo, ann] {
            page.press('j').await;
            page.focused(&ids[0]).await;
        }
        jo.press('a').await;
        jo.focused(&ids[1]).await;
        ann.press('s').await;
        ann.focused(&ids[1]).await;
        let told = "jo accepted this just now. Yours was not written.";
        ann.until("#said", |said| said == told).await;
        ann.until("#live", |said| said == told).await;
        let decision = service.comment(&ids[0]).await["decision"].clone();
        assert_eq!(
            (&decision["decision"], &decision["by"]),
            (&"accept".into(), &"jo".into())
        );

        // Ann's own one is undone, and not what jo did.
        ann.press('s').await;
        ann.focused(&ids[2]).await;
        ann.press('z').await;
        ann.focused(&ids[1]).await;
        assert!(service.comment(&ids[1]).await["decision"].is_null());
        assert_eq!(service.comment(&ids[0]).await["decision"]["by"], "jo");
    });
}
