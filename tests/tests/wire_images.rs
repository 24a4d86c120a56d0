//! The operations on images, of Workspace and of the image management service, against servers that
//! check signatures.

use bindery_tests::exchange::{
    answering, assert_body, assert_no_body, assert_sent, assert_whole, reply,
};
use bindery_tests::service::{PROJECT, client, gateway, signing};
use bindery_tests::{Answer, assert_refused};
use huaweicloud_workspace::operations::{
    CheckDesktopImagesError, ListCloudImagesError, ListImagesError,
};
use huaweicloud_workspace::types::{
    Architecture, CheckDesktopImagesReq, CloudImageSortKey, CloudImageStatus, DesktopId,
    DiskFormat, ImageMemberStatus, ImageSortField, ImageType, ImageVisibility, OsType, PackageType,
    SortDirection, VirtualEnvType,
};
use serde_json::json;

#[tokio::test]
async fn images_are_listed() {
    let wire = reply("list-images");
    let server = answering(200, &wire);
    let page = client(&server).list_images().await.expect("a page");
    assert_whole("ListImagesRsp", &*page, &wire);
    let sent = server.only();
    assert_sent(&sent, "GET", &format!("/v2/{PROJECT}/images"));
    assert_no_body(&sent);

    assert_refused!(client => client.list_images(), ListImagesError {
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
async fn every_filter_of_images_is_sent() {
    let server = answering(200, &json!({"images": [], "total_count": 0}));
    client(&server)
        .list_images()
        .os_type(OsType::Windows)
        .image_type(ImageType::Private)
        .platform("Windows")
        .architecture(Architecture::X86)
        .package_type(PackageType::General)
        .image_id("i-1")
        .limit(100)
        .offset(5000)
        .sort_field(ImageSortField::CreatedAt)
        .sort_type(SortDirection::Desc)
        .await
        .expect("a page");
    let query = "os_type=Windows&image_type=private&platform=Windows&architecture=x86\
                 &package_type=general&image_id=i-1&limit=100&offset=5000&sort_field=created_at\
                 &sort_type=desc";
    let target = format!("/v2/{PROJECT}/images?{query}");
    assert_sent(&server.only(), "GET", &target);
}

#[tokio::test]
async fn images_of_desktops_are_checked() {
    let wire = json!({"image_infos": [{
        "desktop_id": "a130ab3a",
        "image_id": "b669106a",
        "image_name": "office-2026.10",
        "image_type": "market",
        "os_type": "Windows",
    }]});
    let server = answering(200, &wire);
    let desktops: [DesktopId; 2] = ["a130ab3a".into(), "3f2a9c4e".into()];
    let request = CheckDesktopImagesReq::new().desktop_ids(desktops);
    let checked = client(&server)
        .check_desktop_images(request.clone())
        .await
        .expect("the images");
    assert_whole("CheckDesktopImagesRsp", &*checked, &wire);
    let sent = server.only();
    assert_sent(
        &sent,
        "POST",
        &format!("/v2/{PROJECT}/desktops/check-images"),
    );
    let body = json!({"desktop_ids": ["a130ab3a", "3f2a9c4e"]});
    assert_body(&sent, &body);
    assert_whole("CheckDesktopImagesReq", &request, &body);

    assert_refused!(
        client => client.check_desktop_images(request.clone()),
        CheckDesktopImagesError {
            400 => BadRequest,
            401 => Unauthorized,
            403 => Forbidden,
            404 => NotFound,
            500 => InternalServerError,
        }
    );
}

/// This list is another service's, on another host.
#[tokio::test]
async fn an_image_is_found_by_its_name() {
    let workspace = gateway(Answer::status(500));
    let wire = reply("list-cloud-images");
    let ims = answering(200, &wire);
    let client = signing(&workspace)
        .ims_base_url(ims.url())
        .build()
        .expect("a client");
    let page = client
        .list_cloud_images()
        .imagetype(ImageType::Private)
        .name("office 2026.11")
        .await
        .expect("a page");
    assert_whole("ListCloudImagesRsp", &*page, &wire);
    let image = &page.images.as_ref().expect("images")[0];
    assert_eq!(image.status, Some(CloudImageStatus::Active));
    assert_eq!(workspace.received(), []);
    let sent = ims.only();
    let target = "/v2/cloudimages?__imagetype=private&name=office%202026.11";
    assert_sent(&sent, "GET", target);
    assert_no_body(&sent);
}

#[tokio::test]
async fn every_filter_of_cloud_images_is_sent() {
    let server = answering(200, &json!({"images": []}));
    client(&server)
        .list_cloud_images()
        .imagetype(ImageType::Shared)
        .isregistered("true")
        .os_bit("64")
        .os_type(OsType::Linux)
        .platform("Ubuntu")
        .support_diskintensive("true")
        .support_highperformance("true")
        .support_kvm("true")
        .support_kvm_gpu_type("V100_vGPU")
        .support_kvm_infiniband("true")
        .support_largememory("true")
        .support_xen("true")
        .support_xen_gpu_type("M60_vGPU")
        .support_xen_hana("true")
        .container_format("bare")
        .disk_format(DiskFormat::Zvhd2)
        .enterprise_project_id("all_granted_eps")
        .id("i-1")
        .limit(500)
        .marker("i-0")
        .member_status(ImageMemberStatus::Accepted)
        .min_disk(80)
        .min_ram(4096)
        .name("团队")
        .owner("o-1")
        .protected(true)
        .sort_dir(SortDirection::Asc)
        .sort_key(CloudImageSortKey::Name)
        .status(CloudImageStatus::Saving)
        .tag("team.finance")
        .virtual_env_type(VirtualEnvType::DataImage)
        .visibility(ImageVisibility::Shared)
        .flavor_id("f-1")
        .created_at("gt:2026-11-03T08:20:41Z")
        .updated_at("lte:2026-11-26T00:00:00Z")
        .architecture(Architecture::Arm)
        .await
        .expect("a page");
    let query = [
        "__imagetype=shared",
        "__isregistered=true",
        "__os_bit=64",
        "__os_type=Linux",
        "__platform=Ubuntu",
        "__support_diskintensive=true",
        "__support_highperformance=true",
        "__support_kvm=true",
        "__support_kvm_gpu_type=V100_vGPU",
        "__support_kvm_infiniband=true",
        "__support_largememory=true",
        "__support_xen=true",
        "__support_xen_gpu_type=M60_vGPU",
        "__support_xen_hana=true",
        "container_format=bare",
        "disk_format=zvhd2",
        "enterprise_project_id=all_granted_eps",
        "id=i-1",
        "limit=500",
        "marker=i-0",
        "member_status=accepted",
        "min_disk=80",
        "min_ram=4096",
        "name=%E5%9B%A2%E9%98%9F",
        "owner=o-1",
        "protected=true",
        "sort_dir=asc",
        "sort_key=name",
        "status=saving",
        "tag=team.finance",
        "virtual_env_type=DataImage",
        "visibility=shared",
        "flavor_id=f-1",
        "created_at=gt%3A2026-11-03T08%3A20%3A41Z",
        "updated_at=lte%3A2026-11-26T00%3A00%3A00Z",
        "architecture=arm",
    ];
    let target = format!("/v2/cloudimages?{}", query.join("&"));
    assert_sent(&server.only(), "GET", &target);
}

/// The service puts code and message into an object, the gateway does not.
#[tokio::test]
async fn errors_of_the_image_service_are_read() {
    let shapes = [
        json!({"error": {"code": "IMG.0024", "message": "no such type"}}),
        json!({"error_code": "IMG.0024", "error_msg": "no such type"}),
    ];
    for (shape, status) in shapes.iter().zip([400, 403]) {
        let server = answering(status, shape);
        let error = client(&server)
            .list_cloud_images()
            .await
            .expect_err("refused");
        let Some(ListCloudImagesError::Default(body)) = error.api() else {
            panic!("{error:?}")
        };
        assert_eq!(serde_json::to_value(body).expect("encoded"), *shape);
        assert_eq!(error.code(), Some("IMG.0024"));
        assert_eq!(error.message(), Some("no such type"));
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
        assert_eq!(error.request_id(), Some("req-1"));
    }
}
