//! The operations on desktops, against a server that checks signatures: what is sent, what is
//! decoded, and every error that is documented.

use bindery_tests::assert_refused;
use bindery_tests::exchange::{
    answering, answering_nothing, assert_body, assert_no_body, assert_sent, assert_whole, refusing,
    reply,
};
use bindery_tests::service::{PROJECT, client};
use huaweicloud_workspace::Error;
use huaweicloud_workspace::operations::{
    BatchDeleteDesktopsError, BatchRunDesktopsError, CheckSysprepInfoError, CreateDesktopError,
    DeleteDesktopError, ListDesktopsDetailError, ListDesktopsError, ShowDesktopDetailError,
    ShowSysprepInfoError,
};
use huaweicloud_workspace::types::{
    ApplySharedVpcDedicatedParam, BatchActionDesktopsReq, BuyType, CheckSysprepInfoReq,
    CreateDesktopReq, CreateDesktopReqRequired, DeleteDesktopsReq, DesktopId, DesktopOperation,
    DesktopOperationMode, DesktopSortField, DesktopSortType, DesktopStatus, DesktopType,
    DesktopUserGroup, DomainStatus, Eip, EipChargeMode, ImageType, Nic, SecurityGroupIdInfo, Tag,
    UserDesktop, Volume, VolumeType,
};
use serde_json::json;

const DESKTOP: &str = "a130ab3a-72bf-4b71-baa9-af4987c8e338";

/// Two desktops.
fn desktops() -> [DesktopId; 2] {
    [
        DESKTOP.into(),
        "3f2a9c4e-7d51-4b08-9e6a-1c5d8f7b2a90".into(),
    ]
}

/// The second of the numbers that `domain_status` can be, as the wire has it.
fn left_the_domain() -> DomainStatus {
    serde_json::from_value(json!(2)).expect("a status")
}

#[tokio::test]
async fn desktops_are_listed() {
    let wire = reply("list-desktops");
    let server = answering(200, &wire);
    let page = client(&server).list_desktops().await.expect("a page");
    assert_whole("ListDesktopsRsp", &*page, &wire);
    assert_eq!(page.status().as_u16(), 200);
    let desktops = page.desktops.as_ref().expect("desktops");
    assert_eq!(desktops[0].status, Some(DesktopStatus::Active));
    let sent = server.only();
    assert_sent(&sent, "GET", &format!("/v2/{PROJECT}/desktops"));
    assert_no_body(&sent);

    assert_refused!(client => client.list_desktops(), ListDesktopsError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        500 => InternalServerError,
    });
}

/// Most lists are repeated keys. Types and pools are one key with commas.
#[tokio::test]
async fn every_filter_of_desktops_is_sent() {
    let server = answering(200, &json!({"total_count": 0, "desktops": []}));
    let page = client(&server)
        .list_desktops()
        .user_name(["mei.chen".to_owned(), "a&b".to_owned()])
        .computer_name("FINANCE 07")
        .desktop_ip("192.168.4.17")
        .offset(100)
        .limit(50)
        .domain_status(left_the_domain())
        .pool_id(["p1".to_owned(), "p2".to_owned()])
        .enterprise_project_id("0")
        .desktop_type([DesktopType::Dedicated, DesktopType::Shared])
        .is_share_desktop(false)
        .subnet_id("s-1")
        .status(DesktopStatus::Shutoff)
        .desktop_id(desktops())
        .tag("team=财务")
        .await
        .expect("a page");
    assert_eq!(page.desktops.as_deref(), Some(&[][..]));
    let sent = server.only();
    let query = [
        "user_name=mei.chen",
        "user_name=a%26b",
        "computer_name=FINANCE%2007",
        "desktop_ip=192.168.4.17",
        "offset=100",
        "limit=50",
        "domain_status=2",
        "pool_id=p1,p2",
        "enterprise_project_id=0",
        "desktop_type=DEDICATED,SHARED",
        "is_share_desktop=false",
        "subnet_id=s-1",
        "status=SHUTOFF",
        "desktop_id=a130ab3a-72bf-4b71-baa9-af4987c8e338",
        "desktop_id=3f2a9c4e-7d51-4b08-9e6a-1c5d8f7b2a90",
        "tag=team%3D%E8%B4%A2%E5%8A%A1",
    ];
    let target = format!("/v2/{PROJECT}/desktops?{}", query.join("&"));
    assert_sent(&sent, "GET", &target);
}

#[tokio::test]
async fn desktops_are_listed_in_detail() {
    let one = reply("show-desktop-detail");
    let wire = json!({"desktops": [one["desktop"]], "total_count": 1234});
    let server = answering(200, &wire);
    let page = client(&server)
        .list_desktops_detail()
        .await
        .expect("a page");
    assert_whole("ListDesktopsDetailRsp", &*page, &wire);
    // The provider's own limit for it is 55.
    assert_eq!(page.total_count, Some(1234));
    let sent = server.only();
    assert_sent(&sent, "GET", &format!("/v2/{PROJECT}/desktops/detail"));
    assert_no_body(&sent);

    assert_refused!(client => client.list_desktops_detail(), ListDesktopsDetailError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        500 => InternalServerError,
    });
}

#[tokio::test]
async fn every_filter_of_desktops_in_detail_is_sent() {
    let server = answering(200, &json!({"desktops": [], "total_count": 0}));
    client(&server)
        .list_desktops_detail()
        .status(DesktopStatus::Hibernated)
        .user_name("mei.chen")
        .user_id("u-1")
        .user_names(["mei.chen".to_owned(), "李雷".to_owned()])
        .sort_field(DesktopSortField::ComputerName)
        .sort_type(DesktopSortType::Desc)
        .computer_name("FINANCE-07")
        .computer_names(["FINANCE-07".to_owned(), "FINANCE-08".to_owned()])
        .desktop_ip("192.168.4.17")
        .offset(500)
        .limit(500)
        .desktop_id(desktops())
        .desktop_type(DesktopType::Pooled)
        .domain_status(left_the_domain())
        .tag("key1=value1,key2=value2")
        .pool_id(["p1".to_owned()])
        .user_attached(true)
        .enterprise_project_id("0")
        .image_id("i-1")
        .charge_mode("1")
        .in_maintenance_mode(true)
        .is_share_desktop(true)
        .subnet_id("s-1")
        .is_support_internet(false)
        .availability_zone("ap-southeast-1a")
        .without_any_tag(false)
        .agent_version("24.2.1")
        .await
        .expect("a page");
    let query = [
        "status=HIBERNATED",
        "user_name=mei.chen",
        "user_id=u-1",
        "user_names=mei.chen",
        "user_names=%E6%9D%8E%E9%9B%B7",
        "sort_field=computer_name",
        "sort_type=DESC",
        "computer_name=FINANCE-07",
        "computer_names=FINANCE-07",
        "computer_names=FINANCE-08",
        "desktop_ip=192.168.4.17",
        "offset=500",
        "limit=500",
        "desktop_id=a130ab3a-72bf-4b71-baa9-af4987c8e338",
        "desktop_id=3f2a9c4e-7d51-4b08-9e6a-1c5d8f7b2a90",
        "desktop_type=POOLED",
        "domain_status=2",
        "tag=key1%3Dvalue1%2Ckey2%3Dvalue2",
        "pool_id=p1",
        "user_attached=true",
        "enterprise_project_id=0",
        "image_id=i-1",
        "charge_mode=1",
        "in_maintenance_mode=true",
        "is_share_desktop=true",
        "subnet_id=s-1",
        "is_support_internet=false",
        "availability_zone=ap-southeast-1a",
        "without_any_tag=false",
        "agent_version=24.2.1",
    ];
    let target = format!("/v2/{PROJECT}/desktops/detail?{}", query.join("&"));
    assert_sent(&server.only(), "GET", &target);
}

#[tokio::test]
async fn a_desktop_is_shown_in_detail() {
    let wire = reply("show-desktop-detail");
    let server = answering(200, &wire);
    let shown = client(&server)
        .show_desktop_detail(DESKTOP)
        .await
        .expect("a desktop");
    assert_whole("ShowDesktopDetailRsp", &*shown, &wire);
    let desktop = shown.desktop.as_ref().expect("a desktop");
    let addresses = desktop.addresses.as_ref().expect("addresses");
    let network = &addresses["9b7d3f15-6c2e-4a80-b1d9-47e5f8a0c362"];
    assert_eq!(network[0].mac_addr.as_deref(), Some("fa:16:3e:5a:07:c1"));
    let sent = server.only();
    assert_sent(&sent, "GET", &format!("/v2/{PROJECT}/desktops/{DESKTOP}"));
    assert_no_body(&sent);

    assert_refused!(client => client.show_desktop_detail(DESKTOP), ShowDesktopDetailError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        500 => InternalServerError,
    });
}

/// What is null, unknown or missing in a desktop costs nothing else of it.
#[tokio::test]
async fn a_desktop_in_an_unforeseen_state_is_decoded() {
    let server = answering(
        200,
        &json!({"desktop": {
            "desktop_id": DESKTOP,
            "status": "EVACUATED",
            "task_status": null,
            "domain_status": 9,
            "process": null,
            "addresses": {},
            "brand_new": {"of": ["the", "service"]},
        }}),
    );
    let shown = client(&server)
        .show_desktop_detail(DESKTOP)
        .await
        .expect("a desktop");
    let desktop = shown.desktop.as_ref().expect("a desktop");
    let status = desktop.status.as_ref().expect("a status");
    assert!(matches!(status, DesktopStatus::Unknown(_)), "{status:?}");
    assert_eq!(status.as_str(), "EVACUATED");
    assert_eq!(desktop.task_status, None);
    let encoded = serde_json::to_value(desktop).expect("encoded");
    assert_eq!(encoded["domain_status"], json!(9));
}

#[tokio::test]
async fn desktops_are_created() {
    let server = answering(200, &json!({"job_id": "8a2f6d10"}));
    let required = CreateDesktopReqRequired {
        desktop_type: DesktopType::Dedicated,
        product_id: "workspace.c2.large.windows".to_owned(),
        image_type: ImageType::Private,
        image_id: "i-1".into(),
        root_volume: Volume::new(80, VolumeType::Sas),
    };
    let user = UserDesktop::new("mei.chen")
        .domain("example.local")
        .user_email("mei.chen@example.com")
        .user_phone("+8612345678901")
        .user_group(DesktopUserGroup::Administrators)
        .computer_name("FINANCE-07")
        .os_host_name("FINANCE-07")
        .desktop_name_prefix("FIN")
        .copy_volume_desktop_id(DESKTOP)
        .copy_volume_ids(["v-1".to_owned()])
        .if_delete_old_desktop(false);
    let data = Volume::new(200, VolumeType::Gpssd)
        .iops(8000)
        .throughput(250)
        .kms_id("k-1");
    let line = ApplySharedVpcDedicatedParam::new()
        .address("10.0.0.1")
        .port(1025)
        .availability_zone(["ap-southeast-1a".to_owned()]);
    let eip = Eip::new()
        .id("e-1")
        .r#type("5_bgp")
        .charge_mode(EipChargeMode::Traffic)
        .bandwidth_size(5);
    let request = CreateDesktopReq::new(required)
        .availability_zone("ap-southeast-1a")
        .buy_type(BuyType::Custom)
        .data_volumes([data])
        .nics([Nic::new("s-1")])
        .security_groups([SecurityGroupIdInfo::new("g-1")])
        .desktops([user])
        .desktop_name("FINANCE")
        .desktop_ips(["192.168.4.17".to_owned()])
        .size(1)
        .email_notification(false)
        .enterprise_project_id("0")
        .ou_name("Finance")
        .tags([Tag::new("team").value("财务")])
        .apply_shared_vpc_dedicated_param(line)
        .eip(eip)
        .desktop_name_policy_id("n-1")
        .hour_package_product_id("h-1")
        .hour_package_offering_id("h-2")
        .if_mount_old_desktop_disk(false)
        .domain("example.local");
    let created = client(&server)
        .create_desktop(request.clone())
        .await
        .expect("a job");
    assert_whole(
        "CreateDesktopRsp",
        &*created,
        &json!({"job_id": "8a2f6d10"}),
    );
    let sent = server.only();
    assert_sent(&sent, "POST", &format!("/v2/{PROJECT}/desktops"));
    let mut body = json!({
        "desktop_type": "DEDICATED",
        "availability_zone": "ap-southeast-1a",
        "product_id": "workspace.c2.large.windows",
        "buy_type": "custom",
        "image_type": "private",
        "image_id": "i-1",
        "root_volume": {"type": "SAS", "size": 80},
        "data_volumes": [
            {"type": "GPSSD", "size": 200, "iops": 8000, "throughput": 250, "kms_id": "k-1"},
        ],
        "nics": [{"subnet_id": "s-1"}],
        "security_groups": [{"id": "g-1"}],
        "desktops": [{
            "user_name": "mei.chen",
            "domain": "example.local",
            "user_email": "mei.chen@example.com",
            "user_phone": "+8612345678901",
            "user_group": "administrators",
            "computer_name": "FINANCE-07",
            "os_host_name": "FINANCE-07",
            "desktop_name_prefix": "FIN",
            "copy_volume_desktop_id": DESKTOP,
            "copy_volume_ids": ["v-1"],
            "if_delete_old_desktop": false,
        }],
        "desktop_name": "FINANCE",
        "desktop_ips": ["192.168.4.17"],
        "size": 1,
        "email_notification": false,
        "enterprise_project_id": "0",
        "ou_name": "Finance",
        "tags": [{"key": "team", "value": "财务"}],
        "apply_shared_vpc_dedicated_param": {
            "address": "10.0.0.1",
            "port": 1025,
            "availability_zone": ["ap-southeast-1a"],
        },
        "eip": {"id": "e-1", "type": "5_bgp", "charge_mode": "TRAFFIC", "bandwidth_size": 5},
        "desktop_name_policy_id": "n-1",
        "hour_package_product_id": "h-1",
        "hour_package_offering_id": "h-2",
        "if_mount_old_desktop_disk": false,
        "domain": "example.local",
    });
    assert_body(&sent, &body);
    // Everything that can be sent was sent: only the system disk is as small as it can be.
    body["root_volume"] = body["data_volumes"][0].clone();
    let mut whole = request.clone();
    whole.root_volume = serde_json::from_value(body["root_volume"].clone()).expect("a disk");
    assert_whole("CreateDesktopReq", &whole, &body);

    assert_refused!(client => client.create_desktop(request.clone()), CreateDesktopError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        500 => InternalServerError,
    });
}

#[tokio::test]
async fn a_desktop_is_deleted() {
    let server = answering_nothing(204);
    let client = client(&server);
    let deleted = client.delete_desktop(DESKTOP).await.expect("deleted");
    assert_eq!(deleted.status().as_u16(), 204);
    assert_eq!(deleted.request_id(), Some("req-1"));
    client
        .delete_desktop(DESKTOP)
        .delete_users(true)
        .email_notification(false)
        .is_force_delete(true)
        .await
        .expect("deleted");
    let target = format!("/v2/{PROJECT}/desktops/{DESKTOP}");
    let sent = server.received();
    assert_eq!(sent.len(), 2);
    assert_sent(&sent[0], "DELETE", &target);
    let query = "delete_users=true&email_notification=false&is_force_delete=true";
    assert_sent(&sent[1], "DELETE", &format!("{target}?{query}"));
    for sent in &sent {
        assert_no_body(sent);
    }

    assert_refused!(client => client.delete_desktop(DESKTOP), DeleteDesktopError {
        400 => BadRequest,
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        409 => Conflict,
        500 => InternalServerError,
    });
}

#[tokio::test]
async fn several_desktops_are_deleted() {
    let wire = json!({"job_id": "8a2f6d10"});
    let server = answering(202, &wire);
    let request = DeleteDesktopsReq::new(desktops())
        .delete_users(false)
        .email_notification(true)
        .is_force_delete(false);
    let accepted = client(&server)
        .batch_delete_desktops(request.clone())
        .await
        .expect("a job");
    assert_eq!(accepted.status().as_u16(), 202);
    assert_whole("DeleteDesktopsRsp", &*accepted, &wire);
    let sent = server.only();
    assert_sent(
        &sent,
        "POST",
        &format!("/v2/{PROJECT}/desktops/batch-delete"),
    );
    let body = json!({
        "desktop_ids": desktops(),
        "delete_users": false,
        "email_notification": true,
        "is_force_delete": false,
    });
    assert_body(&sent, &body);
    assert_whole("DeleteDesktopsReq", &request, &body);

    // 200 is not what is documented for it.
    let server = answering(200, &wire);
    let error = client(&server)
        .batch_delete_desktops(request.clone())
        .await
        .expect_err("another status");
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");

    assert_refused!(
        client => client.batch_delete_desktops(request.clone()),
        BatchDeleteDesktopsError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            409 => Conflict,
            500 => InternalServerError,
        }
    );
}

#[tokio::test]
async fn desktops_are_operated() {
    let wire = json!({
        "failed_operation_list": [{
            "desktop_id": DESKTOP,
            "desktop_name": "FINANCE-07",
            "error_code": "WKS.0407",
            "error_msg": "disks are being added",
        }],
        "job_id": "8a2f6d10",
    });
    let server = answering(200, &wire);
    let request = BatchActionDesktopsReq::new(desktops(), DesktopOperation::OsStop)
        .r#type(DesktopOperationMode::Hard);
    let operated = client(&server)
        .batch_run_desktops(request.clone())
        .await
        .expect("an error of one desktop is none of the call");
    assert_whole("BatchActionDesktopsRsp", &*operated, &wire);
    let failed = operated
        .failed_operation_list
        .as_deref()
        .unwrap_or_default();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].error_code.as_deref(), Some("WKS.0407"));
    let sent = server.only();
    assert_sent(&sent, "POST", &format!("/v2/{PROJECT}/desktops/action"));
    let body = json!({"desktop_ids": desktops(), "op_type": "os-stop", "type": "HARD"});
    assert_body(&sent, &body);
    assert_whole("BatchActionDesktopsReq", &request, &body);

    assert_refused!(
        client => client.batch_run_desktops(request.clone()),
        BatchRunDesktopsError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            409 => Conflict,
            500 => InternalServerError,
        }
    );
}

/// The same status means three things: all is well, some have failed, the call has failed.
#[tokio::test]
async fn operating_desktops_can_fail_with_status_200() {
    let request = || BatchActionDesktopsReq::new(desktops(), DesktopOperation::Reboot);
    for fine in [json!({}), json!({"failed_operation_list": []})] {
        let server = answering(200, &fine);
        let operated = client(&server).batch_run_desktops(request()).await;
        let operated = operated.expect("all is well");
        let failed = operated
            .failed_operation_list
            .as_deref()
            .unwrap_or_default();
        assert!(failed.is_empty());
        assert_eq!(
            server.only().json(),
            json!({"desktop_ids": desktops(), "op_type": "reboot"})
        );
    }
    let server = answering(
        200,
        &json!({"error_code": "WKS.00010110", "error_msg": "no valid address"}),
    );
    let error = client(&server)
        .batch_run_desktops(request())
        .await
        .expect_err("the call has failed");
    assert!(matches!(error, Error::ErrorInSuccess(_)), "{error:?}");
    assert_eq!(error.code(), Some("WKS.00010110"));
    assert_eq!(error.request_id(), Some("req-1"));
}

#[tokio::test]
async fn whether_a_desktop_can_be_converted_is_shown() {
    let wire = json!({"sysprep_version": "23.5.1", "support_create_image": true});
    let server = answering(200, &wire);
    let shown = client(&server)
        .show_sysprep_info(DESKTOP)
        .await
        .expect("the version");
    assert_whole("ShowSysprepInfoRsp", &*shown, &wire);
    let sent = server.only();
    let target = format!("/v2/{PROJECT}/desktops/{DESKTOP}/sysprep");
    assert_sent(&sent, "GET", &target);
    assert_no_body(&sent);

    assert_refused!(client => client.show_sysprep_info(DESKTOP), ShowSysprepInfoError {
        400 => BadRequest,
        500 => InternalServerError,
    });
    // The provider does not document it, and it is told all the same.
    let server = refusing(403);
    let error = client(&server)
        .show_sysprep_info(DESKTOP)
        .await
        .expect_err("refused");
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    assert_eq!(error.code(), Some("WKS.00129901"));
}

#[tokio::test]
async fn the_version_of_sysprep_is_checked() {
    let wire = json!({"sysprep_infos": [{
        "desktop_id": DESKTOP,
        "sysprep_version": "23.5.1",
        "support_hibernate": true,
        "support_update_route": false,
    }]});
    let server = answering(200, &wire);
    let request = CheckSysprepInfoReq::new().desktop_ids(desktops());
    let checked = client(&server)
        .check_sysprep_info(request.clone())
        .await
        .expect("the versions");
    assert_whole("CheckSysprepInfoRsp", &*checked, &wire);
    let sent = server.only();
    assert_sent(&sent, "POST", &format!("/v2/{PROJECT}/sysprep"));
    let body = json!({"desktop_ids": desktops()});
    assert_body(&sent, &body);
    assert_whole("CheckSysprepInfoReq", &request, &body);

    assert_refused!(
        client => client.check_sysprep_info(request.clone()),
        CheckSysprepInfoError {
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            500 => InternalServerError,
        }
    );
}
