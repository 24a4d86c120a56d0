//! The operations on tags, against a server that checks signatures.

use bindery_tests::assert_refused;
use bindery_tests::exchange::{
    answering, answering_nothing, assert_body, assert_no_body, assert_sent, assert_whole,
    percent_decoded,
};
use bindery_tests::service::{PROJECT, client};
use huaweicloud_workspace::Error;
use huaweicloud_workspace::operations::{
    BatchAddDesktopsTagsError, BatchChangeTagsError, BatchDeleteDesktopsTagsError, CreateTagError,
    DeleteTagError, ListDesktopsByTagsError, ListProjectTagsError, ShowTagByDesktopIdError,
};
use huaweicloud_workspace::types::{
    BatchAddDesktopsTagsReq, BatchChangeTagsReq, BatchDeleteDesktopsTagsReq, CreateTagReq,
    DesktopTagsInfo, ListDesktopsByTagsReq, Tag, TagMatch, TagQueryAction, TagValues, TagsAction,
};
use serde_json::json;

const DESKTOP: &str = "a130ab3a-72bf-4b71-baa9-af4987c8e338";

#[tokio::test]
async fn tags_of_a_desktop_are_shown() {
    let wire = json!({"tags": [{"key": "团队", "value": "财务"}, {"key": "stage", "value": ""}]});
    let server = answering(200, &wire);
    let shown = client(&server)
        .show_tag_by_desktop_id(DESKTOP)
        .await
        .expect("tags");
    assert_whole("ShowTagByDesktopIdRsp", &*shown, &wire);
    let sent = server.only();
    assert_sent(
        &sent,
        "GET",
        &format!("/v2/{PROJECT}/desktops/{DESKTOP}/tags"),
    );
    assert_no_body(&sent);

    assert_refused!(
        client => client.show_tag_by_desktop_id(DESKTOP),
        ShowTagByDesktopIdError { 403 => Default, 404 => Default, 500 => Default }
    );
}

#[tokio::test]
async fn a_tag_is_created() {
    let server = answering_nothing(204);
    let request = CreateTagReq::new(Tag::new("团队 a+b").value("财务"));
    let created = client(&server)
        .create_tag(DESKTOP, request.clone())
        .await
        .expect("created");
    assert_eq!(created.status().as_u16(), 204);
    assert_eq!(created.request_id(), Some("req-1"));
    let sent = server.only();
    assert_sent(
        &sent,
        "POST",
        &format!("/v2/{PROJECT}/desktops/{DESKTOP}/tags"),
    );
    let body = json!({"tag": {"key": "团队 a+b", "value": "财务"}});
    assert_body(&sent, &body);
    assert_whole("CreateTagReq", &request, &body);

    assert_refused!(
        client => client.create_tag(DESKTOP, request.clone()),
        CreateTagError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            500 => InternalServerError,
        }
    );
}

#[tokio::test]
async fn a_tag_is_deleted() {
    let server = answering_nothing(204);
    let deleted = client(&server)
        .delete_tag(DESKTOP, "team")
        .await
        .expect("deleted");
    assert_eq!(deleted.status().as_u16(), 204);
    let sent = server.only();
    let target = format!("/v2/{PROJECT}/desktops/{DESKTOP}/tags/team");
    assert_sent(&sent, "DELETE", &target);
    assert_no_body(&sent);

    assert_refused!(client => client.delete_tag(DESKTOP, "team"), DeleteTagError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        500 => InternalServerError,
    });
}

/// Whatever a key is, it stays one segment of the path, and the signature is right.
#[tokio::test]
async fn a_key_with_anything_in_it_is_one_segment() {
    let cases = [
        ("a/b", "a%2Fb"),
        ("a b", "a%20b"),
        ("团队", "%E5%9B%A2%E9%98%9F"),
        ("100%", "100%25"),
        ("%2F", "%252F"),
        ("../../desktops", "..%2F..%2Fdesktops"),
        ("a..b", "a..b"),
        ("...", "..."),
        ("k?v#f", "k%3Fv%23f"),
        ("_.:=+-@", "_.%3A%3D%2B-%40"),
    ];
    for (key, segment) in cases {
        let server = answering_nothing(204);
        let deleted = client(&server).delete_tag(DESKTOP, key).await;
        deleted.unwrap_or_else(|error| panic!("{key}: {error}"));
        let sent = server.only();
        let target = format!("/v2/{PROJECT}/desktops/{DESKTOP}/tags/{segment}");
        assert_sent(&sent, "DELETE", &target);
        assert_eq!(percent_decoded(segment), key);
    }
    // These vanish from URLs, encoded or not: the request would delete something else.
    let server = answering_nothing(204);
    for key in ["", ".", ".."] {
        let error = client(&server).delete_tag(DESKTOP, key).await;
        let error = error.expect_err("it is refused");
        assert!(matches!(error, Error::Request(_)), "{key:?}: {error:?}");
        assert!(error.to_string().contains("key"), "{error}");
    }
    assert_eq!(server.received(), []);
}

#[tokio::test]
async fn tags_of_a_desktop_are_changed() {
    let server = answering_nothing(204);
    #[allow(deprecated, reason = "everything that can be sent is")]
    let request = BatchChangeTagsReq::new()
        .action(TagsAction::Create)
        .tags([Tag::new("team").value("财务")])
        .sys_tags([Tag::new("_sys_enterprise_project_id").value("0")]);
    let changed = client(&server)
        .batch_change_tags(DESKTOP, request.clone())
        .await
        .expect("changed");
    assert_eq!(changed.status().as_u16(), 204);
    let sent = server.only();
    let target = format!("/v2/{PROJECT}/desktops/{DESKTOP}/tags/action");
    assert_sent(&sent, "POST", &target);
    let body = json!({
        "action": "create",
        "tags": [{"key": "team", "value": "财务"}],
        "sys_tags": [{"key": "_sys_enterprise_project_id", "value": "0"}],
    });
    assert_body(&sent, &body);
    assert_whole("BatchChangeTagsReq", &request, &body);

    assert_refused!(
        client => client.batch_change_tags(DESKTOP, request.clone()),
        BatchChangeTagsError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            500 => InternalServerError,
        }
    );
}

/// A desktop with a tag whose value is left to the service.
fn tagged() -> [DesktopTagsInfo; 1] {
    [DesktopTagsInfo::new(
        DESKTOP,
        [Tag::new("team").value("财务")],
    )]
}

#[tokio::test]
async fn tags_are_added_to_several_desktops() {
    let server = answering_nothing(204);
    let request = BatchAddDesktopsTagsReq::new(tagged());
    let added = client(&server)
        .batch_add_desktops_tags(request.clone())
        .await
        .expect("added");
    assert_eq!(added.status().as_u16(), 204);
    let sent = server.only();
    assert_sent(&sent, "POST", &format!("/v2/{PROJECT}/desktops/batch-tags"));
    let body = json!({"desktops": [
        {"desktop_id": DESKTOP, "tags": [{"key": "team", "value": "财务"}]},
    ]});
    assert_body(&sent, &body);
    assert_whole("BatchAddDesktopsTagsReq", &request, &body);

    assert_refused!(
        client => client.batch_add_desktops_tags(request.clone()),
        BatchAddDesktopsTagsError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            500 => InternalServerError,
        }
    );
}

/// A `DELETE` with a body, which is sent and signed like any other.
#[tokio::test]
async fn tags_are_removed_from_several_desktops() {
    let server = answering_nothing(204);
    let request = BatchDeleteDesktopsTagsReq::new(tagged());
    let removed = client(&server)
        .batch_delete_desktops_tags(request.clone())
        .await
        .expect("removed");
    assert_eq!(removed.status().as_u16(), 204);
    let sent = server.only();
    assert_sent(
        &sent,
        "DELETE",
        &format!("/v2/{PROJECT}/desktops/batch-tags"),
    );
    let body = json!({"desktops": [
        {"desktop_id": DESKTOP, "tags": [{"key": "team", "value": "财务"}]},
    ]});
    assert_body(&sent, &body);
    assert_whole("BatchDeleteDesktopsTagsReq", &request, &body);
    let length = sent.header("content-length").map(str::to_owned);
    assert_eq!(length, Some(sent.body.len().to_string()));

    assert_refused!(
        client => client.batch_delete_desktops_tags(request.clone()),
        BatchDeleteDesktopsTagsError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            500 => InternalServerError,
        }
    );
}

#[tokio::test]
async fn tags_of_a_project_are_listed() {
    let wire = json!({"tags": [{"key": "team", "values": ["财务", "sales"]}], "totalCount": 1});
    let server = answering(200, &wire);
    let page = client(&server)
        .list_project_tags()
        .offset(0)
        .limit(1000)
        .key("team")
        .value("财务")
        .await
        .expect("a page");
    assert_whole("ListProjectTagsRsp", &*page, &wire);
    assert_eq!(page.total_count, Some(1));
    let sent = server.only();
    let query = "offset=0&limit=1000&key=team&value=%E8%B4%A2%E5%8A%A1";
    assert_sent(
        &sent,
        "GET",
        &format!("/v2/{PROJECT}/desktops/tags?{query}"),
    );
    assert_no_body(&sent);

    assert_refused!(client => client.list_project_tags(), ListProjectTagsError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        500 => InternalServerError,
    });
}

#[tokio::test]
async fn desktops_are_listed_by_tags() {
    let wire = json!({
        "offset": 0,
        "resources": [{
            "resource_detail": "{}",
            "resource_id": DESKTOP,
            "resource_name": "FINANCE-07",
            "tags": [{"key": "team", "value": "财务"}],
        }],
        "total_count": 1,
    });
    let server = answering(200, &wire);
    let tags = |value: &str| [TagValues::new().key("team").values([value.to_owned()])];
    let request = ListDesktopsByTagsReq::new(TagQueryAction::Filter)
        .offset("0")
        .limit("1000")
        .without_any_tag(false)
        .matches([TagMatch::new("resource_name", "FIN")])
        .tags(tags("a"))
        .tags_any(tags("b"))
        .not_tags(tags("c"))
        .not_tags_any(tags("d"));
    let page = client(&server)
        .list_desktops_by_tags(request.clone())
        .await
        .expect("a page");
    assert_whole("ListDesktopsByTagsRsp", &*page, &wire);
    let sent = server.only();
    let target = format!("/v2/{PROJECT}/desktops/resource-instances/action");
    assert_sent(&sent, "POST", &target);
    // The numbers are strings here.
    let body = json!({
        "offset": "0",
        "limit": "1000",
        "action": "filter",
        "without_any_tag": false,
        "matches": [{"key": "resource_name", "value": "FIN"}],
        "tags": [{"key": "team", "values": ["a"]}],
        "tags_any": [{"key": "team", "values": ["b"]}],
        "not_tags": [{"key": "team", "values": ["c"]}],
        "not_tags_any": [{"key": "team", "values": ["d"]}],
    });
    assert_body(&sent, &body);
    assert_whole("ListDesktopsByTagsReq", &request, &body);

    assert_refused!(
        client => client.list_desktops_by_tags(request.clone()),
        ListDesktopsByTagsError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            500 => InternalServerError,
        }
    );
}
