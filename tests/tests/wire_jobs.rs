//! The operations on jobs and quotas, against a server that checks signatures.

use bindery_tests::assert_refused;
use bindery_tests::exchange::{
    answering, answering_nothing, assert_body, assert_no_body, assert_sent, assert_told,
    assert_whole, refusing, reply,
};
use bindery_tests::service::{PROJECT, client};
use huaweicloud_workspace::operations::{
    BatchDeleteSubJobsError, ListItaSubJobsError, ShowJobError, ShowQuotasError,
};
use huaweicloud_workspace::types::{BatchDeleteSubJobsReq, JobStatus};
use serde_json::json;

#[tokio::test]
async fn a_job_is_shown() {
    let sub_jobs = reply("list-ita-sub-jobs");
    let wire = json!({
        "id": "8a2f6d10",
        "job_type": "desktopToImage",
        "begin_time": "2026-11-26 06:16:10",
        "end_time": "2026-11-26 06:40:12",
        "status": "FAILED",
        "job_error_code": "WKS.0407",
        "fail_reason": "disks are being added",
        "sub_jobs_total": 1,
        "sub_jobs": sub_jobs["jobs"],
    });
    let server = answering(200, &wire);
    let job = client(&server).show_job("8a2f6d10").await.expect("a job");
    assert_whole("ShowJobRsp", &*job, &wire);
    let sent = server.only();
    assert_sent(
        &sent,
        "GET",
        &format!("/v2/{PROJECT}/workspace-jobs/8a2f6d10"),
    );
    assert_no_body(&sent);

    // A status of its own, and one that stands for all others.
    assert_refused!(client => client.show_job("1"), ShowJobError {
        404 => NotFound,
        403 => Default,
        503 => Default,
    });
}

#[tokio::test]
async fn sub_jobs_are_listed() {
    let wire = reply("list-ita-sub-jobs");
    let server = answering(200, &wire);
    let page = client(&server)
        .list_ita_sub_jobs()
        .job_id("8a2f6d10")
        .await
        .expect("a page");
    assert_whole("ListItaSubJobsRsp", &*page, &wire);
    let jobs = page.jobs.as_ref().expect("sub-jobs");
    assert_eq!(jobs[0].status, Some(JobStatus::Failed));
    let sent = server.only();
    let target = format!("/v2/{PROJECT}/workspace-sub-jobs?job_id=8a2f6d10");
    assert_sent(&sent, "GET", &target);
    assert_no_body(&sent);

    assert_refused!(client => client.list_ita_sub_jobs().job_type("x"), ListItaSubJobsError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        500 => InternalServerError,
        503 => ServiceUnavailable,
    });
}

#[tokio::test]
async fn every_filter_of_sub_jobs_is_sent() {
    let server = answering(200, &json!({"total_count": 0, "jobs": []}));
    client(&server)
        .list_ita_sub_jobs()
        .status([JobStatus::Failed, JobStatus::Running])
        .job_id("8a2f6d10")
        .job_type("desktopToImage")
        .desktop_pool_id("p-1")
        .limit(1000)
        .offset(10000)
        .await
        .expect("a page");
    let query = "status=FAILED&status=RUNNING&job_id=8a2f6d10&job_type=desktopToImage\
                 &desktop_pool_id=p-1&limit=1000&offset=10000";
    let target = format!("/v2/{PROJECT}/workspace-sub-jobs?{query}");
    assert_sent(&server.only(), "GET", &target);
}

/// The status is 200, and there is no body for all that.
#[tokio::test]
async fn sub_jobs_are_deleted() {
    let server = answering_nothing(200);
    let request = BatchDeleteSubJobsReq::new()
        .job_ids(["c4b1e8d7".into(), "d5c2f9e8".into()])
        .delete_by_status(JobStatus::Failed);
    let deleted = client(&server)
        .batch_delete_sub_jobs(request.clone())
        .await
        .expect("deleted");
    assert_eq!(deleted.status().as_u16(), 200);
    assert_eq!(deleted.request_id(), Some("req-1"));
    let sent = server.only();
    let target = format!("/v2/{PROJECT}/workspace-sub-jobs/batch-delete");
    assert_sent(&sent, "POST", &target);
    let body = json!({"job_ids": ["c4b1e8d7", "d5c2f9e8"], "delete_by_status": "FAILED"});
    assert_body(&sent, &body);
    assert_whole("BatchDeleteSubJobsReq", &request, &body);

    assert_refused!(
        client => client.batch_delete_sub_jobs(request.clone()),
        BatchDeleteSubJobsError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            405 => MethodNotAllowed,
            500 => InternalServerError,
            503 => ServiceUnavailable,
        }
    );
}

#[tokio::test]
async fn quotas_are_shown() {
    let wire = reply("show-quotas");
    let server = answering(200, &wire);
    let shown = client(&server).show_quotas().await.expect("quotas");
    assert_whole("ShowQuotasRsp", &*shown, &wire);
    let sent = server.only();
    assert_sent(&sent, "GET", &format!("/v2/{PROJECT}/quotas"));
    assert_no_body(&sent);

    assert_refused!(client => client.show_quotas(), ShowQuotasError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        500 => InternalServerError,
    });
}

/// The ID of a site is declared as a string, and a number in the provider's own example.
#[tokio::test]
async fn a_site_may_have_a_number() {
    let wire = json!({"site_quotas": [{"site_id": 147_258_369, "resources": []}]});
    let server = answering(200, &wire);
    let shown = client(&server).show_quotas().await.expect("quotas");
    assert_eq!(serde_json::to_value(&*shown).expect("encoded"), wire);
}

/// A refusal tells which operation decodes it.
#[tokio::test]
async fn a_refused_job_says_how_to_learn_why() {
    let server = refusing(403);
    let error = client(&server).show_job("1").await.expect_err("refused");
    let api = error.api().expect("a documented error");
    assert_told(&error, 403, api.body());
    assert!(error.to_string().contains("decode_authorization_message"));
}
