use huaweicloud_workspace::types::{DesktopId, DesktopToImageReq, ImageName};

fn main() {
    let (desktop, name) = (DesktopId::from("d3b0"), ImageName::from("golden"));
    let request = DesktopToImageReq::new(desktop, name).execute_sysprep(true);
    assert_eq!(request.image_name.as_str(), "golden");
}
